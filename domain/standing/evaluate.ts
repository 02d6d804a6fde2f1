/** Where a cadre and a unit stand with every requirement: profile + facts + a day, and nothing else. */
import type { Day } from '../calendar/day.ts';
import { type EvidenceGrade, evidenceGrades } from '../deeds/kinds.ts';
import { kindsCounted } from '../policy/adjust.ts';
import type { Policy, Requirement } from '../policy/policy.ts';
import { isExemptIn } from '../units/exemption.ts';
import { cadreKindNames } from '../units/unit.ts';
import type {
  ByGrade,
  CadreFacts,
  Known,
  LinkFact,
  RecordFact,
  Records,
  Tally,
  UnitFacts,
  Vacations,
} from './facts.ts';
import { isDueSoon, type Span, spanBefore, spanOf, tailOf } from './span.ts';
import { type Evidence, noEvidence, type Standing, type Why } from './standing.ts';

/** The measures that come out of a group's presence (measure.ts), not out of these facts. */
const ofPresence: readonly Requirement['measure'][] = [
  'voice',
  'interaction',
  'topic',
  'activity',
  'face-to-face',
];

/**
 * Where a cadre stands on a day with each requirement of the policy that their records, roster, group and links
 * answer; those of presence are `presenceStandings`. Exempt cadres (问答 9) and those whom a requirement does not bind
 * are `not_applicable`.
 */
export function cadreStandings(policy: Policy, facts: CadreFacts, today: Day): readonly Standing[] {
  return cadreRequirements(policy).map((requirement) =>
    standingIn(policy, requirement, facts, spanOf(requirement, policy.semesters, today), today),
  );
}

/** The requirements that {@link cadreStandings} answers, in its order. */
export function cadreRequirements({ requirements }: Policy): readonly Requirement[] {
  return requirements.filter(({ subject, measure }) => subject === 'cadre' && !ofPresence.includes(measure));
}

/** Where a unit stands on a day with each requirement that is the unit's. */
export function unitStandings(policy: Policy, facts: UnitFacts, today: Day): readonly Standing[] {
  return unitRequirements(policy).map((requirement) =>
    unitStandingIn(policy, requirement, facts, spanOf(requirement, policy.semesters, today), today),
  );
}

/** What a cadre missed in the period before, while it is still spoken of. */
export function cadreOverdue(policy: Policy, facts: CadreFacts, today: Day): readonly Standing[] {
  return cadreRequirements(policy).flatMap((requirement) =>
    overdueIn(policy, requirement, today, (span) => standingIn(policy, requirement, facts, span, today)),
  );
}

/** What a unit missed in the period before, while it is still spoken of. */
export function unitOverdue(policy: Policy, facts: UnitFacts, today: Day): readonly Standing[] {
  return unitRequirements(policy).flatMap((requirement) =>
    overdueIn(policy, requirement, today, (span) => unitStandingIn(policy, requirement, facts, span, today)),
  );
}

function unitRequirements(policy: Policy): Requirement[] {
  return policy.requirements.filter(({ subject }) => subject === 'unit');
}

function overdueIn(
  policy: Policy,
  requirement: Requirement,
  today: Day,
  standing: (span: Span) => Standing,
): Standing[] {
  const here = spanOf(requirement, policy.semesters, today);
  const before = here && spanBefore(requirement, policy.semesters, here);
  if (!before || today > before.to + tailOf(requirement)) return [];
  const found = standing(before);
  return found.status === 'missed' ? [found] : [];
}

/** Where a cadre stands with one requirement in one span of it (none for what always holds), seen from a day. */
export function standingIn(
  policy: Policy,
  requirement: Requirement,
  facts: CadreFacts,
  span: Span | undefined,
  today: Day,
): Standing {
  const barred = barring(requirement, facts, today);
  if (barred) return barredStanding(requirement, span, barred);
  return judge(policy, requirement, span, counted(policy, requirement, facts, span, today), facts, today);
}

function unitStandingIn(
  policy: Policy,
  requirement: Requirement,
  facts: UnitFacts,
  span: Span | undefined,
  today: Day,
): Standing {
  const found =
    requirement.measure === 'records'
      ? countRecords(policy, requirement, facts.records, span, today)
      : nothingKept(undefined);
  return judge(policy, requirement, span, found, facts, today);
}

/** Why a requirement is not this cadre's, or cannot be told to be. */
export function barring(requirement: Requirement, facts: CadreFacts, today: Day): Why | undefined {
  const { exempt, kind, organ, manyYouths } = facts;
  if (isExemptIn(exempt, { from: today, to: today })) return 'exempt';
  const { binds } = requirement;
  if (binds.organ && !organ) return 'not_bound';
  if (kind !== undefined && !binds.kinds.includes(kind)) return 'not_bound';
  if (kind === undefined && cadreKindNames.some((one) => !binds.kinds.includes(one))) return 'kind_unknown';
  if (binds.manyYouths !== undefined && manyYouths === undefined) return 'size_unknown';
  return binds.manyYouths !== undefined && binds.manyYouths !== manyYouths ? 'not_bound' : undefined;
}

/** The standing of a requirement that is barred. */
export function barredStanding(requirement: Requirement, span: Span | undefined, why: Why): Standing {
  const status = why === 'kind_unknown' || why === 'size_unknown' ? 'unknown' : 'not_applicable';
  return { requirement, status, why, span, have: 0, need: undefined, evidence: noEvidence };
}

/** What was found for a requirement: how much of how much, and what keeps it from being said. */
interface Found {
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

/** Whom a span is judged for: a cadre, or a unit, which is never exempt. */
type Judged = Pick<UnitFacts, 'since' | 'vacations'> & Partial<Pick<CadreFacts, 'exempt'>>;

/**
 * Why what was not done in a span is not missed: who came, or whose unit changed its profile, in the middle of it had no
 * fair part of it, nor had who was exempt for some of it (问答 9). Undefined where it is.
 */
export function excusedIn(
  { since: began }: Pick<Policy, 'since'>,
  { since, exempt }: Pick<Judged, 'since' | 'exempt'>,
  span: Pick<Span, 'from' | 'to'>,
): Why | undefined {
  if (Math.max(since, began ?? since) > span.from) return 'not_counted';
  return isExemptIn(exempt, span) ? 'exempt' : undefined;
}

function judge(
  policy: Policy,
  requirement: Requirement,
  span: Span | undefined,
  found: Found,
  facts: Judged,
  today: Day,
): Standing {
  const { have, need, evidence, unknown, lacking, unsure } = found;
  const as = (status: Standing['status'], why?: Why): Standing => ({
    requirement,
    status,
    why,
    span,
    have,
    need,
    evidence,
  });
  if (unknown) return as('unknown', unknown);
  if (need === undefined) return as('unknown', 'not_set');
  if (have >= need && lacking === undefined) return as('met');
  if (span === undefined) return as('underway', lacking);
  if (today < span.from) return as('not_applicable', 'not_yet');
  if (requirement.period === 'month' && isInside(span, facts.vacations))
    return as('not_applicable', 'vacation');
  if (today <= span.until) return as(isDueSoon(requirement, span, today) ? 'due_soon' : 'underway', lacking);
  if (requirement.force === 'advice') return as('not_applicable', 'advice');
  const excused = excusedIn(policy, facts, span);
  if (excused) return as('not_applicable', excused);
  return unsure ? as('unknown', unsure) : as('missed', lacking);
}

/** Whether a span lies wholly in one vacation: nobody is there to be visited or met. */
function isInside({ from, to }: Span, vacations: Vacations = []): boolean {
  return vacations.some((vacation) => vacation.from <= from && to <= vacation.to);
}

function counted(
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

function nothingKept(need: number | undefined): Found {
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

function countRecords(
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
