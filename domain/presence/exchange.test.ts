import { describe, expect, test } from 'vitest';
import { bind, count, event, type Fields, says } from '../../tests/support/figures.ts';

describe('exchange (rules 3, 4)', () => {
  const exchange = (...lines: Fields[]) => count(bind(), ...lines).weeks;
  const one = { '2026-W36': { exchange: 1 } };

  test.each([
    ['the same half-hour', '08:00:00', '08:29:59', one],
    ['the next', '08:00:00', '08:59:59.999', one],
    ['the one before', '08:59:59', '08:00:00', one],
    ['not the one after that', '08:29:59', '09:00:00', {}],
    ['over noon', '11:59:59', '12:00:00', one],
  ])('%s', (_, theirs, ours, expected) => {
    expect(exchange(says('c', `09-01T${theirs}`), says('u', `09-01T${ours}`))).toEqual(expected);
  });

  test('never over midnight', () => {
    expect(exchange(says('c', '09-01T23:59:59'), says('u', '09-02T00:00:00'))).toEqual({});
  });

  test.each([
    [
      'the youth mentions the cadre',
      says('u', '09-01T08:00:00', { mentions: ['x', 'c'] }),
      says('c', '09-01T20:00:00'),
      one,
    ],
    [
      'the cadre mentions the youth',
      says('u', '09-01T08:00:00'),
      says('c', '09-01T20:00:00', { mentions: ['u'] }),
      one,
    ],
    [
      'before the other wrote',
      says('u', '09-01T20:00:00'),
      says('c', '09-01T08:00:00', { mentions: ['u'] }),
      one,
    ],
    [
      'in a picture',
      says('u', '09-01T08:00:00', { kind: 'image', mentions: ['c'] }),
      says('c', '09-01T20:00:00'),
      one,
    ],
    ['on another day', says('u', '09-01T08:00:00', { mentions: ['c'] }), says('c', '09-02T20:00:00'), {}],
    [
      'with nothing said',
      says('u', '09-01T08:00:00', { text: '收到', mentions: ['c'] }),
      says('c', '09-01T20:00:00'),
      {},
    ],
    [
      'in a command',
      says('u', '09-01T08:00:00', { text: '/你好', mentions: ['c'] }),
      says('c', '09-01T20:00:00'),
      {},
    ],
    [
      'by a bot',
      says('u', '09-01T08:00:00', { fromBot: true, mentions: ['c'] }),
      says('c', '09-01T20:00:00'),
      {},
    ],
    ['another', says('u', '09-01T08:00:00', { mentions: ['v'] }), says('c', '09-01T20:00:00'), {}],
  ])('a mention: %s', (_, first, second, expected) => {
    expect(exchange(first, second)).toEqual(expected);
    expect(exchange(second, first)).toEqual(expected);
  });

  test('a mention in an empty message counts for nothing though both wrote that day', () => {
    expect(
      exchange(
        says('u', '09-01T08:00:00'),
        says('u', '09-01T09:00:00', { text: '收到', mentions: ['c'] }),
        says('c', '09-01T20:00:00'),
      ),
    ).toEqual({});
  });

  test('who is only mentioned has had none', () => {
    expect(exchange(says('c', '09-01T08:00:00', { mentions: ['u'] }))).toEqual({});
    expect(
      exchange(
        says('c', '09-01T08:00:00', { mentions: ['u'] }),
        says('u', '09-01T20:00:00', { text: '好的' }),
      ),
    ).toEqual({});
  });

  test('a quote of any message of the other, of any day, in any order of lines', () => {
    const quoted = says('c', '08-20T08:00:00', { id: 'q', kind: 'sticker' });
    const lines = [says('u', '09-01T08:00:00', { quotes: 'q' }), says('c', '09-01T20:00:00'), quoted];
    expect(exchange(...lines)).toEqual(one);
    expect(exchange(...lines.toReversed())).toEqual(one);
    const back = says('u', '08-20T08:00:00', { id: 'r', text: '/x' });
    expect(exchange(back, says('u', '09-01T08:00:00'), says('c', '09-01T20:00:00', { quotes: 'r' }))).toEqual(
      one,
    );
  });

  test('not a quote of a bot’s message, of a message elsewhere, or of another event', () => {
    const quote = [says('u', '09-01T08:00:00', { quotes: 'q' }), says('c', '09-01T20:00:00')];
    expect(exchange(...quote, says('c', '08-31T20:00:00', { id: 'q', fromBot: true }))).toEqual({});
    expect(exchange(...quote, says('c', '08-31T20:00:00', { id: 'q', group: 'h' }))).toEqual({});
    expect(exchange(...quote, event('join', '08-31T20:00:00', { id: 'q', member: 'c' }))).toEqual({});
    expect(exchange(...quote)).toEqual({});
  });

  test('a youth counts once a week; whoever is cadre that day counts for the other', () => {
    const figure = exchange(
      says('c', '09-01T08:00:00'),
      says('u', '09-01T08:00:00'),
      says('v', '09-01T08:00:00'),
      event('group', '09-01T12:00:00', { cadre: 'u' }),
      says('c', '09-02T08:00:00'),
      says('v', '09-02T08:00:00'),
      says('u', '09-02T08:00:00'),
      says('u', '09-07T08:00:00'),
      says('v', '09-07T08:00:00'),
    );
    expect(figure).toEqual({ '2026-W36': { exchange: 3 }, '2026-W37': { exchange: 1 } });
  });
});
