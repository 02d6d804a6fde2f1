/** 每月有话题: who took part in a topic (design.md, counting rule 5). */
import { dayMs, dayOf, halfHourOf } from '../calendar/day.ts';
import type { PersonId } from './bindings.ts';
import { cadreOf, type GroupFacts, isYouth, type TopicFacts } from './facts.ts';
import { hasSlot, slotsOfDay } from './slots.ts';

/** How long a topic is open unless it is closed before: seven days, in milliseconds. */
export const topicOpenMs = 7 * dayMs;

/** Half-hours after the posting, its own the first, in which being there counts as taking part. */
export const inferredSlots = 4;

/** How many youths took part: `clear` by deed, `inferred` only by being there just then. Always shown apart. */
export interface Participation {
  readonly clear: number;
  readonly inferred: number;
}

/** Whether a topic was posted on a counted day. */
export function isCounted(facts: GroupFacts, topic: TopicFacts): boolean {
  return cadreOf(facts, dayOf(topic.at)) !== undefined;
}

/** The different youths who took part in a topic of the group. */
export function participation(facts: GroupFacts, topic: TopicFacts): Participation {
  const clear = new Set<PersonId>();
  for (const { person, at } of topic.marks) {
    if (at >= topic.at && at <= topic.closesAt && isYouth(facts, person, dayOf(at))) clear.add(person);
  }
  const inferred = new Set<PersonId>();
  const first = halfHourOf(topic.at);
  for (let i = first; i < first + inferredSlots; i++) {
    const day = dayOf(topic.at) + (i < slotsOfDay ? 0 : 1);
    for (const [person, slots] of facts.presence.get(day) ?? []) {
      if (hasSlot(slots, i % slotsOfDay) && !clear.has(person) && isYouth(facts, person, day)) {
        inferred.add(person);
      }
    }
  }
  return { clear: clear.size, inferred: inferred.size };
}
