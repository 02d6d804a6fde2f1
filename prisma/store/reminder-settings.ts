/** How people want to be reminded, and how many messages nobody asked for they have got this week. */
import { weekBegin } from '../../domain/reminders/budget.ts';
import type { Db } from '../database.ts';

/** Undefined: as usual. `minute` after midnight in Asia/Shanghai; `weekly`: messages in an ISO week. */
export interface ReminderSetting {
  readonly minute: number | undefined;
  readonly weekly: number | undefined;
}

/** What some people have chosen; who is not in it has chosen nothing. */
export async function reminderSettings(
  db: Db,
  personIds: readonly number[],
): Promise<ReadonlyMap<number, ReminderSetting>> {
  const rows = await db.reminderSetting.findMany({ where: { personId: { in: [...personIds] } } });
  return new Map(
    rows.map(({ personId, minute, weekly }) => [
      personId,
      { minute: minute ?? undefined, weekly: weekly ?? undefined },
    ]),
  );
}

/** Keeps what somebody chooses; what is left out stays. */
export async function chooseReminders(
  db: Db,
  personId: number,
  { minute, weekly }: Partial<ReminderSetting>,
): Promise<void> {
  await db.$executeRaw`INSERT INTO "ReminderSetting" ("personId") VALUES (${personId}) ON CONFLICT DO NOTHING`;
  await db.reminderSetting.update({
    where: { personId },
    data: { ...(minute === undefined ? {} : { minute }), ...(weekly === undefined ? {} : { weekly }) },
  });
}

/**
 * How many messages that nobody asked for some people have got, or will get, in the ISO week of an instant: reminders
 * to a person alone, but for those that were given up. `but`: a row that is not counted.
 */
export async function remindersInWeek(
  db: Db,
  personIds: readonly number[],
  now: number,
  but?: number,
): Promise<ReadonlyMap<number, number>> {
  const rows = await db.outbox.groupBy({
    by: ['personId'],
    where: {
      personId: { in: [...personIds] },
      groupId: null,
      kind: 'reminder',
      state: {
        in:
          but === undefined ? ['pending', 'sending', 'sent', 'uncertain'] : ['sending', 'sent', 'uncertain'],
      },
      createdAt: { gte: new Date(weekBegin(now)) },
      ...(but === undefined ? {} : { id: { not: but } }),
    },
    _count: { _all: true },
  });
  return new Map(rows.flatMap((row) => (row.personId === null ? [] : [[row.personId, row._count._all]])));
}
