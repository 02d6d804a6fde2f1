import { expect, it } from 'vitest';
import { decide } from '../../domain/listening/demand.ts';
import { support, waitingFor } from '../../prisma/store/demand-waiting.ts';
import { addDemand, classify, demandNumbered, moveDemand } from '../../prisma/store/demands.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { at, Evening, wednesday } from '../../tests/support/evening.ts';
import { demands } from './demands.ts';

describeOnBoth('demands that wait', (open) => {
  it('are told to the cadre once a week, by daylight; an answer nobody objects to stands', async () => {
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

    const told = () =>
      db.outbox.count({ where: { personId: evening.cadre, key: { startsWith: 'demands/overdue' } } });
    await evening.tickAt(at(wednesday + 1, '12:00'), demands);
    expect(await told()).toBe(0);
    await evening.tickAt(at(wednesday + 3, '3:00'), demands);
    expect(await told()).toBe(0);
    for (const hour of ['12:00', '15:00', '20:00']) await evening.tickAt(at(wednesday + 3, hour), demands);
    expect(await told()).toBe(1);
    await evening.tickAt(at(wednesday + 14, '10:00'), demands);
    expect(await demandNumbered(db, groupId, 2)).toMatchObject({ state: 'answered', kind: '意见建议' });
    await evening.tickAt(at(wednesday + 14, '11:00'), demands);
    expect(await demandNumbered(db, groupId, 2)).toMatchObject({ state: 'closed', reply: '好' });
    expect(await demandNumbered(db, groupId, 1)).toMatchObject({ state: 'open' });
  });
});
