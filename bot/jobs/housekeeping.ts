/** Every night: weeks older than the retention become counts, and what platforms will not ask for again is dropped. */
import { dayMs, dayOf, startOfDay } from '../../domain/calendar/day.ts';
import type { Database } from '../../prisma/database.ts';
import { foldWeeks, groupsToFold } from '../../prisma/store/folding.ts';
import { forgetDone } from '../../prisma/store/inbox.ts';
import { forgetSettled } from '../../prisma/store/outbox.ts';
import { each, type Job } from './job.ts';

/** Days for which presence is kept half-hour by half-hour (design.md, The heart). */
export const presenceRetentionDays = 35;
/** Longer than any key of a row has a meaning: a platform redelivers within hours, a month's notice is said once in it. */
const queueRetentionMs = 35 * dayMs;
const atMs = 3.5 * 3_600_000;

/**
 * Runs at 03:30, for the account that this process holds: nobody else writes into its groups meanwhile. `folded` is
 * called when weeks were folded, so that what is known of them is dropped.
 */
export function housekeeping(accountId: number, folded: () => void): Job {
  return {
    name: `housekeeping/${accountId}`,
    lastDue: (now) => {
      const today = startOfDay(dayOf(now)) + atMs;
      return today <= now ? today : today - dayMs;
    },
    catchUpMs: Number.POSITIVE_INFINITY,
    async run(database: Database, now: number) {
      const before = dayOf(now) - presenceRetentionDays;
      await forgetDone(database.db, now - queueRetentionMs);
      await forgetSettled(database.db, now - queueRetentionMs);
      const groups = await groupsToFold(database.db, accountId, before);
      try {
        await each(groups, (groupId) => database.transaction((tx) => foldWeeks(tx, groupId, before)));
      } finally {
        if (groups.length > 0) folded();
      }
    },
  };
}
