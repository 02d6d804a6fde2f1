/** The five “有” of a group as standings beside all others, out of what `measureProgress` found (counting rules 2–8). */
import type { Policy, Requirement } from '../policy/policy.ts';
import { barredStanding, barring } from './evaluate.ts';
import type { CadreFacts } from './facts.ts';
import type { Progress, Verdict } from './progress.ts';
import { isDueSoon, spanOf } from './span.ts';
import { noEvidence, type Standing, type Status, type Why } from './standing.ts';

/** Where the group's cadre stands with the requirements of presence, on the day of the progress. */
export function presenceStandings(
  policy: Policy,
  progress: Progress,
  facts: CadreFacts | undefined,
): readonly Standing[] {
  const { today } = progress;
  return policy.requirements.flatMap((requirement): Standing[] => {
    const found = foundOf(requirement, progress);
    if (found === undefined) return [];
    const span = spanOf(requirement, policy.semesters, today);
    const barred = facts && barring(requirement, facts, today);
    if (barred) return [barredStanding(requirement, span, barred)];
    const presses = span !== undefined && isDueSoon(requirement, span, today);
    const { status, why } = statusOf(found.verdict, presses);
    const evidence = { ...noEvidence, verified: found.have };
    return [{ requirement, status, why, span, have: found.have, need: found.need, evidence }];
  });
}

function foundOf(
  requirement: Requirement,
  progress: Progress,
): { readonly have: number; readonly need: number; readonly verdict: Verdict } | undefined {
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
