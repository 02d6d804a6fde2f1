/** When something may be said: the evening digest, and the stages of each requirement's period. */
import { type Day, dayOf, startOfDay, weekdayOf } from '../calendar/day.ts';
import { monthOf, type Period, quarterOf, weekOf } from '../calendar/period.ts';

const hourMs = 3_600_000;

/** The digest is said from 20:00; from 22:00 to 8:00 it is quiet. Hours of the day in Asia/Shanghai. */
const digestHour = 20;
const quietHour = 22;
/** A quarter without an activity is reminded of this many weeks before its end, and once in this many after it. */
const weeksBefore = [4, 2, 1] as const;
const weeksAfter = 4;

/** The instant, in milliseconds since the epoch, at which a day's digest is said. */
export function digestAt(day: Day): number {
  return startOfDay(day) + digestHour * hourMs;
}

/** The instant from which on it is quiet on a day: nothing is said any more. */
export function quietAt(day: Day): number {
  return startOfDay(day) + quietHour * hourMs;
}

/** Whether a digest can be said at an instant: from 20:00 up to, not including, 22:00. */
export function isDigestTime(now: number): boolean {
  const day = dayOf(now);
  return now >= digestAt(day) && now < quietAt(day);
}

/** A stage of a period that has come: what it is called, since when it is due, and the period it is about. */
export interface Stage {
  readonly name: string;
  readonly since: number;
  readonly period: Period;
}

/** The week's stage from Thursday's digest to Sunday's. */
export function weekStage(day: Day): Stage | undefined {
  if (weekdayOf(day) < 4) return undefined;
  const period = weekOf(day);
  return { name: 'thursday', since: digestAt(period.from + 3), period };
}

/** The month's stage from the digest of the 20th to that of its last day. */
export function monthStage(day: Day): Stage | undefined {
  const period = monthOf(day);
  const since = period.from + 19;
  return day < since ? undefined : { name: '20th', since: digestAt(since), period };
}

/** The latest of the quarter's stages: four weeks, two weeks, one week before its end. It takes the earlier ones' place. */
export function quarterStage(day: Day): Stage | undefined {
  const period = quarterOf(day);
  const weeks = [...weeksBefore].reverse().find((before) => day >= period.to - before * 7);
  return weeks === undefined
    ? undefined
    : { name: `${weeks}w`, since: digestAt(period.to - weeks * 7), period };
}

/** The stage of the quarter before, in the first four weeks after its end. */
export function overdueStage(day: Day): Stage | undefined {
  const { from } = quarterOf(day);
  const period = quarterOf(from - 1);
  return day < from + weeksAfter * 7 ? { name: 'overdue', since: digestAt(from), period } : undefined;
}

/** The digest at which a quarter's first stage comes: whoever was bound later had no fair part of the quarter. */
export function firstNotice(quarter: { readonly to: Day }): number {
  return digestAt(quarter.to - weeksBefore[0] * 7);
}
