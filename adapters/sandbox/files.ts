import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptFile } from './records.ts';

/** Largest file of a person or of the bot, in bytes. */
export const maxFileBytes = 10 * 1024 * 1024;

/**
 * Keeps a file under `dir`, on disk before it resolves. Its name there is random, so that nothing somebody typed
 * becomes a path and no other page can guess it. Rejects with the file system's error.
 */
export async function keepFile(dir: string, name: string, bytes: Uint8Array): Promise<KeptFile> {
  const id = randomBytes(16).toString('hex');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const file = await open(join(dir, id), 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  return { id, name, size: bytes.byteLength, type: typeOfBytes(bytes) };
}

/** The bytes of a kept file; undefined when it is gone. `id` must come from a record. */
export async function readKept(dir: string, id: string): Promise<Buffer | undefined> {
  return readFile(join(dir, id)).catch(() => undefined);
}

const signatures: readonly (readonly [type: string, offset: number, bytes: string])[] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
];

/**
 * The media type that the bytes show. Only pictures that a browser shows without running anything (so no SVG) are
 * told apart; the rest is `application/octet-stream` and is only ever offered for download.
 */
function typeOfBytes(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const found = signatures.find(([, offset, text]) => head.startsWith(text, offset));
  return found ? found[0] : 'application/octet-stream';
}
