import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Driver from 'libsql';
import { asDatabaseError, DatabaseError } from './database-error.ts';

/** How long a statement waits for another process that is writing, in milliseconds. */
const defaultBusyMs = 5_000;

/**
 * Opens a connection to a SQLite file (`:memory:` for one that lives with the process), making its folder.
 * Write-ahead log, `synchronous=FULL`: with less, rows acknowledged before a power cut were lost.
 * Waits `busyMs` milliseconds for another process. Throws {@link DatabaseError}: cannot-open, read-only, locked, full,
 * not-a-database.
 */
export async function openSqlite(path: string, busyMs = defaultBusyMs): Promise<Driver.Database> {
  const deadline = Date.now() + busyMs;
  for (;;) {
    try {
      if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
      return connect(path, busyMs);
    } catch (error) {
      const known = asDatabaseError(error);
      if (!known) throw error;
      // SQLite does not wait by itself when two processes make the same new file at once.
      if (known.fault !== 'locked' || Date.now() > deadline) {
        throw new DatabaseError(known.fault, `${path}: ${known.message}`, error);
      }
      await wait(20);
    }
  }
}

function connect(path: string, busyMs: number): Driver.Database {
  const driver = new Driver(path);
  try {
    driver.defaultSafeIntegers(true);
    driver.exec(`PRAGMA busy_timeout=${busyMs}`);
    driver.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON');
    // What is wiped or deleted is overwritten in the file, not merely forgotten.
    driver.exec('PRAGMA secure_delete=ON');
    // A group commit touches hundreds of pages, the same ones again and again: 8 MB of them stay in memory, and 16 MB
    // are logged before each is moved into the file once.
    driver.exec('PRAGMA cache_size=-8000; PRAGMA wal_autocheckpoint=4000');
    // Only a write tells a file that can be written from one that cannot.
    driver.exec('BEGIN IMMEDIATE; ROLLBACK');
    return driver;
  } catch (error) {
    driver.close();
    throw error;
  }
}

/** Closes a connection, with everything moved from the log into the file, so that the file alone can be copied. */
export function closeSqlite(driver: Driver.Database): void {
  if (!driver.open) return;
  try {
    // The driver keeps the file until it has freed its statements, too late to do this by itself.
    driver.exec('PRAGMA busy_timeout=0; PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // Another process is reading, or the disk is full: the log stays, and holds what the file lacks.
  }
  driver.close();
}
