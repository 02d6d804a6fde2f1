/** The stretch of days that a requirement is about on a day: its period, the last day to do it, and when it presses. */
import { civilOf, type Day, dayFrom, daysInMonth, formatDay } from '../calendar/day.ts';
import { monthOf, quarterOf, weekOf, yearOf } from '../calendar/period.ts';
import type { Policy, Requirement } from '../policy/policy.ts';

/** Both ends included. `until` is the last day on which it is done in time. */
export interface Span {
  readonly key: string;
  readonly from: Day;
  readonly to: Day;
  readonly until: Day;
}

/** How many days before `until` a requirement is reminded of, the earliest first; the first one makes it due soon. */
const leads: Readonly<Record<Requirement['period'], readonly number[]>> = {
  day: [0],
  week: [3],
  month: [11],
  quarter: [28, 14, 7],
  'half-year': [42, 21, 7],
  semester: [42, 21, 7],
  season: [28, 14, 7],
  year: [84, 28, 7],
  standing: [],
  once: [],
};

/** How long after a period an unmet duty is still spoken of, in days. */
const tails: Readonly<Record<Requirement['period'], number>> = {
  day: 0,
  week: 0,
  month: 7,
  quarter: 28,
  'half-year': 28,
  semester: 28,
  season: 28,
  year: 28,
  standing: 0,
  once: 0,
};

/** The days before `until` on which a requirement comes up, for its period. */
export function leadsOf(requirement: Requirement): readonly number[] {
  return leads[requirement.period];
}

/** How many days after its period an unmet requirement is still spoken of. */
export function tailOf(requirement: Requirement): number {
  return tails[requirement.period];
}

/**
 * The span of a requirement that a day lies in; outside a season the one to come. Undefined for what always holds
 * (`standing`, `once`).
 */
export function spanOf(requirement: Requirement, semesters: Policy['semesters'], day: Day): Span | undefined {
  const span = plainSpan(requirement, semesters, day);
  return span && { ...span, until: span.to - (requirement.dueBefore ?? 0) };
}

/** The span before one; undefined for what always holds. */
export function spanBefore(
  requirement: Requirement,
  semesters: Policy['semesters'],
  span: Span,
): Span | undefined {
  if (requirement.period !== 'season') return spanOf(requirement, semesters, span.from - 1);
  return spanOf(requirement, semesters, span.from - 366) ?? undefined;
}

function plainSpan(
  { period, season }: Requirement,
  semesters: Policy['semesters'],
  day: Day,
): Omit<Span, 'until'> | undefined {
  switch (period) {
    case 'day':
      return { key: formatDay(day), from: day, to: day };
    case 'week':
      return weekOf(day);
    case 'month':
      return monthOf(day);
    case 'quarter':
      return quarterOf(day);
    case 'half-year':
      return halfYearOf(day);
    case 'semester':
      return semesterUnder(semesters, day);
    case 'year':
      return yearOf(day);
    case 'season':
      return season && seasonOf(season, day);
    case 'standing':
    case 'once':
      return undefined;
  }
}

/** `2026-H1` and `2026-H2`. */
function halfYearOf(day: Day): Omit<Span, 'until'> {
  const { year, month } = civilOf(day);
  return month <= 6
    ? { key: `${year}-H1`, from: dayFrom(year, 1, 1), to: dayFrom(year, 6, 30) }
    : { key: `${year}-H2`, from: dayFrom(year, 7, 1), to: dayFrom(year, 12, 31) };
}

/** The semester under a unit's dates, keyed as `semesterOf` does: `2026-autumn`, `2027-spring`. */
function semesterUnder({ autumn, spring }: Policy['semesters'], day: Day): Omit<Span, 'until'> {
  const { year } = civilOf(day);
  const begins = [
    { key: `${year - 1}-autumn`, from: onDate(autumn, year - 1) },
    { key: `${year}-spring`, from: onDate(spring, year) },
    { key: `${year}-autumn`, from: onDate(autumn, year) },
    { key: `${year + 1}-spring`, from: onDate(spring, year + 1) },
  ];
  const at = begins.findLastIndex(({ from }) => from <= day);
  const [here, next] = [begins[at], begins[at + 1]];
  return here && next ? { ...here, to: next.from - 1 } : { key: `${year}`, from: day, to: day };
}

/** The season that a day lies in, or the next one: `2026` by the year in which it begins. */
function seasonOf({ from, to }: { from: string; to: string }, day: Day): Omit<Span, 'until'> {
  const { year } = civilOf(day);
  const overNewYear = to < from;
  const inYear = (start: number) => ({
    key: String(start),
    from: onDate(from, start),
    to: onDate(to, overNewYear ? start + 1 : start),
  });
  return [inYear(year - 1), inYear(year)].find((season) => day <= season.to) ?? inYear(year + 1);
}

/** `MM-DD` in a year; a date that the month has not is its last day. */
function onDate(monthDay: string, year: number): Day {
  const [month = 1, date = 1] = monthDay.split('-').map(Number);
  return dayFrom(year, month, Math.min(date, daysInMonth(year, month)));
}
