/** Topics whose time is over are closed with their two counts (design.md, counting rule 5). */
import type { Database } from '../../prisma/database.ts';
import { say } from '../../prisma/store/outbox.ts';
import { overdueTopics } from '../../prisma/store/topics.ts';
import { endTopic } from '../commands/topic-end.ts';
import { closedTopic } from '../commands/topic-words.ts';
import { toRow } from '../outbox/row.ts';
import { each, type Job } from './job.ts';

const minuteMs = 60_000;

export const closeTopics: Job = {
  name: 'close-topics',
  lastDue: (now) => now - (now % minuteMs),
  catchUpMs: Number.POSITIVE_INFINITY,
  async run(database: Database, now: number) {
    await each(await overdueTopics(database.db, now), (topic) =>
      database.transaction(async (tx) => {
        const ended = await endTopic(tx, topic, now);
        if (ended.kind === 'fault') return;
        const { accountId } = await tx.group.findUniqueOrThrow({
          where: { id: topic.groupId },
          select: { accountId: true },
        });
        await say(tx, accountId, toRow(closedTopic(topic, ended.participants)), now);
      }),
    );
  },
};
