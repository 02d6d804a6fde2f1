/** What must happen once: commands, presses, joins (design.md, Durability). */
import type { Db } from '../database.ts';
import type { Raw } from '../raw.ts';
import { inStatements, rowsParameter } from './rows.ts';

export interface Heard {
  /** `m:<message id>` or `e:<event id>`. */
  readonly key: string;
  /** The chat in whose order it is processed. */
  readonly chat: string;
  /** The event as JSON. */
  readonly body: string;
}

export interface InboxRow {
  readonly id: number;
  readonly chat: string;
  readonly body: string;
  readonly attempts: number;
}

/** Keeps what was heard, in that order; what is known already is left as it is. `now` is in milliseconds. */
export async function putHeard(
  db: Raw,
  accountId: number,
  heard: readonly Heard[],
  now: number,
): Promise<void> {
  for (const run of inStatements(heard)) {
    const rows = rowsParameter(run.map((row) => [row.key, row.chat, row.body]));
    await db.$executeRaw`
      INSERT INTO "Inbox" ("accountId", "key", "chat", "body", "receivedAt")
      SELECT ${accountId}, value->>0, value->>1, value->>2, ${new Date(now)}
        FROM json_each(${rows}) WHERE true ORDER BY CAST(key AS INTEGER)
      ON CONFLICT ("accountId", "key") DO NOTHING`;
  }
}

/** The next rows not done yet, of all chats but some, in the order in which they were heard. */
export async function undone(
  db: Db,
  accountId: number,
  butOf: readonly string[],
  limit: number,
): Promise<readonly InboxRow[]> {
  const rows = await db.inbox.findMany({
    where: { accountId, doneAt: null, ...(butOf.length > 0 ? { chat: { notIn: [...butOf] } } : {}) },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true, chat: true, body: true, attempts: true },
  });
  return rows.map((row) => ({ ...row, body: row.body ?? '' }));
}

/** How many rows wait. */
export async function waiting(db: Db, accountId: number): Promise<number> {
  return db.inbox.count({ where: { accountId, doneAt: null } });
}

/**
 * Marks a row done and wipes its text and whose chat it was; its key stays, so that a redelivery is known. False: it was
 * done already.
 */
export async function done(db: Db, id: number, now: number, fault?: string): Promise<boolean> {
  const { count } = await db.inbox.updateMany({
    where: { id, doneAt: null },
    data: { doneAt: new Date(now), body: null, chat: '', ...(fault === undefined ? {} : { fault }) },
  });
  return count === 1;
}

/** Whether the row of a key is done. */
export async function isDone(db: Db, accountId: number, key: string): Promise<boolean> {
  return (await db.inbox.count({ where: { accountId, key, NOT: { doneAt: null } } })) > 0;
}

/** Notes an attempt that failed through a fault of ours. */
export async function attempted(db: Db, id: number): Promise<void> {
  await db.inbox.update({ where: { id }, data: { attempts: { increment: 1 } } });
}

/** Drops keys of what was done before an instant; platforms redeliver within hours. */
export async function forgetDone(db: Db, before: number): Promise<number> {
  const { count } = await db.inbox.deleteMany({ where: { doneAt: { lt: new Date(before) } } });
  return count;
}
