import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DatabaseError } from './database-error.ts';

/** One step of a database's history. `checksum` is that of Prisma: SHA-256 of the text, in hexadecimal. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** A row of Prisma's own `_prisma_migrations` that was not rolled back. */
export interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/** The folder that holds both histories, from the sources as well as from the compiled program. */
export function migrationsFolder(dialect: 'sqlite' | 'postgresql'): string {
  const root = dirname(createRequire(import.meta.url).resolve('#root/package.json'));
  return join(root, 'prisma', 'migrations', dialect);
}

/** Reads a history in its order. Line ends are those of Unix, so that a checkout elsewhere has the same checksums. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'migration.sql')))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8').replaceAll('\r\n', '\n');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/**
 * The migrations that a database still lacks. Throws {@link DatabaseError}: `newer` when it has one that the program
 * does not know, `changed` when one is not what was applied, `interrupted` when one did not finish.
 */
export function pendingMigrations(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
): Migration[] {
  for (const row of applied) {
    const migration = known.find(({ name }) => name === row.name);
    if (!migration) throw new DatabaseError('newer', `unknown migration ${row.name}: newer than the program`);
    if (!row.finished) throw new DatabaseError('interrupted', `migration ${row.name} did not finish`);
    if (row.checksum !== migration.checksum) {
      throw new DatabaseError('changed', `migration ${row.name} is not the one that was applied`);
    }
  }
  return known.filter(({ name }) => !applied.some((row) => row.name === name));
}
