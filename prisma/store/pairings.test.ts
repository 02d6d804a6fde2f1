import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { createCadre } from './cadres.ts';
import { addPairing, countPairings, endPairing, noteHelp, pairingsOf } from './pairings.ts';

describeOnBoth('pairings', (open) => {
  it('are at most so many also when they are added at once, each with its own number', async () => {
    const database = await open();
    const { db } = database;
    const { cadreId } = await createCadre(db, {
      name: '张晓',
      unit: '校团委',
      now: 0,
      random: (bytes) => new Uint8Array(bytes),
      hash: (text) => text,
    });
    const add = (name: string) =>
      database.transaction((tx) => addPairing(tx, cadreId, { name, since: 10 }, 3));
    const added = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(add));
    expect(added.filter((row) => row !== undefined)).toHaveLength(3);
    expect(await countPairings(db, cadreId)).toBe(3);
    const [first, second] = await pairingsOf(db, cadreId);
    expect([first?.number, second?.number]).toEqual([1, 2]);
    await noteHelp(db, first!, 20);
    const [helped] = await pairingsOf(db, cadreId);
    await noteHelp(db, helped!, 15);
    expect((await pairingsOf(db, cadreId))[0]).toMatchObject({ lastOn: 20, times: 2 });
    await endPairing(db, first!.id, 1);
    expect(await db.pairing.findUnique({ where: { id: first!.id } })).toMatchObject({
      name: '',
      lastOn: null,
      times: 0,
    });
    expect(await countPairings(db, cadreId)).toBe(2);
    expect((await add('f'))?.number).toBe(4);
  });
});
