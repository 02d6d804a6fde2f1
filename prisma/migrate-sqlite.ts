import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type Driver from 'libsql';
import { z } from 'zod';
import { asDatabaseError, DatabaseError } from './database-error.ts';
import {
  type AppliedMigration,
  type Migration,
  migrationsFolder,
  pendingMigrations,
  readMigrations,
} from './migrations.ts';

/** The table that Prisma's own `migrate deploy` keeps, column by column. */
const historyTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "checksum" TEXT NOT NULL,
  "finished_at" DATETIME,
  "migration_name" TEXT NOT NULL,
  "logs" TEXT,
  "rolled_back_at" DATETIME,
  "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

/** How often to wait the connection's busy_timeout for another process that is migrating. */
const turns = 6;

/**
 * Applies the migrations that a SQLite database lacks, each one wholly or not at all. Processes that start together
 * take turns. Throws {@link DatabaseError}: newer, changed, interrupted, foreign, locked, full, migration-failed.
 */
export async function migrateSqlite(
  driver: Driver.Database,
  known = readMigrations(migrationsFolder('sqlite')),
) {
  if (pendingMigrations(known, applied(driver)).length === 0) return;
  // Inside a transaction this setting has no effect; left on, a table that is remade would empty its children.
  driver.exec('PRAGMA foreign_keys=OFF');
  try {
    while (await applyNext(driver, known));
  } finally {
    driver.exec('PRAGMA foreign_keys=ON');
  }
}

/** Applies the first migration that is lacking; false if there is none. */
async function applyNext(driver: Driver.Database, known: readonly Migration[]): Promise<boolean> {
  await begin(driver);
  try {
    const [next] = pendingMigrations(known, applied(driver));
    if (next) apply(driver, next);
    driver.exec('COMMIT');
    return next !== undefined;
  } catch (error) {
    if (driver.inTransaction) driver.exec('ROLLBACK');
    throw error;
  }
}

function apply(driver: Driver.Database, { name, sql, checksum }: Migration): void {
  const started = BigInt(Date.now());
  try {
    driver.exec(sql);
  } catch (error) {
    throw asDatabaseError(error) ?? new DatabaseError('migration-failed', `${name}: ${String(error)}`, error);
  }
  if (driver.prepare('PRAGMA foreign_key_check').all([]).length > 0) {
    throw new DatabaseError('migration-failed', `${name} leaves rows that refer to nothing`);
  }
  driver.exec(historyTable);
  driver
    .prepare(
      `INSERT INTO "_prisma_migrations"
         ("id", "checksum", "started_at", "finished_at", "migration_name", "applied_steps_count") VALUES (?, ?, ?, ?, ?, 1)`,
    )
    .run([randomUUID(), checksum, started, BigInt(Date.now()), name]);
}

const rows = z.array(
  z.object({ name: z.string(), checksum: z.string(), finished: z.bigint().transform(Boolean) }),
);

function applied(driver: Driver.Database): AppliedMigration[] {
  const tables = driver
    .prepare(
      `SELECT "name" FROM "sqlite_master" WHERE "type" = 'table' AND "name" NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
    )
    .pluck()
    .all([]);
  if (!tables.includes('_prisma_migrations')) {
    if (tables.length === 0) return [];
    throw new DatabaseError('foreign', `the database has tables, but no migrations: ${tables.join(', ')}`);
  }
  const found = driver
    .prepare(
      `SELECT "migration_name" AS "name", "checksum", "finished_at" IS NOT NULL AS "finished"
       FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`,
    )
    .all([]);
  return rows.parse(found);
}

async function begin(driver: Driver.Database): Promise<void> {
  for (let turn = 1; ; turn += 1) {
    try {
      driver.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (turn === turns || asDatabaseError(error)?.fault !== 'locked') throw error;
      await wait(10);
    }
  }
}
