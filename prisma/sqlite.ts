import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Driver from 'better-sqlite3';
import { asDatabaseError, DatabaseError } from './database-error.ts';

/** How long a statement waits for another process that is writing, in milliseconds. */
const busyMs = 5_000;
/** SQLite does not wait when two processes make the same new file at once; then it is tried again. */
const tries = 5;

/**
 * Opens a connection to a SQLite file (`:memory:` for one that lives with the process), making its folder.
 * Write-ahead log, `synchronous=FULL`: with less, rows acknowledged before a power cut were lost.
 * Throws {@link DatabaseError}: cannot-open, read-only, locked, full, not-a-database.
 */
export async function openSqlite(path: string): Promise<Driver.Database> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
      return connect(path);
    } catch (error) {
      const known = asDatabaseError(error);
      if (!known) throw error;
      if (known.fault !== 'locked' || attempt === tries) {
        throw new DatabaseError(known.fault, `${path}: ${known.message}`, error);
      }
      await wait(20 * attempt);
    }
  }
}

function connect(path: string): Driver.Database {
  const driver = new Driver(path);
  try {
    driver.defaultSafeIntegers(true);
    driver.exec(`PRAGMA busy_timeout=${busyMs}`);
    driver.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON');
    // Only a write tells a file that can be written from one that cannot.
    driver.exec('BEGIN IMMEDIATE; ROLLBACK');
    return driver;
  } catch (error) {
    driver.close();
    throw error;
  }
}
