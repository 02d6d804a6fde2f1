import { expect, it } from 'vitest';
import { decideSignUp, type SignUp } from '../../domain/activities/sign-up.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import type { Database } from '../database.ts';
import { ensureAccount } from './accounts.ts';
import { addActivity, checkIn, countCheckIns } from './activities.ts';
import { resolveGroup } from './identity.ts';
import {
  activitiesOfPerson,
  expectedBetween,
  keepSignUp,
  moveUp,
  signUpsOf,
  signUpsToChange,
} from './sign-ups.ts';

async function activityIn({ db }: Database, capacity: number) {
  const accountId = await ensureAccount(db, 'p', 'a');
  const groupId = await resolveGroup(db, accountId, { id: 'g', name: '一班' }, 0);
  const row = await addActivity(
    db,
    groupId,
    {
      number: 1,
      title: '夜跑',
      place: '操场',
      startsAt: 1_000,
      endsAt: 2_000,
      offline: true,
      kind: 'volunteering',
      capacity,
      closedAt: undefined,
      note: undefined,
    },
    0,
  );
  const people = [1, 2, 3, 4].map(() => db.person.create({ data: { accountId } }));
  return { row, accountId, people: (await Promise.all(people)).map(({ id }) => id) };
}

describeOnBoth('sign-ups', (open) => {
  it('never give a place away twice, when many come at once', async () => {
    const database = await open();
    const { row, people } = await activityIn(database, 2);
    await Promise.all(
      people.map((personId, n) =>
        database.transaction(async (tx) => {
          const decision = decideSignUp(row, await signUpsToChange(tx, row.id), personId, 0);
          if (decision.kind === 'ok')
            await keepSignUp(tx, row.id, { personId, state: decision.state, at: n });
        }),
      ),
    );
    const states = (await signUpsOf(database.db, row.id)).map(({ state }) => state);
    expect(states.toSorted()).toEqual(['in', 'in', 'waiting', 'waiting']);
  });

  it('move up in the order of the line, and tell who is expected', async () => {
    const database = await open();
    const { db } = database;
    const { row, people, accountId } = await activityIn(database, 1);
    const [a = 0, b = 0, c = 0] = people;
    const keep = (personId: number, state: SignUp['state'], at: number) =>
      keepSignUp(db, row.id, { personId, state, at });
    await keep(a, 'in', 1);
    await keep(c, 'waiting', 2);
    await keep(b, 'waiting', 3);
    expect(await moveUp(db, row)).toEqual([]);
    await keep(a, 'leave', 4);
    expect(await moveUp(db, row)).toEqual([c]);
    expect(await expectedBetween(db, 0, 1_000)).toEqual([]);
    expect(await expectedBetween(db, 1_000, 1_001)).toMatchObject([
      { personId: c, accountId, title: '夜跑' },
    ]);
    await checkIn(db, row.id, c, 1_500);
    await checkIn(db, row.id, b, 1_500, true);
    expect(await countCheckIns(db, row.id)).toEqual({ byCode: 1, ticked: 1 });
    expect(await activitiesOfPerson(db, c, 5)).toMatchObject([
      { title: '夜跑', group: '一班', kind: 'volunteering', state: 'in', came: true, cancelled: false },
    ]);
    expect(await activitiesOfPerson(db, people[3] ?? 0, 5)).toEqual([]);
  });
});
