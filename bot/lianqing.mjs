#!/usr/bin/env node
// Builds what is missing or older than its sources, then runs the program. Plain JavaScript, since it comes first.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = join(root, 'dist', '.built');

/** The newest change among the sources; 0 where there are none, as in an image that carries only what was built. */
function newestSource() {
  let newest = 0;
  const look = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== 'generated' && entry.name !== 'page') look(inner);
      } else if (/\.(ts|tsx|prisma)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
        newest = Math.max(newest, statSync(inner).mtimeMs);
    }
  };
  for (const room of ['adapters', 'bot', 'domain', 'prisma'].map((name) => join(root, name)))
    if (existsSync(room)) look(room);
  return newest;
}

if (!existsSync(built) || newestSource() > statSync(built).mtimeMs) {
  process.stderr.write('正在准备程序（只在第一次或更新之后）……\n');
  // Output goes to standard error: standard output belongs to the command that was asked for.
  const build = spawnSync(process.execPath, [join(root, 'bot', 'build.mjs')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (build.status !== 0) {
    process.stderr.write('程序没有准备好。请先运行 npm ci，再试一次；还不行，请把上面的内容发给维护者。\n');
    process.exit(1);
  }
}

await import('../dist/bot/cli.js');
