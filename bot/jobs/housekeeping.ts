/** Every night: weeks older than the retention become counts, and what platforms will not ask for again is dropped. */
import { dayMs, dayOf, startOfDay } from '../../domain/calendar/day.ts';
import type { Database } from '../../prisma/database.ts';
import { forgetQuestions } from '../../prisma/store/confirmations.ts';
import { foldWeeks, groupsToFold } from '../../prisma/store/folding.ts';
import { forgetDone } from '../../prisma/store/inbox.ts';
import { forgetSettled } from '../../prisma/store/outbox.ts';
import type { Job } from './job.ts';

/** Days for which presence is kept half-hour by half-hour (design.md, The heart). */
export const presenceRetentionDays = 35;
/** Feishu redelivers within about seven hours; a month is ample for anybody who asks what was said. */
const queueRetentionMs = 30 * dayMs;
const atMs = 3.5 * 3_600_000;

/** Runs at 03:30. `folded` is called when weeks were folded, so that what is known of them is dropped. */
export function housekeeping(folded: () => void): Job {
  return {
    name: 'housekeeping',
    lastDue: (now) => {
      const today = startOfDay(dayOf(now)) + atMs;
      return today <= now ? today : today - dayMs;
    },
    catchUpMs: Number.POSITIVE_INFINITY,
    async run(database: Database, now: number) {
      const before = dayOf(now) - presenceRetentionDays;
      const groups = await groupsToFold(database.db, before);
      for (const groupId of groups) await database.transaction((tx) => foldWeeks(tx, groupId, before));
      if (groups.length > 0) folded();
      await forgetQuestions(database.db, now - dayMs);
      await forgetDone(database.db, now - queueRetentionMs);
      await forgetSettled(database.db, now - queueRetentionMs);
    },
  };
}
