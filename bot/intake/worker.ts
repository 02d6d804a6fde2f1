/**
 * Works on the inbox: each row once, in the order of its chat, chats side by side. Effects, replies and the mark that
 * the row is done commit together, so that a crash repeats a row as a whole or not at all.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { ChatEvent } from '../../adapters/adapter.ts';
import type { Database, Tx } from '../../prisma/database.ts';
import { attempted, done, type InboxRow, undone } from '../../prisma/store/inbox.ts';
import { say } from '../../prisma/store/outbox.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Outgoing } from '../outbox/message.ts';
import { toRow } from '../outbox/row.ts';
import { checkEvent } from './event.ts';

/** What an event brings about: its effects in the transaction, and what is to be said. */
export type Handler = (tx: Tx, event: ChatEvent) => Promise<readonly Outgoing[]>;

/** What is said when a row failed for good through a fault of ours; nothing where nobody waits for an answer. */
export type Apology = (tx: Tx, event: ChatEvent) => Promise<readonly Outgoing[]>;

const rowsARound = 200;
const chatsAtOnce = 8;
const attemptsAtMost = 4;
const waitBetweenAttemptsMs = 500;

export class Worker {
  readonly #database: Database;
  readonly #accountId: number;
  readonly #handle: Handler;
  readonly #apologise: Apology;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #after: (event: ChatEvent) => void;
  #wanted = false;
  #running: Promise<void> | undefined;
  #stopped = false;

  /** `after` is called when an event is done and committed. */
  constructor(parts: {
    database: Database;
    accountId: number;
    handle: Handler;
    apologise: Apology;
    clock: Clock;
    log: Log;
    after: (event: ChatEvent) => void;
  }) {
    this.#database = parts.database;
    this.#accountId = parts.accountId;
    this.#handle = parts.handle;
    this.#apologise = parts.apologise;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#after = parts.after;
  }

  /** There may be undone rows: look. */
  wake(): void {
    this.#wanted = true;
    if (this.#stopped) return;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#wanted) this.wake();
    });
  }

  /** Settles when every row heard so far is done. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Finishes what was heard, then stops. */
  async stop(): Promise<void> {
    await this.idle();
    this.#stopped = true;
  }

  async #run(): Promise<void> {
    try {
      while (this.#wanted) {
        this.#wanted = false;
        for (;;) {
          const rows = await undone(this.#database.db, this.#accountId, 0, rowsARound);
          if (rows.length === 0) break;
          await this.#work(rows);
        }
      }
    } catch (fault) {
      this.#log.error({ err: fault }, 'the inbox could not be worked on');
      await pause(1_000);
      this.#wanted = !this.#stopped;
    }
  }

  async #work(rows: readonly InboxRow[]): Promise<void> {
    const byChat = new Map<string, InboxRow[]>();
    for (const row of rows) byChat.set(row.chat, [...(byChat.get(row.chat) ?? []), row]);
    const chats = [...byChat.values()];
    for (let start = 0; start < chats.length; start += chatsAtOnce)
      await Promise.all(
        chats.slice(start, start + chatsAtOnce).map(async (chat) => {
          for (const row of chat) await this.#once(row);
        }),
      );
  }

  async #once(row: InboxRow): Promise<void> {
    let event: ChatEvent;
    try {
      event = checkEvent(JSON.parse(row.body));
    } catch (fault) {
      this.#log.error({ err: fault, inbox: row.id }, 'an inbox row cannot be read');
      return done(this.#database.db, row.id, this.#clock.now(), 'unreadable');
    }
    for (let attempt = row.attempts + 1; ; attempt++) {
      try {
        await this.#commit(row.id, event, this.#handle);
        return this.#after(event);
      } catch (fault) {
        this.#log.error({ err: fault, inbox: row.id, attempt }, 'an event could not be handled');
        await attempted(this.#database.db, row.id);
        if (attempt >= attemptsAtMost) break;
        await pause(waitBetweenAttemptsMs * attempt);
      }
    }
    await this.#commit(row.id, event, this.#apologise, 'given up');
    this.#after(event);
  }

  async #commit(id: number, event: ChatEvent, handler: Handler, fault?: string): Promise<void> {
    const now = this.#clock.now();
    await this.#database.transaction(async (tx) => {
      for (const message of await handler(tx, event)) await say(tx, this.#accountId, toRow(message), now);
      await done(tx, id, now, fault);
    });
  }
}
