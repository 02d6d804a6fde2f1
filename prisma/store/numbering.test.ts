import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import type { Database } from '../database.ts';
import { ensureAccount } from './accounts.ts';
import { addActivity, checkedIn, checkIn, keepClosing, nextActivityNumber } from './activities.ts';
import { addDemand, demandNumbered, moveDemand, nextDemandNumber } from './demands.ts';
import { resolveGroup } from './identity.ts';
import { closeTopic, joinTopic, openTopic } from './topics.ts';

const at = 1_788_000_000_000;

const newGroup = async ({ db }: Database, name = 'g') =>
  resolveGroup(db, await ensureAccount(db, 'test', 'bot'), { id: name, name }, at);

describeOnBoth('numbers within a group', (open) => {
  it('are given once each, also to transactions side by side', async () => {
    const database = await open();
    const groupId = await newGroup(database);
    await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        database.transaction(async (tx) => {
          const number = await nextDemandNumber(tx, groupId);
          await addDemand(tx, { groupId, askerId: i }, { number, text: `${i}`, createdAt: at });
          await openTopic(tx, { groupId, title: `${i}`, text: `${i}`, openedAt: at, closesAt: at + 1 });
        }),
      ),
    );
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8];
    const demands = await database.db.demand.findMany({ orderBy: { number: 'asc' } });
    const topics = await database.db.topic.findMany({ orderBy: { number: 'asc' } });
    expect(demands.map(({ number }) => number)).toEqual(numbers);
    expect(topics.map(({ number }) => number)).toEqual(numbers);
    expect(await nextDemandNumber(database.db, await newGroup(database, 'other'))).toBe(1);
  });

  it('what is taken, closed or joined once is not taken, closed or joined again', async () => {
    const database = await open();
    const groupId = await newGroup(database);
    await database.transaction(async (tx) => {
      await addDemand(tx, { groupId, askerId: 1 }, { number: 1, text: 'x', createdAt: at });
      const demand = (await demandNumbered(tx, groupId, 1))!;
      expect(await moveDemand(tx, demand, { ...demand, state: 'accepted', acceptedAt: at })).toBe(true);
      expect(await moveDemand(tx, demand, { ...demand, state: 'closed', closedAt: at })).toBe(false);
      expect(await demandNumbered(tx, groupId, 1)).toMatchObject({ state: 'accepted', acceptedAt: at });

      const topic = await openTopic(tx, { groupId, title: 'x', text: 'x', openedAt: at, closesAt: at + 1 });
      expect(await joinTopic(tx, topic, 7, at)).toBe(true);
      expect(await joinTopic(tx, topic, 7, at + 1)).toBe(false);
      expect(await closeTopic(tx, topic.id, at, { clear: 1, inferred: 2 })).toBe(true);
      expect(await closeTopic(tx, topic.id, at, { clear: 9, inferred: 9 })).toBe(false);

      const number = await nextActivityNumber(tx, groupId);
      const plan = {
        number,
        title: 'x',
        place: '',
        startsAt: at,
        endsAt: at + 1,
        offline: true,
        kind: 'exchange' as const,
        capacity: undefined,
      };
      const activity = await addActivity(tx, groupId, { ...plan, closedAt: undefined, note: undefined }, at);
      expect(await checkIn(tx, activity.id, 7, at)).toBe(true);
      expect(await checkIn(tx, activity.id, 7, at + 1)).toBe(false);
      expect(await checkedIn(tx, activity.id)).toEqual([7]);
      expect(await keepClosing(tx, activity.id, { ...activity, closedAt: at, note: 'x' })).toBe(true);
      expect(await keepClosing(tx, activity.id, { ...activity, closedAt: at, note: 'y' })).toBe(false);
    });
  });
});
