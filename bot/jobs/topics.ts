/** Topics whose time is over are closed with their two counts (design.md, counting rule 5). */
import { dayOf } from '../../domain/calendar/day.ts';
import { participation } from '../../domain/presence/topic.ts';
import type { Database } from '../../prisma/database.ts';
import { loadFacts } from '../../prisma/store/facts.ts';
import { closeTopic, overdueTopics } from '../../prisma/store/topics.ts';
import type { Job } from './job.ts';

const minuteMs = 60_000;

export const closeTopics: Job = {
  name: 'close-topics',
  lastDue: (now) => now - (now % minuteMs),
  catchUpMs: Number.POSITIVE_INFINITY,
  async run(database: Database, now: number) {
    for (const topic of await overdueTopics(database.db, now))
      await database.transaction(async (tx) => {
        const day = dayOf(topic.openedAt);
        const facts = await loadFacts(tx, topic.groupId, { from: day, to: day + 1 });
        const found = facts.topics.find(({ id }) => id === String(topic.number));
        if (found) await closeTopic(tx, topic.id, topic.closesAt, participation(facts, found));
      });
  },
};
