import { expect, test } from 'vitest';
import { parseDay, startOfDay } from '../calendar/day.ts';
import { quarterOf, yearOf } from '../calendar/period.ts';
import { activitiesIn, metIn } from './activity.ts';
import { coverageOf, isFullyHeard, isUnknown } from './coverage.ts';
import { cadreOf, cadreSlots, type GroupFacts, isYouth } from './facts.ts';
import { heardIn, joinIntervals } from './interval.ts';
import { slotsBetween, withSlot } from './slots.ts';
import { activeOn, voiceOn } from './voice.ts';

const day = parseDay('2026-09-02') ?? Number.NaN;
const hour = 3_600_000;
const at = (d: number, h: number) => startOfDay(d) + h * hour;

const facts: GroupFacts = {
  bindings: [{ at: at(day, 12), eventId: 'b', cadre: 1 }],
  bots: new Set([9]),
  presence: new Map([
    [
      day - 1,
      new Map([
        [1, withSlot(0, 20)],
        [2, withSlot(0, 20)],
      ]),
    ],
    [
      day,
      new Map([
        [1, withSlot(0, 20)],
        [2, withSlot(0, 20)],
        [3, 0],
        [9, withSlot(0, 20)],
      ]),
    ],
  ]),
  addresses: new Map(),
  listening: [{ from: at(day, 7), until: at(day + 1, 22.75) }],
  topics: [],
  activities: [
    { id: 'a', at: at(day, 15), offline: true, closed: true, checkIns: [{ person: 2, at: at(day, 15) }] },
    {
      id: 'b',
      at: at(day + 1, 15),
      offline: true,
      closed: false,
      checkIns: [
        { person: 3, at: at(day, 15) },
        { person: 9, at: at(day, 15) },
      ],
    },
    {
      id: 'c',
      at: at(day + 200, 15),
      offline: true,
      closed: true,
      checkIns: [{ person: 4, at: at(day + 200, 15) }],
    },
  ],
};

test('roles of a day', () => {
  expect([cadreOf(facts, day - 1), cadreOf(facts, day)]).toEqual([undefined, 1]);
  expect([1, 2, 9].map((person) => isYouth(facts, person, day))).toEqual([false, true, false]);
  expect(isYouth(facts, 2, day - 1)).toBe(false);
  expect([cadreSlots(facts, day - 1), cadreSlots(facts, day)]).toEqual([0, 2 ** 20]);
});

test('voice and youths of a day; an empty set is no presence', () => {
  expect([voiceOn(facts, day - 1), voiceOn(facts, day), voiceOn(facts, day + 1)]).toEqual([
    false,
    true,
    false,
  ]);
  expect([activeOn(facts, day - 1), activeOn(facts, day), activeOn(facts, day + 1)]).toEqual([0, 1, 0]);
});

test('coverage counts half-hours between 07:00 and 23:00', () => {
  expect(coverageOf(facts, day, day)).toEqual({ heard: 32, of: 32 });
  expect(coverageOf(facts, day - 1, day + 1)).toEqual({ heard: 63, of: 96 });
  expect(coverageOf(facts, day, day - 1)).toEqual({ heard: 0, of: 0 });
  expect(coverageOf({ ...facts, listening: 'all' }, day, day + 3)).toEqual({ heard: 128, of: 128 });
  expect([isFullyHeard(facts, day), isFullyHeard(facts, day + 1)]).toEqual([true, false]);
  expect([day - 1, day, day + 1].map((one) => isUnknown(facts, one))).toEqual([false, false, true]);
});

test('intervals: joined, and only whole half-hours of the day', () => {
  const joined = joinIntervals([
    { from: 50, until: 60 },
    { from: 10, until: 20 },
    { from: 20, until: 30 },
    { from: 12, until: 13 },
    { from: 40, until: 40 },
  ]);
  expect(joined).toEqual([
    { from: 10, until: 30 },
    { from: 50, until: 60 },
  ]);
  const intervals = [
    { from: at(day, -30), until: at(day, -1) },
    { from: at(day, -0.25), until: at(day, 0.75) },
    { from: at(day, 3.1), until: at(day, 4) },
    { from: at(day, 23.5), until: at(day, 30) },
  ];
  expect(heardIn(intervals, day)).toBe(slotsBetween(0, 1) + slotsBetween(7, 8) + slotsBetween(47, 48));
  expect(heardIn(intervals, day + 1)).toBe(slotsBetween(0, 12));
  expect(heardIn([], day)).toBe(0);
});

test('activities and people met lie in the period of their activity', () => {
  expect([activitiesIn(facts, quarterOf(day)), activitiesIn(facts, quarterOf(day + 200))]).toEqual([1, 1]);
  expect([...metIn(facts, yearOf(day))]).toEqual([2, 3]);
  expect([...metIn(facts, yearOf(day + 200))]).toEqual([4]);
});
