/** Who was there on a day. */
import type { Day } from '../calendar/day.ts';
import { cadreSlots, type GroupFacts, isYouth } from './facts.ts';

/** 每天有声音: the cadre wrote something substantive on the day (design.md, counting rule 2). */
export function voiceOn(facts: GroupFacts, day: Day): boolean {
  return cadreSlots(facts, day) !== 0;
}

/** How many youths wrote something substantive on the day; 0 when it is not counted. */
export function activeOn(facts: GroupFacts, day: Day): number {
  let active = 0;
  for (const [person, slots] of facts.presence.get(day) ?? []) {
    if (slots !== 0 && isYouth(facts, person, day)) active++;
  }
  return active;
}
