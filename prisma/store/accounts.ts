/** The chat accounts that the bot holds, and which process holds each. */
import type { Db } from '../database.ts';

/** The account's own id; made on first use. */
export async function ensureAccount(db: Db, platform: string, name: string): Promise<number> {
  // One statement: of processes that start together, an upsert of the ORM would fail in all but one on PostgreSQL.
  await db.$executeRaw`
    INSERT INTO "Account" ("platform", "name") VALUES (${platform}, ${name}) ON CONFLICT ("platform", "name") DO NOTHING`;
  const account = await db.account.findUniqueOrThrow({
    where: { platform_name: { platform, name } },
    select: { id: true },
  });
  return account.id;
}

/**
 * Takes or renews the lease of an account, so that one process at a time holds it (design.md, Two databases).
 * Times are real time, in milliseconds, never a sandbox's moved clock. False: another process holds it.
 */
export async function lease(
  db: Db,
  accountId: number,
  holder: string,
  now: number,
  lengthMs: number,
): Promise<boolean> {
  const { count } = await db.account.updateMany({
    where: {
      id: accountId,
      OR: [{ leaseHolder: holder }, { leaseUntil: null }, { leaseUntil: { lt: new Date(now) } }],
    },
    data: { leaseHolder: holder, leaseUntil: new Date(now + lengthMs) },
  });
  return count === 1;
}

/** Who holds the lease of an account, whether it has run out or not. */
export async function holderOf(db: Db, accountId: number): Promise<string | undefined> {
  const account = await db.account.findUnique({ where: { id: accountId }, select: { leaseHolder: true } });
  return account?.leaseHolder ?? undefined;
}

/** Whether some process holds an account at an instant, in real milliseconds: whether the bot is at work. */
export async function isHeld(db: Db, now: number): Promise<boolean> {
  return (await db.account.count({ where: { leaseUntil: { gt: new Date(now) } } })) > 0;
}

/** Gives the lease back at shutdown, so that the next process need not wait for it to run out. */
export async function release(db: Db, accountId: number, holder: string): Promise<void> {
  await db.account.updateMany({
    where: { id: accountId, leaseHolder: holder },
    data: { leaseHolder: null, leaseUntil: null },
  });
}
