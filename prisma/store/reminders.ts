/** Reminders that exist, by their meaning. */
import type { Db } from '../database.ts';

/** Who is reminded: a cadre, a unit's administrator, or somebody who is both. */
export interface Recipient {
  readonly cadreId?: number | undefined;
  readonly administratorId?: number | undefined;
}

/** The keys of somebody's reminders, and the digest's key if that digest exists. */
export async function sentKeys(
  db: Db,
  { cadreId, administratorId }: Recipient,
  digestKey: string,
): Promise<ReadonlySet<string>> {
  const either = [
    ...(cadreId === undefined ? [] : [{ cadreId }]),
    ...(administratorId === undefined ? [] : [{ administratorId }]),
  ];
  const rows = await db.reminder.findMany({ where: { OR: either }, select: { key: true } });
  const digest = await db.outbox.findUnique({ where: { key: digestKey }, select: { key: true } });
  return new Set([...rows, ...(digest ? [digest] : [])].map((row) => row.key));
}

/** Holds a cadre's row until the transaction ends, so that two transactions remind them one after the other. */
export async function lockCadre(db: Db, cadreId: number): Promise<void> {
  await db.cadre.updateMany({ where: { id: cadreId }, data: { unitId: { increment: 0 } } });
}

/** Holds the rows of somebody to be reminded, as {@link lockCadre} does. */
export async function lockRecipient(db: Db, { cadreId, administratorId }: Recipient): Promise<void> {
  if (cadreId !== undefined) await lockCadre(db, cadreId);
  if (administratorId !== undefined)
    await db.administrator.updateMany({
      where: { id: administratorId },
      data: { unitId: { increment: 0 } },
    });
}

/** Notes reminders as given. One that exists makes the whole transaction fail: it must not be said again. */
export async function noteReminders(
  db: Db,
  reminders: readonly {
    readonly key: string;
    readonly recipient: Recipient;
    readonly groupId: number;
    readonly requirement: string;
    readonly period: string;
    readonly stage: string;
  }[],
  now: number,
): Promise<void> {
  await db.reminder.createMany({
    data: reminders.map(({ key, recipient, groupId, requirement, period, stage }) => ({
      key,
      cadreId: recipient.cadreId ?? null,
      administratorId: recipient.administratorId ?? null,
      groupId,
      requirement,
      period,
      stage,
      at: new Date(now),
    })),
  });
}
