/** From when until when a cadre is exempt (团中央 问答 9), as it is kept: `maternity/2026-03-01/2026-08-31`. */
import { type Day, formatDay, parseDay } from '../calendar/day.ts';
import { asExemption, type Exemption } from './unit.ts';

/** Both days included; without `until` it goes on. */
export interface ExemptTerm {
  readonly reason: Exemption;
  readonly from: Day;
  readonly until: Day | undefined;
}

/** The term that a stored text names, if it is one. A reason alone is from ever and for good. */
export function readExemption(stored: string | null): ExemptTerm | undefined {
  const [reason = '', from = '', until = ''] = (stored ?? '').split('/');
  const known = asExemption(reason);
  return known && { reason: known, from: parseDay(from) ?? Number.NEGATIVE_INFINITY, until: parseDay(until) };
}

/** A term as it is stored. */
export function writeExemption({ reason, from, until }: ExemptTerm): string {
  return [
    reason,
    Number.isFinite(from) ? formatDay(from) : '',
    until === undefined ? '' : formatDay(until),
  ].join('/');
}

/**
 * What is left of a term that ends today: it stays known until yesterday, since what fell into it is not asked for
 * afterwards. Undefined where nothing of it is over.
 */
export function endedExemption(term: ExemptTerm, today: Day): ExemptTerm | undefined {
  return term.from < today ? { ...term, until: Math.min(term.until ?? today - 1, today - 1) } : undefined;
}

/** Whether any day of a stretch of days, both ends included, lies in a term. */
export function isExemptIn(
  term: Pick<ExemptTerm, 'from' | 'until'> | undefined,
  { from, to }: { readonly from: Day; readonly to: Day },
): boolean {
  return term !== undefined && term.from <= to && (term.until === undefined || from <= term.until);
}
