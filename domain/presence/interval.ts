/** Stretches of time in which the bot was listening, and the half-hours they hold (design.md, counting rule 8). */
import { type Day, dayMs, halfHourMs, startOfDay } from '../calendar/day.ts';
import { type Slots, slotsBetween } from './slots.ts';

/** From an instant up to, not including, another; milliseconds since the epoch. */
export interface Interval {
  readonly from: number;
  readonly until: number;
}

/** The union of intervals in order of time: overlapping and adjacent ones joined, empty ones dropped. */
export function joinIntervals(intervals: Iterable<Interval>): Interval[] {
  const joined: { from: number; until: number }[] = [];
  for (const { from, until } of [...intervals].sort((a, b) => a.from - b.from)) {
    if (from >= until) continue;
    const last = joined.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else joined.push({ from, until });
  }
  return joined;
}

/** The half-hours of a day that joined intervals hold from beginning to end. */
export function heardIn(intervals: readonly Interval[], day: Day): Slots {
  const start = startOfDay(day);
  // The first interval that reaches into the day.
  let [lowest, highest] = [0, intervals.length];
  while (lowest < highest) {
    const middle = (lowest + highest) >> 1;
    if ((intervals[middle]?.until ?? start) <= start) lowest = middle + 1;
    else highest = middle;
  }
  let heard: Slots = 0;
  for (let i = lowest; i < intervals.length; i++) {
    const interval = intervals[i];
    if (interval === undefined || interval.from >= start + dayMs) break;
    // Joined intervals share no half-hour, so that adding is uniting.
    heard += slotsBetween(
      Math.ceil((interval.from - start) / halfHourMs),
      Math.floor((interval.until - start) / halfHourMs),
    );
  }
  return heard;
}
