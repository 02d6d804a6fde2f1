import { expect, it } from 'vitest';
import { describeOnBoth } from '../tests/support/databases.ts';
import type { Db } from './database.ts';

const account = (name: string) => ({ data: { platform: 'test', name } });
const names = async (db: Db) =>
  (await db.account.findMany({ orderBy: { id: 'asc' } })).map(({ name }) => name);

/** A promise and the function that resolves it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describeOnBoth('database', (open) => {
  it('keeps and joins 48-bit sets exactly', async () => {
    const { db, dialect } = await open();
    const places = dialect === 'sqlite' ? '?, ?, ?, ?' : '$1, $2, $3, $4';
    const upsert = `INSERT INTO "Presence" ("groupId", "day", "personId", "slots") VALUES (${places})
      ON CONFLICT ("groupId", "day", "personId") DO UPDATE SET "slots" = "Presence"."slots" | excluded."slots"`;
    const high = 2n ** 47n;
    expect(await db.$executeRawUnsafe(upsert, 1, 20_000, 7, high)).toBe(1);
    expect(await db.$executeRawUnsafe(upsert, 1, 20_000, 7, high - 1n)).toBe(1);
    expect(await db.presence.findMany()).toEqual([
      { groupId: 1, day: 20_000, personId: 7, slots: 2n ** 48n - 1n },
    ]);
    expect(await db.$queryRaw`SELECT "slots" FROM "Presence"`).toEqual([{ slots: 2n ** 48n - 1n }]);
  });

  it('gives back times, truths, nulls and texts as they were', async () => {
    const { db } = await open();
    const { id: accountId } = await db.account.create(account('a'));
    const text = '青年 “之家” \u{1F33B} \n\\ \' "';
    const createdAt = new Date('2026-03-08T15:59:59.999Z');
    const group = await db.group.create({ data: { accountId, name: text, createdAt } });
    expect(await db.group.findFirst()).toEqual({ ...group, name: text, createdAt, leftAt: null });
    const person = await db.person.create({ data: { accountId, name: '', bot: true } });
    expect(await db.person.findFirst({ where: { bot: true } })).toEqual(person);
    expect(await db.group.count({ where: { createdAt: { lte: createdAt } } })).toBe(1);
    expect(await db.group.count({ where: { createdAt: { lt: createdAt } } })).toBe(0);
  });

  it('reports a repeated key and a missing parent', async () => {
    const { db } = await open();
    await db.account.create(account('a'));
    await expect(db.account.create(account('a'))).rejects.toMatchObject({ code: 'P2002' });
    const orphan = { accountId: 99, name: 'x', createdAt: new Date(0) };
    await expect(db.group.create({ data: orphan })).rejects.toMatchObject({ code: 'P2003' });
  });

  it('keeps a transaction wholly or not at all', async () => {
    const { db, transaction } = await open();
    await transaction(async (tx) => {
      await tx.account.create(account('kept'));
    });
    const failing = transaction(async (tx) => {
      await tx.account.create(account('lost'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await names(db)).toEqual(['kept']);
  });

  it('keeps raw statements wholly or not at all, with what they bind as the client stores it', async () => {
    const { db, rawTransaction } = await open();
    const { id: accountId } = await db.account.create(account('a'));
    const createdAt = new Date('2026-03-08T15:59:59.999Z');
    const [name, bot] = ['青年 “之家” \u{1F33B}', true];
    await rawTransaction(async (tx) => {
      await tx.$executeRaw`INSERT INTO "Person" ("accountId", "name", "bot") VALUES (${accountId}, ${name}, ${bot})`;
      await tx.$executeRaw`
        INSERT INTO "Group" ("accountId", "name", "createdAt") VALUES (${accountId}, ${name}, ${createdAt})`;
      expect(await tx.$queryRaw`SELECT "name", "createdAt" FROM "Group"`).toMatchObject([{ name }]);
    });
    const failing = rawTransaction(async (tx) => {
      expect(await tx.$executeRaw`DELETE FROM "Person" WHERE "name" = ${name}`).toBe(1);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const broken = rawTransaction((tx) => tx.$executeRaw`INSERT INTO "Person" ("accountId") VALUES (${99})`);
    await expect(broken).rejects.toThrow();
    expect(await db.person.findMany()).toMatchObject([{ accountId, name, bot }]);
    expect(await db.group.findMany()).toMatchObject([{ name, createdAt }]);
  });

  it('keeps a write made beside a transaction that is rolled back', async () => {
    const { db, transaction } = await open();
    const [written, beside] = [gate(), gate()];
    const failing = transaction(async (tx) => {
      await tx.account.create(account('inside'));
      written.open();
      await beside.opened;
      throw new Error('no');
    });
    await written.opened;
    const outside = db.account.create(account('outside'));
    // The statement is issued by the time its promise is observed; only then may the transaction fail.
    outside.catch(() => undefined);
    setImmediate(beside.open);
    await expect(failing).rejects.toThrow('no');
    await outside;
    expect(await names(db)).toEqual(['outside']);
  });

  it('shows nobody else what a transaction has not kept yet', async () => {
    const { db, transaction } = await open();
    const [written, read] = [gate(), gate()];
    const working = transaction(async (tx) => {
      await tx.account.create(account('inside'));
      written.open();
      await read.opened;
      throw new Error('no');
    });
    await written.opened;
    const seen = names(db);
    seen.catch(() => undefined);
    setImmediate(read.open);
    await expect(working).rejects.toThrow('no');
    expect(await seen).toEqual([]);
  });

  it('loses no update among many transactions at once', async () => {
    const { db, transaction } = await open();
    await db.codeAttempt.create({ data: { personId: 1, count: 0, since: new Date(0) } });
    const one = () =>
      transaction(async (tx) => {
        await tx.codeAttempt.update({ where: { personId: 1 }, data: { count: { increment: 1 } } });
        await tx.account.create(account(`${Math.random()}`));
      });
    await Promise.all(Array.from({ length: 60 }, one));
    expect(await db.codeAttempt.findFirst()).toMatchObject({ count: 60 });
    expect(await db.account.count()).toBe(60);
  });

  it('carries on after two transactions got in each other’s way', async () => {
    const { db, dialect, transaction } = await open();
    const people = [1, 2];
    await db.codeAttempt.createMany({
      data: people.map((personId) => ({ personId, count: 0, since: new Date(0) })),
    });
    const add = (tx: Db, personId: number) =>
      tx.codeAttempt.update({ where: { personId }, data: { count: { increment: 1 } } });
    const both = (
      first: number,
      second: number,
      mine: ReturnType<typeof gate>,
      other: ReturnType<typeof gate>,
    ) =>
      transaction(async (tx) => {
        await add(tx, first);
        mine.open();
        // On SQLite the other transaction waits for this one's end, so there is nothing to wait for.
        if (dialect === 'postgresql') await other.opened;
        await add(tx, second);
      });
    const [a, b] = [gate(), gate()];
    await Promise.all([both(1, 2, a, b), both(2, 1, b, a)]);
    expect(await db.codeAttempt.findMany({ select: { count: true } })).toEqual([{ count: 2 }, { count: 2 }]);
  });
});
