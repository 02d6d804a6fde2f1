/** What the documents forbid; it binds the software too. */
import type { SchemeRow } from './row.ts';

export const prohibitionsRows: readonly SchemeRow[] = [
  {
    table: 'prohibition',
    id: 'no-fabrication',
    what: 'never only the figures without the work: a record is worth what its evidence shows',
    period: '',
    threshold: '',
    whom: '',
    clauses: ['chuzhou/7.3'],
  },
  {
    table: 'prohibition',
    id: 'no-forcing',
    what: 'no youth is made to take part: everything a youth does is voluntary, and nobody is shamed for silence',
    period: '',
    threshold: '',
    whom: '',
    clauses: ['chuzhou/7.3'],
  },
  {
    table: 'prohibition',
    id: 'no-piling-on',
    what: 'numbers and frequencies are not raised from level to level',
    period: '',
    threshold: '',
    whom: '',
    clauses: ['chuzhou/7.4'],
  },
  {
    table: 'prohibition',
    id: 'quality-over-quantity',
    what: 'no blind chase of numbers',
    period: '',
    threshold: '',
    whom: '',
    clauses: ['gqt-qa/50', 'gqt-qa/59'],
  },
  {
    table: 'prohibition',
    id: 'lawful-help',
    what: 'help is lawful and within means; what cannot be solved is explained',
    period: '',
    threshold: '',
    whom: '',
    clauses: ['gqt-qa/61', 'gqt-qa/64'],
  },
];
