/** The stretch of days that a requirement is about on a day: its period, the last day to do it, and its stages. */
import { civilOf, type Day, dayFrom, daysInMonth, formatDay } from '../calendar/day.ts';
import { monthOf, quarterOf, weekOf, yearOf } from '../calendar/period.ts';
import type { Policy, Requirement } from '../policy/policy.ts';
import { semesterOn, usualSemester } from '../units/unit.ts';

/** Both ends included. `until` is the last day on which it is done in time. */
export interface Span {
  readonly key: string;
  readonly from: Day;
  readonly to: Day;
  readonly until: Day;
}

/** What of a requirement its spans depend on. */
type Timed = Pick<Requirement, 'period' | 'season' | 'dueBefore'>;

/** How many weeks before `until` the requirements of the longer periods come up, the earliest first. */
const weeksBefore: Readonly<Partial<Record<Requirement['period'], readonly number[]>>> = {
  quarter: [4, 2, 1],
  'half-year': [6, 3, 1],
  semester: [6, 3, 1],
  season: [4, 2, 1],
  year: [12, 4, 1],
};

/** How long after its beginning what opens a period is asked for again, in days. */
const openingDays = 14;

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

/** A day from which on a requirement is spoken of, and what that stage is called. */
export interface StageDay {
  readonly name: string;
  readonly day: Day;
}

/**
 * The stages of a requirement in a span, in order: a day's evening, a week's Thursday, a month's 20th, and of what is
 * longer some weeks before its last day. From the first one on it is due soon.
 */
export function stagesOf({ period, early }: Requirement, span: Span): readonly StageDay[] {
  // What opens a period is asked for at its beginning and once more; of what is left of it it would be no use.
  if (early) {
    const again = Math.min(span.from + openingDays, span.until);
    return [
      { name: 'first', day: span.from },
      { name: 'opening', day: again },
    ];
  }
  if (period === 'day') return [{ name: 'evening', day: span.until }];
  if (period === 'week') return [{ name: 'thursday', day: span.from + 3 }];
  if (period === 'month') return [{ name: '20th', day: span.from + 19 }];
  const weeks = weeksBefore[period] ?? [];
  return weeks.map((before) => ({
    name: `${before}w`,
    day: Math.max(span.from, span.until - before * 7),
  }));
}

/** Whether a requirement presses on a day of its span. */
export function isDueSoon(requirement: Requirement, span: Span, day: Day): boolean {
  const [first] = stagesOf(requirement, span);
  return first !== undefined && first.day <= day && day <= span.until;
}

/** How many days after its period an unmet requirement is still spoken of; what would have opened it is not. */
export function tailOf(requirement: Requirement): number {
  return requirement.early ? 0 : tails[requirement.period];
}

/**
 * The span of a requirement that a day lies in; outside a season the one to come. Undefined for what always holds
 * (`standing`, `once`).
 */
export function spanOf(requirement: Timed, semesters: Policy['semesters'], day: Day): Span | undefined {
  const span = plainSpan(requirement, semesters, day);
  return span && { ...span, until: span.to - (requirement.dueBefore ?? 0) };
}

/** The span before one; undefined for what always holds. */
export function spanBefore(requirement: Timed, semesters: Policy['semesters'], span: Span): Span | undefined {
  if (requirement.period === 'semester') {
    // A set semester also has the days of its key before it.
    const days = [span.from - 1, (usualSemester(span.key)?.from ?? span.from) - 1];
    return days
      .map((day) => spanOf(requirement, semesters, day))
      .find((before) => before && before.key !== span.key && before.to < span.from);
  }
  if (requirement.period !== 'season') return spanOf(requirement, semesters, span.from - 1);
  return spanOf(requirement, semesters, span.from - 366) ?? undefined;
}

function plainSpan(
  { period, season }: Timed,
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
function semesterUnder({ autumn, spring, set }: Policy['semesters'], day: Day): Omit<Span, 'until'> {
  if (set && set.length > 0) {
    const { key, from, to } = semesterOn(day, set);
    return { key, from, to };
  }
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
