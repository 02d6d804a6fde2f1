import { describe, expect, test } from 'vitest';
import { readEvent } from '../event-file/event.ts';
import { Tally } from '../event-file/tally.ts';
import { figures, type GroupFigures } from './figures.ts';

type Fields = Record<string, unknown>;
let number = 0;
const event = (type: string, at: string, fields: Fields = {}): Fields => ({
  id: `e${number++}`,
  at: `2026-${at}+08:00`,
  type,
  group: 'g',
  ...fields,
});
const says = (sender: string, at: string, fields: Fields = {}): Fields =>
  event('message', at, { sender, text: '大家早上好', ...fields });
const bind = (at = '08-31T10:00:00', fields: Fields = {}): Fields =>
  event('group', at, { cadre: 'c', ...fields });

function count(...lines: Fields[]): GroupFigures {
  const events = lines.map((line) => {
    const reading = readEvent(JSON.stringify(line));
    if (!reading.event) throw new Error(reading.why);
    return reading.event;
  });
  const tally = new Tally();
  const needed = events.map((one) => tally.add(one)).map((mark) => tally.needsSecond(mark));
  const second = tally.secondReading();
  for (const [i, one] of events.entries()) if (needed[i]) second.add(one);
  const group = second.finish().get('g')!;
  return figures(group.facts, group.messageDays);
}

const nothing: GroupFigures = {
  voiceDays: [],
  unknownDays: [],
  weeks: {},
  topics: {},
  activeByDay: {},
  quarters: {},
  years: {},
};

test('a group without a binding has an entry with nothing in it', () => {
  expect(
    count(
      says('c', '09-01T08:00:00'),
      event('topic', '09-01T08:00:00', { message: 'x' }),
      event('activity', '09-02T08:00:00', { id: 'a' }),
      event('checkin', '09-02T08:00:00', { activity: 'a', member: 'u' }),
      event('close', '09-02T08:00:00', { activity: 'a' }),
      event('listening', '09-01T08:00:00', { until: '2026-09-02T08:00:00+08:00' }),
    ),
  ).toEqual(nothing);
});

describe('voice and activity of a day (rules 1, 2, 9)', () => {
  test('only from the first binding’s day on, that whole day included', () => {
    const figure = count(
      bind('09-02T20:00:00'),
      says('c', '09-01T23:59:59'),
      says('u', '09-01T08:00:00'),
      says('c', '09-02T00:00:00'),
      says('u', '09-02T08:00:00'),
      says('v', '09-02T08:00:00'),
    );
    expect(figure.voiceDays).toEqual(['2026-09-02']);
    expect(figure.activeByDay).toEqual({ '2026-09-02': 2 });
  });

  test('a handover changes the roles on the next day', () => {
    const figure = count(
      bind(),
      event('group', '09-02T12:00:00', { cadre: 'd' }),
      says('d', '09-02T13:00:00'),
      says('c', '09-03T08:00:00'),
      says('d', '09-04T08:00:00'),
    );
    expect(figure.voiceDays).toEqual(['2026-09-04']);
    expect(figure.activeByDay).toEqual({ '2026-09-02': 1, '2026-09-03': 1 });
  });

  test('bots never count: listed ones for all time, and also before; `fromBot` for its message only', () => {
    const figure = count(
      says('b', '09-01T08:00:00'),
      says('u', '09-01T08:00:00', { fromBot: true }),
      says('c', '09-01T08:00:00', { fromBot: true }),
      says('u', '09-02T08:00:00', { fromBot: false }),
      bind('08-31T10:00:00', {
        members: [
          { id: 'b', bot: true },
          { id: 'u', bot: false },
        ],
      }),
      event('group', '09-03T10:00:00', { cadre: 'c', members: [{ id: 'b' }] }),
    );
    expect(figure).toEqual({ ...nothing, activeByDay: { '2026-09-02': 1 } });
  });

  test('a cadre who is a bot has no voice and no exchange', () => {
    const figure = count(
      bind('08-31T10:00:00', { members: [{ id: 'c', bot: true }] }),
      says('c', '09-01T08:00:00'),
      says('u', '09-01T08:00:00'),
    );
    expect(figure).toEqual({ ...nothing, activeByDay: { '2026-09-01': 1 } });
  });

  test('days are those of Shanghai, whatever the offset', () => {
    expect(
      count(
        bind(),
        says('c', '', { at: '2026-09-01T16:00:00Z' }),
        says('c', '', { at: '2026-09-01T15:59:59.999Z' }),
      ).voiceDays,
    ).toEqual(['2026-09-01', '2026-09-02']);
  });
});

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

describe('activities (rules 6, 7)', () => {
  const held = (at: string, fields: Fields = {}) => event('activity', at, { id: 'a', ...fields });
  const checkIn = (member: string, at: string, fields: Fields = {}) =>
    event('checkin', at, { activity: 'a', member, ...fields });
  const close = (fields: Fields = {}) => event('close', '12-31T08:00:00', { activity: 'a', ...fields });
  const counted = (...lines: Fields[]) => {
    const { quarters, years } = count(bind(), ...lines);
    return [quarters, years];
  };
  const q3 = { '2026-Q3': { activities: 1 } };
  const met = (people: number) => ({ '2026': { met: people } });

  test.each<[string, Fields[], unknown[]]>([
    ['held', [held('09-30T23:59:59'), checkIn('u', '10-01T00:10:00'), close()], [q3, met(1)]],
    ['not closed', [held('09-01T08:00:00'), checkIn('u', '09-01T08:00:00')], [{}, met(1)]],
    ['nobody came', [held('09-01T08:00:00'), close()], [{}, {}]],
    ['only the cadre came', [held('09-01T08:00:00'), checkIn('c', '09-01T08:00:00'), close()], [{}, {}]],
    [
      'online',
      [held('09-01T08:00:00', { offline: false }), checkIn('u', '09-01T08:00:00'), close()],
      [{}, {}],
    ],
    ['before the binding', [held('08-30T08:00:00'), checkIn('u', '09-01T08:00:00'), close()], [{}, {}]],
    [
      'checked in before the binding',
      [held('09-01T08:00:00'), checkIn('u', '08-30T08:00:00'), close()],
      [{}, {}],
    ],
    [
      'a bot came',
      [
        held('09-01T08:00:00'),
        checkIn('b', '09-01T08:00:00'),
        close(),
        bind('08-31T11:00:00', { members: [{ id: 'b', bot: true }] }),
      ],
      [{}, {}],
    ],
    [
      'closed elsewhere',
      [held('09-01T08:00:00'), checkIn('u', '09-01T08:00:00'), close({ group: 'h' })],
      [{}, met(1)],
    ],
    [
      'checked in elsewhere',
      [held('09-01T08:00:00'), checkIn('u', '09-01T08:00:00', { group: 'h' }), close()],
      [{}, {}],
    ],
    ['no such activity', [checkIn('u', '09-01T08:00:00'), close()], [{}, {}]],
  ])('%s', (_, lines, expected) => {
    expect(counted(...lines)).toEqual(expected);
    expect(counted(...lines.toReversed(), ...lines)).toEqual(expected);
  });

  test('people are counted once a year, activities once each; the new year has its own', () => {
    const second = { activity: 'b' };
    expect(
      counted(
        held('12-31T23:00:00'),
        checkIn('u', '12-31T23:00:00'),
        checkIn('v', '12-31T23:00:00'),
        close(),
        event('activity', '10-01T00:00:00', { id: 'b' }),
        checkIn('u', '10-01T00:00:00', second),
        close(second),
        event('activity', '', { at: '2026-12-31T16:00:00Z', id: 'n' }),
        checkIn('u', '12-31T23:00:00', { activity: 'n' }),
      ),
    ).toEqual([{ '2026-Q4': { activities: 2 } }, { '2026': { met: 2 }, '2027': { met: 1 } }]);
  });
});

describe('coverage (rule 8)', () => {
  const listening = (from: string, until: string) =>
    event('listening', from, { until: `2026-${until}+08:00` });
  const span = [
    says('u', '09-01T12:00:00', { kind: 'sticker' }),
    says('b', '09-05T12:00:00', { fromBot: true, text: '/x' }),
  ];
  const unknown = (...lines: Fields[]) =>
    count(bind(), ...span, ...lines).unknownDays.map((day) => day.slice(8));

  test.each<[string, Fields[], string[]]>([
    ['no listening line at all: fully covered', [], []],
    [
      'an empty interval: nothing covered',
      [listening('09-01T08:00:00', '09-01T08:00:00')],
      ['01', '02', '03', '04', '05'],
    ],
    ['all of it', [listening('09-01T07:00:00', '09-05T23:00:00')], []],
    ['not the last second', [listening('09-01T07:00:00', '09-05T22:59:59')], ['05']],
    ['not the first', [listening('09-01T07:00:00.001', '09-05T23:00:00')], ['01']],
    [
      'the night does not matter',
      ['01', '02', '03', '04', '05'].map((d) => listening(`09-${d}T07:00:00`, `09-${d}T23:00:00`)),
      [],
    ],
    [
      'adjacent intervals join',
      [listening('09-03T10:10:00', '09-06T00:00:00'), listening('08-01T00:00:00', '09-03T10:10:00')],
      [],
    ],
    [
      'overlapping ones too',
      [
        listening('08-01T00:00:00', '09-03T11:10:00'),
        listening('09-03T10:10:00', '09-06T00:00:00'),
        listening('09-02T00:00:00', '09-02T01:00:00'),
      ],
      [],
    ],
    [
      'a gap inside a half-hour',
      [listening('08-01T00:00:00', '09-03T10:10:00'), listening('09-03T10:10:00.001', '09-06T00:00:00')],
      ['03'],
    ],
    [
      'a gap at night',
      [listening('08-01T00:00:00', '09-03T01:10:00'), listening('09-03T06:59:00', '09-06T00:00:00')],
      [],
    ],
    [
      'a day met is met',
      [listening('08-01T00:00:00', '09-03T00:00:00'), says('c', '09-04T08:00:00')],
      ['03', '05'],
    ],
    [
      'the last message moves the end',
      [listening('08-01T00:00:00', '09-03T00:00:00'), says('u', '09-06T08:00:00')],
      ['03', '04', '05', '06'],
    ],
  ])('%s', (_, lines, expected) => {
    expect(unknown(...lines)).toEqual(expected);
    expect(unknown(...lines.toReversed())).toEqual(expected);
  });

  test('only counted days, and none without a message', () => {
    const gap = listening('08-01T00:00:00', '08-01T00:00:00');
    expect(count(bind('09-04T12:00:00'), ...span, gap).unknownDays).toEqual(['2026-09-04', '2026-09-05']);
    expect(count(bind(), gap).unknownDays).toEqual([]);
    expect(count(bind('09-06T12:00:00'), ...span, gap).unknownDays).toEqual([]);
  });
});
