/** Every night the members of each group are read anew: joins and leaves may have been missed while the bot was down. */
import type { Adapter } from '../../adapters/adapter.ts';
import { dayMs, dayOf, startOfDay } from '../../domain/calendar/day.ts';
import type { Database } from '../../prisma/database.ts';
import { refreshRoster } from '../intake/roster.ts';
import type { Log } from '../log.ts';
import type { Job } from './job.ts';

const atMs = 4 * 3_600_000;

/** Runs at 04:00 for the groups that the bot sits in on this account. */
export function rosters(adapter: Adapter, accountId: number, log: Log): Job {
  return {
    name: `rosters/${accountId}`,
    lastDue: (now) => {
      const today = startOfDay(dayOf(now)) + atMs;
      return today <= now ? today : today - dayMs;
    },
    catchUpMs: dayMs,
    async run(database: Database, now: number) {
      const groups = await database.db.groupAlias.findMany({
        where: { accountId, group: { leftAt: null } },
        select: { externalId: true },
      });
      // A group that the platform does not know (an imported one) must not keep the others from theirs.
      for (const { externalId } of groups)
        await refreshRoster(database, accountId, adapter, externalId, now).catch((fault: unknown) =>
          log.warn({ err: fault }, 'the members of a group could not be read'),
        );
    },
  };
}
