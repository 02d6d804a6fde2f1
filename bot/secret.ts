/** The program's own key: from the environment, or generated once into the data folder with mode 0600. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SettingsError } from './settings.ts';

/** Bytes of a generated key, which is kept as hex. */
const keyBytes = 32;
/** Of AES-GCM. */
const nonceBytes = 12;
const tagBytes = 16;

export interface Secret {
  /** Keyed hash (HMAC-SHA-256, hex) of a text, for one-time codes: useless to who has the database alone. */
  hash(text: string): string;
  /** Encrypts a text (AES-256-GCM), so that who has the database alone cannot read it. */
  seal(text: string): string;
  /** A text that was sealed; undefined when it was changed, or sealed with another key. */
  open(sealed: string): string | undefined;
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
  const sealing = createHmac('sha256', key).update('sealing').digest();
  return {
    hash: (text) => createHmac('sha256', key).update(text).digest('hex'),
    seal(text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      const [nonce, tag, hidden] = [
        bytes.subarray(0, nonceBytes),
        bytes.subarray(nonceBytes, nonceBytes + tagBytes),
        bytes.subarray(nonceBytes + tagBytes),
      ];
      try {
        const decipher = createDecipheriv('aes-256-gcm', sealing, nonce, { authTagLength: tagBytes });
        decipher.setAuthTag(tag);
        return Buffer.concat([decipher.update(hidden), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
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
