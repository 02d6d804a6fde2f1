/** A row of what the documents ask for. */

export interface SchemeRow {
  readonly table: 'cadre' | 'unit' | 'roster' | 'system' | 'prohibition';
  readonly id: string;
  readonly what: string;
  /** As the documents have them, in words; empty where they have none. */
  readonly period: string;
  readonly threshold: string;
  readonly whom: string;
  /** The clauses that it stands in. */
  readonly clauses: readonly string[];
}
