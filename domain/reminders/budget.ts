/** The burden budget: how many messages that nobody asked for one person gets in a week. Answers are never counted. */
import { dayOf, startOfDay } from '../calendar/day.ts';
import { weekOf } from '../calendar/period.ts';

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
