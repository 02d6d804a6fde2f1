/** Every night: weeks older than the retention become counts, and what platforms will not ask for again is dropped. */
import { dayMs, dayOf, startOfDay } from '../../domain/calendar/day.ts';
import type { Database } from '../../prisma/database.ts';
import { unusedPhotos } from '../../prisma/store/deed-evidence.ts';
import { foldWeeks, groupsToFold } from '../../prisma/store/folding.ts';
import { forgetHelps } from '../../prisma/store/helps.ts';
import { forgetDone } from '../../prisma/store/inbox.ts';
import { forgetInquiries } from '../../prisma/store/inquiries.ts';
import { giveUpUnmatched } from '../../prisma/store/joining-groups.ts';
import { forgetTasks } from '../../prisma/store/model.ts';
import { forgetSettled } from '../../prisma/store/outbox.ts';
import { forgetWishes, forgetWishPhotos } from '../../prisma/store/wishes.ts';
import type { Photos } from '../photos/photos.ts';
import { each, type Job } from './job.ts';

/** Days for which presence is kept half-hour by half-hour (design.md, The heart). */
export const presenceRetentionDays = 35;
/** Longer than any key of a row has a meaning: a platform redelivers within hours, a month's notice is said once in it. */
const queueRetentionMs = 35 * dayMs;
/** What came of wishes, mutual help and questions is of use to nobody after half a year (docs/privacy.md). */
const kindnessRetentionMs = 180 * dayMs;
/** A wish's picture is tried for three days to be passed on; afterwards nobody is shown it any more. */
const wishPhotoMs = 7 * dayMs;
const atMs = 3.5 * 3_600_000;

/**
 * Runs at 03:30, for the account that this process holds: nobody else writes into its groups meanwhile. `folded` is
 * called when weeks were folded, so that what is known of them is dropped. Pictures that no deed has are deleted.
 */
export function housekeeping(accountId: number, folded: () => void, photos?: Photos): Job {
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
      await forgetTasks(database.db, now - queueRetentionMs);
      await forgetWishPhotos(database.db, now - wishPhotoMs);
      await forgetWishes(database.db, now - kindnessRetentionMs);
      await database.transaction((tx) => forgetHelps(tx, now - kindnessRetentionMs));
      await forgetInquiries(database.db, now - kindnessRetentionMs);
      const given = await database.transaction((tx) => giveUpUnmatched(tx, accountId, startOfDay(before)));
      if (photos) await dropPhotos(database, photos, now);
      const groups = await groupsToFold(database.db, accountId, before);
      try {
        await each(groups, (groupId) => database.transaction((tx) => foldWeeks(tx, groupId, before)));
      } finally {
        if (groups.length > 0 || given > 0) folded();
      }
    },
  };
}

/** A picture is written before its row: one of today may still get it. The disk has the system's clock, not the bot's. */
async function dropPhotos(database: Database, photos: Photos, now: number): Promise<void> {
  const old = await photos.writtenBefore(Math.min(now, Date.now()) - dayMs);
  for (const file of await unusedPhotos(database.db, old)) await photos.remove(file);
}
