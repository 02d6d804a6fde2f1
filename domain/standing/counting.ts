/** How much there is for a requirement that is not one of presence: counted out of the facts, before it is judged. */
import type { Day } from '../calendar/day.ts';
import { type EvidenceGrade, evidenceGrades } from '../deeds/kinds.ts';
import { kindsCounted } from '../policy/adjust.ts';
import type { Policy, Requirement } from '../policy/policy.ts';
import type { ByGrade, CadreFacts, Known, LinkFact, RecordFact, Records, Tally } from './facts.ts';
import type { Span } from './span.ts';
import { type Evidence, noEvidence, type Why } from './standing.ts';

/** What was found for a requirement: how much of how much, and what keeps it from being said. */
export interface Found {
  readonly have: number;
  readonly need: number | undefined;
  readonly evidence: Evidence;
  /** Nothing can be said, met or not. */
  readonly unknown?: Why;
  /** It is not met though the number is there. */
  readonly lacking?: Why;
  /** What is not met cannot be called missed. */
  readonly unsure?: Why;
}

/** What a cadre's facts say of a requirement in a span, up to a day. Throws for those of presence. */
export function counted(
  policy: Policy,
  requirement: Requirement,
  facts: CadreFacts,
  span: Span | undefined,
  today: Day,
): Found {
  switch (requirement.measure) {
    case 'records':
      return countRecords(
        policy,
        requirement,
        facts.records,
        span,
        today,
        facts.tallies?.get(requirement.id),
      );
    case 'roster':
      return ofKnown(facts.roster, requirement.threshold.youths);
    case 'group':
      return groupOwned(ofKnown(facts.group, requirement.threshold.members), facts.group?.owner);
    case 'pairing':
      return ofKnown(facts.paired, requirement.threshold.atLeast);
    case 'identity': {
      const shown = facts.identityOn;
      return {
        have: shown === undefined ? 0 : 1,
        need: 1,
        evidence: shown === undefined ? noEvidence : { ...noEvidence, verified: 1, days: [shown] },
      };
    }
    case 'link': {
      const { contacts } = requirement.threshold;
      if (facts.links === undefined) return nothingKept(contacts);
      const found = facts.links[requirement.to];
      if (found === undefined) return { ...nothingKept(contacts), unknown: 'not_linked' };
      const inside = within(found, span, today);
      const { all } = facts.tallies?.get(requirement.id) ?? tallyOf(inside);
      return { have: sumOf(all, policy.grades), need: contacts, evidence: evidenceOf(all, inside) };
    }
    case 'checklist':
      return facts.steps === undefined
        ? nothingKept(requirement.threshold.steps)
        : {
            have: sumOf(facts.steps, evidenceGrades),
            need: requirement.threshold.steps,
            evidence: { ...facts.steps, days: [] },
          };
    default:
      throw new Error(`${requirement.id} is measured by presence`);
  }
}

/** Nothing is kept of it. */
export function nothingKept(need: number | undefined): Found {
  return { have: 0, need, evidence: noEvidence, unknown: 'not_kept' };
}

function ofKnown(known: Known | undefined, need: number | undefined): Found {
  if (known === undefined) return nothingKept(need);
  return { have: known.count, need, evidence: { ...noEvidence, [known.grade]: known.count } };
}

/** A group is large enough and its cadre's own (新疆 §四.2, “以群主身份”). */
function groupOwned(found: Found, owner: boolean | undefined): Found {
  if (owner === true || found.need === undefined || found.have < found.need) return found;
  return { ...found, lacking: owner === false ? 'not_owner' : 'owner_unknown' };
}

/** What records say of a requirement; `counted`: what was tallied of them already. */
export function countRecords(
  policy: Policy,
  requirement: Extract<Requirement, { measure: 'records' }>,
  records: Records | undefined,
  span: Span | undefined,
  today: Day,
  counted?: Tally,
): Found {
  const { atLeast, participants: wanted } = requirement.threshold;
  if (records === undefined || span === undefined) return nothingKept(atLeast);
  const kinds = new Set(kindsCounted(requirement, span.from).kinds);
  const { kept } = records;
  const notKept = kept ? [...kinds].filter((kind) => !kept.has(kind)) : [];
  if (notKept.length === kinds.size) return nothingKept(atLeast);
  const inside = within(records.all, span, today).filter(({ kind }) => kinds.has(kind));
  const { all, large, unsized } = counted ?? tallyOf(inside, wanted);
  const have = sumOf(large, policy.grades);
  const perhaps = sumOf(unsized, policy.grades);
  const partly: Why | undefined = records.since > span.from || notKept.length > 0 ? 'not_kept' : undefined;
  const unsure = have + perhaps >= atLeast ? 'participants_unknown' : partly;
  return { have, need: atLeast, evidence: evidenceOf(all, inside), ...(unsure ? { unsure } : {}) };
}

function within<F extends LinkFact>(all: readonly F[], span: Span | undefined, today: Day): readonly F[] {
  return all.filter(({ day }) => span && span.from <= day && day <= Math.min(span.to, today));
}

/** What is found, by grade; `wanted`: how many participants each must have had. */
function tallyOf(
  found: readonly (LinkFact & Partial<Pick<RecordFact, 'participants'>>)[],
  wanted?: number,
): Tally {
  const by = (some: typeof found): ByGrade => ({
    verified: some.filter(({ grade }) => grade === 'verified').length,
    documented: some.filter(({ grade }) => grade === 'documented').length,
    stated: some.filter(({ grade }) => grade === 'stated').length,
  });
  return {
    all: by(found),
    large: by(found.filter(({ participants }) => wanted === undefined || (participants ?? 0) >= wanted)),
    unsized: by(found.filter(({ participants }) => wanted !== undefined && participants === undefined)),
  };
}

function sumOf(by: ByGrade, grades: readonly EvidenceGrade[]): number {
  return grades.reduce((sum, grade) => sum + by[grade], 0);
}

function evidenceOf(all: ByGrade, found: readonly LinkFact[]): Evidence {
  return { ...all, days: found.map(({ day }) => day).sort((a, b) => a - b) };
}
