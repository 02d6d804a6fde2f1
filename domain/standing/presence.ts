/** The five “有” of a group as standings beside all others, out of what `measureProgress` found (counting rules 2–8). */
import type { Day } from '../calendar/day.ts';
import type { Policy, Requirement } from '../policy/policy.ts';
import type { Participation } from '../presence/topic.ts';
import { barredStanding, barring } from './evaluate.ts';
import type { CadreFacts } from './facts.ts';
import { bestTopics, isMost } from './measure.ts';
import type { Progress, Verdict } from './progress.ts';
import { isDueSoon, spanOf } from './span.ts';
import { noEvidence, type Standing, type Status, type Why } from './standing.ts';

/** Where the group's cadre stands with the requirements of presence, on the day of the progress. */
export function presenceStandings(
  policy: Policy,
  progress: Progress,
  facts: CadreFacts | undefined,
): readonly Standing[] {
  return standingsOf(policy, (requirement) => foundOf(requirement, progress), facts, progress.today);
}

/** What one group comes to on a day, as it is counted for many at once. The group is counted on that day. */
export interface GroupFigures {
  /** The cadre wrote something substantive today. */
  readonly voice: boolean;
  /** Youths with an exchange in today's ISO week. */
  readonly exchange: number;
  /** The topics of today's month. */
  readonly topics: readonly { readonly at: number; readonly took: Participation }[];
  /** Activities of today's quarter that count. */
  readonly held: number;
  /** How many of the roster were met in person in today's year. */
  readonly met: number;
  readonly roster: number;
}

/** The same as {@link presenceStandings}, out of figures that are counted already: what is not met today has time. */
export function figureStandings(
  policy: Policy,
  figures: GroupFigures,
  facts: CadreFacts | undefined,
  today: Day,
): readonly Standing[] {
  return standingsOf(policy, (requirement) => foundIn(policy, requirement, figures), facts, today);
}

/** What is found for a requirement of presence: how much of how much, and what that comes to. */
export interface Found {
  readonly have: number;
  readonly need: number;
  readonly verdict: Verdict;
}

function standingsOf(
  policy: Policy,
  foundFor: (requirement: Requirement) => Found | undefined,
  facts: CadreFacts | undefined,
  today: Day,
): readonly Standing[] {
  return policy.requirements.flatMap((requirement): Standing[] => {
    const found = foundFor(requirement);
    return found ? [presenceStanding(policy, requirement, found, facts, today)] : [];
  });
}

/** The standing of a requirement of which so much was found. */
export function presenceStanding(
  policy: Policy,
  requirement: Requirement,
  { have, need, verdict }: Found,
  facts: CadreFacts | undefined,
  today: Day,
): Standing {
  const span = spanOf(requirement, policy.semesters, today);
  const barred = facts && barring(requirement, facts, today);
  if (barred) return barredStanding(requirement, span, barred);
  const presses = span !== undefined && isDueSoon(requirement, span, today);
  const { status, why } = statusOf(verdict, presses);
  return { requirement, status, why, span, have, need, evidence: { ...noEvidence, verified: have } };
}

/** What figures come to for a requirement; undefined where it is none of presence. */
export function foundIn(policy: Policy, requirement: Requirement, figures: GroupFigures): Found | undefined {
  const found = (have: number, need: number, met = have >= need): Found => ({
    have,
    need,
    verdict: met ? 'met' : 'underway',
  });
  switch (requirement.measure) {
    case 'voice':
      return found(Number(figures.voice), requirement.threshold.atLeast, figures.voice);
    case 'interaction':
      return found(figures.exchange, requirement.threshold.youths);
    case 'topic': {
      const [best] = bestTopics(policy, figures.topics);
      const { clear = 0, inferred = 0 } = best?.took ?? {};
      return found(clear + inferred, requirement.threshold.participants, best?.met ?? false);
    }
    case 'activity':
      return found(figures.held, requirement.threshold.atLeast);
    case 'face-to-face':
      return facesIn(figures.met, figures.roster, requirement.threshold.moreThanPercent);
    default:
      return undefined;
  }
}

function facesIn(met: number, roster: number, percent: number): Found {
  const need = Math.floor((roster * percent) / 100) + 1;
  return { have: met, need, verdict: isMost(met, roster, percent) ? 'met' : 'underway' };
}

function foundOf(requirement: Requirement, progress: Progress): Found | undefined {
  const { today, voice, weeks, topic, activity, faceToFace } = progress;
  switch (requirement.measure) {
    case 'voice': {
      const verdict = voice.days.find(({ day }) => day === today)?.verdict ?? 'none';
      return { have: verdict === 'met' ? 1 : 0, need: requirement.threshold.atLeast, verdict };
    }
    case 'interaction': {
      const week = weeks.find(({ from, to }) => from <= today && today <= to);
      return {
        have: week?.exchange ?? 0,
        need: requirement.threshold.youths,
        verdict: week?.verdict ?? 'none',
      };
    }
    case 'topic':
      return { have: topic.clear + topic.inferred, need: topic.needed, verdict: topic.verdict };
    case 'activity':
      return { have: activity.held, need: requirement.threshold.atLeast, verdict: activity.verdict };
    case 'face-to-face': {
      const { moreThanPercent } = requirement.threshold;
      const need = Math.floor((faceToFace.roster * moreThanPercent) / 100) + 1;
      return { have: faceToFace.met, need, verdict: faceToFace.verdict };
    }
    default:
      return undefined;
  }
}

function statusOf(
  verdict: Verdict,
  presses: boolean,
): { readonly status: Status; readonly why: Why | undefined } {
  switch (verdict) {
    case 'met':
    case 'missed':
      return { status: verdict, why: undefined };
    case 'underway':
      return { status: presses ? 'due_soon' : 'underway', why: undefined };
    case 'unknown':
      return { status: 'unknown', why: 'gap' };
    case 'none':
      return { status: 'not_applicable', why: 'not_counted' };
  }
}
