/** When a topic may be posted for a cadre who is not there. */
import { dayMs, dayOf, startOfDay } from '../calendar/day.ts';
import { formatDateTime } from '../calendar/format-datetime.ts';

const hourMs = 3_600_000;
/** The group is not spoken to at night. Hours of the day in Asia/Shanghai. */
const wakes = 7;
const sleeps = 23;
/** Nothing is said unasked from 22:00 to 8:00. */
const quietFrom = 22;
const quietUntil = 8;
const longestAheadMs = 31 * dayMs;
/** After its time a planned topic may still be posted for this long: an evening's question is none for the morning. */
export const lateMs = hourMs;

/** Whether a topic can be planned for an instant, or why not, said to the cadre. */
export type Planning = { readonly kind: 'good' } | { readonly kind: 'fault'; readonly say: string };

/** Checks the time (milliseconds) that a cadre chose at `now`: to come, within a month, from 7:00 to 23:00. */
export function mayPostAt(at: number, now: number): Planning {
  if (at <= now) return { kind: 'fault', say: `${formatDateTime(at, now)}已经过了，请写一个还没到的时间。` };
  if (at - now > longestAheadMs)
    return { kind: 'fault', say: `${formatDateTime(at, now)}太远了，请定在一个月以内。` };
  const hour = (at - startOfDay(dayOf(at))) / hourMs;
  if (hour < wakes || hour > sleeps)
    return { kind: 'fault', say: '晚上 11 点到早上 7 点大家在休息，请换个时间，例如今晚8点。' };
  return { kind: 'good' };
}

/** The first instant, from `now` on, at which people are awake: at night the next 8:00. Milliseconds. */
export function politeFrom(now: number): number {
  const day = dayOf(now);
  const hour = (now - startOfDay(day)) / hourMs;
  if (hour >= quietUntil && hour < quietFrom) return now;
  return startOfDay(hour < quietUntil ? day : day + 1) + quietUntil * hourMs;
}
