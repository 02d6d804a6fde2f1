/** A deed as evaluation knows it: no words, no people. */
import type { Day } from '../calendar/day.ts';
import type { DeedKind, EvidenceGrade } from './kinds.ts';

/** One deed of a cadre. A withdrawn record is none. */
export interface DeedFact {
  readonly cadreId: number;
  readonly kind: DeedKind;
  readonly day: Day;
  readonly grade: EvidenceGrade;
  /** How many took part, where that is known. */
  readonly participants: number | undefined;
  /** With the linked league branch, or with the linked club (1+1+1), as they were when it was recorded. */
  readonly withBranch: boolean;
  readonly withClub: boolean;
}
