import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase, newSqliteFile } from '../tests/support/databases.ts';
import { freePort } from '../tests/support/free-port.ts';
import { openDatabase } from './database.ts';
import { DatabaseError } from './database-error.ts';
import { migratePostgresql } from './migrate-postgresql.ts';
import { migrateSqlite } from './migrate-sqlite.ts';
import { type Migration, migrationsFolder, readMigrations } from './migrations.ts';
import { closeSqlite, openSqlite } from './sqlite.ts';

const run = promisify(execFile);
const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** An empty database, with the same few things to do on each of the two. */
interface Subject {
  readonly url: string;
  migrate(history: readonly Migration[]): Promise<void>;
  sql(text: string): Promise<unknown>;
  /** The values of the first column of what a query yields, as texts. */
  column(query: string): Promise<string[]>;
}

async function onSqlite(): Promise<Subject> {
  const { url, remove } = await newSqliteFile();
  const driver = await openSqlite(url.slice('file:'.length));
  endings.push(remove, () => closeSqlite(driver));
  return {
    url,
    migrate: (history) => migrateSqlite(driver, [...history]),
    sql: async (text) => driver.exec(text),
    column: async (query) => driver.prepare(query).pluck().all([]).map(String),
  };
}

async function onPostgresql(): Promise<Subject> {
  const { url, remove } = await newPostgresDatabase({ empty: true });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  endings.push(remove, () => client.end());
  return {
    url,
    migrate: (history) => migratePostgresql(url, [...history]),
    sql: (text) => client.query(text),
    column: async (query) =>
      (await client.query({ text: query, rowMode: 'array' })).rows.map((row: unknown[]) => String(row[0])),
  };
}

/** A migration with a checksum as the program would read it. */
const step = (name: string, sql: string): Migration => ({ name, sql, checksum: name.padEnd(64, '0') });
const first = step('1_first', 'CREATE TABLE a (id INTEGER PRIMARY KEY); INSERT INTO a VALUES (1)');
const second = step(
  '2_second',
  'CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER REFERENCES a (id) ON DELETE CASCADE)',
);

const applied =
  'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY started_at, id';

describe.each([
  ['SQLite', onSqlite, 'sqlite'],
  ['PostgreSQL', onPostgresql, 'postgresql'],
] as const)('migrations on %s', (_, open, dialect) => {
  const faultOf = async (promise: Promise<unknown>) => {
    const error = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DatabaseError);
    return (error as DatabaseError).fault;
  };

  it('applies what is lacking, in order and once', async () => {
    const { migrate, column } = await open();
    await migrate([first]);
    await migrate([first, second]);
    await migrate([first, second]);
    expect(await column(applied)).toEqual(['1_first', '2_second']);
    expect(await column('SELECT id FROM a')).toEqual(['1']);
  });

  it('takes back a migration that fails, and goes on from there', async () => {
    const { migrate, column } = await open();
    const torn = step(
      '2_second',
      'CREATE TABLE b (id INTEGER); INSERT INTO a VALUES (2); INSERT INTO nowhere VALUES (1)',
    );
    expect(await faultOf(migrate([first, torn]))).toBe('migration-failed');
    expect(await column('SELECT id FROM a')).toEqual(['1']);
    expect(await column(applied)).toEqual(['1_first']);
    await migrate([first, second]);
    expect(await column(applied)).toEqual(['1_first', '2_second']);
  });

  it('refuses a database that a newer program has changed', async () => {
    const { migrate } = await open();
    await migrate([first, second]);
    const error = await migrate([first]).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ fault: 'newer', message: expect.stringContaining('2_second') });
    expect((error as DatabaseError).forPerson).toMatch(/更新版本/);
  });

  it('refuses a history that is not what was applied', async () => {
    const { migrate } = await open();
    await migrate([first]);
    expect(await faultOf(migrate([{ ...first, checksum: 'f'.repeat(64) }, second]))).toBe('changed');
  });

  it('refuses what another tool left unfinished, and accepts it once rolled back', async () => {
    const { migrate, sql, column } = await open();
    await migrate([first]);
    await sql(`INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', '', '2_second')`);
    expect(await faultOf(migrate([first, second]))).toBe('interrupted');
    await sql(`UPDATE _prisma_migrations SET rolled_back_at = CURRENT_TIMESTAMP WHERE id = 'x'`);
    await migrate([first, second]);
    expect(await column(applied)).toEqual(['1_first', '2_second']);
  });

  it('refuses a database with somebody else’s tables', async () => {
    const { migrate, sql } = await open();
    await sql('CREATE TABLE theirs (id INTEGER)');
    expect(await faultOf(migrate([first]))).toBe('foreign');
  });

  it('applies the program’s own history when it opens', async () => {
    const { url, column } = await open();
    const database = await openDatabase(url);
    expect(await database.db.account.count()).toBe(0);
    await database.close();
    const known = readMigrations(migrationsFolder(dialect));
    expect(await column('SELECT migration_name FROM _prisma_migrations ORDER BY 1')).toEqual(
      known.map(({ name }) => name),
    );
  });

  it('lets processes that start together on an empty database all start', async () => {
    const { url, column } = await open();
    const children = Array.from({ length: 4 }, () => startProcess(url));
    await Promise.all(children.map(({ loaded }) => loaded));
    for (const { go } of children) go();
    expect(await Promise.all(children.map(({ ended }) => ended))).toEqual(children.map(() => ''));
    expect(await column('SELECT name FROM "Account"')).toHaveLength(4);
    expect(await column(applied)).toHaveLength(readMigrations(migrationsFolder(dialect)).length);
  });
});

/** A process that has loaded the program and opens the database on `go`; it ends with what it has to complain of. */
function startProcess(url: string) {
  const program = `
    const { openDatabase } = await import(${JSON.stringify(pathToFileURL(compiled).href)});
    console.log('loaded');
    await new Promise((resolve) => process.stdin.once('data', resolve));
    const database = await openDatabase(${JSON.stringify(url)});
    await database.db.account.create({ data: { platform: 'test', name: String(process.pid) } });
    await database.close();
    process.exit();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint += String(text);
  });
  return {
    loaded: once(child.stdout, 'data'),
    go: () => child.stdin.write('go'),
    ended: once(child, 'close').then(() => complaint),
  };
}

const folder = join(import.meta.dirname, 'generated', 'processes');
const compiled = join(folder, 'database.js');

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  const compilerOptions = { noEmit: false, rootDir: '../..', outDir: '.' };
  const config = {
    extends: '../../../tsconfig.json',
    compilerOptions,
    include: ['../../database.ts'],
    exclude: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(import.meta.dirname, '..', 'node_modules', 'typescript', 'bin', 'tsc');
  await run(process.execPath, [tsc, '-p', folder]);
});

it('on SQLite, keeps the children of a table that a migration makes anew', async () => {
  const { migrate, sql, column } = await onSqlite();
  await migrate([first, second]);
  await sql('INSERT INTO b VALUES (1, 1)');
  const remade = step(
    '3_third',
    `PRAGMA defer_foreign_keys=ON; PRAGMA foreign_keys=OFF;
     CREATE TABLE new_a (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO new_a (id) SELECT id FROM a;
     DROP TABLE a; ALTER TABLE new_a RENAME TO a;
     PRAGMA foreign_keys=ON; PRAGMA defer_foreign_keys=OFF;`,
  );
  await migrate([first, second, remade]);
  expect(await column('SELECT a FROM b')).toEqual(['1']);
  expect(await column('PRAGMA foreign_keys')).toEqual(['1']);
  const orphaning = step('4_fourth', 'DELETE FROM a');
  await expect(migrate([first, second, remade, orphaning])).rejects.toMatchObject({
    fault: 'migration-failed',
  });
  expect(await column('SELECT id FROM a')).toEqual(['1']);
});

it('on PostgreSQL, tells a server that is not there, a wrong password and a missing database', async () => {
  const { url } = await onPostgresql();
  const at = (part: 'port' | 'password' | 'pathname', value: string) => {
    const address = new URL(url);
    address[part] = value;
    return openDatabase(address.href);
  };
  await expect(at('port', String(await freePort()))).rejects.toMatchObject({ fault: 'unreachable' });
  await expect(at('password', 'wrong-secret')).rejects.toMatchObject({
    fault: 'credentials',
    message: expect.not.stringContaining('wrong-secret'),
  });
  await expect(at('pathname', '/nowhere')).rejects.toMatchObject({ fault: 'no-such-database' });
});
