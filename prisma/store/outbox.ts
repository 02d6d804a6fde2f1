/** What is to be said (design.md, Durability). How it is sent: sending.ts. */
import type { Db } from '../database.ts';

export interface ToSay {
  readonly key: string;
  readonly kind: string;
  readonly groupId?: number | undefined;
  readonly personId?: number | undefined;
  /** Instead of a person: a sealed address. */
  readonly sealed?: string | undefined;
  /** The draft as JSON. */
  readonly body: string;
  readonly quote?: string | undefined;
  /** Key of the message whose card this one replaces. */
  readonly updates?: string | undefined;
  readonly topicId?: number | undefined;
  readonly notBefore?: number | undefined;
  readonly expiresAt?: number | undefined;
  /** Not to be said unless another one is lost: see {@link ifLostKey}. */
  readonly held?: boolean | undefined;
}

/** Under which key that is held which is said if the message of a key is lost. */
export function ifLostKey(key: string): string {
  return `${key}/lost`;
}

/**
 * Adds a message; one with the same key is there already and stays as it is. It goes out over the account of the group or
 * person it is for, whose cadre may have proved another account to be theirs; a sealed one over `accountId`. One statement,
 * since an upsert of the ORM looks first and then fails on PostgreSQL when somebody else was quicker.
 */
export async function say(db: Db, accountId: number, message: ToSay, now: number): Promise<void> {
  const { key, kind, groupId = null, personId = null, sealed = null, body } = message;
  const { quote = null, updates = null, topicId = null, notBefore = now, expiresAt } = message;
  const state = message.held ? 'held' : 'pending';
  const expires = expiresAt === undefined ? null : new Date(expiresAt);
  await db.$executeRaw`
    INSERT INTO "Outbox" ("accountId", "key", "kind", "groupId", "personId", "sealed", "body", "quote", "updates",
                          "topicId", "state", "createdAt", "notBefore", "expiresAt")
    VALUES (COALESCE((SELECT "accountId" FROM "Group" WHERE "id" = ${groupId}),
                     (SELECT "accountId" FROM "Person" WHERE "id" = ${groupId === null ? personId : null}),
                     ${accountId}), ${key}, ${kind}, ${groupId}, ${personId}, ${sealed}, ${body}, ${quote}, ${updates},
            ${topicId}, ${state}, ${new Date(now)}, ${new Date(notBefore)}, ${expires})
    ON CONFLICT ("key") DO NOTHING`;
}

/** Drops rows settled before an instant. */
export async function forgetSettled(db: Db, before: number): Promise<number> {
  const { count } = await db.outbox.deleteMany({ where: { settledAt: { lt: new Date(before) } } });
  return count;
}

/** How many messages of an account wait to be said. */
export function backlogOf(db: Db, platform: string, name: string): Promise<number> {
  return db.outbox.count({ where: { account: { platform, name }, state: { in: ['pending', 'sending'] } } });
}

/** Whether a message of that key was said, or is to be; rows stay for 35 days. */
export async function wasSaid(db: Db, key: string): Promise<boolean> {
  return (await db.outbox.count({ where: { key } })) > 0;
}
