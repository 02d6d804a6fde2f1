/** Kept counts are those that counting anew gives, whatever changes, and whoever changes it meanwhile. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  apply,
  type Change,
  type CountWorld,
  change,
  countedByHand,
  countWorld,
  thisYear,
} from '../../tests/support/count-world.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import type { Database } from '../database.ts';
import { groupCounts } from './group-counts.ts';
import { groupsLed, type Led } from './groups-led.ts';

/** Who leads the groups on the year's last day. */
function led({ db }: Database, world: CountWorld): Promise<readonly Led[]> {
  return groupsLed(db, world.cadres, thisYear.to, thisYear);
}

async function counted(database: Database, world: CountWorld) {
  const groups = await led(database, world);
  const found = await groupCounts(database.db, groups, thisYear);
  return inOrder(groups).map(({ id }) => found.get(id));
}

function inOrder(groups: readonly Led[]): readonly Led[] {
  return [...groups].sort((a, b) => a.id - b.id);
}

async function byHand(database: Database, world: CountWorld) {
  const all = [];
  for (const group of inOrder(await led(database, world))) all.push(await countedByHand(database, group));
  return all;
}

describeOnBoth('the counts of groups', (open) => {
  it('are right after any change, counted anew or kept', { timeout: 240_000 }, async () => {
    const database = await open();
    let most = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 10, maxLength: 40 }), async (changes) => {
        const world = await countWorld(database);
        for (const one of changes) {
          await database.transaction((tx) => apply(tx, world, one));
          // Not after each: several changes must not undo one another either.
          if (one.what !== 'counted' && !one.way) continue;
          const found = await counted(database, world);
          expect(found).toEqual(await byHand(database, world));
          most = Math.max(most, ...found.map((one) => one?.met ?? 0));
        }
      }),
      { numRuns: 25, seed: 20261121, endOnFailure: true },
    );
    expect(most).toBeGreaterThan(2);
  });

  it('are read where nothing has changed, and counted anew where something has', async () => {
    const database = await open();
    const world = await countWorld(database);
    const before = await counted(database, world);
    await database.db.groupCount.updateMany({ data: { roster: 99 } });
    expect((await counted(database, world)).map((one) => one?.roster)).toEqual([99, 99, 99]);
    const left: Change = { what: 'left', at: 1, who: 7, way: true };
    await database.transaction((tx) => apply(tx, world, left));
    expect((await counted(database, world)).map((one) => one?.roster)).toEqual([99, 6, 99]);
    await database.db.groupCount.deleteMany();
    expect((await counted(database, world)).map((one) => one?.roster)).toEqual([7, 6, 7]);
    expect(before.map((one) => one?.roster)).toEqual([7, 7, 7]);
  });

  it('are no longer good after each change of a row that they rest on', async () => {
    const database = await open();
    const world = await countWorld(database);
    const { db } = database;
    const [groupId = 0, cadreId = 0] = [world.groups[0], world.cadres[0]];
    const [activityId = 0, deedId = 0, personId = 0] = [world.activities[0], world.deeds[0], world.people[7]];
    const fresh = await db.person.create({ data: { accountId: world.accountId } });
    const [mine, theirs] = [
      { groupId, personId: fresh.id },
      { deedId, personId: fresh.id },
    ];
    const checkIn = { activityId, personId: fresh.id };
    const binding = { cadreId, personId, at: new Date(0), eventKey: 'x' };
    const changes: (() => Promise<unknown>)[] = [
      () => db.member.create({ data: mine }),
      () => db.member.updateMany({ where: mine, data: { leftAt: new Date(0) } }),
      () => db.person.update({ where: { id: fresh.id }, data: { bot: true } }),
      () => db.member.deleteMany({ where: mine }),
      () => db.checkIn.create({ data: { ...checkIn, at: new Date(0) } }),
      () => db.checkIn.updateMany({ where: checkIn, data: { at: new Date(1) } }),
      () => db.checkIn.updateMany({ where: checkIn, data: { personId } }),
      () => db.checkIn.deleteMany({ where: { activityId, personId } }),
      () => db.activity.update({ where: { id: activityId }, data: { note: '好' } }),
      () => db.deedConfirmation.create({ data: { ...theirs, at: new Date(0) } }),
      () => db.deedConfirmation.updateMany({ where: theirs, data: { personId } }),
      () => db.deedConfirmation.deleteMany({ where: { deedId, personId } }),
      () => db.deed.update({ where: { id: deedId }, data: { kind: 'visit' } }),
      () => db.binding.create({ data: { ...binding, groupId } }),
      () =>
        db.binding.updateMany({ where: { groupId, eventKey: 'x' }, data: { cadreId: world.cadres[1] ?? 0 } }),
      () => db.binding.updateMany({ where: { groupId, eventKey: 'x' }, data: { personId: fresh.id } }),
      () => db.binding.updateMany({ where: { groupId, eventKey: 'x' }, data: { at: new Date(1) } }),
      () => db.binding.updateMany({ where: { groupId, eventKey: 'x' }, data: { eventKey: 'y' } }),
      () => db.binding.deleteMany({ where: { groupId, eventKey: 'y' } }),
      () => db.cadre.update({ where: { id: cadreId }, data: { personId: fresh.id } }),
    ];
    const revisions = async () =>
      (await db.group.findMany({ orderBy: { id: 'asc' } })).map(({ revision }) => revision);
    await db.checkIn.deleteMany({ where: { activityId, personId } });
    await db.deedConfirmation.deleteMany({ where: { deedId, personId } });
    for (const [n, make] of changes.entries()) {
      const [before = 0, ...others] = await revisions();
      await make();
      const [after = 0, ...same] = await revisions();
      expect(after, `change ${n}`).toBeGreaterThan(before);
      expect(same, `change ${n}`).toEqual(others);
    }
  });

  it('are not kept beside what another transaction is changing', { timeout: 240_000 }, async () => {
    const database = await open();
    const world = await countWorld(database);
    const before = await counted(database, world);
    if (database.dialect === 'postgresql')
      await database.transaction(async (tx) => {
        await apply(tx, world, { what: 'left', at: 0, who: 7, way: true });
        await database.db.groupCount.deleteMany();
        expect(await counted(database, world)).toEqual(before);
      });
    else await database.transaction((tx) => apply(tx, world, { what: 'left', at: 0, who: 7, way: true }));
    expect(await counted(database, world)).toEqual(await byHand(database, world));
    expect(await counted(database, world)).not.toEqual(before);
    // And many at once: what was counted between is good at the end.
    const quarrels = fc.sample(fc.array(change, { minLength: 6, maxLength: 6 }), { numRuns: 40, seed: 7 });
    for (const changes of quarrels) {
      await Promise.allSettled([
        ...changes.map((one) => database.transaction((tx) => apply(tx, world, one))),
        counted(database, world),
        ...changes.map((one) => database.transaction((tx) => apply(tx, world, one))),
        counted(database, world),
      ]);
      expect(await counted(database, world)).toEqual(await byHand(database, world));
    }
  });
});
