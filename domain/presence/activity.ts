/** 每季度有线下活动, 每年有面对面交流 (design.md, counting rules 6 and 7). */
import { dayOf } from '../calendar/day.ts';
import type { Period } from '../calendar/period.ts';
import type { PersonId } from './bindings.ts';
import { type ActivityFacts, cadreOf, type GroupFacts, isYouth } from './facts.ts';

/** The youths who checked in at an offline activity; none when it was online or held on a day that is not counted. */
export function metAt(facts: GroupFacts, activity: ActivityFacts): Set<PersonId> {
  const met = new Set<PersonId>();
  if (!activity.offline || cadreOf(facts, dayOf(activity.at)) === undefined) return met;
  for (const { person, at } of activity.checkIns) if (isYouth(facts, person, dayOf(at))) met.add(person);
  return met;
}

/** Whether an activity counts: offline, a youth checked in, and it has its closing note (rule 6). */
export function isHeld(facts: GroupFacts, activity: ActivityFacts): boolean {
  return activity.closed && metAt(facts, activity).size > 0;
}

/** How many activities of a quarter, or another period, count, by the time they were held at (rule 6). */
export function activitiesIn(facts: GroupFacts, quarter: Period): number {
  return facts.activities.filter((activity) => lies(activity, quarter) && isHeld(facts, activity)).length;
}

/** The different youths met at offline activities of a year, or another period (rule 7). */
export function metIn(facts: GroupFacts, year: Period): Set<PersonId> {
  const met = new Set<PersonId>();
  for (const activity of facts.activities) {
    if (lies(activity, year)) for (const youth of metAt(facts, activity)) met.add(youth);
  }
  return met;
}

function lies(activity: ActivityFacts, period: Period): boolean {
  const day = dayOf(activity.at);
  return period.from <= day && day <= period.to;
}
