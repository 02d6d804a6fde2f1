import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { migrationsFolder } from '../migrations.ts';
import { type Dialect, dialects, lockFileText, missingSql } from './history.ts';
import { recountTriggers } from './recount-triggers.ts';

/** Before the first release there is one migration, which `--init` writes anew; its name never changes. */
const initName = '20260101000000_init';

/** Writes one migration into the history of a database, if its schema differs from the history. */
async function writeMigration(dialect: Dialect, name: string): Promise<void> {
  const folder = migrationsFolder(dialect);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration_lock.toml'), lockFileText(dialect));
  const sql = await missingSql(dialect);
  if (sql === undefined) return console.log(`${dialect}: nothing to do`);
  mkdirSync(join(folder, name));
  const whole = name === initName ? `${sql}\n${recountTriggers(dialect)}` : sql;
  writeFileSync(join(folder, name, 'migration.sql'), whole);
  console.log(`${dialect}: wrote ${join(folder, name, 'migration.sql')}; read it before you commit it`);
}

/** Takes the single first migration back. Refuses when others follow, as somebody's database has them by then. */
function removeInit(): void {
  for (const dialect of dialects) {
    const folder = migrationsFolder(dialect);
    mkdirSync(folder, { recursive: true });
    const later = readdirSync(folder).filter((name) => name !== initName && name !== 'migration_lock.toml');
    if (later.length > 0) throw new Error(`${dialect}: ${later.join(', ')} follow the first migration`);
    rmSync(join(folder, initName), { recursive: true, force: true });
  }
}

const [argument] = process.argv.slice(2);
if (argument === '--init') removeInit();
const word = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/)
  .safeParse(argument);
if (argument !== '--init' && !word.success) {
  console.error('usage: npm run db:migration -- name_of_the_change   (small letters, digits, _)');
  process.exit(2);
}
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const name = argument === '--init' ? initName : `${stamp}_${word.data}`;
for (const dialect of dialects) await writeMigration(dialect, name);
