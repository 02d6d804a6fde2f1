/**
 * Group commit: whatever has arrived is written as soon as the last commit is done, and acknowledged when it is
 * durable. At a low rate a message waits for nobody; at a high one a commit carries hundreds. What waits is bounded by
 * what its adapter has unacknowledged.
 */
import type { Sender } from '../../adapters/adapter.ts';
import type { Database } from '../../prisma/database.ts';
import { holdIdentities } from '../../prisma/store/identities.ts';
import { resolvePeople } from '../../prisma/store/identity.ts';
import { type Heard, putHeard } from '../../prisma/store/inbox.ts';
import {
  type AddressRow,
  addMarks,
  type Marks,
  type PresenceRow,
  type SeenRow,
  type TopicMarkRow,
} from '../../prisma/store/presence.ts';
import { Together } from './together.ts';

/** Marks and inbox rows of one event. */
export interface Writing {
  /** People whose ids the marks need; who is new is made in the same commit, with the name that is told here. */
  readonly strangers?: readonly Sender[];
  /**
   * What the event leaves, given the ids of its strangers and how often people and groups have been joined: more often
   * than when ids were read, and they may be nobody's. Asked again when the commit is tried again.
   */
  readonly marks?: (ids: ReadonlyMap<string, number>, identities: number) => Marks;
  readonly heard?: Heard;
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
    const strangers = writings.flatMap((writing) => writing.strangers ?? []);
    const heard = writings.flatMap((writing) => writing.heard ?? []);
    // Whoever is also mentioned, without a name, keeps the name by which they themselves speak.
    const named = strangers.filter(({ name }) => name !== undefined);
    const { dialect } = this.#database;
    await this.#database.rawTransaction(async (tx) => {
      if (writings.some(({ marks }) => marks !== undefined)) {
        const identities = await holdIdentities(tx, dialect, this.#accountId);
        const ids = await resolvePeople(tx, this.#accountId, [...strangers, ...named]);
        await addMarks(tx, allMarks(writings, ids, identities));
      }
      await putHeard(tx, this.#accountId, heard, this.#now());
    });
  }
}

function allMarks(writings: readonly Writing[], ids: ReadonlyMap<string, number>, identities: number): Marks {
  const presence: PresenceRow[] = [];
  const addresses: AddressRow[] = [];
  const topicMarks: TopicMarkRow[] = [];
  const seen: SeenRow[] = [];
  for (const writing of writings) {
    const marks = writing.marks?.(ids, identities);
    if (!marks) continue;
    presence.push(...marks.presence);
    addresses.push(...marks.addresses);
    topicMarks.push(...marks.topicMarks);
    seen.push(...marks.seen);
  }
  return { presence, addresses, topicMarks, seen };
}
