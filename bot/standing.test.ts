/** Counted for many at once or loaded for one: the same standings (standingsOfUnits against what `/进度` does). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Day, dayOf } from '../domain/calendar/day.ts';
import { parseInstant } from '../domain/calendar/instant.ts';
import { noHolidays } from '../domain/calendar/workdays.ts';
import { cadreStandings } from '../domain/standing/evaluate.ts';
import { presenceStandings } from '../domain/standing/presence.ts';
import type { Standing } from '../domain/standing/standing.ts';
import type { Database } from '../prisma/database.ts';
import { groupsLedBy, provedCadres } from '../prisma/store/cadres.ts';
import { policyOfCadre } from '../prisma/store/policies.ts';
import { cadreFacts } from '../prisma/store/standing.ts';
import { describeOnBoth } from '../tests/support/databases.ts';
import { fillWorld, type World, world } from '../tests/support/standing-world.ts';
import { groupProgress, standingsOfUnits } from './standing.ts';

/** What can be compared: which days the evidence is of is not counted for many. */
const told = (standings: readonly Standing[]) =>
  standings.map(({ requirement, evidence: { days: _, ...grades }, ...rest }) => ({
    id: requirement.id,
    ...rest,
    grades,
  }));
const sorted = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).sort();

async function oneByOne(database: Database, unitIds: readonly number[], now: number) {
  const { db } = database;
  const today = dayOf(now);
  const own = [];
  const groups = [];
  const ours = await db.cadre.findMany({ where: { unitId: { in: [...unitIds] } }, select: { id: true } });
  for (const cadre of await provedCadres(db)) {
    if (!ours.some(({ id }) => id === cadre.id)) continue;
    const unit = await policyOfCadre(db, cadre.id);
    const led = await groupsLedBy(db, cadre.personId, today);
    const facts = await cadreFacts(db, cadre, led, today, unit);
    own.push(told(cadreStandings(unit.policy, facts, today)));
    for (const group of led) {
      const { progress } = await groupProgress(db, cadre, group, unit.policy, now);
      groups.push(told(presenceStandings(unit.policy, progress, facts)));
    }
  }
  return { own: sorted(own), groups: sorted(groups) };
}

/** The same worlds each time, so that all of these are met in some. */
const seed = 20261121;
const wanted = [
  'activity',
  'checklist',
  'face-to-face',
  'identity',
  'interaction',
  'link',
  'pairing',
  'records',
  'topic',
  'voice',
];

const nows = [
  '2026-11-18T15:00:00+08:00',
  '2026-12-31T23:40:00+08:00',
  '2027-01-01T00:10:00+08:00',
  '2026-03-01T20:05:00+08:00',
].map((text) => parseInstant(text) ?? 0);

describeOnBoth('the standings of a unit’s cadres', (open) => {
  it('are those that each cadre is shown, whatever there is', { timeout: 240_000 }, async () => {
    const database = await open();
    const met = new Set<string>();
    await fc.assert(
      fc.asyncProperty(world, fc.constantFrom(...nows), async (shape: World, now) => {
        const today: Day = dayOf(now);
        const unitIds = await fillWorld(database, shape, now, today);
        const many = await standingsOfUnits(database.db, unitIds, now, noHolidays);
        const found = {
          own: sorted(many.map(({ own }) => told(own))),
          groups: sorted(many.flatMap(({ groups }) => groups.map(told))),
        };
        expect(found).toEqual(await oneByOne(database, unitIds, now));
        for (const { own, groups } of many)
          for (const { status, requirement } of [...own, ...groups.flat()])
            if (status === 'met') met.add(requirement.measure);
      }),
      { numRuns: 50, seed, endOnFailure: true },
    );
    // The worlds are no empty ones.
    expect([...met].sort()).toEqual(expect.arrayContaining(wanted));
  });
});
