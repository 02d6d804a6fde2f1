/** On the first workday of a month its cadre is shown last month's “你说我办”, privately; the group only by their yes. */
import { type Day, dayOf, startOfDay, weekdayOf } from '../../domain/calendar/day.ts';
import { monthOf } from '../../domain/calendar/period.ts';
import { isQuiet, isWorkday, type WorkCalendar } from '../../domain/calendar/workdays.ts';
import type { Database, Tx } from '../../prisma/database.ts';
import { cadreOfGroup } from '../../prisma/store/cadres.ts';
import { groupsAskedSince } from '../../prisma/store/entries.ts';
import { say, wasSaid } from '../../prisma/store/outbox.ts';
import { monthKey, monthOfGroup, monthProposal, monthToTell } from '../commands/listening/month.ts';
import { toRow } from '../outbox/row.ts';
import { each, type Job } from './job.ts';

const hourMs = 3_600_000;
/** Said between 9:00 and 20:00; after downtime up to a week late, and after that the cadre asks for it. */
const [fromHour, toHour] = [9, 20];
const latestDays = 7;

/** Looks every hour, under a calendar of holidays. */
export function monthCards(calendar: WorkCalendar): Job {
  return {
    name: 'month-cards',
    lastDue: (now) => now - (now % hourMs),
    catchUpMs: Number.POSITIVE_INFINITY,
    async run(database: Database, now: number) {
      const today = dayOf(now);
      const clock = now - startOfDay(today);
      const first = firstWorkday(calendar, today);
      if (today < first || today > first + latestDays || isQuiet(calendar, today)) return;
      if (clock < fromHour * hourMs || clock >= toHour * hourMs) return;
      const month = monthToTell(now);
      await each(await groupsAskedSince(database.db, startOfDay(month.from)), (group) =>
        database.transaction((tx) => propose(tx, group, now)),
      );
    },
  };
}

/** The first day of a day's month that is worked; where the year's holidays are not known, the first from Monday to Friday. */
function firstWorkday(calendar: WorkCalendar, today: Day): Day {
  const { from, to } = monthOf(today);
  for (let day = from; day <= to; day++) if (isWorkday(calendar, day) ?? weekdayOf(day) <= 5) return day;
  return to;
}

async function propose(
  tx: Tx,
  group: { readonly id: number; readonly name: string; readonly accountId: number },
  now: number,
): Promise<void> {
  const month = monthToTell(now);
  const cadre = await cadreOfGroup(tx, group.id, dayOf(now));
  if (!cadre || (await wasSaid(tx, monthKey(group.id, month.key)))) return;
  const report = await monthOfGroup(tx, group.id, month);
  if (!report) return;
  await say(
    tx,
    group.accountId,
    toRow({
      // The month is the meaning: proposed once, however often it is looked at.
      key: `${monthKey(group.id, month.key)}/proposal`,
      kind: 'reminder',
      to: { personId: cadre.personId },
      draft: monthProposal(group, report),
      expiresAt: startOfDay(dayOf(now) + latestDays),
    }),
    now,
  );
}
