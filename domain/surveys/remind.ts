/** When a group is told, once, that a survey is still open. */
import { dayMs, dayOf, startOfDay } from '../calendar/day.ts';

const hourMs = 3_600_000;
/** Who had a survey for less than this needs no reminder. */
const shortest = 2 * dayMs;

/**
 * Whether the one reminder may be said at `now`: in the last 24 hours but the last one, between 8:00 and 22:00, of a
 * survey of at least two days. Milliseconds since the epoch.
 */
export function reminderDue(
  { openedAt, closesAt }: { readonly openedAt: number; readonly closesAt: number },
  now: number,
): boolean {
  if (closesAt - openedAt < shortest) return false;
  if (now < closesAt - dayMs || now > closesAt - hourMs) return false;
  const clock = now - startOfDay(dayOf(now));
  return clock >= 8 * hourMs && clock < 22 * hourMs;
}
