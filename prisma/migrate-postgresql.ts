import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import { asDatabaseError, DatabaseError } from './database-error.ts';
import {
  type AppliedMigration,
  type Migration,
  migrationsFolder,
  pendingMigrations,
  readMigrations,
} from './migrations.ts';

/** The table that Prisma's own `migrate deploy` keeps, column by column, and the lock under which it works. */
const historyTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;
const prismaLock = 72_707_369;

/** Milliseconds to reach the server, and to wait for another process that is migrating. */
const connectMs = 10_000;
const lockMs = 60_000;

/**
 * Applies the migrations that a PostgreSQL database lacks, each one wholly or not at all. Processes that start
 * together take turns. Throws {@link DatabaseError}: unreachable, credentials, no-such-database, newer, changed,
 * interrupted, foreign, locked, read-only, full, migration-failed.
 */
export async function migratePostgresql(url: string, known = readMigrations(migrationsFolder('postgresql'))) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectMs });
  // A connection that breaks while idle is told by the next query.
  client.on('error', () => undefined);
  try {
    await client.connect();
    if (pendingMigrations(known, await applied(client)).length === 0) return;
    await client.query(`SET lock_timeout = ${lockMs}`);
    await client.query('SELECT pg_advisory_lock($1)', [prismaLock]);
    for (const migration of pendingMigrations(known, await applied(client))) await apply(client, migration);
  } catch (error) {
    throw asDatabaseError(error) ?? error;
  } finally {
    await client.end();
  }
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const started = new Date();
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(historyTable);
    await client.query(
      `INSERT INTO "_prisma_migrations"
         ("id", "checksum", "started_at", "finished_at", "migration_name", "applied_steps_count") VALUES ($1, $2, $3, $4, $5, 1)`,
      [randomUUID(), checksum, started, new Date(), name],
    );
    await client.query('COMMIT');
  } catch (error) {
    throw asDatabaseError(error) ?? new DatabaseError('migration-failed', `${name}: ${String(error)}`, error);
  }
}

const tableRows = z.array(z.object({ name: z.string() }));
const historyRows = z.array(z.object({ name: z.string(), checksum: z.string(), finished: z.boolean() }));

async function applied(client: pg.Client): Promise<AppliedMigration[]> {
  const found = await client.query(
    'SELECT table_name AS "name" FROM information_schema.tables WHERE table_schema = current_schema()',
  );
  const tables = tableRows.parse(found.rows).map(({ name }) => name);
  if (!tables.includes('_prisma_migrations')) {
    if (tables.length === 0) return [];
    throw new DatabaseError('foreign', `the database has tables, but no migrations: ${tables.join(', ')}`);
  }
  const history = await client.query(
    `SELECT "migration_name" AS "name", "checksum", "finished_at" IS NOT NULL AS "finished"
     FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`,
  );
  return historyRows.parse(history.rows);
}
