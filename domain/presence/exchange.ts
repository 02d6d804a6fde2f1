/** Youths and cadre in touch with one another (design.md, counting rules 3 and 4). */
import type { Day } from '../calendar/day.ts';
import type { Period } from '../calendar/period.ts';
import type { PersonId } from './bindings.ts';
import { cadreOf, cadreSlots, type GroupFacts, isYouth } from './facts.ts';
import { touches } from './slots.ts';

/**
 * The youths who had an exchange with the cadre on a day: they wrote in the same half-hour or in neighbouring ones,
 * or both wrote that day and one of them mentioned or quoted the other (rule 3).
 */
function exchangedOn(facts: GroupFacts, day: Day): PersonId[] {
  const cadre = cadreOf(facts, day);
  const theirs = cadreSlots(facts, day);
  if (cadre === undefined || theirs === 0) return [];
  const addresses = facts.addresses.get(day);
  const youths: PersonId[] = [];
  for (const [person, slots] of facts.presence.get(day) ?? []) {
    if (slots === 0 || !isYouth(facts, person, day)) continue;
    if (touches(slots, theirs) || addresses?.get(person)?.has(cadre) || addresses?.get(cadre)?.has(person)) {
      youths.push(person);
    }
  }
  return youths;
}

/** How many different youths had an exchange on some day of a week, or of another period (rule 4). */
export function exchangeIn(facts: GroupFacts, week: Period): number {
  const youths = new Set<PersonId>();
  for (let day = week.from; day <= week.to; day++) {
    for (const youth of exchangedOn(facts, day)) youths.add(youth);
  }
  return youths.size;
}
