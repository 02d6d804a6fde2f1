/** Numbers that count up within a group. */
import type { Db } from '../database.ts';

/**
 * Holds a group's row until the transaction ends, so that two of its topics, demands or activities never get one
 * number: on PostgreSQL a second transaction waits here; SQLite has one writer anyhow.
 */
export async function lockGroup(db: Db, groupId: number): Promise<void> {
  await db.group.updateMany({ where: { id: groupId }, data: { accountId: { increment: 0 } } });
}
