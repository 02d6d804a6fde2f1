import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newSqliteFile } from '../tests/support/databases.ts';
import { type Database, openDatabase } from './database.ts';
import { asDatabaseError, type DatabaseError } from './database-error.ts';
import { closeSqlite, openSqlite } from './sqlite.ts';

let place: Awaited<ReturnType<typeof newSqliteFile>>;
let path: string;
const opened: Database[] = [];

beforeEach(async () => {
  place = await newSqliteFile();
  path = place.url.slice('file:'.length);
});

afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
  await place.remove();
});

async function open(): Promise<Database> {
  const database = await openDatabase(place.url);
  opened.push(database);
  return database;
}

/** The DatabaseError that a promise is rejected with, straight or by way of Prisma. */
async function faultOf(promise: Promise<unknown>): Promise<DatabaseError | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return asDatabaseError(error);
  }
}

const account = (name: string) => ({ data: { platform: 'test', name } });

it('is as durable as it says, in every connection', async () => {
  const { db } = await open();
  expect(await db.$queryRaw`PRAGMA journal_mode`).toEqual([{ journal_mode: 'wal' }]);
  expect(await db.$queryRaw`PRAGMA synchronous`).toEqual([{ synchronous: 2n }]);
  expect(await db.$queryRaw`PRAGMA foreign_keys`).toEqual([{ foreign_keys: 1n }]);
  expect(await db.$queryRaw`PRAGMA busy_timeout`).toEqual([{ timeout: 5_000n }]);
});

it('keeps what was written when it is closed and opened again, in the one file', async () => {
  const first = await open();
  await first.db.account.create(account('a'));
  await first.close();
  const copy = join(path, '..', 'copy.db');
  copyFileSync(path, copy);
  const second = await openDatabase(`file:${copy}`);
  opened.push(second);
  expect(await second.db.account.count()).toBe(1);
});

it('keeps the type of every kind of value', async () => {
  const { db } = await open();
  await db.$executeRawUnsafe('CREATE TABLE "probe" ("v")');
  for (const value of [1, 1.5, 2n ** 60n, 'x', true, null, Buffer.from('ab')]) {
    await db.$executeRawUnsafe('INSERT INTO "probe" VALUES (?)', value);
  }
  const kinds = await db.$queryRaw<{ t: string }[]>`SELECT typeof("v") AS "t" FROM "probe" ORDER BY rowid`;
  expect(kinds.map(({ t }) => t)).toEqual(['integer', 'real', 'integer', 'text', 'integer', 'null', 'blob']);
  const blob = await db.$queryRaw<{ v: Uint8Array }[]>`SELECT "v" FROM "probe" WHERE typeof("v") = 'blob'`;
  expect(Buffer.from(blob[0]!.v).toString()).toBe('ab');
  expect(await db.$queryRaw`SELECT max("v") AS "m" FROM "probe" WHERE typeof("v") = 'integer'`).toEqual([
    { m: 2n ** 60n },
  ]);
});

it('tells a file that is no database', async () => {
  writeFileSync(path, 'no database at all '.repeat(1_000));
  const fault = await faultOf(open());
  expect(fault?.fault).toBe('not-a-database');
  expect(fault?.message).toContain(path);
  expect(fault?.forPerson).toMatch(/损坏/);
});

it('tells a path that cannot be opened', async () => {
  mkdirSync(path);
  expect((await faultOf(open()))?.fault).toBe('cannot-open');
  writeFileSync(join(path, 'file'), '');
  expect((await faultOf(openDatabase(`file:${path}/file/lianqing.db`)))?.fault).toBe('cannot-open');
});

it('tells that another process holds the file', async () => {
  await (await open()).close();
  const other = await openSqlite(path);
  other.exec('BEGIN IMMEDIATE');
  const fault = await faultOf(openSqlite(path, 50));
  expect(fault?.fault).toBe('locked');
  expect(fault?.forPerson).toMatch(/占用/);
  other.exec('ROLLBACK');
  closeSqlite(other);
});

it('tells a full disk, keeps nothing of that transaction and all of the others', async () => {
  const database = await open();
  const { db, transaction } = database;
  await db.account.create(account('before'));
  const [pages] = await db.$queryRaw<{ page_count: bigint }[]>`PRAGMA page_count`;
  await db.$queryRawUnsafe(`PRAGMA max_page_count = ${Number(pages!.page_count) + 3}`);
  const fill = transaction(async (tx) => {
    await tx.account.create(account('inside'));
    await tx.account.create(account('x'.repeat(100_000)));
  });
  expect((await faultOf(fill))?.fault).toBe('full');
  expect((await faultOf(db.account.create(account('x'.repeat(100_000)))))?.fault).toBe('full');
  await db.$queryRaw`PRAGMA max_page_count = 1000000`;
  await transaction((tx) => tx.account.create(account('later')));
  expect((await db.account.findMany()).map(({ name }) => name)).toEqual(['before', 'later']);
});

it('lets nothing be written by a transaction that SQLite itself has rolled back', async () => {
  const { db, transaction } = await open();
  const working = transaction(async (tx) => {
    await tx.account.create(account('inside'));
    await tx.$executeRaw`ROLLBACK`;
    await tx.account.create(account('after'));
  });
  await expect(working).rejects.toThrow(/ended this transaction/);
  expect(await db.account.count()).toBe(0);
});

it('tells a database that may only be read', async () => {
  const { db } = await open();
  await db.$executeRaw`PRAGMA query_only = ON`;
  const fault = await faultOf(db.account.create(account('a')));
  expect(fault?.fault).toBe('read-only');
  expect(fault?.forPerson).toMatch(/只能读/);
});

it('takes a constraint for no fault of the database', async () => {
  const { db } = await open();
  await db.account.create(account('a'));
  expect(await faultOf(db.account.create(account('a')))).toBeUndefined();
});
