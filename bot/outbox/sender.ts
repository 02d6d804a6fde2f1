/**
 * Says what the outbox holds: in order within a chat, several chats at once, at the platform's pace, tried again
 * with back-off, dropped when it no longer makes sense (design.md, Durability).
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type Adapter, type Chat, SendError, type Sent } from '../../adapters/adapter.ts';
import type { Database } from '../../prisma/database.ts';
import { externalGroup, externalPerson } from '../../prisma/store/identity.ts';
import {
  type OutboxRow,
  pending,
  postpone,
  recoverSending,
  type Settled,
  settle,
  startSending,
} from '../../prisma/store/outbox.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { render } from '../render/render.ts';

/** Chats spoken to at the same time, and rows looked at in one round. */
const chatsAtOnce = 8;
const rowsARound = 200;
/** Waits between attempts, in milliseconds; after the last one the row is given up. */
const waits = [1_000, 5_000, 30_000, 120_000, 600_000, 1_800_000];

export class Sender {
  readonly #database: Database;
  readonly #accountId: number;
  readonly #adapter: Adapter;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #stopping = new AbortController();
  #wanted = false;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: {
    database: Database;
    accountId: number;
    adapter: Adapter;
    clock: Clock;
    log: Log;
  }) {
    this.#database = parts.database;
    this.#accountId = parts.accountId;
    this.#adapter = parts.adapter;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  /** Takes up what the last process left behind. */
  async start(): Promise<void> {
    const uncertain = await recoverSending(
      this.#database.db,
      this.#accountId,
      this.#adapter.abilities.deduplicatesSends,
      this.#clock.now(),
    );
    if (uncertain > 0) this.#log.warn({ uncertain }, 'messages whose sending was interrupted may or may not have arrived');
    this.wake();
  }

  /** Something may be due: look. Cheap to call often. */
  wake(): void {
    this.#wanted = true;
    if (this.#stopping.signal.aborted) return;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#wanted) this.wake();
    });
  }

  /** Settles when nothing is left that is due now. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Sends what is due, then stops. Waiting rows stay for the next start. */
  async stop(): Promise<void> {
    await this.idle();
    this.#stopping.abort();
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      for (;;) {
        this.#wanted = false;
        const now = this.#clock.now();
        const rows = await pending(this.#database.db, this.#accountId, rowsARound);
        const { due, next } = firstOfEachChat(rows, now);
        if (due.length === 0) {
          if (next !== undefined && !this.#stopping.signal.aborted)
            this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(next - now, 50), 60_000));
          if (!this.#wanted) return;
          continue;
        }
        for (let start = 0; start < due.length; start += chatsAtOnce)
          await Promise.all(due.slice(start, start + chatsAtOnce).map((row) => this.#say(row)));
      }
    } catch (fault) {
      this.#log.error({ err: fault }, 'the outbox could not be worked on');
      this.#timer = setTimeout(() => this.wake(), 5_000);
    }
  }

  async #say(row: OutboxRow): Promise<void> {
    const { db } = this.#database;
    const now = this.#clock.now();
    if (row.expiresAt !== undefined && row.expiresAt < now) return this.#settle(row, 'expired');
    const chat = await this.#chatOf(row);
    if (!chat) return this.#settle(row, 'refused', { fault: 'the chat is not known on this account' });
    if (!(await startSending(db, row.id))) return;
    let sent: Sent;
    try {
      const content = await render(JSON.parse(row.body));
      sent = await this.#adapter.send(chat, content, { key: row.key, quote: row.quote });
    } catch (fault) {
      return this.#failed(row, fault);
    }
    await this.#settle(row, 'sent', sent);
    await pause(this.#adapter.abilities.paceMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }

  async #failed(row: OutboxRow, fault: unknown): Promise<void> {
    const error = fault instanceof SendError ? fault : new SendError('refused', String(fault));
    const wait = error.afterMs ?? waits[row.attempts];
    this.#log.warn({ outbox: row.id, outcome: error.outcome, attempt: row.attempts + 1, err: fault }, 'a message was not sent');
    if (error.outcome === 'retry' && wait !== undefined)
      return postpone(this.#database.db, row.id, this.#clock.now() + wait, error.message);
    return this.#settle(row, error.outcome === 'uncertain' ? 'uncertain' : 'refused', { fault: error.message });
  }

  async #settle(
    row: OutboxRow,
    state: Settled,
    outcome: { readonly messageId?: string | undefined; readonly fault?: string | undefined } = {},
  ): Promise<void> {
    await this.#database.transaction((tx) => settle(tx, row, state, this.#clock.now(), outcome));
  }

  async #chatOf(row: OutboxRow): Promise<Chat | undefined> {
    const { db } = this.#database;
    if (row.groupId !== undefined) {
      const group = await externalGroup(db, row.groupId);
      return group && { kind: 'group', ...group };
    }
    const person = row.personId === undefined ? undefined : await externalPerson(db, row.personId);
    return person && { kind: 'private', ...person };
  }
}

/** The first pending row of each chat, since the others wait for it; and when the earliest of those that wait is due. */
function firstOfEachChat(
  rows: readonly (OutboxRow & { readonly notBefore: number })[],
  now: number,
): { due: OutboxRow[]; next: number | undefined } {
  const seen = new Set<string>();
  const due: OutboxRow[] = [];
  let next: number | undefined;
  for (const row of rows) {
    const chat = row.groupId !== undefined ? `g${row.groupId}` : `p${row.personId}`;
    if (seen.has(chat)) continue;
    seen.add(chat);
    if (row.notBefore <= now) due.push(row);
    else next = Math.min(next ?? row.notBefore, row.notBefore);
  }
  return { due, next };
}
