/** The intervals in which an account heard everything (design.md, counting rule 8). */
import type { Db } from '../database.ts';

export interface Interval {
  readonly from: number;
  readonly until: number;
}

/**
 * Adds an interval, in milliseconds: of one group, or of all groups of the account. One that touches the latest is
 * joined with it, so that a connection that stays up is one row however often it reports.
 */
export async function addListening(
  db: Db,
  accountId: number,
  interval: Interval,
  groupId: number | null = null,
): Promise<void> {
  // Two at once would each join what they saw, and one would undo the other: on PostgreSQL the second waits here.
  await db.account.updateMany({ where: { id: accountId }, data: { id: accountId } });
  const from = BigInt(interval.from);
  const until = BigInt(interval.until);
  const last = await db.listening.findFirst({ where: { accountId, groupId }, orderBy: { untilMs: 'desc' } });
  if (
    await db.listening.findFirst({
      where: { accountId, groupId, fromMs: { lte: from }, untilMs: { gte: until } },
    })
  )
    return;
  if (!last || last.untilMs < from || until < last.fromMs) {
    await db.listening.create({ data: { accountId, groupId, fromMs: from, untilMs: until } });
    return;
  }
  const fromMs = last.fromMs < from ? last.fromMs : from;
  const untilMs = last.untilMs > until ? last.untilMs : until;
  if (fromMs !== last.fromMs || untilMs !== last.untilMs)
    await db.listening.update({ where: { id: last.id }, data: { fromMs, untilMs } });
}

/**
 * The intervals of a group that touch a span, in milliseconds: its own, and those of its whole account from `since` on,
 * before which the account did not hear this group.
 */
export async function listeningOf(
  db: Db,
  accountId: number,
  groupId: number,
  span: Interval,
  since: number,
): Promise<readonly Interval[]> {
  const rows = await db.listening.findMany({
    where: {
      accountId,
      OR: [{ groupId: null }, { groupId }],
      fromMs: { lte: BigInt(span.until) },
      untilMs: { gte: BigInt(span.from) },
    },
  });
  return rows.map((row) => ({
    from: row.groupId === null ? Math.max(Number(row.fromMs), since) : Number(row.fromMs),
    until: Number(row.untilMs),
  }));
}

/** Until when an account was last listening, in milliseconds; undefined when it never was. */
export async function heardUntil(db: Db, platform: string, name: string): Promise<number | undefined> {
  const last = await db.listening.findFirst({
    where: { groupId: null, account: { platform, name } },
    orderBy: { untilMs: 'desc' },
    select: { untilMs: true },
  });
  return last ? Number(last.untilMs) : undefined;
}
