/**
 * Says what the outbox holds: in order within a chat, several chats at once, at the platform's pace, tried again
 * with back-off, dropped when it no longer makes sense (design.md, Durability).
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type Adapter, type Chat, type Content, SendError, type Sent } from '../../adapters/adapter.ts';
import { budgetOf, usualPerWeek } from '../../domain/reminders/budget.ts';
import type { Database, Db } from '../../prisma/database.ts';
import { externalGroup, externalPerson } from '../../prisma/store/identity.ts';
import {
  chatOf,
  duplicatesRemovedMs,
  messageIdOf,
  nextDue,
  type OutboxRow,
  postpone,
  recoverSending,
  type Settled,
  sendable,
  settle,
  startSending,
} from '../../prisma/store/outbox.ts';
import { reminderSettings, remindersInWeek } from '../../prisma/store/reminder-settings.ts';
import type { Clock } from '../clock.ts';
import { Lanes } from '../lanes.ts';
import type { Log } from '../log.ts';
import type { Photos } from '../photos/photos.ts';
import { render } from '../render/render.ts';
import { personBehind } from '../sealed-address.ts';
import type { Secret } from '../secret.ts';
import { bodyOf } from './row.ts';

/** Chats spoken to at the same time, and rows looked at in one round. */
const chatsAtOnce = 8;
const rowsARound = 200;
/** Waits between attempts, in milliseconds; the last one again and again. */
const waits = [1_000, 5_000, 30_000, 120_000, 600_000];
const lastWait = 1_800_000;
/** How long what is known not to be sent is tried, in milliseconds, where the message itself sets no end. */
const triedMs = 3 * 86_400_000;
/** Waits of writing down what became of a message, in milliseconds: the first one, doubled up to the longest. */
const firstRest = 100;
const longestRest = 30_000;
/** How long a chat that is not known again after a login is left alone, in milliseconds. */
const awayMs = 60_000;
/** The longest the clock is not looked at, in milliseconds: the sandbox's may be moved meanwhile. */
const longestWait = 60_000;

export class Sender {
  readonly #database: Database;
  readonly #accountId: number;
  readonly #adapter: Adapter;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #secret: Secret;
  readonly #photos: Photos | undefined;
  readonly #perWeek: number;
  readonly #lanes: Lanes<OutboxRow>;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  readonly #stopping = new AbortController();

  constructor(parts: {
    database: Database;
    accountId: number;
    adapter: Adapter;
    clock: Clock;
    log: Log;
    /** Opens sealed addresses. */
    secret: Secret;
    /** Where kept pictures are. */
    photos?: Photos | undefined;
    /** How many messages that nobody asked for a person gets in a week. */
    perWeek?: number | undefined;
  }) {
    this.#database = parts.database;
    this.#accountId = parts.accountId;
    this.#adapter = parts.adapter;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#secret = parts.secret;
    this.#photos = parts.photos;
    this.#perWeek = parts.perWeek ?? usualPerWeek;
    this.#lanes = new Lanes<OutboxRow>({
      atOnce: chatsAtOnce,
      more: (busy) => this.#due(busy),
      laneOf: chatOf,
      work: (row) => this.#say(row),
      failed: (fault) => this.#log.error({ err: fault }, 'the outbox could not be worked on'),
    });
  }

  /** Takes up what the last process left behind; nothing is said before {@link wake}. */
  async recover(): Promise<void> {
    const uncertain = await recoverSending(
      this.#database.db,
      this.#accountId,
      this.#adapter.abilities.deduplicatesSends,
      this.#clock.now(),
    );
    if (uncertain > 0)
      this.#log.warn({ uncertain }, 'messages whose sending was interrupted may or may not have arrived');
  }

  /** Something may be due: look. Cheap to call often. */
  wake(): void {
    this.#lanes.wake();
  }

  /** Settles when nothing is left that is due now. */
  idle(): Promise<void> {
    return this.#lanes.idle();
  }

  /** Sends what is due, then stops. Waiting rows, and outcomes that cannot be stored, stay for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#lanes.stop();
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #due(busy: readonly string[]): Promise<readonly OutboxRow[]> {
    const { db } = this.#database;
    const now = this.#clock.now();
    const rows = await sendable(db, this.#accountId, now, busy, rowsARound);
    if (rows.length > 0) return rows;
    clearTimeout(this.#timer);
    const next = await nextDue(db, this.#accountId, now);
    if (next !== undefined && !this.#stopped)
      this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(next - now, 1), longestWait));
    return rows;
  }

  /** Says one thing. False: it must be tried again later, and the rest of its chat waits. */
  async #say(row: OutboxRow): Promise<boolean> {
    if (row.sealed === undefined) return this.#sayTo(row, row.personId);
    const personId = await personBehind(this.#database.db, this.#secret, row.sealed);
    const said = await this.#sayTo(row, personId);
    // What the log of the database still holds of an anonymous asker goes with the row.
    if (said)
      await this.#database
        .emptyLog()
        .catch((fault) => this.#log.warn({ err: fault }, 'the log of the database could not be emptied'));
    return said;
  }

  async #sayTo(row: OutboxRow, personId: number | undefined): Promise<boolean> {
    const { db } = this.#database;
    const now = this.#clock.now();
    if (row.expiresAt !== undefined && row.expiresAt < now) return this.#giveUp(row, row.unsureSince);
    if (row.unsureSince !== undefined && now - row.unsureSince > duplicatesRemovedMs)
      return this.#giveUp(row, row.unsureSince, 'too late to try again: it might arrive twice');
    const { repliesOnly, staleMs, stableIds } = this.#adapter.abilities;
    if (row.kind === 'reminder' && repliesOnly)
      return this.#giveUp(row, undefined, 'reminders are turned off');
    if (row.kind === 'reminder' && row.unsureSince === undefined && (await this.#isTooMuch(row, now)))
      return this.#giveUp(row, undefined, 'the messages of this week are used up');
    if (row.kind === 'reply' && staleMs !== undefined && row.createdAt + staleMs < now)
      return this.#giveUp(row, row.unsureSince, 'too late for an answer');
    const chat = await this.#chatOf(row, personId);
    if (!chat && stableIds === false && (await this.#isKnownElsewhere(row, personId)))
      return this.#failed(row, now, new SendError('retry', 'not known again since the last login', awayMs));
    if (!chat) return this.#settle(row, 'refused', { fault: 'the chat is not known on this account' });
    const updates = row.updates === undefined ? undefined : await messageIdOf(db, row.updates);
    if (row.updates !== undefined && (updates === undefined || !this.#adapter.abilities.updates))
      return this.#settle(row, 'refused', { fault: 'the card to be replaced cannot be' });
    let content: Content;
    try {
      content = await render(JSON.parse(bodyOf(this.#secret, row) ?? ''), this.#photos);
    } catch (fault) {
      this.#log.error({ outbox: row.id, err: fault }, 'a message could not be drawn');
      return this.#settle(row, 'refused', { fault: String(fault) });
    }
    if (!(await startSending(db, row.id, now))) return true;
    let sent: Sent;
    try {
      sent = await this.#adapter.send(chat, content, { key: row.key, quote: row.quote, updates });
    } catch (fault) {
      return this.#failed(row, now, fault);
    }
    await this.#settle(row, 'sent', sent);
    await pause(this.#adapter.abilities.paceMs);
    return true;
  }

  /** After an attempt begun at an instant. What is known not to be sent is tried for days, what may be not so long. */
  async #failed(row: OutboxRow, begun: number, fault: unknown): Promise<boolean> {
    // What is no SendError says nothing about whether the platform took the message.
    const error = fault instanceof SendError ? fault : new SendError('uncertain', String(fault));
    const { outcome, message } = error;
    this.#log.warn(
      { outbox: row.id, outcome, attempt: row.attempts + 1, err: fault },
      'a message was not sent',
    );
    if (outcome === 'refused') return this.#settle(row, 'refused', { fault: message });
    const now = this.#clock.now();
    const unsureSince = row.unsureSince ?? (outcome === 'uncertain' ? begun : undefined);
    const until =
      unsureSince === undefined
        ? (row.expiresAt ?? row.createdAt + triedMs)
        : this.#adapter.abilities.deduplicatesSends
          ? unsureSince + duplicatesRemovedMs
          : now;
    if (now >= until) return this.#giveUp(row, unsureSince, message);
    const notBefore = Math.min(now + (error.afterMs ?? waits[row.attempts] ?? lastWait), until);
    await this.#record(row, (db) => postpone(db, row.id, { notBefore, unsureSince, fault: message }));
    return false;
  }

  /** Nobody can say that what may have arrived has expired. */
  #giveUp(row: OutboxRow, unsureSince: number | undefined, fault?: string): Promise<true> {
    return this.#settle(row, unsureSince === undefined ? 'expired' : 'uncertain', { fault });
  }

  async #settle(
    row: OutboxRow,
    state: Settled,
    outcome: { readonly messageId?: string | undefined; readonly fault?: string | undefined } = {},
  ): Promise<true> {
    const now = this.#clock.now();
    await this.#record(row, (db) => settle(db, row, state, now, outcome));
    // What was held in case it is lost goes to another chat.
    if (row.kind === 'help' && state !== 'sent') this.wake();
    return true;
  }

  /**
   * Writes down what became of a message, its chat waiting meanwhile, however often the database fails: it must neither
   * stay `sending` nor be sent again. After {@link stop} one fault is enough, and the next start deals with the row.
   */
  async #record(row: OutboxRow, write: (db: Db) => Promise<void>): Promise<void> {
    const { signal } = this.#stopping;
    for (let rest = firstRest; ; rest = Math.min(2 * rest, longestRest)) {
      try {
        if (row.topicId === undefined && row.kind !== 'help') await write(this.#database.db);
        else await this.#database.transaction(write);
        return;
      } catch (fault) {
        if (signal.aborted) throw fault;
        this.#log.error({ outbox: row.id, err: fault }, 'what became of a message could not be stored yet');
        await pause(rest, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Whether somebody has had all the messages of this week that they did not ask for. What a group gets is not counted. */
  async #isTooMuch({ id, groupId, personId }: OutboxRow, now: number): Promise<boolean> {
    if (groupId !== undefined || personId === undefined) return false;
    const { db } = this.#database;
    const chosen = (await reminderSettings(db, [personId])).get(personId)?.weekly;
    const had = (await remindersInWeek(db, [personId], now, id)).get(personId) ?? 0;
    return had >= budgetOf(this.#perWeek, chosen);
  }

  /** Whether the chat was known under an earlier login: it may be known again. */
  async #isKnownElsewhere({ groupId }: OutboxRow, personId: number | undefined): Promise<boolean> {
    const { db } = this.#database;
    if (groupId !== undefined) return (await db.groupAlias.count({ where: { groupId } })) > 0;
    return personId !== undefined && (await db.personAlias.count({ where: { personId } })) > 0;
  }

  async #chatOf({ groupId }: OutboxRow, personId: number | undefined): Promise<Chat | undefined> {
    const { db } = this.#database;
    if (groupId !== undefined) {
      const group = await externalGroup(db, groupId);
      return group && { kind: 'group', ...group };
    }
    const person = personId === undefined ? undefined : await externalPerson(db, personId);
    return person && { kind: 'private', ...person };
  }
}
