/** One judge for many says of each what judging them alone says, however often it has judged. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayFrom } from '../calendar/day.ts';
import { deedKindNames, evidenceGrades } from '../deeds/kinds.ts';
import { chuzhou } from '../policy/profiles/chuzhou.ts';
import { gqt } from '../policy/profiles/gqt.ts';
import { meizhou } from '../policy/profiles/meizhou.ts';
import { xinjiang } from '../policy/profiles/xinjiang.ts';
import { cadreKindNames } from '../units/unit.ts';
import { cadreStandings } from './evaluate.ts';
import type { CadreFacts, Tally } from './facts.ts';
import { judgeOf } from './many.ts';
import { figureStandings, type GroupFigures } from './presence.ts';

const policies = [xinjiang, gqt, chuzhou, meizhou];
const today = dayFrom(2026, 12, 20);
const few = fc.nat({ max: 3 });
const day = fc.constantFrom(today, today - 20, today - 400);
const byGrade = fc.record({ verified: few, documented: few, stated: few });
const tally: fc.Arbitrary<Tally> = fc.record({ all: byGrade, large: byGrade, unsized: byGrade });
const known = fc.option(
  fc.record({ count: fc.constantFrom(0, 40, 100), grade: fc.constantFrom(...evidenceGrades) }),
  { nil: undefined },
);
const kept = new Set(deedKindNames);
const vacations = [[], [{ from: dayFrom(2026, 12, 1), to: dayFrom(2026, 12, 31) }]];
/** Few, so that different cadres share them as equal objects do. */
const tallies = fc.sample(tally, { numRuns: 6, seed: 5 });

const facts = fc
  .record({
    kind: fc.option(fc.constantFrom(...cadreKindNames), { nil: undefined }),
    organ: fc.boolean(),
    manyYouths: fc.constantFrom(undefined, true, false),
    exempt: fc.constantFrom(
      undefined,
      { reason: 'maternity' as const, from: Number.NEGATIVE_INFINITY, until: undefined },
      { reason: 'maternity' as const, from: today - 9, until: today - 1 },
    ),
    since: day,
    recordsSince: fc.option(day, { nil: undefined }),
    everyKind: fc.boolean(),
    single: fc.array(
      fc.record({
        kind: fc.constantFrom(...deedKindNames),
        day,
        grade: fc.constantFrom(...evidenceGrades),
        participants: fc.option(few, { nil: undefined }),
      }),
      { maxLength: 2 },
    ),
    roster: known,
    group: fc.option(
      fc.record({
        count: fc.constantFrom(0, 40, 100),
        grade: fc.constantFrom(...evidenceGrades),
        owner: fc.constantFrom(undefined, true, false),
      }),
      { nil: undefined },
    ),
    identityOn: fc.option(day, { nil: undefined }),
    links: fc.constantFrom(
      undefined,
      {},
      { branch: [] },
      { branch: [], club: [{ day: today, grade: 'stated' as const }] },
    ),
    paired: known,
    steps: fc.option(byGrade, { nil: undefined }),
    vacations: fc.constantFrom(...vacations),
    counted: fc.boolean(),
    which: fc.array(fc.nat({ max: tallies.length - 1 }), { minLength: 30, maxLength: 30 }),
  })
  .map(({ recordsSince, everyKind, single, counted, which, ...rest }) => ({
    recordsSince,
    everyKind,
    single,
    counted,
    which,
    rest,
  }));

const figures: fc.Arbitrary<GroupFigures> = fc.record({
  voice: fc.boolean(),
  exchange: fc.nat({ max: 12 }),
  topics: fc.array(
    fc.record({ at: few, took: fc.record({ clear: fc.nat({ max: 9 }), inferred: fc.nat({ max: 9 }) }) }),
    { maxLength: 2 },
  ),
  held: few,
  met: fc.nat({ max: 99 }),
  roster: fc.constantFrom(0, 60, 99),
});

it('judges each of many as it judges one', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...policies),
      fc.array(fc.tuple(facts, figures), { minLength: 1, maxLength: 20 }),
      (policy, cadres) => {
        const judge = judgeOf(policy, today);
        for (const [{ recordsSince, everyKind, single, counted, which, rest }, group] of cadres) {
          const one: CadreFacts = {
            ...rest,
            records:
              recordsSince === undefined
                ? undefined
                : { since: recordsSince, all: counted ? [] : single, ...(everyKind ? {} : { kept }) },
            ...(counted
              ? {
                  tallies: new Map(
                    policy.requirements.map(({ id }, n) => [id, tallies[which[n % 30] ?? 0] as Tally]),
                  ),
                }
              : {}),
          };
          expect(judge.cadre(one)).toEqual(cadreStandings(policy, one, today));
          expect(judge.group(group, one)).toEqual(figureStandings(policy, group, one, today));
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('gives equal cadres the same standings', () => {
  const [one = tallies[0]] = tallies;
  const cadre: CadreFacts = {
    ...{ kind: 'full_time', organ: false, manyYouths: undefined, exempt: undefined, since: today - 400 },
    ...{ roster: { count: 99, grade: 'verified' }, group: undefined, identityOn: undefined, links: {} },
    ...{ records: { since: today - 400, kept, all: [] }, paired: undefined, steps: undefined, vacations: [] },
    tallies: new Map(xinjiang.requirements.map(({ id }) => [id, one as Tally])),
  };
  const judge = judgeOf(xinjiang, today);
  const [first, second] = [judge.cadre(cadre), judge.cadre({ ...cadre })];
  expect(first.length).toBeGreaterThan(10);
  for (const [n, standing] of first.entries()) expect(second[n]).toBe(standing);
});
