/** Kept digests say of every requirement what the records themselves say, whatever changes, and whoever changes it meanwhile. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayFrom, startOfDay } from '../../domain/calendar/day.ts';
import { type DeedKind, deedKindNames, evidenceGrades } from '../../domain/deeds/kinds.ts';
import { meizhou } from '../../domain/policy/profiles/meizhou.ts';
import { xinjiang } from '../../domain/policy/profiles/xinjiang.ts';
import { cadreStandings } from '../../domain/standing/evaluate.ts';
import type { Standing } from '../../domain/standing/standing.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import type { Database, Tx } from '../database.ts';
import { countCadres } from './cadre-counts.ts';
import { addPhoto, confirmDeed, unconfirm } from './deed-evidence.ts';
import { addDeed, changeDeed, withdrawDeed } from './deeds.ts';
import { mergePeople } from './merging.ts';
import { eraseOwn } from './own-data.ts';
import { cadreFacts } from './standing.ts';

const today = dayFrom(2026, 11, 18);
const now = startOfDay(today) + 36_000_000;
const policies = [xinjiang, meizhou];
const [cadres, youths] = [2, 4];

interface DeedWorld {
  readonly unitId: number;
  readonly accountId: number;
  readonly cadres: readonly number[];
  readonly youths: readonly number[];
}

async function deedWorld({ db }: Database): Promise<DeedWorld> {
  const unit = await db.unit.create({ data: { name: `u${Math.random()}` } });
  const account = await db.account.create({ data: { platform: 'test', name: unit.name } });
  const person = async () => (await db.person.create({ data: { accountId: account.id } })).id;
  const made: { readonly cadres: number[]; readonly youths: number[] } = { cadres: [], youths: [] };
  for (let n = 0; n < youths; n++) made.youths.push(await person());
  for (let n = 0; n < cadres; n++) {
    const data = { name: `c${n}`, unitId: unit.id, personId: await person(), createdAt: new Date(0) };
    made.cadres.push((await db.cadre.create({ data: { ...data, branch: n === 0 ? 'b' : '' } })).id);
  }
  return { unitId: unit.id, accountId: account.id, ...made };
}

const change = fc.record({
  what: fc.constantFrom(
    ...(['recorded', 'recorded', 'corrected', 'withdrawn', 'restored', 'pictured', 'confirmed'] as const),
    ...(['unconfirmed', 'erased', 'merged', 'moved', 'deleted', 'sized', 'linked', 'regraded'] as const),
  ),
  cadre: fc.nat({ max: cadres - 1 }),
  deed: fc.nat({ max: 9 }),
  youth: fc.nat({ max: youths - 1 }),
  kind: fc.constantFrom<DeedKind>('heart_talk', 'league_lecture', 'visit', ...deedKindNames),
  ago: fc.oneof(fc.nat({ max: 40 }), fc.integer({ min: -9, max: 900 })),
  grade: fc.constantFrom(...evidenceGrades),
  participants: fc.option(fc.constantFrom(0, 5, 30, 2_000_000_000), { nil: null }),
  way: fc.boolean(),
});
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

let files = 0;

/** Makes a change in one of the ways of the program, or behind its back. */
async function apply(tx: Tx, world: DeedWorld, one: Change): Promise<void> {
  const { what, kind, ago, participants, way } = one;
  const cadreId = world.cadres[one.cadre] ?? 0;
  const personId = world.youths[one.youth] ?? 0;
  const words = {
    kind,
    day: today - ago,
    at: undefined,
    partner: '',
    topic: '',
    participants: participants ?? undefined,
    messages: false,
    withBranch: way,
    withClub: !way,
  };
  if (what === 'recorded') {
    await addDeed(tx, cadreId, words, now);
    return;
  }
  if (!(await tx.person.findUnique({ where: { id: personId } }))) return;
  if (what === 'erased')
    return void (await eraseOwn(tx, personId, {
      now,
      random: () => new Uint8Array(16),
      respondentOf: () => '',
    }));
  if (what === 'merged') {
    if (one.youth > 0) await mergePeople(tx, personId, world.youths[0] ?? 0);
    return;
  }
  const deeds = await tx.deed.findMany({ where: { cadreId }, orderBy: { id: 'asc' } });
  const deed = deeds[one.deed % Math.max(1, deeds.length)];
  if (!deed) return;
  const set = (data: object) => tx.deed.update({ where: { id: deed.id }, data });
  switch (what) {
    case 'corrected':
      return changeDeed(tx, deed.id, words);
    case 'withdrawn':
      return withdrawDeed(tx, deed.id, now);
    case 'restored':
      return void (await set({ withdrawnAt: null }));
    case 'pictured':
      return void (await addPhoto(tx, deed.id, `f${++files}`, now, 9));
    case 'confirmed':
      return void (await confirmDeed(tx, deed.id, personId, now, false));
    case 'unconfirmed':
      return unconfirm(tx, deed.id, personId);
    case 'moved':
      return void (await set({ cadreId: world.cadres[1 - one.cadre] ?? 0, number: 1_000 + deed.id }));
    case 'deleted':
      await tx.deedPhoto.deleteMany({ where: { deedId: deed.id } });
      await tx.deedConfirmation.deleteMany({ where: { deedId: deed.id } });
      return void (await tx.deed.delete({ where: { id: deed.id } }));
    case 'sized':
      return void (await set({ participants }));
    case 'linked':
      return void (await set({ withBranch: way, withClub: one.youth > 1 }));
    case 'regraded':
      return void (await set({ grade: one.grade }));
  }
}

/** Which days the evidence is of is not counted for many. */
const told = (standings: readonly Standing[]) =>
  standings.map(({ requirement, evidence: { days: _, ...grades }, ...rest }) => ({
    id: requirement.id,
    ...rest,
    grades,
  }));

async function counted({ db }: Database, { unitId }: DeedWorld, policy = xinjiang) {
  const unit = { policy, vacations: [] };
  return countCadres(db, [unitId], unit, now, ({ facts }) => told(cadreStandings(policy, facts, today)));
}

async function byHand({ db }: Database, world: DeedWorld, policy = xinjiang) {
  const found = [];
  for (const id of world.cadres) {
    const { personId } = await db.cadre.findUniqueOrThrow({ where: { id } });
    const cadre = { id, personId: personId ?? 0, name: '', unit: '' };
    const facts = await cadreFacts(db, cadre, [], today, { policy, vacations: [] });
    found.push(told(cadreStandings(policy, facts, today)));
  }
  return found;
}

describeOnBoth('the digests of records', (open) => {
  it('say what the records say after any change', { timeout: 240_000 }, async () => {
    const database = await open();
    const met = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 20, maxLength: 60 }), async (changes) => {
        const world = await deedWorld(database);
        for (const [n, one] of changes.entries()) {
          await database.transaction((tx) => apply(tx, world, one));
          // Not after each: several changes must not undo one another either.
          if (n % 3 !== 0 && one.way) continue;
          const policy = policies[n % policies.length] ?? xinjiang;
          const found = await counted(database, world, policy);
          expect(found).toEqual(await byHand(database, world, policy));
          for (const { id, status } of found.flat()) if (status === 'met') met.add(id);
        }
      }),
      { numRuns: 15, seed: 20261122, endOnFailure: true },
    );
    expect([...met]).toEqual(expect.arrayContaining(['lecture', 'link-branch', 'link-club']));
  });

  it('are read where nothing has changed, and made anew where something has', async () => {
    const database = await open();
    const world = await deedWorld(database);
    const lecture = async () => {
      const all = await counted(database, world);
      return all.map((one) => one.find(({ id }) => id === 'lecture')?.have);
    };
    const record: Change = {
      ...{ what: 'recorded', cadre: 0, deed: 0, youth: 0, kind: 'league_lecture', ago: 3, grade: 'stated' },
      ...{ participants: null, way: true },
    };
    await database.transaction((tx) => apply(tx, world, record));
    expect(await lecture()).toEqual([1, 0]);
    await database.db.deedDigest.updateMany({ data: { deeds: '' } });
    expect(await lecture()).toEqual([0, 0]);
    await database.transaction((tx) => apply(tx, world, { ...record, cadre: 1 }));
    expect(await lecture()).toEqual([0, 1]);
    await database.db.deedDigest.updateMany({ data: { coding: 'of another program' } });
    expect(await lecture()).toEqual([1, 1]);
  });

  it('are not kept beside what another transaction is changing', { timeout: 240_000 }, async () => {
    const database = await open();
    const world = await deedWorld(database);
    const quarrels = fc.sample(fc.array(change, { minLength: 8, maxLength: 8 }), { numRuns: 30, seed: 7 });
    for (const changes of quarrels) {
      await Promise.allSettled([
        ...changes.slice(0, 4).map((one) => database.transaction((tx) => apply(tx, world, one))),
        counted(database, world),
        ...changes.slice(4).map((one) => database.transaction((tx) => apply(tx, world, one))),
        counted(database, world),
      ]);
      expect(await counted(database, world)).toEqual(await byHand(database, world));
    }
  });

  it('are read in a transaction as outside, batch by batch', async () => {
    const database = await open();
    const world = await deedWorld(database);
    const changes = fc.sample(change, { numRuns: 40, seed: 3 });
    for (const one of changes) await database.transaction((tx) => apply(tx, world, one));
    const unit = { policy: xinjiang, vacations: [] };
    const inside = await database.transaction((tx) =>
      countCadres(
        tx,
        [world.unitId],
        unit,
        now,
        ({ facts }) => told(cadreStandings(xinjiang, facts, today)),
        1,
      ),
    );
    expect(inside).toEqual(await byHand(database, world));
  });
});
