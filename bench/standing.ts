/**
 * Where every cadre stands with every requirement, presence among them, over a year: as `/本单位 要求` finds it in sets,
 * against one statement a requirement and group, and against what `/进度` does for one cadre. In the program's own tables.
 */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { standingsOfUnits } from '../bot/standing.ts';
import { noHolidays } from '../domain/calendar/workdays.ts';
import type { Standing } from '../domain/standing/standing.ts';
import { summaryOf } from '../domain/standing/summary.ts';
import { type Database, openDatabase } from '../prisma/database.ts';
import { closeSqlite, openSqlite } from '../prisma/sqlite.ts';
import { freePort } from '../tests/support/free-port.ts';
import { startPostgres } from '../tests/support/postgres-server.ts';
import { eachByItself, eachRequirement } from './standing-naive.ts';
import { filling, now, unitId } from './standing-year.ts';

export interface StandingLoad {
  readonly dialect: 'sqlite' | 'postgresql';
  readonly groups: number;
}

export interface StandingResult {
  readonly requirements: number;
  /** Rows of the year's facts. */
  readonly rows: number;
  /** Seconds of the first pass, when no count is kept yet. */
  readonly first: number;
  /** Seconds of each of three more, with the summary that `/本单位 要求` shows. */
  readonly pass: readonly number[];
  /** Seconds of one statement a requirement and group, for a sample, drawn out to all. */
  readonly naive: number;
  /** Seconds of what `/进度` does, for a sample, drawn out to all. */
  readonly single: number;
}

const sample = 100;
const passes = 3;

/** A fresh database of the program's, a way to fill it fast, and how to be rid of it. */
async function prepared(dialect: StandingLoad['dialect']) {
  if (dialect === 'sqlite') {
    const folder = await mkdtemp(join(tmpdir(), 'lianqing-bench-'));
    const path = join(folder, 'standing.db');
    await (await openDatabase(`file:${path}`)).close();
    return {
      url: `file:${path}`,
      async fill(statements: readonly string[]) {
        const driver = await openSqlite(path);
        driver.exec('PRAGMA foreign_keys=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000');
        // Nothing is kept yet that the rows could make stale.
        const triggers = z
          .array(z.object({ name: z.string(), sql: z.string() }))
          .parse(driver.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all([]));
        for (const { name } of triggers) driver.exec(`DROP TRIGGER "${name}"`);
        for (const statement of statements) driver.exec(statement);
        for (const { sql } of triggers) driver.exec(sql);
        driver.exec('ANALYZE');
        closeSqlite(driver);
      },
      remove: async () => rmSync(folder, { recursive: true }),
    };
  }
  const server = startPostgres(await freePort());
  await server.ready;
  await (await openDatabase(server.url)).close();
  return {
    url: server.url,
    async fill(statements: readonly string[]) {
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      await client.query('SET session_replication_role = replica; SET synchronous_commit = off');
      for (const statement of statements) await client.query(statement);
      await client.query('VACUUM ANALYZE');
      await client.end();
    },
    remove: () => server.stop(),
  };
}

/** Fills a database, and measures. Throws when the ways disagree. */
export async function runStanding({ dialect, groups }: StandingLoad): Promise<StandingResult> {
  const place = await prepared(dialect);
  try {
    const { statements, rows } = filling(dialect, groups);
    await place.fill(statements);
    const database = await openDatabase(place.url);
    try {
      return { rows, ...(await measure(database, groups)) };
    } finally {
      await database.close();
    }
  } finally {
    await place.remove();
  }
}

/** Measures on a database that is filled with so many groups. */
export async function measure(
  { db }: Pick<Database, 'db'>,
  groups: number,
): Promise<Omit<StandingResult, 'rows'>> {
  const inSets = async () => {
    const began = performance.now();
    const found = await standingsOfUnits(db, [unitId], now, noHolidays);
    const counted = summaryOf(found).flatMap(({ counts }) => Object.values(counts));
    if (counted.length === 0) throw new Error('nothing was counted');
    return { found, seconds: (performance.now() - began) / 1000 };
  };
  const { seconds: first } = await inSets();
  const pass: number[] = [];
  // What one pass has found is dropped before the next, as after a command.
  for (let n = 1; n < passes; n++) pass.push((await inSets()).seconds);
  const { found, seconds } = await inSets();
  pass.push(seconds);
  if (found.length !== groups) throw new Error(`${found.length} cadres, not ${groups}`);
  const step = Math.floor(groups / sample);
  // Not all of one remainder, since who they are and what they did goes by that.
  const chosen = Array.from({ length: sample }, (_, n) => n * step + (n % Math.min(step, 7)));
  const timed = async <T>(work: (groupId: number) => Promise<T>) => {
    const start = performance.now();
    const said: T[] = [];
    for (const cadre of chosen) said.push(await work(cadre + 1));
    return { said, seconds: (((performance.now() - start) / 1000) * groups) / sample };
  };
  const all = (cadre: number) => [...(found[cadre]?.own ?? []), ...(found[cadre]?.groups ?? []).flat()];
  const naive = await timed((groupId) => eachRequirement(db, groupId));
  const single = await timed((groupId) => eachByItself(db, groupId));
  const told = ({ requirement: { id }, status, why, have, need }: Standing) =>
    `${id} ${status} ${why} ${have}/${need}`;
  for (const [n, cadre] of chosen.entries()) {
    same(cadre, all(cadre).map(told), single.said[n]?.map(told) ?? []);
    // What does not bind them was counted by the plain statements all the same.
    const plain = all(cadre).filter(
      ({ why }) => why !== 'not_bound' && why !== 'exempt' && why !== 'not_linked',
    );
    const counted = naive.said[n] ?? new Map();
    same(
      cadre,
      plain.map(({ requirement: { id }, have }) => `${id} ${have}`),
      plain.map(({ requirement: { id } }) => `${id} ${counted.get(id)}`),
    );
  }
  return {
    requirements: all(0).length,
    first,
    pass,
    naive: naive.seconds,
    single: single.seconds,
  };
}

function same(cadre: number, one: readonly string[], other: readonly string[]): void {
  if (one.join() !== other.join()) throw new Error(`cadre ${cadre}: the ways disagree:\n${one}\n${other}`);
}
