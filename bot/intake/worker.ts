/**
 * Works on the inbox: each row once, in the order of its chat, chats side by side. Effects, replies and the mark that
 * the row is done commit together, so that a crash repeats a row as a whole or not at all.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { ChatEvent } from '../../adapters/adapter.ts';
import type { Database, Tx } from '../../prisma/database.ts';
import { holdIdentities } from '../../prisma/store/identities.ts';
import { attempted, done, type InboxRow, undone } from '../../prisma/store/inbox.ts';
import { say } from '../../prisma/store/outbox.ts';
import type { Clock } from '../clock.ts';
import type { Picture } from '../dialogue/command.ts';
import { Lanes } from '../lanes.ts';
import type { Log } from '../log.ts';
import type { Outgoing } from '../outbox/message.ts';
import { sealedWhereItMust, toRows } from '../outbox/row.ts';
import type { Secret } from '../secret.ts';
import { readEvent } from './event.ts';

/** What an event brings about: its effects in the transaction, and what is to be said. */
export type Handler = (tx: Tx, event: ChatEvent, picture?: Picture) => Promise<readonly Outgoing[]>;

/** What is said when a row failed for good through a fault of ours; nothing where nobody waits for an answer. */
export type Apology = (tx: Tx, event: ChatEvent) => Promise<readonly Outgoing[]>;

const rowsARound = 200;
const chatsAtOnce = 8;
const attemptsAtMost = 4;

export class Worker {
  readonly #database: Database;
  readonly #accountId: number;
  readonly #prepare: (event: ChatEvent) => Promise<Picture | undefined>;
  readonly #handle: Handler;
  readonly #apologise: Apology;
  readonly #secret: Pick<Secret, 'seal' | 'open'>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #after: (event: ChatEvent) => Promise<void>;
  readonly #waitMs: number;
  readonly #lanes: Lanes<InboxRow>;

  /**
   * `prepare` does what takes long or reaches outside, before the transaction and anew at each attempt. `after` is called, and awaited, when an event is done and committed; it does not reject. `waitMs`: pause before the second attempt, then longer.
   */
  constructor(parts: {
    database: Database;
    accountId: number;
    prepare?: (event: ChatEvent) => Promise<Picture | undefined>;
    handle: Handler;
    apologise: Apology;
    secret: Pick<Secret, 'seal' | 'open'>;
    clock: Clock;
    log: Log;
    after: (event: ChatEvent) => Promise<void>;
    waitMs?: number;
  }) {
    this.#database = parts.database;
    this.#accountId = parts.accountId;
    this.#prepare = parts.prepare ?? (async () => undefined);
    this.#handle = parts.handle;
    this.#apologise = parts.apologise;
    this.#secret = parts.secret;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#after = parts.after;
    this.#waitMs = parts.waitMs ?? 500;
    this.#lanes = new Lanes({
      atOnce: chatsAtOnce,
      more: (busy) => undone(this.#database.db, this.#accountId, busy, rowsARound),
      laneOf: (row) => row.chat,
      work: (row) => this.#once(row),
      failed: (fault) => this.#log.error({ err: fault }, 'the inbox could not be worked on'),
    });
  }

  /** There may be undone rows: look. */
  wake(): void {
    this.#lanes.wake();
  }

  /** Settles when every row heard so far is done. */
  idle(): Promise<void> {
    return this.#lanes.idle();
  }

  /** Finishes what was heard, then stops. */
  stop(): Promise<void> {
    return this.#lanes.stop();
  }

  async #once(row: InboxRow): Promise<boolean> {
    let event: ChatEvent;
    try {
      event = readEvent(this.#secret, row.body);
    } catch (fault) {
      this.#log.error({ err: fault, inbox: row.id }, 'an inbox row cannot be read');
      return done(this.#database.db, row.id, this.#clock.now(), 'unreadable');
    }
    for (let attempt = row.attempts + 1; ; attempt++) {
      try {
        const picture = await this.#prepare(event);
        await this.#commit(row.id, event, (tx) => this.#handle(tx, event, picture));
        await this.#after(event);
        return true;
      } catch (fault) {
        this.#log.error({ err: fault, inbox: row.id, attempt }, 'an event could not be handled');
        await attempted(this.#database.db, row.id);
        if (attempt >= attemptsAtMost) break;
        await pause(this.#waitMs * attempt);
      }
    }
    try {
      await this.#commit(row.id, event, this.#apologise, 'given up');
    } catch (fault) {
      // What cannot even be apologised for must not hold up its chat for ever.
      this.#log.error({ err: fault, inbox: row.id }, 'an event was given up without a word');
      await done(this.#database.db, row.id, this.#clock.now(), 'given up');
    }
    await this.#after(event);
    return true;
  }

  async #commit(id: number, event: ChatEvent, handler: Handler, fault?: string): Promise<void> {
    const now = this.#clock.now();
    await this.#database.transaction(async (tx) => {
      // First, so that whoever comes second finds it done, or waits until it is, and does nothing.
      if (!(await done(tx, id, now, fault))) return;
      // Nobody whom this event is about is joined with somebody else meanwhile, unless the event does it.
      await holdIdentities(tx, this.#database.dialect, this.#accountId);
      for (const row of (await handler(tx, event)).flatMap(toRows))
        await say(tx, this.#accountId, sealedWhereItMust(this.#secret, row), now);
    });
  }
}
