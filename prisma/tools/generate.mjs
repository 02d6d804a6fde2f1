// Writes the PostgreSQL twin of schema.prisma and generates both database clients, when something changed.
// Plain JavaScript, because it runs before anything is compiled: `npm run generate`, or with --check only to
// tell whether the twin is up to date.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const folder = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const schemaFile = join(folder, 'schema.prisma');
const twinFile = join(folder, 'schema.postgresql.prisma');
const stampFile = join(folder, 'generated', 'stamp');
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** The same models under the other database's header. Throws if the header to replace is not there. */
function twinOf(schema) {
  const replace = (text, from, to) => {
    if (text.split(from).length !== 2) throw new Error(`schema.prisma: expected exactly one ${from}`);
    return text.replace(from, to);
  };
  const body = schema.replace(/^(\/\/(?!\/).*\n)+/, '');
  const moved = replace(body, '"./generated/sqlite"', '"./generated/postgresql"');
  const notice = '// Made from schema.prisma by `npm run generate`: change that file, not this one.\n';
  return notice + replace(moved, 'provider = "sqlite"', 'provider = "postgresql"');
}

const twin = twinOf(read(schemaFile));
if (process.argv.includes('--check')) {
  if (read(twinFile) !== twin) {
    process.stderr.write('schema.postgresql.prisma is out of date: run npm run generate\n');
    process.exit(1);
  }
  process.exit(0);
}
if (read(twinFile) !== twin) writeFileSync(twinFile, twin);

const stamp = createHash('sha256')
  .update(`${require('prisma/package.json').version}\n${read(schemaFile)}\n${twin}`)
  .digest('hex');
const clients = ['sqlite', 'postgresql'].map((name) => join(folder, 'generated', name, 'client.ts'));
if (read(stampFile) === stamp && clients.every((file) => existsSync(file))) process.exit(0);

// `prisma generate` needs no engine, but looks for one; any existing file contents it where none could be had.
const env = {
  ...process.env,
  PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY || process.execPath,
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
};
const cli = join(dirname(require.resolve('prisma/package.json')), 'build', 'index.js');
try {
  await Promise.all(
    [schemaFile, twinFile].map((file) =>
      run(process.execPath, [cli, 'generate', '--no-hints', '--schema', file], { cwd: dirname(folder), env }),
    ),
  );
} catch (fault) {
  process.stderr.write(`${fault.stderr || fault.message}\n`);
  process.exit(1);
}
mkdirSync(dirname(stampFile), { recursive: true });
writeFileSync(stampFile, stamp);
