import { expect, it } from 'vitest';
import { resolveGroup, resolvePeople } from '../../prisma/store/identity.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { begin, groups, message, minute, morning } from '../../tests/support/intake.ts';

describeOnBoth('the intake', (open) => {
  it('keeps what must happen once, in order and once, and counts what people wrote', async () => {
    const database = await open();
    const { accept, accountId, heard } = await begin(database);
    const commands = Array.from({ length: 20 }, (_, n) => message(`/诉求 第 ${n} 件`, { id: `c${n}` }));
    await Promise.all([...commands, ...commands, message('今天人多吗'), message('收到')].map(accept));
    await Promise.all(commands.map(accept));
    const rows = await database.db.inbox.findMany({ orderBy: { id: 'asc' } });
    expect(rows.map(({ key }) => key)).toEqual(commands.map(({ id }) => `m:${id}`));
    expect(rows[0]).toMatchObject({ accountId, chat: 'group:g1', doneAt: null, attempts: 0 });
    expect(rows[0]?.receivedAt).toBeInstanceOf(Date);
    expect(JSON.parse(rows[3]?.body ?? '')).toEqual(commands[3]);
    expect(heard()).toBeGreaterThan(0);
    expect(await database.db.presence.findMany()).toMatchObject([{ slots: 1n << 18n }]);
  });

  it('keeps what looks like answers of a survey until it is dealt with, and no other talk', async () => {
    const database = await open();
    const { accept } = await begin(database);
    for (const text of ['1A 2BC 3 很好', '3D电影真好看', '1班同学来一下']) await accept(message(text));
    const rows = await database.db.inbox.findMany();
    expect(rows.map(({ body }) => JSON.parse(body ?? '').text)).toEqual(['1A 2BC 3 很好']);
  });

  it('makes an unknown person once, whoever asks at the same moment', async () => {
    const database = await open();
    const { accept, accountId } = await begin(database);
    const ids = ['甲', '乙', '丙', 'o’\\"n', 'u\u0001'];
    const speak = ids.flatMap((id) =>
      [0, 1].map(() => accept(message('今天人多吗', { sender: { id, name: id } }))),
    );
    const resolve = [0, 1, 2, 3].map((turn) =>
      database.transaction((tx) =>
        resolvePeople(
          tx,
          accountId,
          (turn % 2 ? [...ids].reverse() : ids).map((id) => ({ id, name: `${id}\0\ud800`, bot: turn > 1 })),
        ),
      ),
    );
    const [first, ...others] = await Promise.all(resolve);
    await Promise.all(speak);
    for (const other of others) expect(other).toEqual(first);
    expect(new Set(first?.values()).size).toBe(ids.length);
    const { db } = database;
    expect(await db.person.count()).toBe(ids.length + groups.length);
    expect(await db.personAlias.count()).toBe(ids.length + groups.length);
    expect((await db.person.findMany()).every(({ name }) => !/[\0\ud800]/.test(name))).toBe(true);
  });

  it('keeps a name that no database could', async () => {
    const database = await open();
    const { accountId } = await begin(database);
    await database.transaction((tx) =>
      resolveGroup(tx, accountId, { id: 'g1', name: '一\0班\udc00' }, morning),
    );
    expect(await database.db.group.findFirst({ where: { name: '一班' } })).not.toBeNull();
  });

  it('acknowledges after the commit, not before', async () => {
    const database = await open();
    const { accept } = await begin(database);
    await accept(message('今天人多吗'));
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const locked = database.transaction(async (tx) => {
      if (database.dialect === 'postgresql') await tx.$executeRawUnsafe('LOCK TABLE "Presence", "Inbox"');
      await held;
    });
    const settled: string[] = [];
    const writes = [
      accept(message('再说一句', { at: morning + 30 * minute })).then(() => settled.push('presence')),
      accept(message('/进度')).then(() => settled.push('command')),
    ];
    await accept(message('已经知道的一刻'));
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(settled).toEqual([]);
    release();
    await Promise.all([locked, ...writes]);
    expect(await database.db.presence.findMany()).toMatchObject([{ slots: 3n << 18n }]);
    expect(await database.db.inbox.count()).toBe(1);
  });

  it('rejects what could not be written, and takes it when it comes again', async () => {
    const database = await open();
    const { accept } = await begin(database);
    await accept(message('收到'));
    await database.db.$executeRawUnsafe('ALTER TABLE "Presence" RENAME TO "Away"');
    const lost = message('今天人多吗', { mentions: ['g1-0'] });
    await expect(accept(lost)).rejects.toThrow();
    await database.db.$executeRawUnsafe('ALTER TABLE "Away" RENAME TO "Presence"');
    await accept(lost);
    expect(await database.db.presence.count()).toBe(1);
    expect(await database.db.address.count()).toBe(1);
  });
});
