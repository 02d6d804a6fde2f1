/**
 * Group commit: whatever has arrived is written as soon as the last commit is done, and acknowledged when it is
 * durable. At a low rate a message waits for nobody; at a high one a commit carries hundreds. What waits is bounded by
 * what its adapter has unacknowledged.
 */
import type { Database, Db } from '../../prisma/database.ts';
import { type Heard, putHeard } from '../../prisma/store/inbox.ts';
import {
  type AddressRow,
  addMarks,
  type PresenceRow,
  type SeenRow,
  type TopicMarkRow,
} from '../../prisma/store/presence.ts';
import { Together } from './together.ts';

/** Marks and inbox rows of one event. */
export interface Writing {
  readonly presence?: PresenceRow | undefined;
  readonly addresses?: readonly AddressRow[] | undefined;
  readonly topicMarks?: readonly TopicMarkRow[] | undefined;
  readonly seen?: SeenRow | undefined;
  readonly heard?: Heard | undefined;
}

export class Writer {
  readonly #database: Database;
  readonly #accountId: number;
  readonly #now: () => number;
  readonly #commits = new Together<Writing>((writings) => this.#commit(writings));

  constructor(parts: { database: Database; accountId: number; now: () => number }) {
    this.#database = parts.database;
    this.#accountId = parts.accountId;
    this.#now = parts.now;
  }

  /** Adds what is to be written; settles when it is durable, and rejects when its commit failed. */
  add(writing: Writing): Promise<void> {
    return this.#commits.add(writing);
  }

  /** Settles when everything added so far is written or failed. */
  drained(): Promise<void> {
    return this.#commits.idle();
  }

  async #commit(writings: readonly Writing[]): Promise<void> {
    const presence: PresenceRow[] = [];
    const addresses: AddressRow[] = [];
    const topicMarks: TopicMarkRow[] = [];
    const seen: SeenRow[] = [];
    const heard: Heard[] = [];
    for (const writing of writings) {
      if (writing.presence) presence.push(writing.presence);
      for (const row of writing.addresses ?? []) addresses.push(row);
      for (const row of writing.topicMarks ?? []) topicMarks.push(row);
      if (writing.seen) seen.push(writing.seen);
      if (writing.heard) heard.push(writing.heard);
    }
    const write = async (db: Db) => {
      await addMarks(db, { presence, addresses, topicMarks, seen });
      await putHeard(db, this.#accountId, heard, this.#now());
    };
    const kinds = [presence, addresses, topicMarks, seen, heard].filter((rows) => rows.length > 0).length;
    // One statement is a transaction by itself.
    if (kinds === 1) await write(this.#database.db);
    else await this.#database.transaction(write);
  }
}
