/** The program's own key: from the environment, or generated once into the data folder with mode 0600. */
import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Secret {
  /** Keyed hash (HMAC-SHA-256, hex) of a text, for one-time codes: useless to who has the database alone. */
  hash(text: string): string;
}

/** Loads the key, generating it on first use. Processes that start together agree on one. */
export async function loadSecret(dataDir: string, given: string | undefined): Promise<Secret> {
  return secretOf(given ?? (await keyFile(join(dataDir, 'secret.key'))));
}

/** A secret made of known key material. */
export function secretOf(key: string): Secret {
  return { hash: (text) => createHmac('sha256', key).update(text).digest('hex') };
}

async function keyFile(path: string): Promise<string> {
  await mkdir(join(path, '..'), { recursive: true });
  try {
    await writeFile(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx', flush: true });
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
  }
  return (await readFile(path, 'utf8')).trim();
}
