import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, describe, inject } from 'vitest';
import { type Database, openDatabase } from '../../prisma/database.ts';

/** A fresh database and how to be rid of it. */
interface Place {
  readonly url: string;
  remove(): Promise<void>;
}

/** A new SQLite file, without tables, in a folder of its own. */
export async function newSqliteFile(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'lianqing-sqlite-'));
  return {
    url: `file:${join(folder, 'lianqing.db')}`,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A new database on the tests' PostgreSQL: migrated, or `empty`. Waits until the server is ready. */
export async function newPostgresDatabase({ empty = false } = {}): Promise<Place> {
  const { template } = inject('postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await untilReady(`CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  if (empty) {
    await command(`DROP DATABASE "${name}"`);
    await command(`CREATE DATABASE "${name}"`);
  }
  const url = new URL(inject('postgres').url);
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => command(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) };
}

/**
 * The same tests on SQLite and on PostgreSQL. Each call of `open` gives a fresh, migrated database, which is closed and
 * removed after the test.
 */
export function describeOnBoth(name: string, tests: (open: () => Promise<Database>) => void): void {
  for (const [dialect, newPlace] of [
    ['SQLite', newSqliteFile],
    ['PostgreSQL', newPostgresDatabase],
  ] as const) {
    describe(`${name} on ${dialect}`, () => {
      const endings: (() => Promise<void>)[] = [];
      afterEach(async () => {
        for (const end of endings.splice(0).reverse()) await end();
      });
      tests(async () => {
        const place = await newPlace();
        endings.push(place.remove);
        const database = await openDatabase(place.url);
        endings.push(database.close);
        return database;
      });
    });
  }
}

/** While the server starts it refuses connections, and then lacks the database to copy. */
const startingCodes = ['ECONNREFUSED', 'ECONNRESET', '57P03', '3D000'];

async function untilReady(sql: string): Promise<void> {
  const { fault } = inject('postgres');
  for (;;) {
    try {
      return await command(sql);
    } catch (error) {
      if (!startingCodes.includes((error as { code?: string }).code ?? '')) throw error;
      if (existsSync(fault)) throw new Error(`no PostgreSQL for the tests: ${readFileSync(fault, 'utf8')}`);
      await wait(100);
    }
  }
}

/** Runs one statement on the tests' PostgreSQL as its superuser. */
async function command(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgres').url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
