/** The program's own key: from the environment, or generated once into the data folder with mode 0600. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SettingsError } from './settings.ts';

/** Bytes of a generated key, which is kept as hex. */
const keyBytes = 32;

export interface Secret {
  /** Keyed hash (HMAC-SHA-256, hex) of a text, for one-time codes: useless to who has the database alone. */
  hash(text: string): string;
  /**
   * Encrypts a text, differently each time (AES-256-GCM, random nonce), under a key of the purpose's own (HKDF-SHA-256):
   * what was sealed for one purpose cannot be opened for another. As base64url; its length is that of the text rounded up.
   */
  seal(purpose: string, text: string): string;
  /** The text that was sealed for a purpose; undefined where it was sealed with another key, or changed. */
  open(purpose: string, sealed: string): string | undefined;
}

/** Of a sealed text, in bytes. */
const [nonceBytes, tagBytes] = [12, 16];
/** Texts are padded to a multiple of so many bytes, behind their length. */
const blockBytes = 256;
const lengthBytes = 4;

/**
 * Loads the key, generating it on first use. Processes that start together agree on one. Throws {@link SettingsError}
 * when the file holds no whole key, and what the system says when it cannot be read or written.
 */
export async function loadSecret(dataDir: string, given: string | undefined): Promise<Secret> {
  return secretOf(given ?? (await keyFile(join(dataDir, 'secret.key'))));
}

/** A secret made of known key material. */
export function secretOf(key: string): Secret {
  return {
    hash: (text) => createHmac('sha256', key).update(text).digest('hex'),
    seal: (purpose, text) => seal(keyFor(key, purpose), text),
    open: (purpose, sealed) => open(keyFor(key, purpose), sealed),
  };
}

function keyFor(key: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, 'lianqing', purpose, keyBytes));
}

function seal(key: Uint8Array, text: string): string {
  const bytes = Buffer.byteLength(text);
  const padded = Buffer.alloc(Math.ceil((bytes + lengthBytes) / blockBytes) * blockBytes);
  padded.writeUInt32BE(bytes);
  padded.write(text, lengthBytes);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return Buffer.concat([nonce, cipher.update(padded), cipher.final(), cipher.getAuthTag()]).toString(
    'base64url',
  );
}

function open(key: Uint8Array, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < nonceBytes + blockBytes + tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const padded = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    return padded.toString('utf8', lengthBytes, lengthBytes + padded.readUInt32BE());
  } catch {
    return undefined;
  }
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
