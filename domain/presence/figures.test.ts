import { describe, expect, test } from 'vitest';
import { bind, count, event, type Fields, nothing, says } from '../../tests/support/figures.ts';

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
