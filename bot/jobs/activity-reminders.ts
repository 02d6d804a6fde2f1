/** The evening before: one private word to each who signed up for something tomorrow, within the burden budget. */
import { dayMs, dayOf, startOfDay } from '../../domain/calendar/day.ts';
import { formatDateTimeRange } from '../../domain/calendar/format-datetime.ts';
import { usualPerWeek } from '../../domain/reminders/budget.ts';
import type { Database } from '../../prisma/database.ts';
import { say } from '../../prisma/store/outbox.ts';
import { remindersInWeek } from '../../prisma/store/reminder-settings.ts';
import { type Expected, expectedBetween } from '../../prisma/store/sign-ups.ts';
import { toRow } from '../outbox/row.ts';
import { each, type Job } from './job.ts';

/** When on the day before, and for how long it is still worth saying; milliseconds. */
const atMs = 18 * 3_600_000;
const catchUpMs = 4 * 3_600_000;
/** The job; nobody gets more than `perWeek` messages that they did not ask for. */
export const activityReminders = (perWeek = usualPerWeek): Job => ({
  name: 'activity-reminders',
  lastDue: (now) => {
    const today = startOfDay(dayOf(now)) + atMs;
    return today <= now ? today : today - dayMs;
  },
  catchUpMs,
  async run(database: Database, now: number) {
    const tomorrow = startOfDay(dayOf(now) + 1);
    const byPerson = new Map<number, Expected[]>();
    for (const one of await expectedBetween(database.db, tomorrow, tomorrow + dayMs))
      byPerson.set(one.personId, [...(byPerson.get(one.personId) ?? []), one]);
    const had = await remindersInWeek(database.db, [...byPerson.keys()], now);
    await each([...byPerson], async ([personId, activities]) => {
      const [first] = activities;
      if (!first || (had.get(personId) ?? 0) >= perWeek) return;
      const draft = { type: 'text', text: textOf(activities, now) } as const;
      await say(
        database.db,
        first.accountId,
        toRow({
          // One a person and day, whatever else is added: it cannot be said twice.
          key: `activity-reminder/${personId}/${dayOf(tomorrow)}`,
          kind: 'reminder',
          to: { personId },
          draft,
          expiresAt: tomorrow - 2 * 3_600_000,
        }),
        now,
      );
    });
  },
});

function textOf(activities: readonly Expected[], now: number): string {
  const lines = activities.map(({ title, startsAt, endsAt, place }) =>
    [`“${title}”`, formatDateTimeRange(startsAt, endsAt, now), place].filter(Boolean).join('　'),
  );
  const numbers = activities.map(({ number }) => `/请假 ${number}`).join(' 或 ');
  return `明天见：\n${lines.join('\n')}\n来不了发 ${numbers} 就行，没关系的。`;
}
