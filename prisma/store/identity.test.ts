import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { ensureAccount } from './accounts.ts';
import {
  botsOf,
  externalPerson,
  findGroup,
  joined,
  left,
  rename,
  resolveGroup,
  resolvePeople,
  wereHere,
  youthsOf,
} from './identity.ts';

const at = 1_788_000_000_000;

describeOnBoth('people and groups by our own ids', (open) => {
  it('many of one name at once are as many people, each under one id for good', async () => {
    const { db } = await open();
    const account = await ensureAccount(db, 'test', 'bot');
    const people = Array.from({ length: 6_000 }, (_, i) => ({ id: `u${i}`, name: '张伟', bot: i % 3 === 0 }));
    const ids = await resolvePeople(db, account, [...people, ...people]);
    expect(new Set(ids.values()).size).toBe(people.length);
    expect(await resolvePeople(db, account, people)).toEqual(ids);
    expect(await db.person.count()).toBe(people.length);
    const bots = await db.person.findMany({ where: { bot: true }, include: { aliases: true }, take: 20 });
    for (const bot of bots) expect(Number(bot.aliases[0]!.externalId.slice(1)) % 3).toBe(0);
    // The same id on another account is somebody else.
    const other = await resolvePeople(db, await ensureAccount(db, 'test', 'other'), [{ id: 'u1' }]);
    expect([...ids.values()]).not.toContain(other.get('u1'));
  });

  it('transactions side by side make a person once', async () => {
    const database = await open();
    const account = await ensureAccount(database.db, 'test', 'bot');
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        database.transaction((tx) =>
          resolvePeople(
            tx,
            account,
            Array.from({ length: 30 }, (_, j) => ({ id: `u${(i * 7 + j) % 40}`, name: '张伟' })),
          ),
        ),
      ),
    );
    const seen = new Map<string, number>();
    for (const ids of all)
      for (const [external, id] of ids) {
        expect(seen.get(external) ?? id).toBe(id);
        seen.set(external, id);
      }
    expect(seen.size).toBe(40);
    expect(await database.db.person.count()).toBe(40);
    expect(await database.db.personAlias.count()).toBe(40);
  });

  it('learn a missing name and that one is a bot, and keep a name that is there', async () => {
    const { db } = await open();
    const account = await ensureAccount(db, 'test', 'bot');
    const ids = await resolvePeople(db, account, [{ id: 'u' }, { id: 'v', name: '小青' }]);
    await resolvePeople(db, account, [
      { id: 'u', name: '张\u0000晓\ud800', bot: true },
      { id: 'v', name: '别名' },
    ]);
    const [u, v] = [ids.get('u')!, ids.get('v')!];
    expect(await db.person.findUnique({ where: { id: u } })).toMatchObject({ name: '张晓', bot: true });
    expect(await externalPerson(db, v)).toEqual({ id: 'v', name: '小青' });
    await rename(db, v, '新名');
    expect(await externalPerson(db, v)).toEqual({ id: 'v', name: '新名' });
    expect(await externalPerson(db, v + 1)).toBeUndefined();
  });

  it('odd ids and names are kept as they are', async () => {
    const { db } = await open();
    const account = await ensureAccount(db, 'test', 'bot');
    const odd = ['123', 'true', 'null', "o'x", 'a"b\\c', '青年😀', ' x ', '\u202e', '{"a":1}', '-1.50'];
    const ids = await resolvePeople(
      db,
      account,
      odd.map((id) => ({ id, name: id })),
    );
    for (const id of odd) expect(await externalPerson(db, ids.get(id)!)).toEqual({ id, name: id });
  });

  it('a group keeps its id and takes its newest name', async () => {
    const { db } = await open();
    const account = await ensureAccount(db, 'test', 'bot');
    const id = await resolveGroup(db, account, { id: 'g', name: '一群' }, at);
    expect(await resolveGroup(db, account, { id: 'g' }, at)).toBe(id);
    expect(await resolveGroup(db, account, { id: 'g', name: '青年\u0000群' }, at)).toBe(id);
    expect(await db.group.findMany({ select: { name: true } })).toEqual([{ name: '青年群' }]);
    expect(await findGroup(db, account, 'h')).toBeUndefined();
  });

  it('members come, go and come back; who was here once is not here', async () => {
    const { db } = await open();
    const account = await ensureAccount(db, 'test', 'bot');
    const group = await resolveGroup(db, account, { id: 'g' }, at);
    const ids = await resolvePeople(db, account, [
      { id: 'c' },
      { id: 'u' },
      { id: 'v' },
      { id: 'old' },
      { id: 'b', bot: true },
    ]);
    const id = (name: string) => ids.get(name)!;
    await joined(db, group, [id('c'), id('u'), id('v')], at);
    await left(db, group, [id('u')], at + 1);
    await left(db, group, [id('u')], at + 2);
    await wereHere(db, group, [id('old'), id('b'), id('v')], at);
    await wereHere(db, group, [id('old'), id('b'), id('v')], at);
    expect(await youthsOf(db, group, id('c'))).toEqual([id('v')]);
    expect(await botsOf(db, group)).toEqual([id('b')]);
    expect((await db.member.findFirst({ where: { personId: id('u') } }))?.leftAt?.getTime()).toBe(at + 1);
    await joined(db, group, [id('u')], at + 3);
    expect((await youthsOf(db, group, id('c'))).toSorted()).toEqual([id('u'), id('v')].toSorted());
  });
});
