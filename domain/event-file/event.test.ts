import { describe, expect, test } from 'vitest';
import { readEvent } from './event.ts';

const message = { id: 'm', at: '2026-09-01T08:00:00+08:00', type: 'message', group: 'g', sender: 'u' };
const line = (type: string, fields: object) => ({ id: 'e', at: message.at, type, group: 'g', ...fields });
const until = '2026-09-01T08:00:00+08:00';

describe('good lines', () => {
  test.each([
    message,
    { ...message, kind: 'sticker', text: '', mentions: [], quotes: 'q', fromBot: false },
    { ...message, until: 7, cadre: null, unknown: { deep: [null] } },
    line('group', { cadre: 'c' }),
    line('group', {
      cadre: 'c',
      name: '',
      members: [
        { id: 'u', x: 1 },
        { id: 'b', name: '', bot: true },
      ],
    }),
    line('join', { member: 'u' }),
    line('leave', { member: 'u', name: '小青' }),
    line('listening', { until }),
    line('topic', { message: 'm' }),
    line('activity', {}),
    line('activity', { title: '植树', offline: false }),
    line('checkin', { activity: 'a', member: 'u' }),
    line('close', { activity: 'a' }),
  ])('%j', (value) => {
    expect(readEvent(JSON.stringify(value)).event).toMatchObject({
      id: value.id,
      type: value.type,
      at: Date.UTC(2026, 8, 1),
    });
  });

  test('fields called __proto__ are unknown fields', () => {
    const text = JSON.stringify(message).replace('{', '{"__proto__":{"fromBot":true},');
    expect(readEvent(text).event).not.toHaveProperty('fromBot', true);
    expect(readEvent(`{"__proto__":${JSON.stringify(message)}}`).why).toBe('缺少 type');
  });

  test('white space of JSON around it is no fault', () => {
    expect(readEvent(`\t ${JSON.stringify(message)} \r`).event).toBeDefined();
  });
});

describe('bad lines, and what is said of them', () => {
  const { sender: _, ...noSender } = message;
  const { at: __, ...noAt } = message;
  test.each<[unknown, string]>([
    [null, '不是一个 JSON 对象'],
    [[message], '不是一个 JSON 对象'],
    ['message', '不是一个 JSON 对象'],
    [{}, '缺少 type'],
    [{ ...message, type: 'poke' }, '不认识的 type（事件类型）'],
    [{ ...message, type: '__proto__' }, '不认识的 type（事件类型）'],
    [{ ...message, type: null }, '不认识的 type（事件类型）'],
    [noSender, '缺少 sender'],
    [noAt, '缺少 at'],
    [{ ...message, sender: null }, 'sender 应为文字'],
    [{ ...message, sender: '' }, 'sender 不能为空'],
    [{ ...message, id: '' }, 'id 不能为空'],
    [{ ...message, id: 7 }, 'id 应为文字'],
    [{ ...message, group: '' }, 'group 不能为空'],
    [{ ...message, at: 1_788_220_800 }, 'at 应为文字'],
    [
      { ...message, at: '2026-02-30T08:00:00+08:00' },
      'at 不是有日期、秒和时区的时间，例如 2026-09-01T08:00:00+08:00',
    ],
    [{ ...message, kind: 'poem' }, '不认识的 kind（消息类别）'],
    [{ ...message, kind: null }, 'kind 应为文字'],
    [{ ...message, text: null }, 'text 应为文字'],
    [{ ...message, text: ['x'] }, 'text 应为文字'],
    [{ ...message, mentions: 'c' }, 'mentions 应为列表'],
    [{ ...message, mentions: ['c', ''] }, 'mentions.1 不能为空'],
    [{ ...message, mentions: [1] }, 'mentions.0 应为文字'],
    [{ ...message, mentions: null }, 'mentions 应为列表'],
    [{ ...message, quotes: '' }, 'quotes 不能为空'],
    [{ ...message, fromBot: 'true' }, 'fromBot 应为true 或 false'],
    [line('group', {}), '缺少 cadre'],
    [line('group', { cadre: 'c', members: {} }), 'members 应为列表'],
    [line('group', { cadre: 'c', members: ['u'] }), 'members.0 应为对象'],
    [line('group', { cadre: 'c', members: [{ name: 'x' }] }), '缺少 members.0.id'],
    [line('group', { cadre: 'c', members: [{ id: 'u', bot: 1 }] }), 'members.0.bot 应为true 或 false'],
    [line('group', { cadre: 'c', name: null }), 'name 应为文字'],
    [line('join', {}), '缺少 member'],
    [line('leave', { member: 'u', name: 1 }), 'name 应为文字'],
    [line('listening', {}), '缺少 until'],
    [
      line('listening', { until: '2026-09-01' }),
      'until 不是有日期、秒和时区的时间，例如 2026-09-01T08:00:00+08:00',
    ],
    [line('listening', { until: '2026-09-01T07:59:59.999+08:00' }), 'until 早于 at'],
    [line('topic', {}), '缺少 message'],
    [line('activity', { offline: 'no' }), 'offline 应为true 或 false'],
    [line('activity', { title: null }), 'title 应为文字'],
    [line('checkin', { member: 'u' }), '缺少 activity'],
    [line('checkin', { activity: 'a' }), '缺少 member'],
    [line('close', { activity: '' }), 'activity 不能为空'],
  ])('%j', (value, why) => {
    expect(readEvent(JSON.stringify(value))).toEqual({ why });
  });

  test.each(['{', 'x', '{"id":"m"', '\ufeff{}', `${JSON.stringify(message)}x`, "{'id':1}", 'NaN'])(
    '%j',
    (text) => {
      expect(readEvent(text)).toEqual({ why: '不是完整的 JSON' });
    },
  );

  test('deep nesting is no way to bring it down', () => {
    const deep = 200_000;
    expect(readEvent('['.repeat(deep) + ']'.repeat(deep)).why).toBeDefined();
    const text = JSON.stringify(message).replace('}', `,"x":${'['.repeat(deep)}${']'.repeat(deep)}}`);
    expect(readEvent(text).event).toBeDefined();
  });
});
