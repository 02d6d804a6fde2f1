/** What is to be said (design.md, Durability): a row is committed as `sending` before a platform is asked. */
import type { Db } from '../database.ts';

export interface ToSay {
  readonly key: string;
  readonly kind: string;
  readonly groupId?: number | undefined;
  readonly personId?: number | undefined;
  /** The draft as JSON. */
  readonly body: string;
  readonly quote?: string | undefined;
  /** Key of the message whose card this one replaces. */
  readonly updates?: string | undefined;
  readonly topicId?: number | undefined;
  readonly notBefore?: number | undefined;
  readonly expiresAt?: number | undefined;
}

export interface OutboxRow extends ToSay {
  readonly id: number;
  readonly attempts: number;
}

export type Settled = 'sent' | 'uncertain' | 'refused' | 'expired';

/** Adds a message; one with the same key is there already and stays as it is. */
export async function say(db: Db, accountId: number, message: ToSay, now: number): Promise<void> {
  await db.outbox.upsert({
    where: { key: message.key },
    update: {},
    create: {
      accountId,
      key: message.key,
      kind: message.kind,
      groupId: message.groupId ?? null,
      personId: message.personId ?? null,
      body: message.body,
      quote: message.quote ?? null,
      updates: message.updates ?? null,
      topicId: message.topicId ?? null,
      createdAt: new Date(now),
      notBefore: new Date(message.notBefore ?? now),
      expiresAt: message.expiresAt === undefined ? null : new Date(message.expiresAt),
    },
  });
}

/** Pending rows in the order in which they were written; among them those whose time has not come, which hold back their chat. */
export async function pending(
  db: Db,
  accountId: number,
  limit: number,
): Promise<readonly (OutboxRow & { readonly notBefore: number })[]> {
  const rows = await db.outbox.findMany({
    where: { accountId, state: 'pending' },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map((row) => ({
    id: row.id,
    key: row.key,
    kind: row.kind,
    groupId: row.groupId ?? undefined,
    personId: row.personId ?? undefined,
    body: row.body ?? '',
    quote: row.quote ?? undefined,
    updates: row.updates ?? undefined,
    topicId: row.topicId ?? undefined,
    notBefore: row.notBefore.getTime(),
    expiresAt: row.expiresAt?.getTime(),
    attempts: row.attempts,
  }));
}

/** The platform's id of a message that was sent, by its key. */
export async function messageIdOf(db: Db, key: string): Promise<string | undefined> {
  const row = await db.outbox.findUnique({ where: { key }, select: { messageId: true } });
  return row?.messageId ?? undefined;
}

/** Marks a row `sending`. False: another process has it. */
export async function startSending(db: Db, id: number): Promise<boolean> {
  const { count } = await db.outbox.updateMany({
    where: { id, state: 'pending' },
    data: { state: 'sending', attempts: { increment: 1 } },
  });
  return count === 1;
}

/** Puts a row back, to be tried again not before an instant. */
export async function postpone(db: Db, id: number, notBefore: number, fault: string): Promise<void> {
  await db.outbox.update({
    where: { id },
    data: { state: 'pending', notBefore: new Date(notBefore), fault },
  });
}

/** Settles a row, wipes its text, and notes a topic's platform message with it. */
export async function settle(
  db: Db,
  row: { readonly id: number; readonly topicId?: number | undefined },
  state: Settled,
  now: number,
  outcome: { readonly messageId?: string | undefined; readonly fault?: string | undefined } = {},
): Promise<void> {
  await db.outbox.update({
    where: { id: row.id },
    data: {
      state,
      body: null,
      settledAt: new Date(now),
      messageId: outcome.messageId ?? null,
      fault: outcome.fault ?? null,
    },
  });
  if (row.topicId !== undefined && outcome.messageId !== undefined)
    await db.topic.update({ where: { id: row.topicId }, data: { messageId: outcome.messageId } });
}

/**
 * After a start: rows that were being sent when the last process ended. Where the platform removes duplicates they
 * are tried again; elsewhere nobody can know, and they become `uncertain`. Returns how many became so.
 */
export async function recoverSending(
  db: Db,
  accountId: number,
  platformRemovesDuplicates: boolean,
  now: number,
): Promise<number> {
  const { count } = await db.outbox.updateMany({
    where: { accountId, state: 'sending' },
    data: platformRemovesDuplicates
      ? { state: 'pending' }
      : {
          state: 'uncertain',
          body: null,
          settledAt: new Date(now),
          fault: 'the process ended while sending',
        },
  });
  return platformRemovesDuplicates ? 0 : count;
}

/** Drops rows settled before an instant. */
export async function forgetSettled(db: Db, before: number): Promise<number> {
  const { count } = await db.outbox.deleteMany({ where: { settledAt: { lt: new Date(before) } } });
  return count;
}
