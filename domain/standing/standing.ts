/** Where one requirement stands on a day, with what it rests on. */
import type { Day } from '../calendar/day.ts';
import type { EvidenceGrade } from '../deeds/kinds.ts';
import type { Requirement } from '../policy/policy.ts';
import type { Span } from './span.ts';

/**
 * `met` done; `underway` there is time; `due_soon` it presses; `missed` over and not done (binding ones only);
 * `unknown` not known well enough to say; `not_applicable` not this cadre's, or not counted.
 */
export type Status = 'met' | 'underway' | 'due_soon' | 'missed' | 'unknown' | 'not_applicable';

/** Why something is unknown or not applicable, or what is lacking beside the number. */
export type Why =
  | 'not_bound'
  | 'exempt'
  | 'kind_unknown'
  | 'size_unknown'
  | 'not_kept'
  | 'not_linked'
  | 'not_set'
  | 'participants_unknown'
  | 'gap'
  | 'not_counted'
  | 'not_yet'
  | 'vacation'
  | 'advice'
  | 'not_owner'
  | 'owner_unknown';

/** How many records there are of each grade, whichever of them count, and on which days. */
export interface Evidence extends Readonly<Record<EvidenceGrade, number>> {
  readonly days: readonly Day[];
}

export interface Standing {
  readonly requirement: Requirement;
  readonly status: Status;
  readonly why: Why | undefined;
  /** Undefined for what always holds. */
  readonly span: Span | undefined;
  readonly have: number;
  /** Undefined while the unit has not set it. */
  readonly need: number | undefined;
  readonly evidence: Evidence;
}

export const noEvidence: Evidence = { verified: 0, documented: 0, stated: 0, days: [] };

/** How much is still to be done. */
export function leftOf({ status, have, need = 0 }: Standing): number {
  return status === 'met' ? 0 : Math.max(0, need - have);
}
