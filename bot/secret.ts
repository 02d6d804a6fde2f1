/** The program's own key: from the environment, or generated once into the data folder with mode 0600. */
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SettingsError } from './settings.ts';

/** Bytes of a generated key, which is kept as hex. */
const keyBytes = 32;

export interface Secret {
  /** Keyed hash (HMAC-SHA-256, hex) of a text, for one-time codes: useless to who has the database alone. */
  hash(text: string): string;
}

/**
 * Loads the key, generating it on first use. Processes that start together agree on one. Throws {@link SettingsError}
 * when the file holds no whole key, and what the system says when it cannot be read or written.
 */
export async function loadSecret(dataDir: string, given: string | undefined): Promise<Secret> {
  return secretOf(given ?? (await keyFile(join(dataDir, 'secret.key'))));
}

/** A secret made of known key material. */
export function secretOf(key: string): Secret {
  return { hash: (text) => createHmac('sha256', key).update(text).digest('hex') };
}

async function keyFile(path: string): Promise<string> {
  const key = (await read(path)) ?? (await generate(path));
  if (key.length < keyBytes)
    throw new SettingsError(
      `密钥文件 ${path} 不完整：请用备份恢复它；没有备份就删掉它再启动（还没用掉的绑定码会作废，要重新发）。`,
    );
  return key;
}

async function read(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fault;
  }
}

async function generate(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  // Written aside and linked: whoever sees the file sees a whole key, and the first one stays.
  const aside = `${path}.${randomUUID()}`;
  try {
    await writeFile(aside, randomBytes(keyBytes).toString('hex'), { mode: 0o600, flag: 'wx', flush: true });
    await link(aside, path).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'EEXIST') throw fault;
    });
  } finally {
    await rm(aside, { force: true });
  }
  return (await readFile(path, 'utf8')).trim();
}
