/**
 * Sending what the outbox holds, and what becomes of it (design.md, Durability): a row is committed as `sending` before a
 * platform is asked.
 */
import type { Db } from '../database.ts';
import { ifLostKey, type ToSay } from './outbox.ts';

export interface OutboxRow extends ToSay {
  readonly id: number;
  readonly attempts: number;
  readonly createdAt: number;
  /** Begin of the first attempt that may have succeeded unknown to us; milliseconds. */
  readonly unsureSince?: number | undefined;
}

/**
 * How long after an attempt the same message may be sent again where the platform removes duplicates, in milliseconds.
 * Platforms do so for an hour; some of it may be lost to differing clocks.
 */
export const duplicatesRemovedMs = 50 * 60_000;

export type Settled = 'sent' | 'uncertain' | 'refused' | 'expired';

/** The chat that a message goes to, as a text; a sealed address is one of its own, whoever else it leads to. */
export function chatOf(row: {
  readonly groupId?: number | null | undefined;
  readonly personId?: number | null | undefined;
  readonly sealed?: string | null | undefined;
}): string {
  if (row.sealed != null) return `sealed:${row.sealed}`;
  return row.groupId != null ? `group:${row.groupId}` : `person:${row.personId}`;
}

/**
 * What may be sent now, of all chats but some, in the order in which it was written; at most so many. A message that
 * was tried in vain and waits for its next attempt holds back its chat; one only meant for later holds back nobody.
 */
export async function sendable(
  db: Db,
  accountId: number,
  now: number,
  butOf: readonly string[],
  limit: number,
): Promise<readonly OutboxRow[]> {
  const busy = new Set(butOf);
  for (let after = 0; ; ) {
    const rows = await db.outbox.findMany({
      where: { accountId, state: 'pending', notBefore: { lte: new Date(now) }, id: { gt: after } },
      orderBy: { id: 'asc' },
      take: limit,
    });
    const last = rows.at(-1);
    if (last === undefined) return [];
    after = last.id;
    const held = await heldBack(db, accountId, now, rows);
    const free = rows.filter((row) => !busy.has(chatOf(row)) && !held.has(chatOf(row)));
    if (free.length > 0) return free.map(outboxRow);
  }
}

/** Those of some chats in which a message waits for its next attempt. */
async function heldBack(
  db: Db,
  accountId: number,
  now: number,
  chats: readonly {
    readonly groupId: number | null;
    readonly personId: number | null;
    readonly sealed: string | null;
  }[],
): Promise<ReadonlySet<string>> {
  const groups = new Set(chats.flatMap(({ groupId }) => groupId ?? []));
  const people = new Set(
    chats.flatMap(({ groupId, personId }) => (groupId === null ? (personId ?? []) : [])),
  );
  const sealed = chats.flatMap((chat) => chat.sealed ?? []);
  const held = await db.outbox.findMany({
    where: {
      accountId,
      state: 'pending',
      attempts: { gt: 0 },
      notBefore: { gt: new Date(now) },
      OR: [
        { groupId: { in: [...groups] } },
        { groupId: null, personId: { in: [...people] } },
        { sealed: { in: sealed } },
      ],
    },
    select: { groupId: true, personId: true, sealed: true },
  });
  return new Set(held.map(chatOf));
}

function outboxRow(row: {
  readonly id: number;
  readonly key: string;
  readonly kind: string;
  readonly groupId: number | null;
  readonly personId: number | null;
  readonly sealed: string | null;
  readonly body: string | null;
  readonly quote: string | null;
  readonly updates: string | null;
  readonly topicId: number | null;
  readonly expiresAt: Date | null;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly unsureSince: Date | null;
}): OutboxRow {
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    groupId: row.groupId ?? undefined,
    personId: row.personId ?? undefined,
    sealed: row.sealed ?? undefined,
    body: row.body ?? '',
    quote: row.quote ?? undefined,
    updates: row.updates ?? undefined,
    topicId: row.topicId ?? undefined,
    expiresAt: row.expiresAt?.getTime(),
    attempts: row.attempts,
    createdAt: row.createdAt.getTime(),
    unsureSince: row.unsureSince?.getTime(),
  };
}

/** When the earliest message that is only due later may be sent; milliseconds. */
export async function nextDue(db: Db, accountId: number, now: number): Promise<number | undefined> {
  const { _min } = await db.outbox.aggregate({
    where: { accountId, state: 'pending', notBefore: { gt: new Date(now) } },
    _min: { notBefore: true },
  });
  return _min.notBefore?.getTime();
}

/** The platform's id of a message that was sent, by its key. */
export async function messageIdOf(db: Db, key: string): Promise<string | undefined> {
  const row = await db.outbox.findUnique({ where: { key }, select: { messageId: true } });
  return row?.messageId ?? undefined;
}

/** Marks a row `sending`, since when. False: another process has it. */
export async function startSending(db: Db, id: number, now: number): Promise<boolean> {
  const { count } = await db.outbox.updateMany({
    where: { id, state: 'pending' },
    data: { state: 'sending', attempts: { increment: 1 }, notBefore: new Date(now) },
  });
  return count === 1;
}

/** Puts a row back, to be tried again not before an instant; `unsureSince` where it may have been sent already. */
export async function postpone(
  db: Db,
  id: number,
  later: {
    readonly notBefore: number;
    readonly unsureSince?: number | undefined;
    readonly fault: string;
  },
): Promise<void> {
  const { notBefore, unsureSince, fault } = later;
  await db.outbox.update({
    where: { id },
    data: {
      state: 'pending',
      notBefore: new Date(notBefore),
      ...(unsureSince === undefined ? {} : { unsureSince: new Date(unsureSince) }),
      fault,
    },
  });
}

/**
 * Settles a row, wipes its text and to whom it was said privately, and notes a topic's platform message with it. A row
 * with a sealed address is deleted: not even that something was said stays.
 */
export async function settle(
  db: Db,
  row: Pick<OutboxRow, 'id' | 'key' | 'kind' | 'topicId'> & { readonly sealed?: string | null | undefined },
  state: Settled,
  now: number,
  outcome: { readonly messageId?: string | undefined; readonly fault?: string | undefined } = {},
): Promise<void> {
  if (row.sealed != null) await db.outbox.deleteMany({ where: { id: row.id } });
  else await markSettled(db, row, state, now, outcome);
  if (row.kind === 'help') await settleHeld(db, [row.key], state, now);
  if (row.topicId !== undefined && outcome.messageId !== undefined)
    await db.topic.update({ where: { id: row.topicId }, data: { messageId: outcome.messageId } });
}

async function markSettled(
  db: Db,
  { id, kind }: Pick<OutboxRow, 'id' | 'kind'>,
  state: Settled,
  now: number,
  outcome: { readonly messageId?: string | undefined; readonly fault?: string | undefined },
): Promise<void> {
  await db.outbox.update({
    where: { id },
    data: {
      state,
      body: null,
      // Whose reminders are counted (bot/outbox/sender.ts) is no secret; with whom the bot has talked otherwise is.
      ...(kind === 'reminder' ? {} : { personId: null }),
      settledAt: new Date(now),
      messageId: outcome.messageId ?? null,
      fault: outcome.fault ?? null,
    },
  });
}

/** What was held in case that some messages are lost is said now, or never. */
async function settleHeld(db: Db, keys: readonly string[], state: Settled, now: number): Promise<void> {
  const at = new Date(now);
  await db.outbox.updateMany({
    where: { key: { in: keys.map(ifLostKey) }, state: 'held' },
    data:
      state === 'sent'
        ? { state: 'expired', body: null, personId: null, settledAt: at }
        : { state: 'pending', notBefore: at },
  });
}

/**
 * After a start: rows that were being sent when the last process ended. Where the platform removes duplicates, and
 * still does so for these, they are tried again; elsewhere nobody can know, and they become `uncertain`. Returns how
 * many became so.
 */
export async function recoverSending(
  db: Db,
  accountId: number,
  platformRemovesDuplicates: boolean,
  now: number,
): Promise<number> {
  if (platformRemovesDuplicates)
    await db.$executeRaw`
      UPDATE "Outbox" SET "state" = 'pending', "unsureSince" = COALESCE("unsureSince", "notBefore")
      WHERE "accountId" = ${accountId} AND "state" = 'sending'
        AND COALESCE("unsureSince", "notBefore") > ${new Date(now - duplicatesRemovedMs)}`;
  const help = await db.outbox.findMany({
    where: { accountId, state: 'sending', kind: 'help' },
    select: { key: true },
  });
  await settleHeld(
    db,
    help.map(({ key }) => key),
    'uncertain',
    now,
  );
  const { count } = await db.outbox.updateMany({
    where: { accountId, state: 'sending' },
    data: {
      state: 'uncertain',
      body: null,
      sealed: null,
      settledAt: new Date(now),
      fault: 'the process ended while sending',
    },
  });
  await db.outbox.updateMany({
    where: { accountId, state: 'uncertain', kind: { not: 'reminder' } },
    data: { personId: null },
  });
  return count;
}
