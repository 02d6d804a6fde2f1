import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MigrationList } from '@prisma/schema-engine-wasm';
import { type Migration, migrationsFolder, readMigrations } from '../migrations.ts';
import { startEngine } from './schema-engine.ts';
import { scratches } from './scratch.ts';

export const dialects = ['sqlite', 'postgresql'] as const;
export type Dialect = (typeof dialects)[number];

const filters = { externalTables: [], externalEnums: [] };

/** The schema file of a database: the hand-written one, or its twin. */
export function schemaFile(dialect: Dialect): string {
  const name = dialect === 'sqlite' ? 'schema.prisma' : 'schema.postgresql.prisma';
  return join(dirname(dirname(migrationsFolder(dialect))), name);
}

/** The file that tells Prisma's own command which database a history is for. */
export function lockFileText(dialect: Dialect): string {
  return `# Made by npm run db:migration.\nprovider = "${dialect}"\n`;
}

/** A history as Prisma's engine wants it. */
export function migrationList(dialect: Dialect, history: readonly Migration[]): MigrationList {
  return {
    baseDir: migrationsFolder(dialect),
    lockfile: { path: 'migration_lock.toml', content: lockFileText(dialect) },
    shadowDbInitScript: '',
    migrationDirectories: history.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
}

/**
 * The SQL that leads from what a history makes of an empty database to what a schema file says; undefined if they
 * agree. The history is replayed on a database in memory.
 */
export async function missingSql(
  dialect: Dialect,
  history: readonly Migration[] = readMigrations(migrationsFolder(dialect)),
  content: string = readFileSync(schemaFile(dialect), 'utf8'),
): Promise<string | undefined> {
  const path = schemaFile(dialect);
  const engine = await startEngine(scratches[dialect], [[path, content]]);
  try {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'migrations', ...migrationList(dialect, history) },
      to: { tag: 'schemaDatamodel', files: [{ path, content }] },
      script: true,
      exitCode: true,
      filters,
    });
    return exitCode === 0 ? undefined : (stdout ?? undefined);
  } finally {
    engine.free();
  }
}
