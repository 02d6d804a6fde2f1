/**
 * Group commit: whatever has arrived is written as soon as the last commit is done, and acknowledged when it is
 * durable. At a low rate a message waits for nobody; at a high one a commit carries hundreds.
 */
import { union } from '../../domain/presence/slots.ts';
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
  size = 0;
  settle: { resolve: () => void; reject: (fault: unknown) => void } = { resolve() {}, reject() {} };
  readonly durable = new Promise<void>((resolve, reject) => {
    this.settle = { resolve, reject };
  });
}

/** Events that one batch holds at most; more wait for room, so that memory stays bounded. */
const largestBatch = 10_000;

export class Writer {
  readonly #database: Database;
  #gathering = new Batch();
  #writing: Promise<void> | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Adds what is to be written; settles when it is durable, and rejects when this batch could not be written. */
  add(writing: Writing): Promise<void> {
    if (this.#gathering.size >= largestBatch) return this.#whenRoom(writing);
    const batch = this.#gathering;
    batch.size++;
    if (writing.presence) batch.presence.push(writing.presence);
    if (writing.addresses) batch.addresses.push(...writing.addresses);
    if (writing.topicMarks) batch.topicMarks.push(...writing.topicMarks);
    if (writing.seen) batch.seen.push(writing.seen);
    if (writing.heard) batch.heard.push(writing.heard);
    this.#writing ??= this.#write();
    return batch.durable;
  }

  /** Settles when everything added so far is written or failed. */
  async drained(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async #whenRoom(writing: Writing): Promise<void> {
    while (this.#gathering.size >= largestBatch) await this.#gathering.durable.catch(() => {});
    return this.add(writing);
  }

  async #write(): Promise<void> {
    // One turn of the event loop: what arrives together is written together.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.#gathering.size > 0) {
      const batch = this.#gathering;
      this.#gathering = new Batch();
      try {
        await this.#commit(batch);
        batch.settle.resolve();
      } catch (fault) {
        batch.settle.reject(fault);
      }
    }
    this.#writing = undefined;
  }

  async #commit(batch: Batch): Promise<void> {
    const marks = {
      presence: merged(batch.presence),
      addresses: batch.addresses,
      topicMarks: batch.topicMarks,
      seen: batch.seen,
    };
    const kinds =
      (marks.presence.length > 0 ? 1 : 0) +
      (marks.addresses.length > 0 ? 1 : 0) +
      (marks.topicMarks.length > 0 ? 1 : 0) +
      (marks.seen.length > 0 ? 1 : 0) +
      (batch.heard.length > 0 ? 1 : 0);
    if (kinds > 1 || batch.size > 500)
      await this.#database.transaction(async (tx) => {
        await addMarks(tx, marks);
        await putHeard(tx, batch.heard);
      });
    else {
      await addMarks(this.#database.db, marks);
      await putHeard(this.#database.db, batch.heard);
    }
  }
}

/** One row a group, day and person: a statement may touch a row only once on PostgreSQL. */
function merged(rows: readonly PresenceRow[]): PresenceRow[] {
  if (rows.length < 2) return [...rows];
  const byKey = new Map<string, PresenceRow>();
  for (const row of rows) {
    const key = `${row.groupId}/${row.day}/${row.personId}`;
    const before = byKey.get(key);
    byKey.set(key, before ? { ...row, slots: union(before.slots, row.slots) } : row);
  }
  return [...byKey.values()];
}
