import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Compiles the bot that is killed, into a folder of its own for each test file. Returns its program. */
export function compileChild(name: string): string {
  const here = import.meta.dirname;
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin',
    'tsc',
  );
  const folder = join(here, 'dist', name);
  const { status, stdout } = spawnSync(
    process.execPath,
    [compiler, '-p', here, '--noCheck', '--outDir', folder],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stdout);
  return join(folder, 'tests', 'crash', 'child.js');
}
