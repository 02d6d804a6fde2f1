/** Which reminders are due to a group's cadre. Each exists once for ever, by its key; nothing is said twice or at night. */
import { type Day, dayOf, formatDay } from '../calendar/day.ts';
import { monthOf, quarterOf, weekOf } from '../calendar/period.ts';
import { isQuiet, isWorkday, type WorkCalendar } from '../calendar/workdays.ts';
import { type Policy, type Requirement, requirementOf } from '../policy/policy.ts';
import { activitiesIn, metAt } from '../presence/activity.ts';
import type { PersonId } from '../presence/bindings.ts';
import { exchangeIn } from '../presence/exchange.ts';
import { cadreOf, type GroupFacts } from '../presence/facts.ts';
import { voiceOn } from '../presence/voice.ts';
import { excusedIn } from '../standing/evaluate.ts';
import { hasGap, upToNow } from '../standing/heard.ts';
import { daysNeeded, topicsIn } from '../standing/measure.ts';
import type { ExemptTerm } from '../units/exemption.ts';
import {
  firstNotice,
  isDigestTime,
  isToldEnough,
  overdueStage,
  quietAt,
  type Stage,
  stageOn,
} from './stages.ts';
import { type Action, type Said, words } from './words.ts';

/** Something a cadre is reminded of. `key` says what it is about, so that it cannot exist twice. */
export interface Reminder {
  readonly key: string;
  /** The cadre's id, or the administrator's for what is their unit's. */
  readonly cadreId: number;
  /** 0: no group's matter. */
  readonly groupId: number;
  readonly groupName: string;
  /** The requirement's id in the policy. */
  readonly requirement: string;
  readonly period: string;
  readonly stage: string;
  /** One sentence, and what to do about it. */
  readonly line: string;
  /** What the line begins with, where the rest may be said of several at once. */
  readonly subject?: string;
  readonly action: Action;
  /** Days until it is too late, the smaller the more pressing. */
  readonly urgency: number;
  /** It can be left out, or wait for another evening, when few messages are left in the week (budget.ts). */
  readonly gentle?: true;
  /** A unit's duty, told to somebody who is no cadre of it and cannot record it. */
  readonly forOthers?: true;
  /** From then on it is not to be sent any more; milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** A requirement (or `*`, all of them) that a cadre does not want to hear of, until an instant or for good. */
export interface Mute {
  readonly requirement: string;
  readonly until: number | undefined;
}

/** Whom the reminders go to, and of which group. `person` is how the facts call the cadre. */
export interface About {
  readonly cadreId: number;
  readonly person: PersonId;
  readonly groupId: number;
  readonly groupName: string;
  readonly mutes: readonly Mute[];
  readonly calendar: WorkCalendar;
  /** Keys of reminders and digests (`digestKey`) that exist already. */
  readonly sent: ReadonlySet<string>;
  /** The hour that they chose for the digest, in minutes after midnight. */
  readonly digestFrom?: number | undefined;
  /** From when until when they are or were exempt: what fell into it is not asked for afterwards. */
  readonly exempt?: ExemptTerm | undefined;
}

/** The key of the one digest that a cadre gets on a day. */
export function digestKey(cadreId: number, day: Day): string {
  return `digest/${cadreId}/${formatDay(day)}`;
}

/**
 * The reminders that are due at `now` (milliseconds since the epoch) to the cadre of a group, out of its facts for
 * the days that `daysNeeded` gives. None before the digest's hour (20:00) and from 22:00 on, none when the day's digest was sent, none to who is not
 * the group's cadre today. Holidays and vacations are quiet, and what has a quarter or longer comes up on working
 * days only. What came up before the cadre was bound is not theirs. A missing voice is not reminded of on a day with
 * a gap after the binding (design.md, counting rule 10), nor again on the evening after a reminder that did not help.
 */
export function dueReminders(heard: GroupFacts, policy: Policy, now: number, about: About): Reminder[] {
  const today = dayOf(now);
  if (!isDigestTime(now, about.digestFrom) || about.sent.has(digestKey(about.cadreId, today))) return [];
  const boundAt = boundSince(heard, today, about.person);
  if (boundAt === undefined || isQuiet(about.calendar, today)) return [];
  const facts = upToNow(heard, now);
  const found = [
    voiceDue(facts, policy, now, dayOf(boundAt), about),
    interactionDue(facts, policy, now, today),
    topicDue(facts, policy, today, about.calendar),
    // Where a year's holidays are not known, every day may be worked.
    ...(isWorkday(about.calendar, today) === false
      ? []
      : [
          activityDue(facts, policy, now, today, about.calendar),
          overdueDue(facts, policy, today, boundAt, about.exempt),
        ]),
  ];
  return found.flatMap((due): Reminder[] => {
    if (due === undefined || due.stage.since < boundAt) return [];
    const { requirement, stage, line, action, urgency, gentle } = due;
    if (isMuted(about.mutes, requirement.id, now)) return [];
    const period = stage.span.key;
    const key = keyOf(requirement.id, about, period, stage.name);
    const weekly = (of: string, name: string) => keyOf(requirement.id, about, of, name);
    if (about.sent.has(key) || isToldEnough(requirement, policy.semesters, stage, about.sent, weekly))
      return [];
    const { cadreId, groupId, groupName } = about;
    const expiresAt = quietAt(today);
    return [
      {
        key,
        cadreId,
        groupId,
        groupName,
        requirement: requirement.id,
        period,
        stage: stage.name,
        line,
        action,
        urgency,
        ...(gentle ? { gentle } : {}),
        expiresAt,
      },
    ];
  });
}

interface Due {
  readonly requirement: Requirement;
  readonly stage: Stage;
  readonly line: string;
  readonly action: Action;
  readonly urgency: number;
  readonly gentle: boolean;
}

function due(requirement: Requirement, stage: Stage, said: Said, urgency: number, gentle = false): Due {
  const { line, action } = said;
  return { requirement, stage, line, action, urgency, gentle: gentle || requirement.force === 'advice' };
}

/** After how many evenings it is asked again: a reminder that was not followed is not repeated at once. */
const waits = { once: 2, often: 7 };
/** Where the documents only say 日常, one silent day is nothing to speak of. */
const silentDays = 3;

function voiceDue(
  facts: GroupFacts,
  policy: Policy,
  now: number,
  boundOn: Day,
  about: About,
): Due | undefined {
  const today = dayOf(now);
  const requirement = requirementOf(policy, 'voice');
  if (!requirement || voiceOn(facts, today) || hasGap(facts, today, now)) return undefined;
  const stage = stageOn(requirement, policy.semesters, today);
  if (!stage) return undefined;
  const wasTold = (day: Day) => about.sent.has(keyOf(requirement.id, about, formatDay(day), stage.name));
  const from = Math.max(daysNeeded(now).from, boundOn);
  const before = daysBetween(from, today - 1).reverse();
  const spoke = before.findIndex((day) => voiceOn(facts, day));
  const silence = spoke < 0 ? before : before.slice(0, spoke);
  const advised = requirement.force === 'advice';
  if (advised && silence.filter((day) => !hasGap(facts, day, now)).length < silentDays - 1) return undefined;
  const told = silence.filter(wasTold);
  const [last] = told;
  const wait = told.length > 1 || advised ? waits.often : waits.once;
  if (last !== undefined && today - last < wait) return undefined;
  if (advised && daysBetween(today - waits.often + 1, today - 1).some(wasTold)) return undefined;
  return due(requirement, stage, words.voice(today, boundOn === today, told.length, advised), 0, true);
}

function keyOf(id: string, { cadreId, groupId }: About, period: string, stage: string): string {
  return `reminder/${id}/${cadreId}/${groupId}/${period}/${stage}`;
}

function interactionDue(facts: GroupFacts, policy: Policy, now: number, today: Day): Due | undefined {
  const requirement = requirementOf(policy, 'interaction');
  const stage = requirement && stageOn(requirement, policy.semesters, today);
  if (!requirement || !stage) return undefined;
  const week = weekOf(today);
  const exchange = exchangeIn(facts, week);
  const { youths } = requirement.threshold;
  if (exchange >= youths) return undefined;
  const gap = daysBetween(week.from, today).some(
    (day) => cadreOf(facts, day) !== undefined && hasGap(facts, day, now),
  );
  const left = stage.span.until - today;
  return due(
    requirement,
    stage,
    words.interaction(exchange, youths, left, gap, requirement.force === 'advice'),
    left,
  );
}

function topicDue(
  facts: GroupFacts,
  policy: Policy,
  today: Day,
  { vacations }: WorkCalendar,
): Due | undefined {
  const requirement = requirementOf(policy, 'topic');
  const stage = requirement && stageOn(requirement, policy.semesters, today, vacations);
  if (!requirement || !stage) return undefined;
  const [best] = topicsIn(facts, policy, monthOf(today));
  if (best?.met) return undefined;
  const left = stage.span.until - today;
  const advised = requirement.force === 'advice';
  const said = best
    ? words.topicQuiet(best.topic.id, best.took, requirement.threshold, left, advised)
    : words.topic(left, advised);
  return due(requirement, stage, said, left);
}

function activityDue(
  facts: GroupFacts,
  policy: Policy,
  now: number,
  today: Day,
  { vacations }: WorkCalendar,
): Due | undefined {
  const requirement = requirementOf(policy, 'activity');
  const stage = requirement && stageOn(requirement, policy.semesters, today, vacations);
  if (!requirement || !stage || isDone(facts, requirement, stage)) return undefined;
  const offline = facts.activities.filter(
    (activity) => activity.offline && lies(dayOf(activity.at), stage.span),
  );
  const held = activitiesIn(facts, quarterOf(stage.span.from));
  const { atLeast } = requirement.threshold;
  // What is arranged already needs no reminder; what was held may only lack its note.
  if (held + offline.filter(({ at }) => at > now).length >= atLeast) return undefined;
  const unclosed = offline.some((activity) => !activity.closed && metAt(facts, activity).size > 0);
  const left = stage.span.until - today;
  return due(requirement, stage, unclosed ? words.unclosed() : words.activity(left, held, atLeast), left);
}

function overdueDue(
  facts: GroupFacts,
  policy: Policy,
  today: Day,
  boundAt: number,
  exempt: ExemptTerm | undefined,
): Due | undefined {
  const requirement = requirementOf(policy, 'activity');
  if (requirement?.force !== 'binding') return undefined;
  const stage = overdueStage(requirement, policy.semesters, today);
  if (!stage || boundAt > firstNotice(requirement, stage.span)) return undefined;
  if (isDone(facts, requirement, stage)) return undefined;
  if (excusedIn(policy, { since: Number.NEGATIVE_INFINITY, exempt }, stage.span)) return undefined;
  const held = activitiesIn(facts, quarterOf(stage.span.from));
  const said = words.overdue(stage.span.key, held, requirement.threshold.atLeast);
  return due(requirement, stage, said, 1, true);
}

function isDone(
  facts: GroupFacts,
  requirement: Extract<Requirement, { measure: 'activity' }>,
  stage: Stage,
): boolean {
  return activitiesIn(facts, quarterOf(stage.span.from)) >= requirement.threshold.atLeast;
}

/** Since when the cadre of today has had the group without a break; undefined when `person` is not the cadre. */
function boundSince(facts: GroupFacts, today: Day, person: PersonId): number | undefined {
  if (cadreOf(facts, today) !== person) return undefined;
  let since: number | undefined;
  for (const binding of facts.bindings) {
    // A handover of today takes effect tomorrow (design.md, counting rule 9).
    if (dayOf(binding.at) >= today && binding !== facts.bindings[0]) break;
    if (binding.cadre !== person) since = undefined;
    else since ??= binding.at;
  }
  return since;
}

/** Whether a cadre does not want to hear of a requirement now. */
export function isMuted(mutes: readonly Mute[], requirement: string, now: number): boolean {
  return mutes.some(
    (mute) =>
      (mute.requirement === '*' || mute.requirement === requirement) &&
      (mute.until === undefined || now < mute.until),
  );
}

function lies(day: Day, period: { readonly from: Day; readonly to: Day }): boolean {
  return period.from <= day && day <= period.to;
}

function daysBetween(from: Day, to: Day): Day[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
