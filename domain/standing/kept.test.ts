/** What is recorded at all: of kinds that nobody keeps nothing can be said, met or not. */
import { expect, it } from 'vitest';
import { dayFrom } from '../calendar/day.ts';
import { xinjiang } from '../policy/profiles/xinjiang.ts';
import type { RecordKind } from '../policy/records.ts';
import { cadreOverdue, cadreStandings } from './evaluate.ts';
import type { CadreFacts } from './facts.ts';

const start = dayFrom(2026, 1, 1);
const lecture = { kind: 'league_lecture', day: start + 9, grade: 'stated', participants: undefined } as const;
const facts = (kept: readonly RecordKind[] | undefined, since = start): CadreFacts => ({
  kind: 'full_time',
  organ: false,
  manyYouths: true,
  exempt: undefined,
  since: start,
  records: { since, all: [lecture, lecture], ...(kept ? { kept: new Set(kept) } : {}) },
  roster: undefined,
  group: undefined,
  identityOn: undefined,
  links: undefined,
  paired: undefined,
  steps: undefined,
});
const of = (id: string, known: CadreFacts, day = start + 40) =>
  cadreStandings(xinjiang, known, day).find(({ requirement }) => requirement.id === id);

it('is unknown where none of its kinds is kept, whatever stands there', () => {
  expect(of('lecture', facts([]))).toMatchObject({ status: 'unknown', why: 'not_kept', have: 0, need: 2 });
  expect(of('lecture', facts(['visit']))).toMatchObject({ status: 'unknown', why: 'not_kept' });
  expect(of('lecture', facts(['league_lecture']))).toMatchObject({ status: 'met', have: 2 });
  expect(of('lecture', facts(undefined))).toMatchObject({ status: 'met', have: 2 });
  expect(of('lecture', { ...facts(undefined), records: undefined })).toMatchObject({ why: 'not_kept' });
});

it('is not called missed where only some of its kinds are kept, or only some of its time', () => {
  const missed = (known: CadreFacts) =>
    cadreOverdue(xinjiang, known, dayFrom(2026, 4, 9)).some(
      ({ requirement }) => requirement.id === 'five-ones',
    );
  expect(missed(facts(undefined))).toBe(true);
  expect(missed(facts(['league_lecture', 'good_deed']))).toBe(false);
  expect(missed(facts(undefined, start + 1))).toBe(false);
});
