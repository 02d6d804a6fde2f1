/**
 * Which of the ten first steps (团中央 参考路径“十个一”) a cadre has taken: what their records show by themselves, else what
 * they say. A record that only may be one is shown beside the step, and counts for nothing until they say so.
 */
import type { Day } from '../calendar/day.ts';
import type { DeedKind, EvidenceGrade } from '../deeds/kinds.ts';
import { type FirstStep, firstSteps } from '../policy/first-steps.ts';
import type { ByGrade } from './facts.ts';

/** A record of the cadre's that may show a step. */
export interface StepRecord {
  readonly number: number;
  readonly kind: DeedKind;
  readonly day: Day;
  readonly grade: EvidenceGrade;
  /** With whom and what, in the cadre's own words. */
  readonly words: string;
}

/** What is known of a cadre that concerns the ten steps. */
export interface StepFacts {
  /** Of {@link stepKinds}, the oldest first. */
  readonly records: readonly StepRecord[];
  /** When the first group was bound. */
  readonly boundOn: Day | undefined;
  readonly identityOn: Day | undefined;
  /** The league branch and the club linked with them, where there are any. */
  readonly linked: readonly string[];
  /** Steps that they say they have taken, with the day on which they said it. */
  readonly ticked: ReadonlyMap<number, Day>;
}

/** How it is known that a step was taken. */
export type StepProof =
  | { readonly by: 'record'; readonly record: StepRecord }
  /** The bot is in a group of theirs. */
  | { readonly by: 'group'; readonly day: Day }
  | { readonly by: 'word'; readonly day: Day };

/** What speaks for a step and does not show it. */
export type StepHint =
  | { readonly of: 'record'; readonly record: StepRecord }
  | { readonly of: 'identity'; readonly day: Day }
  | { readonly of: 'link'; readonly names: readonly string[] };

export interface StepStanding extends FirstStep {
  /** Undefined: not taken, as far as is known. */
  readonly proof: StepProof | undefined;
  /** Of a step that is not taken. */
  readonly hint: StepHint | undefined;
}

/** The kinds of deed that can have to do with a step. */
export const stepKinds: readonly DeedKind[] = [
  'exchange',
  'good_deed',
  'culture_sport',
  'join_organisation',
  'volunteering',
  'visit',
  'sharing',
  'grassroots_day',
  'grassroots_posting',
  'preaching',
];

const volunteers = /志愿|义工|公益|慈善/u;
const interests = /兴趣|爱好|俱乐部|读书会|书友会|跑团|球队|合唱团/u;
const campaign = /走转改|走进青年、转变作风/u;
const almaMater = /母校/u;
// 企业管理班 is a class, 公司法 a book.
const company = /企业(?!管理|文化)|公司(?!法)|工厂|车间|厂区/u;

/** The step that a record shows; it shows one at most. A word like “公司” says who they were with, no more. */
function shownBy({ kind, words }: StepRecord): number | undefined {
  if (kind === 'grassroots_day' || kind === 'grassroots_posting' || campaign.test(words)) return 8;
  if (kind === 'join_organisation') return volunteers.test(words) ? 5 : interests.test(words) ? 4 : undefined;
  return kind === 'visit' ? 9 : undefined;
}

/** Whether a record may be of a step that it does not show. */
function hintsAt(step: number, record: StepRecord): boolean {
  const { kind, words } = record;
  const unclear = kind === 'join_organisation' && shownBy(record) === undefined;
  switch (step) {
    case 4:
      return unclear;
    case 5:
      return unclear || kind === 'volunteering';
    case 6:
      return almaMater.test(words);
    case 7:
      return company.test(words);
    default:
      return false;
  }
}

/**
 * The ten steps as they stand. `grades`: which records count, by how they are shown to have happened; the others are no
 * more than a hint. Whatever shows a step comes before the cadre's word.
 */
export function stepStandings(facts: StepFacts, grades: readonly EvidenceGrade[]): readonly StepStanding[] {
  return firstSteps.map((step): StepStanding => {
    const proof = proofOf(step.number, facts, grades);
    return { ...step, proof, hint: proof ? undefined : hintFor(step.number, facts) };
  });
}

function proofOf(
  step: number,
  { records, boundOn, ticked }: StepFacts,
  grades: readonly EvidenceGrade[],
): StepProof | undefined {
  const record = records.find((one) => shownBy(one) === step && grades.includes(one.grade));
  if (record) return { by: 'record', record };
  if (step === 10 && boundOn !== undefined) return { by: 'group', day: boundOn };
  const day = ticked.get(step);
  return day === undefined ? undefined : { by: 'word', day };
}

function hintFor(step: number, { records, identityOn, linked }: StepFacts): StepHint | undefined {
  // The newest is the one they remember.
  const record = records.findLast((one) => shownBy(one) === step || hintsAt(step, one));
  if (record) return { of: 'record', record };
  if (step === 3 && identityOn !== undefined) return { of: 'identity', day: identityOn };
  return step === 6 && linked.length > 0 ? { of: 'link', names: linked } : undefined;
}

/** How many steps were taken, by how that is known: the platform tells of a group, the cadre's word is a word. */
export function countSteps(standings: readonly StepStanding[]): ByGrade {
  const count = { verified: 0, documented: 0, stated: 0 };
  for (const { proof } of standings) if (proof) count[gradeOf(proof)]++;
  return count;
}

function gradeOf(proof: StepProof): EvidenceGrade {
  if (proof.by === 'record') return proof.record.grade;
  return proof.by === 'group' ? 'verified' : 'stated';
}
