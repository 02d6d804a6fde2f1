import { describe, expect, test } from 'vitest';
import { bind, count, event, type Fields, says } from '../../tests/support/figures.ts';

describe('topics (rule 5)', () => {
  const topic = (at: string, fields: Fields = {}) =>
    event('topic', at, { id: 't1', message: 'post', ...fields });
  const t1 = (...lines: Fields[]) => count(bind(), ...lines).topics.t1;
  const of = (clear: number, inferred: number, month = '2026-09') => ({ month, clear, inferred });

  test('clear by a quote or a tag, substantive or not, no command, no bot, not the cadre', () => {
    const clear = (sender: string, fields: Fields) => says(sender, '09-03T08:00:00', fields);
    expect(
      t1(
        topic('09-01T08:00:00'),
        clear('u1', { quotes: 'post', text: '好' }),
        clear('u2', { text: '＃话题ｔ１' }),
        clear('u3', { kind: 'sticker', quotes: 'post' }),
        clear('u4', { kind: 'image', text: '#话题t1' }),
        clear('u1', { text: '#话题t1 我再说一句' }),
        clear('u5', { text: '/话题 #话题t1' }),
        clear('u6', { text: '#话题t12' }),
        clear('u7', { text: '#话题t1', fromBot: true }),
        clear('u8', { text: '#话题t1', quotes: 'post', group: 'h' }),
        clear('c', { text: '#话题t1', quotes: 'post' }),
        clear('b', { text: '#话题t1' }),
        bind('08-31T10:00:00', { members: [{ id: 'b', bot: true }] }),
      ),
    ).toEqual(of(4, 0));
  });

  test.each([
    ['before the posting', '08:59:59.999', '09-01T', 0],
    ['at the posting', '09:00:00', '09-01T', 1],
    ['seven days later', '09:00:00', '09-08T', 1],
    ['just after that', '09:00:00.001', '09-08T', 0],
  ])('clear %s', (_, time, day, clear) => {
    expect(t1(topic('09-01T09:00:00'), says('u', `${day}${time}`, { text: '#话题t1' }))?.clear).toBe(clear);
  });

  test.each([
    ['the posting’s own half-hour, before it', '09-01T09:00:00', 1],
    ['the third after it', '09-01T10:59:59', 1],
    ['the one before', '09-01T08:59:59', 0],
    ['the fourth', '09-01T11:00:00', 0],
  ])('inferred: %s', (_, at, inferred) => {
    expect(t1(topic('09-01T09:29:59'), says('u', at))).toEqual(of(0, inferred));
  });

  test('inferred over midnight, by the role of the day of the message', () => {
    expect(
      t1(
        topic('09-30T23:00:00'),
        event('group', '09-30T08:00:00', { cadre: 'd' }),
        says('u', '10-01T00:59:59'),
        says('v', '10-01T01:00:00'),
        says('w', '09-30T23:30:00'),
        says('w', '10-01T00:00:00'),
        says('d', '10-01T00:00:00'),
        says('c', '09-30T23:30:00'),
        says('x', '09-30T00:30:00'),
      ),
    ).toEqual(of(0, 2));
    // The old cadre is a youth after midnight, the new one was before it.
    expect(
      t1(
        topic('09-30T23:30:00'),
        event('group', '09-30T08:00:00', { cadre: 'd' }),
        says('c', '10-01T00:00:00'),
        says('d', '09-30T23:30:00'),
      ),
    ).toEqual(of(0, 2));
  });

  test('clear takes precedence over inferred', () => {
    expect(
      t1(
        topic('09-01T09:00:00'),
        says('u', '09-01T09:00:00'),
        says('u', '09-05T09:00:00', { quotes: 'post' }),
      ),
    ).toEqual(of(1, 0));
  });

  test('all counted topics are listed, none of a day before the binding', () => {
    const figure = count(
      bind('09-01T20:00:00'),
      topic('08-31T23:59:59', { id: 'early' }),
      topic('09-01T08:00:00', { id: '1' }),
      topic('10-01T08:00:00', { id: '__proto__' }),
      says('u', '09-02T08:00:00', { text: '#话题early #话题1' }),
    );
    expect(Object.entries(figure.topics)).toEqual([
      ['1', of(1, 0)],
      ['__proto__', of(0, 0, '2026-10')],
    ]);
  });
});
