import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  activity,
  at,
  boundOn,
  date,
  due,
  heardBut,
  hour,
  lively,
  minute,
  plain,
  silent,
  stages,
} from '../../tests/support/reminders.ts';
import { type Day, dayOf, startOfDay } from '../calendar/day.ts';
import type { GroupFacts } from '../presence/facts.ts';
import { type About, digestKey } from './due.ts';

describe('an evening without a voice', () => {
  const table: [string, now: number, facts: Partial<GroupFacts>, to: Partial<About>, count: number][] = [
    ['at 19:59', at(plain) - 1, {}, {}, 0],
    ['at 20:00', at(plain), {}, {}, 1],
    ['caught up at 21:59', at(plain, 22) - 1, {}, {}, 1],
    ['at 22:00', at(plain, 22), {}, {}, 0],
    ['the next morning', at(plain + 1, 9), {}, {}, 0],
    ['something was said', at(plain), lively(plain), {}, 0],
    ['something was said yesterday', at(plain), lively(plain - 1), {}, 1],
    ['a gap today', at(plain), { listening: heardBut(at(plain), at(plain, 10), at(plain, 11)) }, {}, 0],
    ['a gap before seven', at(plain), { listening: heardBut(at(plain), at(plain, 3), at(plain, 6)) }, {}, 1],
    ['a gap yesterday', at(plain), { listening: heardBut(at(plain), at(plain, -10), at(plain, -8)) }, {}, 1],
    [
      'the connection broke off',
      at(plain),
      { listening: [{ from: 0, until: at(plain) - 20 * minute }] },
      {},
      0,
    ],
    [
      'listening noted a minute ago',
      at(plain),
      { listening: [{ from: 0, until: at(plain) - minute }] },
      {},
      1,
    ],
    ['not listening at all', at(plain), { listening: [] }, {}, 0],
    ['bound this morning', at(plain), boundOn(plain), {}, 1],
    [
      'bound this morning, not heard before',
      at(plain),
      { ...boundOn(plain, 9.2), listening: [{ from: at(plain, 9.2), until: at(plain) }] },
      {},
      1,
    ],
    [
      'bound this morning, a gap after it',
      at(plain),
      { ...boundOn(plain), listening: heardBut(at(plain), at(plain, 10), at(plain, 11)) },
      {},
      0,
    ],
    ['bound at 20:30', at(plain, 21), boundOn(plain, 20.5), {}, 0],
    ['not bound', at(plain), { bindings: [] }, {}, 0],
    ['to somebody else', at(plain), boundOn(plain - 3, 9, 2), {}, 0],
    ['muted', at(plain), {}, { mutes: [{ requirement: 'voice', until: undefined }] }, 0],
    ['all muted', at(plain), {}, { mutes: [{ requirement: '*', until: at(plain) + 1 }] }, 0],
    ['muted until now', at(plain), {}, { mutes: [{ requirement: 'voice', until: at(plain) }] }, 1],
    ['another muted', at(plain), {}, { mutes: [{ requirement: 'topic', until: undefined }] }, 1],
    ['reminded already', at(plain), {}, { sent: new Set(['reminder/voice/7/3/2026-05-12/evening']) }, 0],
    ['the digest was sent already', at(plain), {}, { sent: new Set([digestKey(7, plain)]) }, 0],
  ];
  test.each(table)('%s', (_, now, facts, to, count) => {
    expect(stages(now, facts, to)).toEqual(count === 1 ? ['voice evening 2026-05-12'] : []);
  });

  it('expires when it gets quiet', () => {
    expect(due(at(plain))[0]).toMatchObject({
      key: 'reminder/voice/7/3/2026-05-12/evening',
      expiresAt: at(plain, 22),
    });
  });
});

/** What is due on an evening beside the voice. */
function others(day: Day, facts: Partial<GroupFacts> = {}, to: Partial<About> = {}): string[] {
  return stages(at(day), facts, to).filter((stage) => !stage.startsWith('voice'));
}

describe('the week, the month and the quarter', () => {
  const thursday = date(5, 14);
  const topic = (day: Day, clear: number) => ({
    topics: [
      {
        id: '4',
        at: at(day, 9),
        closesAt: at(day + 7, 9),
        marks: [...Array(clear).keys()].map((i) => ({ person: 11 + i, at: at(day, 10) })),
      },
    ],
  });
  const table: [
    string,
    day: Day,
    facts: Partial<GroupFacts>,
    requirement: string,
    expected: string | undefined,
  ][] = [
    ['Wednesday', thursday - 1, {}, 'interaction', undefined],
    ['Thursday', thursday, {}, 'interaction', 'thursday 2026-W20'],
    ['Thursday, met', thursday, lively(thursday - 2), 'interaction', undefined],
    ['Sunday, caught up', thursday + 3, {}, 'interaction', 'thursday 2026-W20'],
    ['Monday', thursday + 4, {}, 'interaction', undefined],
    ['bound on Saturday', thursday + 3, boundOn(thursday + 2), 'interaction', undefined],
    ['bound on Tuesday', thursday, boundOn(thursday - 2), 'interaction', 'thursday 2026-W20'],
    ['the 19th', date(4, 19), {}, 'topic', undefined],
    ['the 20th', date(4, 20), {}, 'topic', '20th 2026-04'],
    ['the 20th, met', date(4, 20), topic(date(4, 8), 5), 'topic', undefined],
    ['the 20th, four took part', date(4, 20), topic(date(4, 8), 4), 'topic', '20th 2026-04'],
    ['the last of the month', date(4, 30), {}, 'topic', '20th 2026-04'],
    ['the next month', date(5, 1), {}, 'topic', undefined],
    ['bound on the 22nd', date(4, 28), boundOn(date(4, 22)), 'topic', undefined],
    ['five weeks before the end', date(6, 1), {}, 'activity', undefined],
    ['four weeks', date(6, 2), {}, 'activity', '4w 2026-Q2'],
    ['four weeks, caught up', date(6, 15), {}, 'activity', '4w 2026-Q2'],
    ['two weeks', date(6, 16), {}, 'activity', '2w 2026-Q2'],
    ['one week', date(6, 23), {}, 'activity', '1w 2026-Q2'],
    ['the last day', date(6, 30), {}, 'activity', '1w 2026-Q2'],
    ['held', date(6, 16), { activities: [activity(date(4, 15))] }, 'activity', undefined],
    [
      'announced',
      date(6, 16),
      { activities: [activity(date(6, 20), { closed: false, checkIns: [] })] },
      'activity',
      undefined,
    ],
    [
      'online only',
      date(6, 16),
      { activities: [activity(date(6, 20), { offline: false })] },
      'activity',
      '2w 2026-Q2',
    ],
    [
      'without its note',
      date(6, 16),
      { activities: [activity(date(6, 5), { closed: false })] },
      'activity',
      '2w 2026-Q2',
    ],
    ['bound after two weeks', date(6, 22), boundOn(date(6, 17)), 'activity', undefined],
    ['overdue', date(7, 1), {}, 'activity', 'overdue 2026-Q2'],
    ['overdue, caught up', date(7, 28), {}, 'activity', 'overdue 2026-Q2'],
    ['overdue too long', date(7, 29), {}, 'activity', undefined],
    ['overdue, but held', date(7, 1), { activities: [activity(date(6, 29))] }, 'activity', undefined],
    ['the quarter ended before the binding', date(7, 7), boundOn(date(7, 2)), 'activity', undefined],
    ['bound too late for the quarter', date(7, 1), boundOn(date(6, 3)), 'activity', undefined],
    ['overdue over the turn of the year', date(1, 6, 2027), {}, 'activity', 'overdue 2026-Q4'],
  ];
  test.each(table)('%s', (_, day, facts, requirement, expected) => {
    const found = due(at(day), facts).find((reminder) => reminder.requirement === requirement);
    expect(found && `${found.stage} ${found.period}`).toBe(expected);
  });

  it('sends only the latest stage, and no earlier one after it', () => {
    const sent = new Set(['reminder/activity/7/3/2026-Q2/2w']);
    expect(others(date(6, 16), {}, { sent })).toEqual([]);
    expect(others(date(6, 23), lively(date(6, 23)), { sent })).toContain('activity 1w 2026-Q2');
  });

  it('leaves to a new cadre what comes after the handover, which takes effect the next day', () => {
    const day = date(6, 10);
    const bindings = [...silent.bindings, { at: at(day, 9), eventId: 'c', cadre: 2 }];
    expect(others(day, { bindings })).toEqual(['activity 4w 2026-Q2']);
    expect(others(day + 1, { bindings })).toEqual([]);
    expect(others(day, { bindings }, { person: 2 })).toEqual([]);
    expect(others(day + 1, { bindings }, { person: 2 })).toEqual(['interaction thursday 2026-W24']);
    expect(others(date(6, 16), { bindings }, { person: 2 })).toEqual(['activity 2w 2026-Q2']);
    expect(others(date(7, 1), { bindings }, { person: 2 })).toEqual([]);
  });

  it('says so where the week was not fully heard', () => {
    const gap = { listening: heardBut(at(thursday), at(thursday - 1, 10), at(thursday - 1, 11)) };
    const lines = due(at(thursday), { ...gap, ...lively(thursday - 9) }).map(({ line }) => line);
    expect(lines.join()).toContain('没听全');
    expect(
      due(at(thursday))
        .map(({ line }) => line)
        .join(),
    ).not.toContain('没听全');
  });
});

describe('for any ticks over half a year', () => {
  const start = date(2, 20);
  const facts = fc.record({
    bindings: fc.integer({ min: start - 40, max: start + 60 }).map((day) => boundOn(day).bindings),
    presence: fc
      .uniqueArray(fc.integer({ min: start, max: start + 180 }), { maxLength: 60 })
      .map((days) => new Map(days.flatMap((day) => [...lively(day).presence]))),
    listening: fc.oneof(fc.constant('all' as const), fc.constant([{ from: 0, until: at(start + 100) }])),
    activities: fc.array(
      fc.integer({ min: start, max: start + 180 }).map((day) => activity(day)),
      { maxLength: 2 },
    ),
  });
  const ticks = fc.array(fc.integer({ min: at(start, 0), max: at(start + 180, 0) }), {
    minLength: 1,
    maxLength: 60,
  });
  const evenings = fc.array(
    fc
      .tuple(fc.integer({ min: start, max: start + 180 }), fc.integer({ min: 0, max: 125 }))
      .map(([day, late]) => at(day) + late * minute),
    { maxLength: 120 },
  );

  it('says nothing twice, nothing at night, and one digest a day at most', () => {
    fc.assert(
      fc.property(facts, ticks, evenings, (given, some, more) => {
        const sent = new Set<string>();
        for (const now of [...some, ...more].sort((a, b) => a - b)) {
          const reminders = due(now, given, { sent });
          const hourOfDay = (now - startOfDay(dayOf(now))) / hour;
          if (reminders.length > 0) {
            expect(hourOfDay >= 20 && hourOfDay < 22).toBe(true);
            expect(sent.has(digestKey(7, dayOf(now)))).toBe(false);
            sent.add(digestKey(7, dayOf(now)));
          }
          for (const { key, expiresAt, requirement } of reminders) {
            expect(sent.has(key)).toBe(false);
            expect(expiresAt).toBeGreaterThan(now);
            if (requirement === 'voice') expect(given.presence.has(dayOf(now))).toBe(false);
            sent.add(key);
          }
        }
      }),
    );
  });
});
