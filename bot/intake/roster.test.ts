import { expect, it } from 'vitest';
import type { Sender } from '../../adapters/adapter.ts';
import { ensureAccount } from '../../prisma/store/accounts.ts';
import { botsOf, findGroup, resolvePeople, youthsOf } from '../../prisma/store/identity.ts';
import { ownerOf } from '../../prisma/store/owners.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { refreshRoster } from './roster.ts';

const now = Date.UTC(2026, 8, 2);

describeOnBoth('a group’s members', (open) => {
  it('are those of the platform’s list, with their names; an empty list changes nothing', async () => {
    const database = await open();
    const { db } = database;
    const accountId = await ensureAccount(db, 'test', 'bot');
    // Mentioned before anybody knew a name, or that it is a bot.
    const ids = await resolvePeople(db, accountId, [
      { id: 'u' },
      { id: 'helper' },
      { id: 'v', name: '旧名' },
    ]);
    let owner: string | undefined;
    const refresh = (members: readonly Sender[], memberLists = true) => {
      const abilities = { memberLists } as Parameters<typeof refreshRoster>[2]['abilities'];
      const adapter = { abilities, members: async () => members, owner: async () => owner };
      return refreshRoster(database, accountId, adapter, 'g', now);
    };
    await refresh([{ id: 'u', name: '小青' }], false);
    expect(await findGroup(db, accountId, 'g')).toBeUndefined();

    await refresh([
      { id: 'u', name: '小青' },
      { id: 'v', name: '新名' },
      { id: 'helper', bot: true },
      { id: 'c' },
    ]);
    const groupId = (await findGroup(db, accountId, 'g'))!;
    const id = (name: string) => ids.get(name)!;
    const cadre = (await resolvePeople(db, accountId, [{ id: 'c' }])).get('c');
    expect((await youthsOf(db, groupId, cadre)).toSorted()).toEqual([id('u'), id('v')].toSorted());
    expect(await botsOf(db, groupId)).toEqual([id('helper')]);
    const names = await db.person.findMany({
      where: { id: { in: [id('u'), id('v')] } },
      orderBy: { id: 'asc' },
    });
    expect(new Set(names.map(({ name }) => name))).toEqual(new Set(['小青', '新名']));

    expect(await ownerOf(db, groupId)).toEqual({ ownerId: null, ownerSaid: false });
    owner = 'c';
    await refresh([]);
    expect(await youthsOf(db, groupId, cadre)).toHaveLength(2);
    await refresh([{ id: 'u' }, { id: 'v' }, { id: 'helper', bot: true }, { id: 'c' }]);
    expect(await ownerOf(db, groupId)).toEqual({ ownerId: cadre, ownerSaid: false });
    // A bot that is no member owns nothing here, and who owned it stays.
    owner = 'cli_bot';
    await refresh([{ id: 'v' }, { id: 'w' }]);
    const w = (await resolvePeople(db, accountId, [{ id: 'w' }])).get('w')!;
    expect((await youthsOf(db, groupId, cadre)).toSorted()).toEqual([id('v'), w].toSorted());
    expect((await db.person.findUnique({ where: { id: id('v') } }))?.name).toBe('新名');
  });
});
