/** Pictures of deeds in the data folder, each under a random name that nothing typed can become. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { reencode } from './reencode.ts';

const namePattern = /^[0-9a-f]{32}\.jpg$/;

export class Photos {
  readonly #dir: string;

  /** `dir` is made when the first picture comes. */
  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Keeps a picture, drawn anew and on disk before it resolves; its name. Throws PhotoFault, and the system's errors. */
  async keep(bytes: Uint8Array): Promise<string> {
    const drawn = await reencode(bytes);
    const name = `${randomBytes(16).toString('hex')}.jpg`;
    await mkdir(this.#dir, { recursive: true, mode: 0o700 });
    const file = await open(join(this.#dir, name), 'wx', 0o600);
    try {
      await file.writeFile(drawn);
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
