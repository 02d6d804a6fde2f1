import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PrismaPg } from '@prisma/adapter-pg';
import { afterAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase, newSqliteFile } from '../../tests/support/databases.ts';
import { migrateSqlite } from '../migrate-sqlite.ts';
import { migrationsFolder, readMigrations } from '../migrations.ts';
import { openSqlite } from '../sqlite.ts';
import { sqliteAdapter } from '../sqlite-adapter.ts';
import { dialects, lockFileText, migrationList, missingSql, schemaFile } from './history.ts';
import { startEngine } from './schema-engine.ts';

const run = promisify(execFile);
const filters = { externalTables: [], externalEnums: [] };
const removals: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const remove of removals) await remove();
});

describe.each(dialects)('the history of %s', (dialect) => {
  it('makes what the schema says (else: npm run db:migration)', { timeout: 120_000 }, async () => {
    expect(await missingSql(dialect)).toBeUndefined();
  });

  it('is marked as its database’s', () => {
    expect(readFileSync(join(migrationsFolder(dialect), 'migration_lock.toml'), 'utf8')).toBe(
      lockFileText(dialect),
    );
  });

  it('counts as applied for Prisma’s own command after the program has applied it', async () => {
    const migrationsList = migrationList(dialect, readMigrations(migrationsFolder(dialect)));
    const engine = await startEngine(await (dialect === 'sqlite' ? migratedSqlite() : migratedPostgresql()));
    const diagnosis = await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters,
    });
    expect(diagnosis).toEqual({
      hasMigrationsTable: true,
      history: null,
      editedMigrationNames: [],
      failedMigrationNames: [],
    });
    expect(await engine.applyMigrations({ migrationsList, filters })).toEqual({ appliedMigrationNames: [] });
  });
});

it('finds a history lacking when the schema is ahead of it', async () => {
  const content = readFileSync(schemaFile('sqlite'), 'utf8');
  const ahead = `${content}\nmodel Probe {\n  id Int @id\n}\n`;
  expect(await missingSql('sqlite', undefined, ahead)).toContain('CREATE TABLE "Probe"');
});

async function migratedSqlite() {
  const { url, remove } = await newSqliteFile();
  removals.push(remove);
  const driver = await openSqlite(url.slice('file:'.length));
  await migrateSqlite(driver);
  return { provider: 'sqlite', connect: async () => sqliteAdapter(driver) } as const;
}

async function migratedPostgresql() {
  const { url, remove } = await newPostgresDatabase();
  removals.push(remove);
  return { provider: 'postgres', connect: () => new PrismaPg({ connectionString: url }).connect() } as const;
}

describe('the twin', () => {
  it('is what schema.prisma makes of it (else: npm run generate)', async () => {
    await run(process.execPath, [join(import.meta.dirname, 'generate.mjs'), '--check']);
  });

  it('is found out of date when schema.prisma has changed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lianqing-twin-'));
    try {
      cpSync(join(import.meta.dirname, 'generate.mjs'), join(folder, 'tools', 'generate.mjs'));
      const schema = readFileSync(schemaFile('sqlite'), 'utf8');
      writeFileSync(join(folder, 'schema.prisma'), `${schema}\nmodel Probe {\n  id Int @id\n}\n`);
      cpSync(schemaFile('postgresql'), join(folder, 'schema.postgresql.prisma'));
      const check = run(process.execPath, [join(folder, 'tools', 'generate.mjs'), '--check']);
      await expect(check).rejects.toMatchObject({ stderr: expect.stringContaining('out of date') });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
