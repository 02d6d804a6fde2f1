/** One short message out of all that a cadre is to be reminded of in an evening. */
import type { Reminder } from './due.ts';
import type { Action } from './words.ts';

/** A digest, ready to be shown as a card. `keys` are those of the reminders in it; `expiresAt` in milliseconds since the epoch. */
export interface Digest {
  readonly title: string;
  readonly text: string;
  readonly buttons: readonly Action[];
  readonly keys: readonly string[];
  readonly expiresAt: number;
}

const settings: Action = { label: '提醒设置', command: '/提醒' };

/**
 * The digest of one cadre's reminders, of one group or several, the most pressing first; undefined when there are
 * none. `starters` are lines that the cadre can say as their own. It says how to be reminded less.
 */
export function composeDigest(
  reminders: readonly Reminder[],
  starters: readonly string[] = [],
): Digest | undefined {
  if (reminders.length === 0) return undefined;
  const ordered = [...reminders].sort((a, b) => a.urgency - b.urgency || (a.key < b.key ? -1 : 1));
  const several = new Set(ordered.map(({ groupId }) => groupId)).size > 1;
  const lines = ordered.map(({ line, groupName }, index) => {
    const front = ordered.length > 1 ? `${index + 1}. ` : '';
    return `${front}${several ? `【${groupName || '未命名的群'}】` : ''}${line}`;
  });
  const buttons = new Map<string, Action>();
  for (const { action } of ordered) if (!buttons.has(action.command)) buttons.set(action.command, action);
  buttons.set(settings.command, settings);
  return {
    title: ordered.length > 1 ? `今晚的小提醒（${ordered.length} 件）` : '今晚的小提醒',
    text: `${lines.join('\n')}${offer(starters)}\n\n不想收到这些？发“/提醒”可以调整。`,
    buttons: [...buttons.values()],
    keys: ordered.map(({ key }) => key),
    expiresAt: Math.min(...ordered.map(({ expiresAt }) => expiresAt)),
  };
}

function offer(starters: readonly string[]): string {
  if (starters.length === 0) return '';
  return `\n\n现成的话头，挑一句改成您自己的说：\n${starters.map((line) => `· ${line}`).join('\n')}`;
}
