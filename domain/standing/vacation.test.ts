/** A month in which nobody is there: what is asked by the month is not counted, everything else is. */
import { describe, expect, it } from 'vitest';
import { type Day, dayFrom, startOfDay } from '../calendar/day.ts';
import { noHolidays } from '../calendar/workdays.ts';
import { chuzhou } from '../policy/profiles/chuzhou.ts';
import { xinjiang } from '../policy/profiles/xinjiang.ts';
import { dutyReminders } from '../reminders/duties.ts';
import { cadreOverdue, cadreStandings, unitOverdue, unitStandings } from './evaluate.ts';
import type { CadreFacts, RecordFact, Vacations } from './facts.ts';

const start = dayFrom(2026, 1, 1);
const [first, last] = [dayFrom(2026, 8, 1), dayFrom(2026, 8, 31)];
const whole: Vacations = [{ from: dayFrom(2026, 7, 13), to: last }];
const facts = (vacations: Vacations, ...all: RecordFact[]): CadreFacts => ({
  kind: 'full_time',
  organ: false,
  manyYouths: true,
  exempt: undefined,
  since: start,
  records: { since: start, all },
  roster: undefined,
  group: undefined,
  identityOn: undefined,
  links: undefined,
  paired: undefined,
  steps: undefined,
  vacations,
});
const monthly = (vacations: Vacations, day: Day, ...all: RecordFact[]) =>
  cadreStandings(chuzhou, facts(vacations, ...all), day).find(
    ({ requirement }) => requirement.id === 'monthly-3',
  );
const visit = (vacations: Vacations, day: Day) =>
  unitStandings(xinjiang, facts(vacations), day).find(({ requirement }) => requirement.id === 'visit');

describe('a month wholly in the vacation', () => {
  it('is not counted, for a cadre and for a unit, on its first day and its last', () => {
    for (const day of [first, dayFrom(2026, 8, 20), last]) {
      expect(monthly(whole, day)).toMatchObject({ status: 'not_applicable', why: 'vacation' });
      expect(visit(whole, day)).toMatchObject({ status: 'not_applicable', why: 'vacation' });
    }
    expect(monthly([{ from: first, to: last }], last)?.why).toBe('vacation');
  });

  it('is counted when one day of it is no vacation, at either end', () => {
    expect(monthly([{ from: first + 1, to: last }], dayFrom(2026, 8, 20))?.status).toBe('due_soon');
    expect(monthly([{ from: first, to: last - 1 }], dayFrom(2026, 8, 20))?.status).toBe('due_soon');
    const halves = [
      { from: first, to: first + 14 },
      { from: first + 16, to: last },
    ];
    expect(monthly(halves, dayFrom(2026, 8, 20))?.status).toBe('due_soon');
  });

  it('is met all the same by who did it', () => {
    const deed = { kind: 'good_deed', day: first + 3, grade: 'stated', participants: undefined } as const;
    expect(monthly(whole, first + 10, deed, deed, deed)).toMatchObject({ status: 'met', have: 3 });
  });

  it('is not called missed afterwards, as the month before and after it are', () => {
    const missed = (day: Day) =>
      [...cadreOverdue(chuzhou, facts(whole), day), ...unitOverdue(xinjiang, facts(whole), day)]
        .filter(({ requirement }) => requirement.period === 'month')
        .map(({ requirement, span }) => `${requirement.id} ${span?.key}`);
    expect(missed(dayFrom(2026, 9, 3))).toEqual([]);
    expect(missed(dayFrom(2026, 8, 3))).toEqual(['monthly-3 2026-07', 'visit 2026-07']);
    expect(missed(dayFrom(2026, 10, 3))).toEqual(['monthly-3 2026-09', 'visit 2026-09']);
  });

  it('leaves a quarter and a year as they are', () => {
    const about = cadreStandings(chuzhou, facts(whole), dayFrom(2026, 8, 20));
    const of = (id: string) => about.find(({ requirement }) => requirement.id === id)?.status;
    expect(of('five-ones')).toBe('underway');
    expect(of('lecture')).toBe('underway');
  });

  it('is reminded of on no evening', () => {
    for (let day = first; day <= last; day++) {
      const found = dutyReminders(
        chuzhou,
        cadreStandings(chuzhou, facts(whole), day),
        [],
        startOfDay(day) + 20 * 3_600_000,
        {
          cadreId: 1,
          groupId: 0,
          groupName: '',
          since: start,
          mutes: [],
          sent: new Set(),
          calendar: noHolidays,
        },
      );
      expect(found.filter(({ requirement }) => requirement === 'monthly-3')).toEqual([]);
    }
  });
});
