/**
 * Where many cadres stand on one day: equal evidence is judged once, and the same {@link Standing} is given to all who
 * have it. A judgement is pure, so that this is {@link cadreStandings} and {@link figureStandings}, only sooner.
 */
import type { Day } from '../calendar/day.ts';
import { evidenceGrades } from '../deeds/kinds.ts';
import type { Policy, Requirement } from '../policy/policy.ts';
import { cadreRequirements, standingIn } from './evaluate.ts';
import type { CadreFacts, Tally } from './facts.ts';
import { type Found, foundIn, type GroupFigures, presenceStanding } from './presence.ts';
import type { Verdict } from './progress.ts';
import { spanOf } from './span.ts';
import type { Standing } from './standing.ts';

/** Judges one cadre after another, and their groups. */
export interface Judge {
  /** As {@link cadreStandings}. */
  cadre(facts: CadreFacts): readonly Standing[];
  /** As {@link figureStandings}, of a group of the cadre with these facts. */
  group(figures: GroupFigures, facts: CadreFacts): readonly Standing[];
}

/** What was judged already of those who are the same to their requirements: by requirement, then by the evidence. */
interface Known {
  readonly own: readonly Map<Evidence, Standing>[];
  readonly groups: readonly Map<Evidence, Standing>[];
}

/** All that a judgement rests on beside who the cadre is, as one value to find it by: equal ones are the same. */
type Evidence = Tally | number | string;

/** A judge of cadres under one policy on a day. */
export function judgeOf(policy: Policy, today: Day): Judge {
  const own = cadreRequirements(policy).map((requirement) => ({
    requirement,
    span: spanOf(requirement, policy.semesters, today),
  }));
  const all = policy.requirements;
  const numbers = new Map<object, number>();
  const numberOf = (one: object | undefined): number => {
    if (one === undefined) return 0;
    const number = numbers.get(one) ?? numbers.size + 1;
    numbers.set(one, number);
    return number;
  };
  const known = new Map<string, Known>();
  let last: { readonly facts: CadreFacts; readonly known: Known } | undefined;
  /** By all that bars, excuses or dates a cadre: what their requirements share. */
  const knownOf = (facts: CadreFacts): Known => {
    if (last?.facts === facts) return last.known;
    const { kind, organ, manyYouths, exempt, since, records, vacations } = facts;
    const who = `${kind}/${organ}/${manyYouths}/${exempt?.from}/${exempt?.until}/${since}/${records?.since}/${numberOf(records?.kept)}/${numberOf(vacations)}`;
    let found = known.get(who);
    if (found === undefined) {
      found = { own: own.map(() => new Map()), groups: all.map(() => new Map()) };
      known.set(who, found);
    }
    last = { facts, known: found };
    return found;
  };
  return {
    cadre(facts) {
      const judged = knownOf(facts).own;
      return own.map(({ requirement, span }, n) => {
        const evidence = evidenceIn(requirement, facts);
        const before = evidence === undefined ? undefined : judged[n]?.get(evidence);
        if (before !== undefined) return before;
        const standing = standingIn(policy, requirement, facts, span, today);
        if (evidence !== undefined) judged[n]?.set(evidence, standing);
        return standing;
      });
    },
    group(figures, facts) {
      const judged = knownOf(facts).groups;
      const standings: Standing[] = [];
      for (const [n, requirement] of all.entries()) {
        const found = foundIn(policy, requirement, figures);
        if (found === undefined) continue;
        const evidence = evidenceOf(found);
        let standing = judged[n]?.get(evidence);
        if (standing === undefined) {
          standing = presenceStanding(policy, requirement, found, facts, today);
          judged[n]?.set(evidence, standing);
        }
        standings.push(standing);
      }
      return standings;
    },
  };
}

/**
 * The evidence of a cadre for a requirement; undefined where that takes more than one value: single records and contacts,
 * which nobody has counted yet.
 */
function evidenceIn(requirement: Requirement, facts: CadreFacts): Evidence | undefined {
  const { records, links, tallies, group } = facts;
  switch (requirement.measure) {
    case 'records':
      return records?.all.length === 0 ? tallies?.get(requirement.id) : undefined;
    case 'link':
      if (links === undefined) return 'no links';
      if (links[requirement.to] === undefined) return 'not linked';
      return links[requirement.to]?.length === 0 ? tallies?.get(requirement.id) : undefined;
    case 'roster':
      return numberKnown(facts.roster);
    case 'group':
      return group?.owner === undefined ? numberKnown(group) : `${numberKnown(group)}/${group.owner}`;
    case 'pairing':
      return numberKnown(facts.paired);
    case 'identity':
      return facts.identityOn ?? 'not shown';
    case 'checklist':
      return JSON.stringify(facts.steps) ?? 'not kept';
    default:
      return undefined;
  }
}

function numberKnown(known: CadreFacts['roster']): number {
  return known === undefined ? -1 : known.count * evidenceGrades.length + evidenceGrades.indexOf(known.grade);
}

const verdicts: readonly Verdict[] = ['met', 'underway', 'missed', 'unknown', 'none'];
/** More than anybody has or needs. */
const many = 2 ** 20;

function evidenceOf({ have, need, verdict }: Found): Evidence {
  if (have >= many || need >= many) return `${have}/${need}/${verdict}`;
  return (have * many + need) * verdicts.length + verdicts.indexOf(verdict);
}
