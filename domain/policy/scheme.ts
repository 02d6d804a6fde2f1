/**
 * What the documents ask for, row by row: of a cadre, of a unit, of a roster, of a management system, and what they
 * forbid. The profiles are made of it, and a test walks every row to what serves it (coverage.test.ts).
 */
import { cadreRows } from './scheme/cadre.ts';
import { prohibitionsRows } from './scheme/prohibitions.ts';
import { rosterRows } from './scheme/roster.ts';
import type { SchemeRow } from './scheme/row.ts';
import { systemRows } from './scheme/system.ts';
import { unitRows } from './scheme/unit.ts';

export type { SchemeRow };

export const schemeRows: readonly SchemeRow[] = [
  ...cadreRows,
  ...unitRows,
  ...rosterRows,
  ...prohibitionsRows,
  ...systemRows,
];
