/** In which half-hours the bot was really listening (design.md, counting rule 8). */
import type { Day } from '../calendar/day.ts';
import { cadreOf, type GroupFacts } from './facts.ts';
import { heardIn } from './interval.ts';
import { common, countSlots, type Slots, slotsBetween, slotsOfDay } from './slots.ts';
import { voiceOn } from './voice.ts';

/** The half-hours that coverage is about: 07:00 to 23:00. */
export const coreSlots: Slots = slotsBetween(14, 46);

/** How many they are. */
const coreCount = countSlots(coreSlots);

/** The half-hours of a day in which the bot was listening to the group. */
export function heardOn(facts: GroupFacts, day: Day): Slots {
  return facts.listening === 'all' ? slotsBetween(0, slotsOfDay) : heardIn(facts.listening, day);
}

/** Whether the bot was listening through all of 07:00 to 23:00 on a day (coverage of 100%). */
export function isFullyHeard(facts: GroupFacts, day: Day): boolean {
  return common(heardOn(facts, day), coreSlots) === coreSlots;
}

/** Coverage of the days from one to another, both included: half-hours heard between 07:00 and 23:00, of how many. */
export function coverageOf(
  facts: GroupFacts,
  from: Day,
  to: Day,
): { readonly heard: number; readonly of: number } {
  let heard = 0;
  for (let day = from; day <= to; day++) heard += countSlots(common(heardOn(facts, day), coreSlots));
  return { heard, of: Math.max(to - from + 1, 0) * coreCount };
}

/** Whether nothing can be said of a day: counted, without a voice, and not fully heard. Never `missed` then. */
export function isUnknown(facts: GroupFacts, day: Day): boolean {
  return cadreOf(facts, day) !== undefined && !voiceOn(facts, day) && !isFullyHeard(facts, day);
}
