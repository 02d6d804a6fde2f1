import { expect, it } from 'vitest';
import { decide } from '../../domain/listening/demand.ts';
import { support, waitingFor } from '../../prisma/store/demand-waiting.ts';
import { addDemand, classify, demandNumbered, moveDemand } from '../../prisma/store/demands.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { at, Evening, wednesday } from '../../tests/support/evening.ts';
import { demands } from './demands.ts';

describeOnBoth('demands that wait', (open) => {
  it('say nothing by themselves; an answer nobody objects to stands', async () => {
    const database = await open();
    const { db } = database;
    const evening = await Evening.begin(database);
    const { groupId } = evening;
    const [asker, friend] = [await evening.person('u'), await evening.person('v')];
    const text = '热水总是断';
    for (const number of [1, 2])
      await addDemand(db, { groupId, askerId: asker }, { number, text, createdAt: at(wednesday, '10:00') });
    const two = await demandNumbered(db, groupId, 2);
    if (!two) throw new Error('no demand');
    await classify(db, two.id, { kind: '意见建议', field: undefined });
    expect(await support(db, two.id, friend)).toBe(true);
    expect(await support(db, two.id, friend)).toBe(false);
    expect(await waitingFor(db, two)).toEqual([
      { asker: { personId: asker }, number: 2 },
      { asker: { personId: friend }, number: undefined },
    ]);
    const answered = decide(two, { step: 'answer', at: at(wednesday, '11:00'), reply: '好' });
    if (answered.kind === 'fault') throw new Error(answered.say);
    expect(await moveDemand(db, two, answered.demand)).toBe(true);
    expect(await moveDemand(db, two, answered.demand)).toBe(false);

    // What waits for the cadre is a line of their digest, no message of its own.
    for (const day of [1, 3]) await evening.tickAt(at(wednesday + day, '12:00'), demands);
    expect(await db.outbox.count()).toBe(0);
    await evening.tickAt(at(wednesday + 14, '10:00'), demands);
    expect(await demandNumbered(db, groupId, 2)).toMatchObject({ state: 'answered', kind: '意见建议' });
    await evening.tickAt(at(wednesday + 14, '11:00'), demands);
    expect(await demandNumbered(db, groupId, 2)).toMatchObject({ state: 'closed', reply: '好' });
    expect(await demandNumbered(db, groupId, 1)).toMatchObject({ state: 'open' });
  });
});
