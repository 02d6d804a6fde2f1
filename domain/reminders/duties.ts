/** Reminders of all that is no presence: out of standings, each at the stages of its own period. */
import { type Day, dayOf } from '../calendar/day.ts';
import { quarterOf } from '../calendar/period.ts';
import { isQuiet, isWorkday, type WorkCalendar } from '../calendar/workdays.ts';
import type { Policy } from '../policy/policy.ts';
import type { Standing } from '../standing/standing.ts';
import { isMuted, type Mute, type Reminder } from './due.ts';
import { dutyWords } from './duty-words.ts';
import {
  digestAt,
  isDigestTime,
  isToldEnough,
  overdueStage,
  quietAt,
  type Stage,
  stageOn,
} from './stages.ts';

/** To whom: a cadre (`groupId` 0: no group's matter), or an administrator for their unit. */
export interface DutyAbout {
  /** The cadre's, or the administrator's where `administrator`. */
  readonly cadreId: number;
  readonly administrator?: true;
  /** The administrator is a cadre of the unit too, who can record what it did. */
  readonly records?: boolean;
  readonly groupId: number;
  readonly groupName: string;
  /** The first day that counts for them: what came up before is not theirs. */
  readonly since: Day;
  readonly mutes: readonly Mute[];
  readonly sent: ReadonlySet<string>;
  readonly calendar: WorkCalendar;
  /** The hour that they chose for the digest, in minutes after midnight. */
  readonly digestFrom?: number | undefined;
}

/** What always holds is spoken of once a quarter, from two weeks after its beginning. */
const standingAfter = 14;
/** Stages that can wait for an evening on which more is to be said. */
const patient: readonly string[] = ['overdue', 'standing', 'untracked', 'advice', 'late'];
/** Periods that come up on working days only, as a unit's duties do; a cadre's shorter ones on any day that is not quiet. */
const longer: readonly string[] = ['quarter', 'half-year', 'semester', 'season', 'year', 'standing', 'once'];

/**
 * The reminders due at `now` (milliseconds since the epoch) of what presses, of what always holds and is not met, and
 * of what was missed. None of what is met, unknown or not applicable; of advice once a period, at its first stage, and so
 * of papers that nothing is kept of.
 */
export function dutyReminders(
  policy: Policy,
  standings: readonly Standing[],
  overdue: readonly Standing[],
  now: number,
  about: DutyAbout,
): Reminder[] {
  const today = dayOf(now);
  if (!isDigestTime(now, about.digestFrom) || isQuiet(about.calendar, today)) return [];
  const found = [
    ...standings.map((standing) => ({ standing, stage: stageOf(policy, standing, today, about.calendar) })),
    ...overdue.map((standing) => ({
      standing,
      stage: overdueStage(standing.requirement, policy.semesters, today, about.calendar.vacations),
    })),
  ];
  return found.flatMap(({ standing, stage }): Reminder[] => {
    const { requirement } = standing;
    if (!stage || stage.since < digestAt(about.since) || isMuted(about.mutes, requirement.id, now)) return [];
    if (
      isWorkday(about.calendar, today) === false &&
      (requirement.subject === 'unit' || longer.includes(requirement.period))
    )
      return [];
    const keyOf = (period: string, name: string) =>
      `reminder/${requirement.id}/${about.administrator ? 'admin' : ''}${about.cadreId}/${about.groupId}/${period}/${name}`;
    const key = keyOf(stage.span.key, stage.name);
    if (about.sent.has(key) || isToldEnough(requirement, policy.semesters, stage, about.sent, keyOf))
      return [];
    const left = stage.span.until - today;
    return [
      {
        key,
        cadreId: about.cadreId,
        groupId: about.groupId,
        groupName: about.groupName,
        requirement: requirement.id,
        period: stage.span.key,
        stage: stage.name,
        ...dutyWords(standing, stage.name, left, stage.span.from, about.records ?? true),
        // What is over comes after what can still be done today, and what always holds last.
        urgency: stage.name === 'overdue' ? 1 : stage.name === 'standing' ? 365 : left,
        ...(requirement.subject === 'unit' && about.records === false ? { forOthers: true as const } : {}),
        ...(patient.includes(stage.name) ? { gentle: true as const } : {}),
        expiresAt: quietAt(today),
      },
    ];
  });
}

function stageOf(
  policy: Policy,
  { requirement, status, why, span }: Standing,
  today: Day,
  calendar: WorkCalendar,
): Stage | undefined {
  if (span === undefined) {
    if (status !== 'underway' || requirement.force === 'advice') return undefined;
    const quarter = quarterOf(today);
    const from = quarter.from + standingAfter;
    return today < from
      ? undefined
      : { name: 'standing', since: digestAt(from), span: { ...quarter, until: quarter.to } };
  }
  // Past its day, before its period is over: a report that was due two weeks before the quarter's end.
  if (status === 'missed') return { name: 'late', since: digestAt(span.until + 1), span };
  const stage = stageOn(requirement, policy.semesters, today, calendar.vacations);
  // Nobody can say whether it was done: it is spoken of once a period.
  if (status === 'unknown' && why === 'not_kept' && requirement.measure === 'records')
    return stage && { ...stage, name: 'untracked' };
  // Under way, and there is a stage all the same: it was put before a vacation.
  if (status !== 'due_soon' && status !== 'underway') return undefined;
  if (requirement.force !== 'advice' || !stage) return stage;
  return { ...stage, name: 'advice' };
}
