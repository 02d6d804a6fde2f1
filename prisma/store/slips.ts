/** What anonymous askers want done, sealed until its hour; and counts of a day that name nobody. */
import type { Db } from '../database.ts';

/** Puts a slip in; one of the same ticket that still waits is replaced. `dueAt`: milliseconds. */
export async function putSlip(
  db: Db,
  slip: { readonly ticket: string; readonly body: string; readonly dueAt: number },
): Promise<void> {
  const { ticket, body } = slip;
  await db.sealedSlip.deleteMany({ where: { ticket } });
  await db.sealedSlip.create({ data: { ticket, body, dueAt: new Date(slip.dueAt) } });
}

/** The sealed body of the slip of a ticket that waits. */
export async function waitingSlip(db: Db, ticket: string): Promise<string | undefined> {
  const row = await db.sealedSlip.findUnique({ where: { ticket } });
  return row?.body;
}

/** The tickets of the slips whose hour has come, in an order that says nothing of the one in which they came. */
export async function dueSlips(db: Db, now: number): Promise<readonly string[]> {
  const rows = await db.sealedSlip.findMany({
    where: { dueAt: { lte: new Date(now) } },
    orderBy: { ticket: 'asc' },
    select: { ticket: true },
  });
  return rows.map(({ ticket }) => ticket);
}

/** Takes a slip out, so that it is done once; its sealed body. */
export async function takeSlip(db: Db, ticket: string): Promise<string | undefined> {
  const body = await waitingSlip(db, ticket);
  const { count } = await db.sealedSlip.deleteMany({ where: { ticket } });
  return count === 1 ? body : undefined;
}

/** Counts one more under a name that tells nobody's, on a day; how many they are now. */
export async function countToday(db: Db, name: string, day: number): Promise<number> {
  await db.$executeRaw`
    INSERT INTO "DayCount" ("name", "day", "count") VALUES (${name}, ${day}, 1)
    ON CONFLICT ("name") DO UPDATE SET "count" = "DayCount"."count" + 1`;
  return (await db.dayCount.findUnique({ where: { name } }))?.count ?? 1;
}

/** Drops the counts of days before one. */
export async function forgetCounts(db: Db, day: number): Promise<void> {
  await db.dayCount.deleteMany({ where: { day: { lt: day } } });
}
