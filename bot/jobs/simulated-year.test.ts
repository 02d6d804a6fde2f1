/** The calendar of a year's reminders under each profile, as pages that a person can judge: docs/years/. */
import { describe, expect, it } from 'vitest';
import { type Day, dayFrom, startOfDay, weekdayOf } from '../../domain/calendar/day.ts';
import { profiles } from '../../domain/policy/profiles/profiles.ts';
import type { RecordKind } from '../../domain/policy/records.ts';
import type { GroupFacts } from '../../domain/presence/facts.ts';
import type { CadreFacts } from '../../domain/standing/facts.ts';
import { vacationsBetween } from '../../domain/units/unit.ts';
import { perWeek, simulateYear, yearPage } from '../../tests/support/simulated-year.ts';
import { publicCalendar } from '../work-calendar.ts';

const year = 2026;
const date = (month: number, day: number) => dayFrom(year, month, day);
const hour = 3_600_000;
const [first, last] = [date(1, 1), date(12, 31)];
/** As a school sets them; what lies between is winter's and summer's vacation. */
const semesters = [
  { key: '2025-autumn', from: dayFrom(2025, 9, 1), to: date(1, 18) },
  { key: '2026-spring', from: date(3, 2), to: date(7, 12) },
  { key: '2026-autumn', from: date(8, 31), to: dayFrom(2027, 1, 17) },
];
const vacations = vacationsBetween(semesters);
const resting = (day: Day) => vacations.some(({ from, to }) => from <= day && day <= to);
const working = Array.from({ length: last - first + 1 }, (_, n) => first + n).filter(
  (day) => !resting(day) && weekdayOf(day) <= 5,
);

/** Of every six weeks one is silent, and in one nobody but two is spoken with; else with four youths on working days. */
const week = (day: Day) => Math.floor((day - date(1, 5)) / 7) % 6;
const heardOn = (day: Day) => (week(day) === 1 ? [1, 11, 12] : [1, 11, 12, 13, 14]);
const presence: GroupFacts = {
  bindings: [{ at: startOfDay(first), eventId: 'b', cadre: 1 }],
  bots: new Set(),
  presence: new Map(
    working
      .filter((day) => week(day) !== 4)
      .map((day) => [day, new Map(heardOn(day).map((who) => [who, 1 << 20]))]),
  ),
  addresses: new Map(),
  listening: 'all',
  // A topic in the first week of every month but May and October; of June's few take notice.
  topics: [3, 4, 6, 9, 11, 12].map((month) => {
    const at = startOfDay(date(month, 4)) + 12 * hour;
    const marks = (month === 6 ? [11, 12] : [11, 12, 13, 14, 15]).map((person) => ({
      person,
      at: at + hour,
    }));
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
const factsOf =
  (organ: boolean) =>
  (day: Day): CadreFacts => ({
    kind: 'full_time',
    organ,
    manyYouths: true,
    exempt: undefined,
    since: first,
    records: { since: first, all: records.filter((record) => record.day <= day) },
    roster: { count: day < date(9, 20) ? 78 : 104, grade: 'verified' },
    group: { count: day < date(9, 20) ? 78 : 104, grade: 'verified', owner: true },
    identityOn: day < date(3, 10) ? undefined : date(3, 10),
    links: {
      branch: [date(5, 4), date(10, 12)]
        .filter((one) => one <= day)
        .map((one) => ({ day: one, grade: 'documented' })),
      club: [],
    },
    vacations,
    paired: { count: day < date(4, 1) ? 1 : 3, grade: 'stated' },
    steps: undefined,
  });

describe.each(profiles)('a year under $name', (profile) => {
  const policy = { ...profile, semesters: { ...profile.semesters, set: semesters } };
  // 机关干部, where the profile asks anything of them as such.
  const facts = factsOf(policy.requirements.some(({ binds }) => binds.organ));
  const evenings = simulateYear(policy, {
    year,
    calendar: { ...publicCalendar(), vacations },
    presence,
    roster: new Set(Array.from({ length: 60 }, (_, n) => 11 + n)),
    facts,
    waiting: (day) => ({
      demands: date(4, 13) <= day && day <= date(4, 15) ? [3, 5] : [],
      inquiries: day === date(11, 5) ? [2] : [],
      wishes: day === date(11, 12) ? [4] : [],
      month: resting(day) ? undefined : { asked: 2, answered: 1 },
    }),
    others: (day) => [{ ...facts(day), records: { since: first, all: [] } }],
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
    expect(evenings.filter(({ cadre }) => cadre !== undefined).length).toBeLessThan(100);
    expect(Math.max(...perWeek(evenings).values())).toBeLessThanOrEqual(4);
  });

  it('says the same sentence on no two evenings that follow each other', () => {
    const lines = (text = '') => text.split('\n').map((line) => line.replace(/^\d\. /u, ''));
    for (const [n, { day, cadre, administrators, below }] of evenings.entries()) {
      const before = evenings[n - 1];
      if (before?.day !== day - 1) continue;
      const again = (now?: string, then?: string) =>
        now === undefined || then === undefined
          ? []
          : lines(now).filter((line) => lines(then).includes(line));
      const repeated = [
        again(cadre, before.cadre),
        again(administrators, before.administrators),
        again(below, before.below),
      ];
      expect(repeated.flat()).toEqual([]);
    }
  });

  it('speaks of everything with a date that is not done, of the cadre and of the unit', () => {
    const done = [
      'org-life',
      'volunteers',
      'lecture',
      'roster-100',
      'roster-10',
      'roster-unit',
      'activity',
      'group-100',
      'link-branch',
    ];
    const said = evenings
      .map(({ cadre, administrators, below }) => [cadre, administrators, below].join('\n'))
      .join('\n');
    for (const { id, name, period, measure } of policy.requirements) {
      if (period === 'standing' || period === 'once' || done.includes(id)) continue;
      const presence: Readonly<Record<string, string>> = {
        voice: '的声音',
        interaction: '有来有往',
        topic: '这个月还没开话题',
      };
      const words = presence[measure] ?? name.replaceAll('“', '‘').replaceAll('”', '’');
      expect(said, `${policy.id} ${id}`).toContain(words);
    }
  });
});
