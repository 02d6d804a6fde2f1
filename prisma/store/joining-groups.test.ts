/** A large group after a login: the statements do not grow with its members. */
import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { firstLogin } from '../../tests/support/logins.ts';
import { statementsOf } from '../../tests/support/statements.ts';
import type { Database } from '../database.ts';
import { findGroup } from './identity.ts';
import { joinGroups } from './joining-groups.ts';
import { ownerOf, sayOwner } from './owners.ts';

/** More than this is a statement a member somewhere: fewer than there are, even in the smaller group. */
const atMost = 110;
const sizes = [120, 240];

/** A group in which everybody has said something and every tenth has asked for something; `login` gives all new ids. */
async function group(database: Database, size: number) {
  const stage = await firstLogin(database);
  const { db, accountId, intake, clock, person, directory, members, cadrePerson, says, groupId } = stage;
  await db.person.update({ where: { id: cadrePerson }, data: { mark: 'K3X9' } });
  const names = Array.from({ length: size - members('A').length }, (_, n) => `同学${n}`);
  const login = (at: string, twin: boolean) => {
    const room = (id: string, people: readonly string[]) => ({
      id: `@@${id}/${at}`,
      name: '一班',
      members: people.map((name) => person(at, name)),
    });
    const first = { ...room('1', names), members: [...members(at, 'K3X9'), ...room('1', names).members] };
    const groups = twin ? [first, room('2', ['甲', '乙', '丙'])] : [first];
    return statementsOf(() => intake.accept(directory(at, groups, [person(at, '张晓', 'K3X9')])));
  };
  const all = async (at: string) => {
    clock.now += 1_800_000;
    await Promise.all(names.map((name) => says(`@@1/${at}`, person(at, name))));
  };
  const ask = async () => {
    const askers = await db.person.findMany({ where: { accountId, name: { endsWith: '7' } } });
    await db.demand.createMany({
      data: askers.map(({ id }, n) => ({
        groupId,
        number: n + 1,
        askerId: id,
        text: '灯',
        createdAt: new Date(0),
      })),
    });
  };
  return { ...stage, login, all, ask };
}

describeOnBoth('a large group after a login', (open) => {
  it('is listed and known again in as many statements as a small one', async () => {
    const counts: number[][] = [];
    for (const size of sizes) {
      const { login, all, ask, db, groupId } = await group(await open(), size);
      const first = await login('A', false);
      await all('A');
      await ask();
      const again = await login('B', false);
      await all('B');
      expect(await db.presence.count({ where: { groupId } })).toBe(size - 6);
      counts.push([first, again]);
    }
    expect(counts[1]).toEqual(counts[0]);
    for (const count of counts.flat()) expect(count).toBeLessThan(atMost);
  }, 60_000);

  it('is joined with the one of before in as many statements as a small one', async () => {
    const counts: number[][] = [];
    for (const size of sizes) {
      const database = await open();
      const { login, all, ask, db, accountId, groupId } = await group(database, size);
      await login('A', true);
      await all('A');
      await ask();
      // Two of one name: nobody knows which is which.
      const listed = await login('B', true);
      await all('B');
      const unmatched = (await findGroup(db, accountId, '@@1/B')) ?? 0;
      expect(unmatched).not.toBe(groupId);
      const joining = await statementsOf(() =>
        database.transaction((tx) => joinGroups(tx, unmatched, groupId)),
      );
      expect(await db.presence.count()).toBe(size - 6);
      counts.push([listed, joining]);
    }
    expect(counts[1]).toEqual(counts[0]);
    for (const count of counts.flat()) expect(count).toBeLessThan(atMost);
  }, 60_000);

  it('keeps whose it was said to be meanwhile, as the person of before', async () => {
    const database = await open();
    const { login, all, db, accountId, groupId } = await group(database, 20);
    await login('A', true);
    await all('A');
    const called = { name: '同学1', accountId };
    const before = await db.person.findFirstOrThrow({ where: called });
    await login('B', true);
    await all('B');
    const unmatched = (await findGroup(db, accountId, '@@1/B')) ?? 0;
    const { id: fresh } = await db.person.findFirstOrThrow({
      where: { ...called, members: { some: { groupId: unmatched } } },
    });
    expect(fresh).not.toBe(before.id);
    await sayOwner(db, unmatched, fresh, true);
    await database.transaction((tx) => joinGroups(tx, unmatched, groupId));
    expect(await ownerOf(db, groupId)).toEqual({ ownerId: before.id, ownerSaid: true });
  });
});
