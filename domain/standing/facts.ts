/** What is known of a cadre or a unit beyond presence: records, roster, group, links. What is not kept is undefined. */
import type { Day } from '../calendar/day.ts';
import type { DeedFact } from '../deeds/fact.ts';
import type { EvidenceGrade } from '../deeds/kinds.ts';
import type { CadreKind } from '../policy/policy.ts';
import type { RecordKind } from '../policy/records.ts';

/** Something done, as it is counted: a deed, a paper handed in, an act of the unit. No words, no people. */
export interface RecordFact extends Pick<DeedFact, 'day' | 'grade' | 'participants'> {
  readonly kind: RecordKind;
}

/** Records, and since when they are kept: before that nothing can be said. */
export interface Records {
  readonly since: Day;
  readonly all: readonly RecordFact[];
}

/** A number with how it is known: as the platform reports it, or as the cadre says. */
export interface Known {
  readonly count: number;
  readonly grade: EvidenceGrade;
}

/** Why a cadre is exempt (问答 9), once their unit's leader has approved. */
export const exemptions = {
  ground_staff: '内部工勤岗位人员',
  maternity: '休产假人员',
  seconded_out: '在外借调或挂职半年以上',
  long_sick: '因长期病休等原因不适宜开展工作',
} as const;

export interface CadreFacts {
  /** Undefined while nobody has said it. */
  readonly kind: CadreKind | undefined;
  /** 机关干部: of a leading organ of the League. */
  readonly organ: boolean;
  /** Their unit has many youths (团中央 §二); undefined while nobody has said it. */
  readonly manyYouths: boolean | undefined;
  readonly exempt:
    | { readonly reason: keyof typeof exemptions; readonly from: Day; readonly until: Day | undefined }
    | undefined;
  /** The first day that counts for this cadre. */
  readonly since: Day;
  readonly records: Records | undefined;
  readonly roster: Known | undefined;
  /** The largest group that they own: its youths. `owner` undefined: the platform does not say. */
  readonly group: (Known & { readonly owner: boolean | undefined }) | undefined;
  /** When they last showed who they are under their present name; undefined: not yet. */
  readonly identityOn: Day | undefined;
  /** Days of contact with the linked branch and club; undefined: no link is recorded. */
  readonly links: { readonly branch?: readonly Day[]; readonly club?: readonly Day[] } | undefined;
  readonly paired: Known | undefined;
  /** Steps of the checklist that are ticked off. */
  readonly steps: number | undefined;
}

export interface UnitFacts {
  readonly since: Day;
  readonly records: Records | undefined;
}
