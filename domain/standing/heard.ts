/** What the bot has heard up to now: the half-hours still to come are no gap, nor is the moment that is not noted yet. */
import { type Day, dayOf, halfHourMs, halfHourOf, startOfDay } from '../calendar/day.ts';
import { coreSlots, heardOn } from '../presence/coverage.ts';
import type { GroupFacts } from '../presence/facts.ts';
import { common, type Slots, slotsBetween, slotsOfDay } from '../presence/slots.ts';

/** Listening is noted every so often: an interval that ended this short a while ago still goes on. Milliseconds. */
const notedWithinMs = 5 * 60_000;

/** The facts with the listening that still goes on at `now` (milliseconds since the epoch) drawn out to `now`. */
export function upToNow(facts: GroupFacts, now: number): GroupFacts {
  if (facts.listening === 'all') return facts;
  const last = facts.listening.at(-1);
  if (last === undefined || last.until >= now || now - last.until > notedWithinMs) return facts;
  return { ...facts, listening: [...facts.listening.slice(0, -1), { from: last.from, until: now }] };
}

/**
 * The half-hours of a day in which the bot should have heard the group by `now`: those between 07:00 and 23:00 that are
 * over (design.md, counting rule 8), and on the day of the first binding only the whole ones after it, since a live
 * group is not heard before.
 */
export function expectedOn(facts: GroupFacts, day: Day, now: number): Slots {
  const today = dayOf(now);
  if (day > today) return 0;
  const first = facts.bindings[0];
  const bound = first && dayOf(first.at) === day ? Math.ceil((first.at - startOfDay(day)) / halfHourMs) : 0;
  return common(coreSlots, slotsBetween(bound, day === today ? halfHourOf(now) : slotsOfDay));
}

/**
 * Whether the bot missed something of a day, between 07:00 and 23:00, from the first binding and up to `now` (design.md,
 * counting rule 10).
 */
export function hasGap(facts: GroupFacts, day: Day, now: number): boolean {
  const expected = expectedOn(facts, day, now);
  return common(heardOn(facts, day), expected) !== expected;
}
