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
 * The latest stage of a requirement's period that has come by a day; it takes the earlier ones' place. Where the last
 * ones fall into a vacation they come up before it, or after it where the period begins in it.
 */
export function stageOn(
  requirement: Requirement,
  semesters: Policy['semesters'],
  day: Day,
  vacations: WorkCalendar['vacations'] = [],
): Stage | undefined {
  const span = spanOf(requirement, semesters, day);
  if (!span || day > span.until) return undefined;
  const stages = stagesOf(requirement, span);
  const last = stages.findLastIndex((one) => !isIn(vacations, one.day));
  const stage = stages
    .filter((one, n) => n >= last || !isIn(vacations, one.day))
    .map(({ name, day: on }) => ({ name, day: outside(vacations, on, span) }))
    .findLast((one) => one.day <= day);
  return stage && { name: stage.name, since: digestAt(stage.day), span };
}

function isIn(vacations: WorkCalendar['vacations'], day: Day): boolean {
  return vacations.some(({ from, to }) => from <= day && day <= to);
}

function outside(vacations: WorkCalendar['vacations'], day: Day, { from, until }: Span): Day {
  const vacation = vacations.find((one) => one.from <= day && day <= one.to);
  // An evening's or a week's own vacation is quiet, and nothing of it comes up earlier.
  if (!vacation || until - from < 7) return day;
  const before = vacation.from - beforeVacation;
  if (vacation.from > from) return Math.max(before, from);
  // Of a month with a day or two left behind the vacation nobody is spoken to.
  return until - vacation.to > beforeVacation ? vacation.to + 1 : until + 1;
}

/** The stage of the period before, while an unmet duty of it is still spoken of; none of what no evening was left for. */
export function overdueStage(
  requirement: Requirement,
  semesters: Policy['semesters'],
  day: Day,
  vacations: WorkCalendar['vacations'] = [],
): Stage | undefined {
  const here = spanOf(requirement, semesters, day);
  const span = here && spanBefore(requirement, semesters, here);
  const [first] = span ? stagesOf(requirement, span) : [];
  if (span && first && outside(vacations, first.day, span) > span.until) return undefined;
  return span && day <= span.to + tailOf(requirement)
    ? { name: 'overdue', since: digestAt(span.to + 1), span }
    : undefined;
}

/** The digest at which a span's first stage comes: whoever was bound later had no fair part of it. */
export function firstNotice(requirement: Requirement, span: Span): number {
  return digestAt(stagesOf(requirement, span)[0]?.day ?? span.from);
}

/** Of every so many weeks something weekly is spoken of in two: what did not help twice is not said every week. */
const weeksLooked = 4;
const mostTold = { binding: 2, advice: 1 } as const;

/** Whether a week's own matter was spoken of often enough lately, by the keys of the weeks before (`keyOf` a week's). */
export function isToldEnough(
  requirement: Requirement,
  semesters: Policy['semesters'],
  { span, name }: Stage,
  sent: ReadonlySet<string>,
  keyOf: (period: string, stage: string) => string,
): boolean {
  if (requirement.period !== 'week') return false;
  const before = Array.from({ length: weeksLooked }, (_, n) =>
    spanOf(requirement, semesters, span.from - 7 * (n + 1)),
  );
  const told = before.filter((week) => week && sent.has(keyOf(week.key, name)));
  return told.length >= mostTold[requirement.force];
}
