/** What a cadre of several groups is not asked for twice: the quarter's activity is one of the cadre's (团中央 §四.2). */
import type { Day } from '../calendar/day.ts';
import { quarterOf } from '../calendar/period.ts';
import { type Policy, requirementOf } from '../policy/policy.ts';
import { activitiesIn } from '../presence/activity.ts';
import type { GroupFacts } from '../presence/facts.ts';
import type { Reminder } from './due.ts';

/**
 * The reminders of all groups of one cadre on a day, without those of an activity that was held with another of them in
 * the same quarter, this one or the last.
 */
export function withoutHeldElsewhere(
  reminders: readonly Reminder[],
  groups: readonly GroupFacts[],
  policy: Policy,
  today: Day,
): readonly Reminder[] {
  const requirement = requirementOf(policy, 'activity');
  if (!requirement) return reminders;
  const here = quarterOf(today);
  const done = [here, quarterOf(here.from - 1)].filter(
    (quarter) =>
      groups.reduce((sum, group) => sum + activitiesIn(group, quarter), 0) >= requirement.threshold.atLeast,
  );
  return reminders.filter(
    (reminder) => reminder.requirement !== requirement.id || !done.some(({ key }) => key === reminder.period),
  );
}
