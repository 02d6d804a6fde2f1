import type { Database } from '../../prisma/database.ts';
import { newestBinding } from '../../prisma/store/bindings.ts';

/** Sees bindings that another process made, such as an import: what is known of groups is out of date then. */
export class BindingWatch {
  readonly #database: Database;
  readonly #accountId: number;
  readonly #changed: () => void;
  #newest: number | undefined;

  constructor(database: Database, accountId: number, changed: () => void) {
    this.#database = database;
    this.#accountId = accountId;
    this.#changed = changed;
  }

  /** Looks for bindings since the last look, and tells when there are any. */
  async look(): Promise<void> {
    const newest = await newestBinding(this.#database.db, this.#accountId);
    const before = this.#newest;
    this.#newest = newest;
    if (before !== undefined && newest !== before) this.#changed();
  }
}
