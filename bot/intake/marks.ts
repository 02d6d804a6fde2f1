/**
 * Marks on people for whom something private is kept: after a login that gives everybody a new id, no name may open it,
 * but the mark that this account alone can put on them does.
 */
import { randomBytes } from 'node:crypto';
import type { Adapter } from '../../adapters/adapter.ts';
import type { Database } from '../../prisma/database.ts';
import { newCode } from '../../prisma/store/codes.ts';
import { setMark, toBeMarked } from '../../prisma/store/marks.ts';
import type { Log } from '../log.ts';

/** At a time; each is a request that the platform counts. */
const atOnce = 3;

export class Marks {
  readonly #database: Database;
  readonly #accountId: number;
  readonly #adapter: Pick<Adapter, 'abilities' | 'mark'>;
  readonly #log: Log;
  /** Whom the platform cannot mark, in this run. */
  readonly #cannot = new Set<number>();
  #looking: Promise<void> | undefined;

  constructor(parts: {
    database: Database;
    accountId: number;
    adapter: Pick<Adapter, 'abilities' | 'mark'>;
    log: Log;
  }) {
    this.#database = parts.database;
    this.#accountId = parts.accountId;
    this.#adapter = parts.adapter;
    this.#log = parts.log;
  }

  /** Marks whoever needs it and has none. Never rejects. */
  look(): Promise<void> {
    if (this.#adapter.abilities.stableIds || !this.#adapter.mark) return Promise.resolve();
    this.#looking ??= this.#look()
      .catch((fault: unknown) => this.#log.warn({ err: fault }, 'people could not be marked'))
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const people = await toBeMarked(this.#database.db, this.#accountId, [...this.#cannot], atOnce);
    for (const { personId, externalId } of people) {
      const mark = newCode((count) => randomBytes(count));
      if (await this.#adapter.mark?.(externalId, mark)) await setMark(this.#database.db, personId, mark);
      else this.#cannot.add(personId);
    }
  }
}
