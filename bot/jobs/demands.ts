/** Answers that nobody has objected to stand. What waits for the cadre is a line of their digest (reminders-due.ts). */
import { decide } from '../../domain/listening/demand.ts';
import type { Database } from '../../prisma/database.ts';
import { lapsing, moveDemand } from '../../prisma/store/demands.ts';
import { each, type Job } from './job.ts';
import { everyHour } from './tell.ts';

/** Looks every hour. */
export const demands: Job = {
  name: 'demands',
  lastDue: everyHour,
  catchUpMs: Number.POSITIVE_INFINITY,
  async run(database: Database, now: number) {
    await each(await lapsing(database.db, now), async (row) => {
      const decision = decide(row, { step: 'lapse', at: now });
      if (decision.kind === 'demand') await moveDemand(database.db, row, decision.demand);
    });
  },
};
