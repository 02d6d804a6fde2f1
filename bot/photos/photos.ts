/** Pictures and documents of deeds in the data folder, each under a random name that nothing typed can become. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { documentEndings, documentKind, documentNames } from './documents.ts';
import { isPicture, PhotoFault, reencode } from './reencode.ts';

const namePattern = new RegExp(`^[0-9a-f]{32}\\.(?:jpg|${documentEndings.join('|')})$`);

/** The ending of a document that is kept under that name; undefined for a picture. */
export function documentEnding(name: string): string | undefined {
  const ending = name.slice(name.lastIndexOf('.') + 1);
  return documentEndings.find((one) => one === ending);
}

export class Photos {
  readonly #dir: string;

  /** `dir` is made when the first picture comes. */
  constructor(dir: string) {
    this.#dir = dir;
  }

  /**
   * Keeps a picture, drawn anew, or a document as it is, on disk before it resolves; its name. The bytes decide what it
   * is. Throws PhotoFault, and the system's errors.
   */
  async keep(bytes: Uint8Array): Promise<string> {
    const [ending, kept] = await readable(bytes);
    const name = `${randomBytes(16).toString('hex')}.${ending}`;
    await mkdir(this.#dir, { recursive: true, mode: 0o700 });
    const file = await open(join(this.#dir, name), 'wx', 0o600);
    try {
      await file.writeFile(kept);
      await file.sync();
    } finally {
      await file.close();
    }
    return name;
  }

  /** The bytes of a kept picture; undefined when it is gone. */
  async read(name: string): Promise<Uint8Array | undefined> {
    if (!namePattern.test(name)) return undefined;
    return readFile(join(this.#dir, name)).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ENOENT') return undefined;
      throw fault;
    });
  }

  /** Names of the pictures written before an instant (milliseconds of the system's clock). */
  async writtenBefore(instant: number): Promise<readonly string[]> {
    const names = await readdir(this.#dir).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ENOENT') return [];
      throw fault;
    });
    const old: string[] = [];
    for (const name of names)
      if (namePattern.test(name) && (await stat(join(this.#dir, name))).mtimeMs < instant) old.push(name);
    return old;
  }

  /** Deletes a kept picture. */
  async remove(name: string): Promise<void> {
    if (namePattern.test(name)) await rm(join(this.#dir, name), { force: true });
  }
}

async function readable(bytes: Uint8Array): Promise<readonly [ending: string, kept: Uint8Array]> {
  if (isPicture(bytes)) return ['jpg', await reencode(bytes)];
  const kind = documentKind(bytes);
  if (kind === 'macros')
    throw new PhotoFault('a document with macros', '这个文件里带宏，我不收：请另存为不带宏的或 PDF 再发。');
  if (kind === undefined)
    throw new PhotoFault(
      'no known kind of file',
      `这不是我认得的照片或文件。照片请发 JPG、PNG、GIF 或 WebP，文件请发 ${documentNames}；旧格式请另存一下。`,
    );
  return [kind, bytes];
}
