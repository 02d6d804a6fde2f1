/** A deed as evaluation knows it: no words, no people. */
import type { Day } from '../calendar/day.ts';
import type { DeedKind, EvidenceGrade } from './kinds.ts';

/** One deed of a cadre. Withdrawn and repeated records are none. */
export interface DeedFact {
  readonly cadreId: number;
  readonly kind: DeedKind;
  readonly day: Day;
  readonly grade: EvidenceGrade;
  /** How many took part, where that is known. */
  readonly participants: number | undefined;
}
