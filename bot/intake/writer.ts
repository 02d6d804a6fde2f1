/**
 * Group commit: whatever has arrived is written as soon as the last commit is done, and acknowledged when it is
 * durable. At a low rate a message waits for nobody; at a high one a commit carries hundreds. What waits is bounded by
 * what its adapter has unacknowledged.
 */
import type { Database } from '../../prisma/database.ts';
import { type Heard, putHeard } from '../../prisma/store/inbox.ts';
import {
  type AddressRow,
  addMarks,
  type PresenceRow,
  type SeenRow,
  type TopicMarkRow,
} from '../../prisma/store/presence.ts';

/** Marks and inbox rows of one event. */
export interface Writing {
  readonly presence?: PresenceRow | undefined;
  readonly addresses?: readonly AddressRow[] | undefined;
  readonly topicMarks?: readonly TopicMarkRow[] | undefined;
  readonly seen?: SeenRow | undefined;
  readonly heard?: Heard | undefined;
}

class Batch {
  readonly presence: PresenceRow[] = [];
  readonly addresses: AddressRow[] = [];
  readonly topicMarks: TopicMarkRow[] = [];
  readonly seen: SeenRow[] = [];
  readonly heard: Heard[] = [];
  settle: { resolve: () => void; reject: (fault: unknown) => void } = { resolve() {}, reject() {} };
  readonly durable = new Promise<void>((resolve, reject) => {
    this.settle = { resolve, reject };
  });

  add(writing: Writing): void {
    if (writing.presence) this.presence.push(writing.presence);
    if (writing.addresses) this.addresses.push(...writing.addresses);
    if (writing.topicMarks) this.topicMarks.push(...writing.topicMarks);
    if (writing.seen) this.seen.push(writing.seen);
    if (writing.heard) this.heard.push(writing.heard);
  }
}

export class Writer {
  readonly #database: Database;
  readonly #accountId: number;
  readonly #now: () => number;
  #gathering: Batch | undefined;
  #writing: Promise<void> | undefined;

  constructor(parts: { database: Database; accountId: number; now: () => number }) {
    this.#database = parts.database;
    this.#accountId = parts.accountId;
    this.#now = parts.now;
  }

  /** Adds what is to be written; settles when it is durable, and rejects when this batch could not be written. */
  add(writing: Writing): Promise<void> {
    this.#gathering ??= new Batch();
    this.#gathering.add(writing);
    const { durable } = this.#gathering;
    this.#writing ??= this.#write();
    return durable;
  }

  /** Settles when everything added so far is written or failed. */
  async drained(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async #write(): Promise<void> {
    // One turn of the event loop: what arrives together is written together.
    await new Promise<void>((resolve) => setImmediate(resolve));
    for (let batch = this.#take(); batch; batch = this.#take()) {
      try {
        await this.#commit(batch);
        batch.settle.resolve();
      } catch (fault) {
        batch.settle.reject(fault);
      }
    }
    this.#writing = undefined;
  }

  #take(): Batch | undefined {
    const batch = this.#gathering;
    this.#gathering = undefined;
    return batch;
  }

  async #commit(batch: Batch): Promise<void> {
    const lists = [batch.presence, batch.addresses, batch.topicMarks, batch.seen, batch.heard];
    const { db } = this.#database;
    // One statement is a transaction by itself.
    if (lists.filter((list) => list.length > 0).length === 1) {
      await addMarks(db, batch);
      await putHeard(db, this.#accountId, batch.heard, this.#now());
    } else
      await this.#database.transaction(async (tx) => {
        await addMarks(tx, batch);
        await putHeard(tx, this.#accountId, batch.heard, this.#now());
      });
  }
}
