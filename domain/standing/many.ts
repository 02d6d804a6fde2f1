/**
 * Where many cadres stand on one day: equal evidence is judged once, and the same {@link Standing} is given to all who
 * have it. A judgement is pure, so that this is {@link cadreStandings} and {@link figureStandings}, only sooner.
 */
import type { Day } from '../calendar/day.ts';
import type { Policy, Requirement } from '../policy/policy.ts';
import { cadreRequirements, standingIn } from './evaluate.ts';
import type { CadreFacts, Known } from './facts.ts';
import { foundIn, type GroupFigures, presenceStanding } from './presence.ts';
import { type Span, spanOf } from './span.ts';
import type { Standing } from './standing.ts';

/** Judges one cadre after another, and their groups. */
export interface Judge {
  /** As {@link cadreStandings}. */
  cadre(facts: CadreFacts): readonly Standing[];
  /** As {@link figureStandings}, of a group of the cadre with these facts. */
  group(figures: GroupFigures, facts: CadreFacts): readonly Standing[];
}

/** One requirement, and what was judged of it already: by whose it is, then by the evidence. */
interface Judged {
  readonly requirement: Requirement;
  readonly span: Span | undefined;
  readonly known: Map<string, Map<unknown, Standing>>;
}

/** A judge of cadres under one policy on a day. */
export function judgeOf(policy: Policy, today: Day): Judge {
  const judged = (requirement: Requirement): Judged => ({
    requirement,
    span: spanOf(requirement, policy.semesters, today),
    known: new Map(),
  });
  const own = cadreRequirements(policy).map(judged);
  const all = policy.requirements.map(judged);
  const numbers = new Map<object, number>();
  const numberOf = (one: object | undefined): number => {
    if (one === undefined) return 0;
    const number = numbers.get(one) ?? numbers.size + 1;
    numbers.set(one, number);
    return number;
  };
  /** All that bars, excuses or dates a cadre: what their requirements share. */
  const whoIs = ({ kind, organ, manyYouths, exempt, since, records, vacations }: CadreFacts): string =>
    `${kind}/${organ}/${manyYouths}/${exempt?.from}/${exempt?.until}/${since}/${records?.since}/${numberOf(records?.kept)}/${numberOf(vacations)}`;
  return {
    cadre(facts) {
      const who = whoIs(facts);
      return own.map(({ requirement, span, known }) => {
        const judge = () => standingIn(policy, requirement, facts, span, today);
        const evidence = evidenceIn(requirement, facts);
        return evidence === undefined ? judge() : once(known, who, evidence, judge);
      });
    },
    group(figures, facts) {
      const who = whoIs(facts);
      return all.flatMap(({ requirement, known }) => {
        const found = foundIn(policy, requirement, figures);
        if (found === undefined) return [];
        const evidence = `${found.have}/${found.need}/${found.verdict}`;
        return once(known, who, evidence, () => presenceStanding(policy, requirement, found, facts, today));
      });
    },
  };
}

function once(known: Judged['known'], who: string, evidence: unknown, judge: () => Standing): Standing {
  let ofWho = known.get(who);
  if (ofWho === undefined) {
    ofWho = new Map();
    known.set(who, ofWho);
  }
  const before = ofWho.get(evidence);
  if (before !== undefined) return before;
  const standing = judge();
  ofWho.set(evidence, standing);
  return standing;
}

/**
 * All of the facts that a requirement's judgement rests on beside who the cadre is, as one value to find it by;
 * undefined where that takes more than one: single records and contacts, which nobody has counted yet.
 */
function evidenceIn(requirement: Requirement, facts: CadreFacts): unknown {
  const { records, links, tallies } = facts;
  switch (requirement.measure) {
    case 'records':
      return records?.all.length === 0 ? tallies?.get(requirement.id) : undefined;
    case 'link':
      if (links === undefined) return 'no links';
      if (links[requirement.to] === undefined) return 'not linked';
      return links[requirement.to]?.length === 0 ? tallies?.get(requirement.id) : undefined;
    case 'roster':
      return knownText(facts.roster);
    case 'group':
      return `${knownText(facts.group)}/${facts.group?.owner}`;
    case 'pairing':
      return knownText(facts.paired);
    case 'identity':
      return `${facts.identityOn}`;
    case 'checklist':
      return JSON.stringify(facts.steps) ?? 'no steps';
    default:
      return undefined;
  }
}

function knownText(known: Known | undefined): string {
  return `${known?.grade}/${known?.count}`;
}
