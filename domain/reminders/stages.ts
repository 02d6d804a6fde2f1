/** When something may be said: the evening digest, and the stages of each requirement's own period. */
import { type Day, dayOf, startOfDay } from '../calendar/day.ts';
import type { WorkCalendar } from '../calendar/workdays.ts';
import type { Policy, Requirement } from '../policy/policy.ts';
import { type Span, spanBefore, spanOf, stagesOf, tailOf } from '../standing/span.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** The digest is said from 20:00; from 22:00 to 8:00 it is quiet. Hours of the day in Asia/Shanghai. */
const digestHour = 20;
const quietHour = 22;

/** The instant, in milliseconds since the epoch, at which a day's digest is said. */
export function digestAt(day: Day): number {
  return startOfDay(day) + digestHour * hourMs;
}

/** The instant from which on it is quiet on a day: nothing is said any more. */
export function quietAt(day: Day): number {
  return startOfDay(day) + quietHour * hourMs;
}

/** The hours that somebody can choose for their digest, and the usual one; minutes after midnight. */
export const earliestDigest = 17 * 60;
export const usualDigest = digestHour * 60;
export const latestDigest = 21 * 60 + 30;

/** Whether a digest can be said at an instant: from a minute of the day (20:00) up to, not including, 22:00. */
export function isDigestTime(now: number, from = usualDigest): boolean {
  const day = dayOf(now);
  return now >= startOfDay(day) + from * minuteMs && now < quietAt(day);
}

/** A stage of a period that has come: what it is called, since when it is due, and the span it is about. */
export interface Stage {
  readonly name: string;
  readonly since: number;
  readonly span: Span;
}

/** A stage that falls into a vacation comes so many days before it: nobody is spoken to in it. */
const beforeVacation = 3;

/**
 * The latest stage of a requirement's period that has come by a day; it takes the earlier ones' place. Stages of
 * vacations come up before them, or after them where the period begins in one.
 */
export function stageOn(
  requirement: Requirement,
  semesters: Policy['semesters'],
  day: Day,
  vacations: WorkCalendar['vacations'] = [],
): Stage | undefined {
  const span = spanOf(requirement, semesters, day);
  if (!span || day > span.until) return undefined;
  const stage = stagesOf(requirement, span)
    .map(({ name, day: on }) => ({ name, day: outside(vacations, on, span) }))
    .findLast((one) => one.day <= day);
  return stage && { name: stage.name, since: digestAt(stage.day), span };
}

function outside(vacations: WorkCalendar['vacations'], day: Day, { from, until }: Span): Day {
  const vacation = vacations.find((one) => one.from <= day && day <= one.to);
  // An evening's or a week's own vacation is quiet, and nothing of it comes up earlier.
  if (!vacation || until - from < 7) return day;
  const before = vacation.from - beforeVacation;
  return before >= from ? before : vacation.from > from ? from : Math.min(vacation.to + 1, until);
}

/** The stage of the period before, while an unmet duty of it is still spoken of. */
export function overdueStage(
  requirement: Requirement,
  semesters: Policy['semesters'],
  day: Day,
): Stage | undefined {
  const here = spanOf(requirement, semesters, day);
  const span = here && spanBefore(requirement, semesters, here);
  return span && day <= span.to + tailOf(requirement)
    ? { name: 'overdue', since: digestAt(span.to + 1), span }
    : undefined;
}

/** The digest at which a span's first stage comes: whoever was bound later had no fair part of it. */
export function firstNotice(requirement: Requirement, span: Span): number {
  return digestAt(stagesOf(requirement, span)[0]?.day ?? span.from);
}
