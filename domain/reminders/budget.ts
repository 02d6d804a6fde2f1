/** The burden budget: how many messages that nobody asked for one person gets in a week. Answers are never counted. */
import { type Day, dayOf, startOfDay, weekdayOf } from '../calendar/day.ts';
import { weekOf } from '../calendar/period.ts';
import type { Reminder } from './due.ts';

/** Where the operator sets nothing: one an evening. */
export const usualPerWeek = 7;

/** When the ISO week of an instant began, in milliseconds since the epoch. */
export function weekBegin(now: number): number {
  return startOfDay(weekOf(dayOf(now)).from);
}

/** How many a person gets: what they chose, never more than the operator allows. */
export function budgetOf(perWeek: number, chosen: number | undefined): number {
  return Math.min(perWeek, chosen ?? perWeek);
}

/** The week's own matters come up on Thursday; from then on little is to be waited for. */
const thursday = 4;
const sunday = 7;

/**
 * Whether an evening's reminders are worth one of the messages that are `left` this week. While there are enough for
 * every evening, they are; else the most pressing go first: what is over by tomorrow goes at once, what has its date
 * leaves one message for the days from Thursday on, and what can wait leaves two, and then one until Sunday. What is
 * held back is not noted as told, and comes up again.
 */
export function isWorthIt(
  reminders: readonly Pick<Reminder, 'urgency' | 'gentle'>[],
  left: number,
  today: Day,
): boolean {
  if (reminders.length === 0) return false;
  const weekday = weekdayOf(today);
  const dated = reminders.filter(({ gentle }) => gentle !== true);
  if (dated.some(({ urgency }) => urgency <= 1)) return left > 0;
  if (dated.length > 0) return left > (weekday < thursday ? 1 : 0);
  return left > (weekday < thursday ? 2 : weekday < sunday ? 1 : 0);
}
