/** What jobs say of their own accord: by daylight, and once, by a key of its meaning. */
import { dayOf, startOfDay } from '../../domain/calendar/day.ts';
import type { Tx } from '../../prisma/database.ts';
import { say } from '../../prisma/store/outbox.ts';
import type { Saying } from '../dialogue/command.ts';
import { toRow } from '../outbox/row.ts';

const hourMs = 3_600_000;

/** Whether it is between 9:00 and 21:00. */
export function isDaylight(now: number): boolean {
  const clock = now - startOfDay(dayOf(now));
  return clock >= 9 * hourMs && clock < 21 * hourMs;
}

/** When a job that looks every hour was last due. */
export function everyHour(now: number): number {
  return now - (now % hourMs);
}

/** Says something on the account of a group; what has that key and was said before is not said again. */
export async function tell(
  tx: Tx,
  groupId: number,
  saying: Saying & { readonly key: string },
  now: number,
): Promise<void> {
  const { accountId } = await tx.group.findUniqueOrThrow({
    where: { id: groupId },
    select: { accountId: true },
  });
  await say(tx, accountId, toRow(saying), now);
}
