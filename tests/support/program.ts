import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bot/lianqing.mjs', import.meta.url));
/** A child that has not ended by then is killed, which fails the test; milliseconds. */
const timeoutMs = 120_000;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** What it has written to standard output so far. */
  stdout(): string;
  readonly ended: Promise<Ended>;
}

/** Held by the one file of tests that builds; a folder, since making one is atomic. */
const building = join(tmpdir(), `lianqing-building${program.replaceAll(/[^\w.-]/g, '_')}`);
/** A lock that old is of a run that was killed; milliseconds. */
const staleMs = 300_000;

/** Builds the program where it is missing or old. Files of tests run side by side: one of them builds, the others wait. */
export async function buildProgram(): Promise<void> {
  for (;;) {
    try {
      mkdirSync(building);
      break;
    } catch {
      if (Date.now() - (statSync(building, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > staleMs)
        rmSync(building, { recursive: true, force: true });
      await pause(200);
    }
  }
  const place = mkdtempSync(join(tmpdir(), 'lianqing-build-'));
  try {
    const { code, stderr } = await startProgram(place, ['--version']).ended;
    if (code !== 0) throw new Error(`the program could not be built: ${stderr}`);
  } finally {
    rmSync(place, { recursive: true });
    rmdirSync(building);
  }
}

/**
 * `lianqing …` as a process of its own, in a folder of its own: no `.env` and none of this process's settings reach
 * it. Standard input is empty unless given.
 */
export function startProgram(
  folder: string,
  args: readonly string[],
  { env = {}, stdin = '' }: { env?: Record<string, string>; stdin?: string } = {},
): Running {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, DATA_DIR: 'data', ...env },
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, stdout, stderr }));
  return { child, stdout: () => stdout, ended };
}
