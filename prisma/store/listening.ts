/** The intervals in which an account heard everything (design.md, counting rule 8). */
import type { Db } from '../database.ts';

export interface Interval {
  readonly from: number;
  readonly until: number;
}

/**
 * Adds an interval, in milliseconds. One that touches the latest is joined with it, so that a connection that
 * stays up is one row however often it reports.
 */
export async function addListening(db: Db, accountId: number, interval: Interval): Promise<void> {
  const last = await db.listening.findFirst({ where: { accountId }, orderBy: { untilMs: 'desc' } });
  const from = BigInt(interval.from);
  const until = BigInt(interval.until);
  if (last && last.untilMs >= from) {
    if (last.untilMs < until || last.fromMs > from)
      await db.listening.update({
        where: { id: last.id },
        data: {
          fromMs: last.fromMs < from ? last.fromMs : from,
          untilMs: last.untilMs > until ? last.untilMs : until,
        },
      });
    return;
  }
  await db.listening.create({ data: { accountId, fromMs: from, untilMs: until } });
}

/** The intervals that touch a span, in milliseconds, the earliest first. */
export async function listeningOf(db: Db, accountId: number, span: Interval): Promise<readonly Interval[]> {
  const rows = await db.listening.findMany({
    where: { accountId, fromMs: { lte: BigInt(span.until) }, untilMs: { gte: BigInt(span.from) } },
    orderBy: { fromMs: 'asc' },
  });
  return rows.map((row) => ({ from: Number(row.fromMs), until: Number(row.untilMs) }));
}
