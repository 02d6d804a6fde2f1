/** What is wrong with a line, in words for the person who has to mend it. */
import type { z } from 'zod';

const kinds: Readonly<Record<string, string>> = {
  string: '文字',
  boolean: 'true 或 false',
  array: '列表',
  object: '对象',
};

/**
 * The first fault of a line in Chinese: which field, and what it should be. Nothing that stands in the line is
 * repeated, since it may be what somebody wrote.
 */
export function explain(value: unknown, issues: readonly z.core.$ZodIssue[]): string {
  const issue = issues[0];
  if (issue === undefined) return '内容不合格式';
  if (issue.path.length === 0 && issue.code === 'invalid_type') return '不是一个 JSON 对象';
  const field = issue.path.map(String).join('.');
  const found = issue.path.reduce<unknown>(
    (inside, key) => (inside as Record<PropertyKey, unknown> | null | undefined)?.[key],
    value,
  );
  if (found === undefined) return `缺少 ${field}`;
  if (field === 'type') return '不认识的 type（事件类型）';
  switch (issue.code) {
    case 'too_small':
      return `${field} 不能为空`;
    case 'invalid_type':
      return `${field} 应为${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return typeof found === 'string' ? '不认识的 kind（消息类别）' : `${field} 应为文字`;
    default:
      return `${field} 不合格式`;
  }
}

/** What to say of a field that should be a time and is not. */
export function noInstant(field: string): string {
  return `${field} 不是有日期、秒和时区的时间，例如 2026-09-01T08:00:00+08:00`;
}
