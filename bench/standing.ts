/**
 * The standing of every requirement of records, of every cadre, over a year of records: one pass over the table
 * against one query per requirement and cadre. The table has the columns of a deed that count.
 */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { dayFrom } from '../domain/calendar/day.ts';
import { kindsCounted } from '../domain/policy/adjust.ts';
import { profiles } from '../domain/policy/profiles/profiles.ts';
import type { RecordKind } from '../domain/policy/records.ts';
import { spanOf } from '../domain/standing/span.ts';
import { closeSqlite, openSqlite } from '../prisma/sqlite.ts';
import { freePort } from '../tests/support/free-port.ts';
import { startPostgres } from '../tests/support/postgres-server.ts';

export interface StandingLoad {
  readonly dialect: 'sqlite' | 'postgresql';
  readonly cadres: number;
}

export interface StandingResult {
  readonly requirements: number;
  readonly records: number;
  /** Of the one pass, each of three times. */
  readonly pass: readonly number[];
  /** Of the queries one by one for a sample of cadres, drawn out to all. */
  readonly naive: number;
}

const perCadre = 60;
const sample = 200;
const today = dayFrom(2026, 11, 21);
const first = dayFrom(2026, 1, 1);

interface Asked {
  readonly kinds: readonly RecordKind[];
  readonly from: number;
  readonly to: number;
}

/** What the four profiles count in records, each once. */
function asked(): readonly Asked[] {
  const all = profiles.flatMap((policy) =>
    policy.requirements.flatMap((requirement) => {
      const span = spanOf(requirement, policy.semesters, today);
      if (requirement.measure !== 'records' || requirement.subject !== 'cadre' || !span) return [];
      return [
        { kinds: kindsCounted(requirement, span.from).kinds, from: span.from, to: Math.min(span.to, today) },
      ];
    }),
  );
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

const kinds = [...new Set(asked().flatMap((one) => one.kinds))];
const condition = ({ kinds: some, from, to }: Asked) =>
  `kind IN (${some.map((kind) => `'${kind}'`).join(',')}) AND day BETWEEN ${from} AND ${to}`;

function onePass(all: readonly Asked[]): string {
  const counts = all.map((one, n) => `count(*) FILTER (WHERE ${condition(one)}) AS r${n}`);
  return `SELECT cadre, ${counts.join(', ')} FROM record GROUP BY cadre`;
}

/** Rows of a series 0 … n, the same on both databases: cadre, kind and day follow from the number. */
function filling(series: string): string {
  const kind = kinds.map((one, n) => `WHEN ${n} THEN '${one}'`).join(' ');
  return `INSERT INTO record SELECT n / ${perCadre}, CASE (n * 7 + n / 13) % ${kinds.length} ${kind} END, ${first} + (n * 31 + n / 7) % 365 FROM ${series}`;
}

interface Engine {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

async function sqlite(): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'lianqing-bench-'));
  const driver = await openSqlite(join(folder, 'standing.db'));
  return {
    run: async (sql) => void driver.exec(sql),
    rows: async (sql) => driver.prepare(sql).all([]) as readonly Readonly<Record<string, unknown>>[],
    async close() {
      closeSqlite(driver);
      rmSync(folder, { recursive: true });
    },
  };
}

async function postgresql(): Promise<Engine> {
  const server = startPostgres(await freePort());
  await server.ready;
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  return {
    run: async (sql) => void (await client.query(sql)),
    rows: async (sql) => (await client.query(sql)).rows,
    async close() {
      await client.end();
      await server.stop();
    },
  };
}

/** Fills a database, and measures. Throws when the two ways disagree. */
export async function runStanding({ dialect, cadres }: StandingLoad): Promise<StandingResult> {
  const engine = dialect === 'sqlite' ? await sqlite() : await postgresql();
  try {
    const all = asked();
    const records = cadres * perCadre;
    await engine.run(
      'CREATE TABLE record (cadre INTEGER NOT NULL, kind TEXT NOT NULL, day INTEGER NOT NULL)',
    );
    await engine.run(
      filling(
        dialect === 'sqlite'
          ? `(WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < ${records - 1}) SELECT n FROM s)`
          : `generate_series(0, ${records - 1}) AS s(n)`,
      ),
    );
    await engine.run('CREATE INDEX record_by ON record (cadre, kind, day)');
    await engine.run('ANALYZE record');
    const pass: number[] = [];
    let table: readonly Readonly<Record<string, unknown>>[] = [];
    for (let n = 0; n < 3; n++) {
      const began = performance.now();
      table = await engine.rows(onePass(all));
      pass.push((performance.now() - began) / 1000);
    }
    if (table.length !== cadres) throw new Error(`${table.length} cadres, not ${cadres}`);
    const byCadre = new Map(table.map((row) => [Number(row.cadre), row]));
    const step = Math.floor(cadres / sample);
    const began = performance.now();
    for (let cadre = 0; cadre < sample * step; cadre += step)
      for (const [n, one] of all.entries()) {
        const [row] = await engine.rows(
          `SELECT count(*) AS n FROM record WHERE cadre = ${cadre} AND ${condition(one)}`,
        );
        if (Number(row?.n) !== Number(byCadre.get(cadre)?.[`r${n}`]))
          throw new Error(`cadre ${cadre}, requirement ${n}: the two ways disagree`);
      }
    const naive = (((performance.now() - began) / 1000) * cadres) / sample;
    return { requirements: all.length, records, pass, naive };
  } finally {
    await engine.close();
  }
}
