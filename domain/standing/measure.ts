/** Where a group stands: the five “有” of the month, quarter and year that today lies in (design.md, counting rules 2–8). */
import { type Day, dayOf } from '../calendar/day.ts';
import { monthOf, type Period, quarterOf, weekOf, yearOf } from '../calendar/period.ts';
import { raisedLine } from '../policy/adjust.ts';
import { type Policy, type Requirement, requirementOf } from '../policy/policy.ts';
import { activitiesIn, metIn } from '../presence/activity.ts';
import { firstCountedDay, type PersonId } from '../presence/bindings.ts';
import { heardOn, isUnknown } from '../presence/coverage.ts';
import { exchangeIn } from '../presence/exchange.ts';
import { cadreOf, type GroupFacts, type TopicFacts } from '../presence/facts.ts';
import { common, countSlots } from '../presence/slots.ts';
import { isCounted, type Participation, participation } from '../presence/topic.ts';
import { voiceOn } from '../presence/voice.ts';
import { expectedOn, hasGap, upToNow } from './heard.ts';
import { type Cadence, cadence, type Progress, type Verdict } from './progress.ts';

/** What the facts do not say: names for people's eyes, and who is on the roster today. */
export interface Setting {
  readonly group: string;
  readonly cadre: string;
  readonly unit: string;
  /** The youths of the roster today; until rosters come, the group's members without cadre and bots. */
  readonly roster: ReadonlySet<PersonId>;
  /** Titles of topics by the id that the facts have. */
  readonly topicTitles: ReadonlyMap<string, string>;
  /** Who was met in person elsewhere than at activities, this year (heart-talks, visits). Private: only counted. */
  readonly met?: ReadonlySet<PersonId>;
}

/** The days whose presence, topics and listening `measureProgress` and `dueReminders` ask for at `now`, both ends included. */
export function daysNeeded(now: number): { readonly from: Day; readonly to: Day } {
  const today = dayOf(now);
  const month = monthOf(today);
  // The day before the quarter, so that January's facts have last year's activities.
  const from = Math.min(
    weekOf(month.from).from,
    month.from === quarterOf(today).from ? month.from - 1 : month.from,
  );
  return { from, to: weekOf(month.to).to };
}

/**
 * The progress of a group at `now` (milliseconds since the epoch) under a policy, out of its facts for the days that
 * `daysNeeded` gives. What is met is met whatever was heard; what is not, on days not fully heard, is `unknown`.
 */
export function measureProgress(heard: GroupFacts, policy: Policy, now: number, setting: Setting): Progress {
  const facts = upToNow(heard, now);
  const today = dayOf(now);
  const counted = firstCountedDay(facts.bindings) ?? Number.POSITIVE_INFINITY;
  const month = monthOf(today);
  const { group, cadre, unit, roster, met = new Set() } = setting;
  return {
    ...cadenceNames(policy),
    group,
    cadre,
    unit,
    today,
    youths: roster.size,
    voice: {
      month: month.key,
      days: daysOf(month).map((day) => ({ day, verdict: voiceVerdict(facts, policy, day, today) })),
    },
    weeks: weeksOf(month).map((week) => weekStanding(facts, policy, week, now, counted)),
    topic: topicStanding(facts, policy, month, counted <= today, setting.topicTitles),
    activity: activityStanding(facts, policy, quarterOf(today), today, counted),
    faceToFace: faceToFaceStanding(facts, policy, yearOf(today), counted <= today, roster, met),
    coverage: coverageSoFar(facts, Math.max(month.from, counted), now),
    raised: cadence.flatMap((measure) => raisedLine(requirementOf(policy, measure))),
  };
}

/** What a policy calls the five “有”, and which of them it only advises. */
export function cadenceNames(policy: Policy): Pick<Progress, 'names' | 'advised'> {
  const nameOf = (measure: Cadence) => requirementOf(policy, measure)?.name ?? '';
  return {
    names: {
      voice: nameOf('voice'),
      interaction: nameOf('interaction'),
      topic: nameOf('topic'),
      activity: nameOf('activity'),
      'face-to-face': nameOf('face-to-face'),
    },
    advised: cadence.filter((measure) => requirementOf(policy, measure)?.force === 'advice'),
  };
}

/** An unmet requirement whose time is over: advice is never missed (scheme.md, the last words on the cadence). */
function overVerdict(requirement: Requirement): Verdict {
  return requirement.force === 'advice' ? 'none' : 'missed';
}

function voiceVerdict(facts: GroupFacts, policy: Policy, day: Day, today: Day): Verdict {
  const requirement = requirementOf(policy, 'voice');
  if (!requirement || day > today || cadreOf(facts, day) === undefined) return 'none';
  if (voiceOn(facts, day)) return 'met';
  if (day === today) return 'underway';
  return isUnknown(facts, day) ? 'unknown' : overVerdict(requirement);
}

/**
 * A week is under way until its last day is over, whatever was heard of it. One that was counted only in part (the first
 * binding fell into it) can be met, but not missed.
 */
function weekStanding(
  facts: GroupFacts,
  policy: Policy,
  week: Period,
  now: number,
  counted: Day,
): Progress['weeks'][number] {
  const requirement = requirementOf(policy, 'interaction');
  const exchange = exchangeIn(facts, week);
  const needed = requirement?.threshold.youths ?? 0;
  const verdict = (): Verdict => {
    const today = dayOf(now);
    if (!requirement || week.from > today || week.to < counted) return 'none';
    if (exchange >= needed) return 'met';
    if (week.to >= today) return 'underway';
    if (daysOf(week).some((day) => day >= counted && hasGap(facts, day, now))) return 'unknown';
    return week.from < counted ? 'none' : overVerdict(requirement);
  };
  return { key: week.key, from: week.from, to: week.to, exchange, needed, verdict: verdict() };
}

/** The topics of a month with how many took part, the best first: met, then most participants, then most clear. */
export function topicsIn(
  facts: GroupFacts,
  policy: Policy,
  month: Period,
): readonly { readonly topic: TopicFacts; readonly took: Participation; readonly met: boolean }[] {
  const within = (day: Day) => month.from <= day && day <= month.to;
  return bestTopics(
    policy,
    facts.topics
      .filter((topic) => within(dayOf(topic.at)) && isCounted(facts, topic))
      .map((topic) => ({ topic, at: topic.at, took: participation(facts, topic) })),
  );
}

/** Topics posted `at` an instant with how many took part, in the order of {@link topicsIn}. */
export function bestTopics<T extends { readonly at: number; readonly took: Participation }>(
  policy: Policy,
  topics: readonly T[],
): readonly (T & { readonly met: boolean })[] {
  const threshold = requirementOf(policy, 'topic')?.threshold;
  return topics
    .map((topic) => {
      const { clear, inferred } = topic.took;
      const met =
        threshold !== undefined && clear + inferred >= threshold.participants && clear >= threshold.clear;
      return { ...topic, met };
    })
    .sort(
      (a, b) =>
        Number(b.met) - Number(a.met) ||
        b.took.clear + b.took.inferred - a.took.clear - a.took.inferred ||
        b.took.clear - a.took.clear ||
        b.at - a.at,
    );
}

function topicStanding(
  facts: GroupFacts,
  policy: Policy,
  month: Period,
  counts: boolean,
  titles: ReadonlyMap<string, string>,
): Progress['topic'] {
  const threshold = requirementOf(policy, 'topic')?.threshold;
  const [best] = topicsIn(facts, policy, month);
  return {
    title: best && titles.get(best.topic.id),
    clear: best?.took.clear ?? 0,
    inferred: best?.took.inferred ?? 0,
    needed: threshold?.participants ?? 0,
    neededClear: threshold?.clear ?? 0,
    verdict: !threshold || !counts ? 'none' : best?.met ? 'met' : 'underway',
  };
}

function activityStanding(
  facts: GroupFacts,
  policy: Policy,
  quarter: Period,
  today: Day,
  counted: Day,
): Progress['activity'] {
  const threshold = requirementOf(policy, 'activity')?.threshold;
  const held = activitiesIn(facts, quarter);
  const verdict = !threshold || counted > today ? 'none' : held >= threshold.atLeast ? 'met' : 'underway';
  const needed = threshold?.atLeast ?? 0;
  return { quarter: quarter.key, held, needed, daysLeft: quarter.to - today, verdict };
}

function faceToFaceStanding(
  facts: GroupFacts,
  policy: Policy,
  year: Period,
  counts: boolean,
  roster: ReadonlySet<PersonId>,
  elsewhere: ReadonlySet<PersonId>,
): Progress['faceToFace'] {
  const threshold = requirementOf(policy, 'face-to-face')?.threshold;
  // One who was met both ways is one.
  const everyone = new Set([...metIn(facts, year), ...elsewhere]);
  const met = [...everyone].filter((youth) => roster.has(youth)).length;
  const enough = threshold !== undefined && isMost(met, roster.size, threshold.moreThanPercent);
  return {
    year: year.key,
    met,
    roster: roster.size,
    percent: roster.size === 0 ? 0 : Math.floor((met * 100) / roster.size),
    neededPercent: threshold?.moreThanPercent ?? 0,
    verdict: !threshold || !counts ? 'none' : enough ? 'met' : 'underway',
  };
}

/** Whether a part of a whole is more than so many percent of it. */
export function isMost(part: number, whole: number, percent: number): boolean {
  return part * 100 > percent * whole;
}

function coverageSoFar(facts: GroupFacts, from: Day, now: number): Progress['coverage'] {
  const coverage = { heard: 0, of: 0, fullDays: 0, days: 0 };
  for (let day = from; day <= dayOf(now); day++) {
    const expected = expectedOn(facts, day, now);
    coverage.heard += countSlots(common(heardOn(facts, day), expected));
    coverage.of += countSlots(expected);
    coverage.fullDays += hasGap(facts, day, now) ? 0 : 1;
    coverage.days += 1;
  }
  return coverage;
}

function daysOf(period: Period): Day[] {
  return Array.from({ length: period.to - period.from + 1 }, (_, index) => period.from + index);
}

/** The ISO weeks that touch a period, in order. */
function weeksOf(period: Period): Period[] {
  const weeks: Period[] = [];
  for (let day = period.from; day <= period.to; day = (weeks.at(-1)?.to ?? day) + 1) weeks.push(weekOf(day));
  return weeks;
}
