import { expect, it } from 'vitest';
import { startOfDay } from '../../domain/calendar/day.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import type { Database } from '../database.ts';
import { createCadre } from './cadres.ts';
import { stepFacts, tickStep, untickStep } from './first-steps.ts';
import { mergePeople } from './merging.ts';
import { ownData } from './own-data.ts';
import { setAside } from './private-things.ts';
import { ownSteps } from './standing.ts';

async function scene({ db }: Database) {
  const cadre = async (name: string) =>
    (
      await createCadre(db, {
        name,
        unit: '团委',
        now: 0,
        random: (bytes) => Buffer.from(name.padEnd(bytes).slice(0, bytes)),
        hash: (text) => text,
      })
    ).cadreId;
  const { id: accountId } = await db.account.create({ data: { platform: 'p', name: 'a' } });
  const person = async () => (await db.person.create({ data: { accountId, name: '李老师' } })).id;
  return { db, first: await cadre('zhang'), second: await cadre('li'), person };
}

describeOnBoth('first steps', (open) => {
  it('are ticked once, taken back, and each cadre’s own', async () => {
    const database = await open();
    const { db, first, second } = await scene(database);
    await Promise.all([tickStep(db, first, 3, 10), tickStep(db, first, 3, 10)]);
    await tickStep(db, first, 3, 20);
    await tickStep(db, first, 1, 20);
    await tickStep(db, second, 3, 30);
    expect([...(await ownSteps(db, first)).ticked]).toEqual(
      expect.arrayContaining([
        [3, 10],
        [1, 20],
      ]),
    );
    expect(await untickStep(db, first, 3)).toBe(true);
    expect(await untickStep(db, first, 3)).toBe(false);
    expect([...(await ownSteps(db, first)).ticked.keys()]).toEqual([1]);
    expect([...(await ownSteps(db, second)).ticked]).toEqual([[3, 30]]);
  });

  it('come with the records that may show them, and no others', async () => {
    const database = await open();
    const { db, first, second } = await scene(database);
    const at = new Date(startOfDay(7) + 1);
    const deed = (cadreId: number, number: number, kind: string, more = {}) =>
      db.deed.create({
        data: {
          cadreId,
          number,
          kind,
          day: number,
          partner: '甲公司',
          topic: '见面',
          createdAt: at,
          ...more,
        },
      });
    await deed(first, 2, 'visit', { grade: 'documented' });
    await deed(first, 1, 'exchange');
    await deed(first, 3, 'heart_talk', { partner: '', topic: '' });
    await deed(first, 4, 'visit', { withdrawnAt: at });
    await deed(second, 9, 'visit');
    await db.cadre.update({ where: { id: first }, data: { identityAt: at, branch: '计科2班团支部' } });
    const rows = await db.cadre.findMany({ include: { bindings: true }, orderBy: { id: 'asc' } });
    const facts = await stepFacts(db, rows);
    expect(facts.get(first)).toEqual({
      records: [
        { number: 1, kind: 'exchange', day: 1, grade: 'stated', words: '甲公司 见面' },
        { number: 2, kind: 'visit', day: 2, grade: 'documented', words: '甲公司 见面' },
      ],
      boundOn: undefined,
      identityOn: 7,
      linked: ['计科2班团支部'],
      ticked: new Map(),
    });
    expect(facts.get(second)?.records.map(({ number }) => number)).toEqual([9]);
  });

  it('go with the cadre to another account, and never with a name', async () => {
    const database = await open();
    const { db, first, person } = await scene(database);
    const [old, fresh] = [await person(), await person()];
    await db.cadre.update({ where: { id: first }, data: { personId: old } });
    await tickStep(db, first, 6, 10);
    const told = async (id: number) => (await ownData(db, id, () => '')).steps;
    expect(await told(old)).toEqual([{ step: 6, day: 10 }]);
    // Whoever only bears the cadre’s name has nothing of theirs.
    expect(await told(fresh)).toEqual([]);
    await database.transaction((tx) => setAside(tx, [fresh]));
    await database.transaction((tx) => mergePeople(tx, old, fresh));
    expect(await told(fresh)).toEqual([{ step: 6, day: 10 }]);
    const another = await person();
    await db.cadre.update({ where: { id: first }, data: { personId: another } });
    expect([await told(fresh), await told(another)]).toEqual([[], [{ step: 6, day: 10 }]]);
  });
});
