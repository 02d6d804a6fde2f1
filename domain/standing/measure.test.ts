import { describe, expect, it, test } from 'vitest';
import { dayFrom, formatDay, startOfDay } from '../calendar/day.ts';
import type { Policy } from '../policy/policy.ts';
import { xinjiang } from '../policy/profiles/xinjiang.ts';
import { orderBindings } from '../presence/bindings.ts';
import type { GroupFacts } from '../presence/facts.ts';
import { slotsBetween } from '../presence/slots.ts';
import { daysNeeded, measureProgress, type Setting } from './measure.ts';

const hour = 3_600_000;
const cadre = 1;
/** Wednesday, 15:10. */
const today = dayFrom(2026, 5, 13);
const now = startOfDay(today) + 15 * hour + 600_000;
const may = (date: number) => dayFrom(2026, 5, date);

/** Bound in March, heard without a gap, and nothing said. */
const silent: GroupFacts = {
  bindings: [{ at: startOfDay(dayFrom(2026, 3, 2)), eventId: 'b', cadre }],
  bots: new Set(),
  presence: new Map(),
  addresses: new Map(),
  listening: 'all',
  topics: [],
  activities: [],
};
const setting: Setting = {
  group: '计科2班',
  cadre: '李老师',
  unit: '信息系分团委',
  roster: new Set([11, 12, 13, 14, 15, 16]),
  topicTitles: new Map([['7', '食堂点将']]),
};

/** Who wrote in half-hour 40 (20:00) of which day. */
function said(...days: [day: number, ...people: number[]][]): GroupFacts['presence'] {
  return new Map(days.map(([day, ...people]) => [day, new Map(people.map((person) => [person, 2 ** 20]))]));
}

/** Heard all the time from March up to now, but for some hours of days. */
function heardBut(...gaps: [day: number, from: number, to: number][]): GroupFacts['listening'] {
  const intervals = [];
  let from = startOfDay(dayFrom(2026, 3, 1));
  for (const [day, start, end] of gaps) {
    intervals.push({ from, until: startOfDay(day) + start * hour });
    from = startOfDay(day) + end * hour;
  }
  return [...intervals, { from, until: now }];
}

function measure(facts: Partial<GroupFacts>, policy: Policy = xinjiang, at = now) {
  return measureProgress({ ...silent, ...facts }, policy, at, setting);
}

function voiceOf(day: number, facts: Partial<GroupFacts>, policy?: Policy) {
  return measure(facts, policy).voice.days.find((entry) => entry.day === day)?.verdict;
}

const advice: Policy = {
  ...xinjiang,
  requirements: xinjiang.requirements.map((requirement) => ({ ...requirement, force: 'advice' })),
};

describe('voice', () => {
  const gap = heardBut([may(5), 10, 11], [today, 9, 10]);
  const table: [string, day: number, facts: Partial<GroupFacts>, verdict: string][] = [
    ['said something', may(5), { presence: said([may(5), cadre]) }, 'met'],
    [
      'said something on a day with a gap',
      may(5),
      { presence: said([may(5), cadre]), listening: gap },
      'met',
    ],
    ['silent, fully heard', may(5), {}, 'missed'],
    ['silent, with a gap', may(5), { listening: gap }, 'unknown'],
    [
      'silent, with a gap at night only',
      may(5),
      { listening: heardBut([may(5), 0, 7], [may(5), 23, 24]) },
      'missed',
    ],
    ['only a youth said something', may(5), { presence: said([may(5), 11]) }, 'missed'],
    ['never listened', may(5), { listening: [] }, 'unknown'],
    ['today, silent so far', today, {}, 'underway'],
    ['today, silent with a gap', today, { listening: gap }, 'underway'],
    ['today, said something', today, { presence: said([today, cadre]) }, 'met'],
    ['tomorrow', today + 1, {}, 'none'],
    [
      'before the binding',
      may(5),
      { bindings: [{ at: startOfDay(may(6)) + hour, eventId: 'b', cadre }] },
      'none',
    ],
    [
      'the day of the binding',
      may(6),
      { bindings: [{ at: startOfDay(may(6)) + hour, eventId: 'b', cadre }] },
      'missed',
    ],
    ['never bound', may(5), { bindings: [], presence: said([may(5), cadre]) }, 'none'],
  ];
  test.each(table)('%s', (_, day, facts, verdict) => expect(voiceOf(day, facts)).toBe(verdict));

  it('shows every day of the month, and misses nothing that is only advised', () => {
    const { voice } = measure({});
    expect([voice.month, voice.days.length, formatDay(voice.days.at(-1)?.day ?? 0)]).toEqual([
      '2026-05',
      31,
      '2026-05-31',
    ]);
    expect(voiceOf(may(5), {}, advice)).toBe('none');
    expect(voiceOf(may(5), { listening: gap }, advice)).toBe('unknown');
  });
});

describe('weeks', () => {
  const threeIn = (day: number) => said([day, cadre, 11, 12, 13]);
  const week = (key: string, facts: Partial<GroupFacts>, policy?: Policy) =>
    measure(facts, policy).weeks.find((entry) => entry.key === key);
  const boundOn = (day: number) => ({ bindings: [{ at: startOfDay(day), eventId: 'b', cadre }] });
  /** Bound then, and heard from then on. */
  const boundAt = (day: number) => ({
    ...boundOn(day),
    listening: [{ from: startOfDay(day), until: now }],
  });
  // W19 is 4 to 10 May, W20 holds today.
  const table: [string, key: string, facts: Partial<GroupFacts>, exchange: number, verdict: string][] = [
    ['three youths', '2026-W19', { presence: threeIn(may(6)) }, 3, 'met'],
    [
      'three youths on two days',
      '2026-W19',
      { presence: said([may(5), cadre, 11], [may(9), cadre, 12, 13, 11]) },
      3,
      'met',
    ],
    [
      'three in a week with a gap',
      '2026-W19',
      { presence: threeIn(may(6)), listening: heardBut([may(4), 10, 11]) },
      3,
      'met',
    ],
    ['two', '2026-W19', { presence: said([may(6), cadre, 11, 12]) }, 2, 'missed'],
    [
      'two, with a gap',
      '2026-W19',
      { presence: said([may(6), cadre, 11, 12]), listening: heardBut([may(10), 10, 11]) },
      2,
      'unknown',
    ],
    ['this week', '2026-W20', {}, 0, 'underway'],
    ['this week, met', '2026-W20', { presence: threeIn(may(12)) }, 3, 'met'],
    ['this week, with a gap', '2026-W20', { listening: heardBut([may(12), 10, 11]) }, 0, 'underway'],
    ['next week', '2026-W21', {}, 0, 'none'],
    ['bound in the middle of it', '2026-W19', boundOn(may(9)), 0, 'none'],
    [
      'bound in the middle of it, and met',
      '2026-W19',
      { ...boundOn(may(9)), presence: threeIn(may(10)) },
      3,
      'met',
    ],
    [
      'bound in the middle of it, with a gap',
      '2026-W19',
      { ...boundOn(may(9)), listening: heardBut([may(10), 10, 11]) },
      0,
      'unknown',
    ],
    ['a gap before the binding only', '2026-W19', boundAt(may(9) + 0.5), 0, 'none'],
    ['bound today', '2026-W20', boundAt(today + 0.5), 0, 'underway'],
    ['before the binding', '2026-W19', boundOn(may(11)), 0, 'none'],
  ];
  test.each(table)('%s', (_, key, facts, exchange, verdict) =>
    expect(week(key, facts)).toMatchObject({ exchange, needed: 3, verdict }),
  );

  it('are those that touch the month', () => {
    expect(measure({}).weeks.map(({ key }) => key)).toEqual([
      '2026-W18',
      '2026-W19',
      '2026-W20',
      '2026-W21',
      '2026-W22',
    ]);
    expect(week('2026-W19', {}, advice)?.verdict).toBe('none');
  });
});

describe('topic', () => {
  const marks = (count: number, at: number) =>
    Array.from({ length: count }, (_, i) => ({ person: 11 + i, at }));
  const topic = (id: string, clear: number, day = may(4), half = 20) => {
    const at = startOfDay(day) + (half * hour) / 2;
    return { id, at, closesAt: at + 168 * hour, marks: marks(clear, at + hour) };
  };
  const six = new Map([
    [may(4), new Map([21, 22, 23, 24, 25, 26].map((person) => [person, slotsBetween(40, 41)]))],
  ]);
  const table: [string, Partial<GroupFacts>, expected: object][] = [
    ['none', {}, { title: undefined, clear: 0, inferred: 0, needed: 5, neededClear: 1, verdict: 'underway' }],
    ['five clear', { topics: [topic('7', 5)] }, { title: '食堂点将', clear: 5, inferred: 0, verdict: 'met' }],
    ['four', { topics: [topic('7', 4)] }, { clear: 4, verdict: 'underway' }],
    [
      'six inferred, none clear',
      { topics: [topic('7', 0, may(4), 40)], presence: six },
      { clear: 0, inferred: 6, verdict: 'underway' },
    ],
    [
      'six inferred, one clear',
      { topics: [topic('7', 1, may(4), 40)], presence: six },
      { clear: 1, inferred: 6, verdict: 'met' },
    ],
    [
      'the one with most',
      { topics: [topic('6', 2), topic('7', 3), topic('8', 1)] },
      { title: '食堂点将', clear: 3 },
    ],
    [
      'one met before one with more',
      { topics: [topic('8', 0, may(4), 40), topic('7', 5)], presence: six },
      { title: '食堂点将', clear: 5, verdict: 'met' },
    ],
    [
      'of the month before',
      { topics: [topic('7', 5, dayFrom(2026, 4, 30))] },
      { title: undefined, verdict: 'underway' },
    ],
    ['without a binding', { bindings: [], topics: [topic('7', 5)] }, { verdict: 'none' }],
  ];
  test.each(table)('%s', (_, facts, expected) => expect(measure(facts).topic).toMatchObject(expected));
});

describe('activity and face to face', () => {
  const activity = (id: string, day: number, people: number[], change = {}) => {
    const at = startOfDay(day) + 10 * hour;
    return {
      id,
      at,
      offline: true,
      closed: true,
      checkIns: people.map((person) => ({ person, at })),
      ...change,
    };
  };
  it('count offline activities with a youth and a note', () => {
    const held = (...activities: GroupFacts['activities']) => measure({ activities }).activity;
    expect(held()).toEqual({ quarter: '2026-Q2', held: 0, needed: 1, daysLeft: 48, verdict: 'underway' });
    expect(held(activity('a', may(6), [11]))).toMatchObject({ held: 1, verdict: 'met' });
    expect(held(activity('a', may(6), [cadre]))).toMatchObject({ held: 0, verdict: 'underway' });
    expect(held(activity('a', may(6), [11], { closed: false }))).toMatchObject({ held: 0 });
    expect(held(activity('a', may(6), [11], { offline: false }))).toMatchObject({ held: 0 });
    expect(held(activity('a', dayFrom(2026, 3, 30), [11]))).toMatchObject({ held: 0 });
    expect(measure({ bindings: [], activities: [] }).activity.verdict).toBe('none');
  });

  it('need more than half of the roster of today', () => {
    const met = (...people: number[]) => measure({ activities: [activity('a', may(6), people)] }).faceToFace;
    expect(met(11, 12, 13)).toEqual({
      year: '2026',
      met: 3,
      roster: 6,
      percent: 50,
      neededPercent: 50,
      verdict: 'underway',
    });
    expect(met(11, 12, 13, 14)).toMatchObject({ met: 4, percent: 66, verdict: 'met' });
    expect(met(11, 12, 13, 99, 98)).toMatchObject({ met: 3, verdict: 'underway' });
    const nobody = measureProgress(silent, xinjiang, now, { ...setting, roster: new Set() });
    expect(nobody.faceToFace).toMatchObject({ met: 0, roster: 0, percent: 0, verdict: 'underway' });
  });
});

describe('coverage', () => {
  it('is of the month so far, from the binding on', () => {
    // 12 days of 32 half-hours, and today the 16 from 7:00 to 15:00.
    expect(measure({}).coverage).toEqual({ heard: 400, of: 400, fullDays: 13, days: 13 });
    const gap = heardBut([may(5), 10, 11], [today, 9, 10]);
    expect(measure({ listening: gap }).coverage).toEqual({ heard: 396, of: 400, fullDays: 11, days: 13 });
    const bound = orderBindings([{ at: startOfDay(may(12)), eventId: 'b', cadre }]);
    expect(measure({ bindings: bound }).coverage).toEqual({ heard: 48, of: 48, fullDays: 2, days: 2 });
    expect(measure({ bindings: [] }).coverage).toEqual({ heard: 0, of: 0, fullDays: 0, days: 0 });
  });

  it.each([
    ['14:00', 14, { heard: 2, of: 2, fullDays: 1, days: 1 }],
    ['14:10, from the next whole half-hour on', 14 + 1 / 6, { heard: 1, of: 1, fullDays: 1, days: 1 }],
    ['6:00', 6, { heard: 16, of: 16, fullDays: 1, days: 1 }],
    ['15:05, before any whole half-hour', 15 + 1 / 12, { heard: 0, of: 0, fullDays: 1, days: 1 }],
  ])('of a group bound today at %s begins there', (_, hours, expected) => {
    const at = startOfDay(today) + hours * hour;
    const bound = { bindings: [{ at, eventId: 'b', cadre }], listening: [{ from: at, until: now }] };
    expect(measure(bound).coverage).toEqual(expected);
    // A handover changes nothing, nor does a gap after the binding go unseen.
    const handedOver = [...bound.bindings, { at: now - 60_000, eventId: 'c', cadre: 2 }];
    expect(measure({ ...bound, bindings: handedOver }).coverage).toEqual(expected);
    expect(measure({ ...bound, listening: [] }).coverage).toMatchObject({ heard: 0, of: expected.of });
  });

  it('leaves the day of the binding unknown, not missed, once it is over', () => {
    const at = startOfDay(may(12)) + 14 * hour;
    const bound = { bindings: [{ at, eventId: 'b', cadre }], listening: [{ from: at, until: now }] };
    expect(voiceOf(may(12), bound)).toBe('unknown');
  });

  it('takes listening that was noted a moment ago as going on, not one that broke off', () => {
    const until = (ms: number) =>
      measure({ listening: [{ from: 0, until: now - ms }] }, xinjiang, now).coverage.heard;
    expect([until(60_000), until(5 * 60_000), until(11 * 60_000)]).toEqual([400, 400, 399]);
  });
});

it('asks for the weeks of the month, and for the end of last year in January', () => {
  const span = (...date: [number, number, number]) => {
    const { from, to } = daysNeeded(startOfDay(dayFrom(...date)));
    return `${formatDay(from)} ${formatDay(to)}`;
  };
  expect(span(2026, 5, 13)).toBe('2026-04-27 2026-05-31');
  expect(span(2018, 1, 15)).toBe('2017-12-31 2018-02-04');
});
