/** What the adapter must remember over a restart, in one small file; replaced as a whole, so that it is never torn. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { noMenus, openMenus } from './menu.ts';
import { nothingSent } from './pace.ts';

const stored = z.object({
  sends: z.object({
    at: z.array(z.number()).readonly(),
    lastChat: z
      .string()
      .optional()
      .transform((chat) => chat),
    firstLogin: z
      .number()
      .optional()
      .transform((at) => at),
    stoppedUntil: z.number(),
  }),
  menus: openMenus,
  /** The login that chats in `menus` belong to. */
  login: z.string().optional(),
});

type Stored = z.infer<typeof stored>;

export class State {
  readonly #path: string;
  #now: Stored;

  /** Reads the file; one that is missing or torn counts as empty. */
  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#now = read(path) ?? { sends: { ...nothingSent }, menus: noMenus };
  }

  get now(): Readonly<Stored> {
    return this.#now;
  }

  /** Changes some of it; on disk when it returns. */
  change(changed: Partial<Stored>): void {
    this.#now = { ...this.#now, ...changed };
    const beside = `${this.#path}.new`;
    writeFileSync(beside, JSON.stringify(this.#now), { mode: 0o600, flush: true });
    renameSync(beside, this.#path);
  }
}

function read(path: string): Stored | undefined {
  try {
    return stored.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}
