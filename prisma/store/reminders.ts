/** Reminders that exist, by their meaning. */
import type { Db } from '../database.ts';

/** The keys of a cadre's reminders, and the digest's key if that digest exists. */
export async function sentKeys(db: Db, cadreId: number, digestKey: string): Promise<ReadonlySet<string>> {
  const rows = await db.reminder.findMany({ where: { cadreId }, select: { key: true } });
  const digest = await db.outbox.findUnique({ where: { key: digestKey }, select: { key: true } });
  return new Set([...rows, ...(digest ? [digest] : [])].map((row) => row.key));
}

/** Holds a cadre's row until the transaction ends, so that two transactions remind them one after the other. */
export async function lockCadre(db: Db, cadreId: number): Promise<void> {
  await db.cadre.updateMany({ where: { id: cadreId }, data: { unitId: { increment: 0 } } });
}

/** Notes reminders as given. One that exists makes the whole transaction fail: it must not be said again. */
export async function noteReminders(
  db: Db,
  reminders: readonly {
    readonly key: string;
    readonly cadreId: number;
    readonly groupId: number;
    readonly requirement: string;
    readonly period: string;
    readonly stage: string;
  }[],
  now: number,
): Promise<void> {
  await db.reminder.createMany({
    data: reminders.map(({ key, cadreId, groupId, requirement, period, stage }) => ({
      key,
      cadreId,
      groupId,
      requirement,
      period,
      stage,
      at: new Date(now),
    })),
  });
}
