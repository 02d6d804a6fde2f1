/** Topics whose time is over are closed with their two counts (design.md, counting rule 5). */
import type { Database } from '../../prisma/database.ts';
import { overdueTopics } from '../../prisma/store/topics.ts';
import { endTopic } from '../commands/topic-end.ts';
import { each, type Job } from './job.ts';

const minuteMs = 60_000;

export const closeTopics: Job = {
  name: 'close-topics',
  lastDue: (now) => now - (now % minuteMs),
  catchUpMs: Number.POSITIVE_INFINITY,
  async run(database: Database, now: number) {
    await each(await overdueTopics(database.db, now), (topic) =>
      database.transaction(async (tx) => {
        await endTopic(tx, topic, now);
      }),
    );
  },
};
