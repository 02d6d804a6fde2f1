/** The calendar of a year's reminders under each profile, as pages that a person can judge: docs/years/. */
import { describe, expect, it } from 'vitest';
import { type Day, dayFrom, startOfDay, weekdayOf } from '../../domain/calendar/day.ts';
import { profiles } from '../../domain/policy/profiles/profiles.ts';
import type { RecordKind } from '../../domain/policy/records.ts';
import type { GroupFacts } from '../../domain/presence/facts.ts';
import type { CadreFacts } from '../../domain/standing/facts.ts';
import { simulateYear, yearPage } from '../../tests/support/simulated-year.ts';
import { publicCalendar } from '../work-calendar.ts';

const year = 2026;
const date = (month: number, day: number) => dayFrom(year, month, day);
const hour = 3_600_000;
const [first, last] = [date(1, 1), date(12, 31)];
/** Winter and summer, as a school has them. */
const vacations = [
  { from: date(1, 19), to: date(3, 1) },
  { from: date(7, 13), to: date(8, 30) },
];
const resting = (day: Day) => vacations.some(({ from, to }) => from <= day && day <= to);
const working = Array.from({ length: last - first + 1 }, (_, n) => first + n).filter(
  (day) => !resting(day) && weekdayOf(day) <= 5,
);

/** Speaks with four youths on most working days, and is silent in the third week of every term month. */
const busy = (day: Day) => Math.floor((day - first) / 7) % 4 !== 2;
const presence: GroupFacts = {
  bindings: [{ at: startOfDay(first), eventId: 'b', cadre: 1 }],
  bots: new Set(),
  presence: new Map(
    working.filter(busy).map((day) => [day, new Map([1, 11, 12, 13, 14].map((who) => [who, 1 << 20]))]),
  ),
  addresses: new Map(),
  listening: 'all',
  // A topic in the first week of every month but May and October.
  topics: [3, 4, 6, 9, 11, 12].map((month) => {
    const at = startOfDay(date(month, 4)) + 12 * hour;
    const marks = [11, 12, 13, 14, 15].map((person) => ({ person, at: at + hour }));
    return { id: String(month), at, closesAt: at + 168 * hour, marks };
  }),
  // Activities in the first and the last quarter.
  activities: [date(3, 20), date(11, 6)].map((day, index) => ({
    id: String(index),
    at: startOfDay(day) + 15 * hour,
    offline: true,
    closed: true,
    checkIns: Array.from({ length: 30 }, (_, n) => ({ person: 11 + n, at: startOfDay(day) + 15 * hour })),
  })),
};

const did = (kind: RecordKind, day: Day) => ({ kind, day, grade: 'documented' as const, participants: 30 });
const records = [
  did('league_lecture', date(5, 4)),
  did('heart_talk', date(3, 11)),
  did('heart_talk', date(6, 10)),
  did('good_deed', date(3, 18)),
  did('exchange', date(3, 19)),
  did('culture_sport', date(3, 20)),
  did('volunteering', date(3, 5)),
  did('good_deed', date(10, 14)),
  did('theme_day', date(5, 4)),
  did('org_life_meeting', date(6, 25)),
  did('problem_list', date(3, 25)),
  did('problem_list', date(12, 11)),
  did('semester_report', date(6, 30)),
];
const facts = (day: Day): CadreFacts => ({
  kind: 'full_time',
  organ: false,
  manyYouths: true,
  exempt: undefined,
  since: first,
  records: { since: first, all: records.filter((record) => record.day <= day) },
  roster: { count: day < date(9, 20) ? 78 : 104, grade: 'verified' },
  group: { count: day < date(9, 20) ? 78 : 104, grade: 'verified', owner: true },
  identityOn: day < date(3, 10) ? undefined : date(3, 10),
  links: { branch: [date(5, 4), date(10, 12)].filter((one) => one <= day), club: [] },
  paired: { count: day < date(4, 1) ? 1 : 3, grade: 'stated' },
  steps: undefined,
});

describe.each(profiles)('a year under $name', (policy) => {
  const evenings = simulateYear(policy, {
    year,
    calendar: { ...publicCalendar(), vacations },
    presence,
    roster: new Set(Array.from({ length: 60 }, (_, n) => 11 + n)),
    facts,
    unit: [did('open_day', date(3, 12)), did('bulletin', date(6, 20)), did('visit', date(4, 8))],
  });

  it('is as the page shows it', async () => {
    await expect(yearPage(policy, evenings)).toMatchFileSnapshot(`../../docs/years/${policy.id}.md`);
  });

  it('is quiet on holidays and in vacations, one message an evening, and no burden', () => {
    const calendar = publicCalendar();
    for (const { day } of evenings) {
      expect(calendar.holidays.has(day)).toBe(false);
      expect(resting(day)).toBe(false);
    }
    expect(new Set(evenings.map(({ day }) => day)).size).toBe(evenings.length);
    expect(evenings.filter(({ cadre }) => cadre !== undefined).length).toBeLessThan(150);
  });
});
