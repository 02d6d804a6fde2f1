/**
 * Topics by the clock: those whose time has come are opened; those whose time is over are closed with their two counts
 * and a thank-you (design.md, counting rule 5).
 */
import { dayMs, dayOf } from '../../domain/calendar/day.ts';
import { formatDateTime } from '../../domain/calendar/format-datetime.ts';
import { lateMs, politeFrom } from '../../domain/topics/planning.ts';
import type { Database, Db, Tx } from '../../prisma/database.ts';
import { cadreOfGroup } from '../../prisma/store/cadres.ts';
import { say } from '../../prisma/store/outbox.ts';
import { cancelPlanned, duePlanned, type PlannedRow } from '../../prisma/store/planned-topics.ts';
import { overdueTopics } from '../../prisma/store/topics.ts';
import { endTopic } from '../commands/topics/topic-end.ts';
import { openAndPost } from '../commands/topics/topic-publish.ts';
import { closedTopic, thanksCard } from '../commands/topics/topic-words.ts';
import { post } from '../dialogue/say.ts';
import type { Outgoing } from '../outbox/message.ts';
import { toRow } from '../outbox/row.ts';
import { each, type Job } from './job.ts';

const minuteMs = 60_000;

export const openTopics: Job = everyMinute('open-topics', duePlanned, async (tx, planned, now) => {
  if (!(await cancelPlanned(tx, planned.id))) return;
  for (const message of await whenPlanned(tx, planned, now)) await tell(tx, planned.groupId, message, now);
});

/** Posts a planned topic; too late for it, tells its cadre. Who leads the group no more has nothing posted in it. */
async function whenPlanned(tx: Tx, planned: PlannedRow, now: number): Promise<readonly Outgoing[]> {
  const { id, groupId, personId, title, text, libraryId, followUp, at } = planned;
  if ((await cadreOfGroup(tx, groupId, dayOf(now)))?.personId !== personId) return [];
  if (now - at <= lateMs) {
    const [, posted] = await openAndPost(tx, groupId, { title, text, libraryId, followUp }, now);
    return [posted];
  }
  const late = `${formatDateTime(at, now)}该发的话题“${title}”没能按时发：那时我没在运行。还想发，就发 /话题 发布 加这句：\n${text}`;
  return [
    {
      key: `planned/${id}/late`,
      kind: 'notice',
      to: { personId },
      draft: { type: 'text', text: late },
      notBefore: politeFrom(now),
    },
  ];
}

export const closeTopics: Job = everyMinute('close-topics', overdueTopics, async (tx, topic, now) => {
  const ended = await endTopic(tx, topic, now);
  if (ended.kind === 'fault') return;
  const { clear, inferred } = ended.participants;
  await tell(tx, topic.groupId, closedTopic(topic, ended.participants), now);
  // Nobody is thanked for silence, nor for what was over yesterday.
  if (clear + inferred === 0 || now - topic.closesAt > dayMs) return;
  const thanks = post(topic.groupId, thanksCard(topic, ended.participants));
  const notBefore = politeFrom(now);
  const key = `topic/${topic.id}/thanks`;
  await tell(tx, topic.groupId, { ...thanks, key, notBefore, expiresAt: notBefore + dayMs }, now);
});

/** A job that looks each minute for what is due, and settles each thing in a transaction of its own. */
function everyMinute<Thing>(
  name: string,
  due: (db: Db, now: number) => Promise<readonly Thing[]>,
  settle: (tx: Tx, thing: Thing, now: number) => Promise<void>,
): Job {
  return {
    name,
    lastDue: (now) => now - (now % minuteMs),
    catchUpMs: Number.POSITIVE_INFINITY,
    async run(database: Database, now: number) {
      await each(await due(database.db, now), (thing) =>
        database.transaction((tx) => settle(tx, thing, now)),
      );
    },
  };
}

async function tell(tx: Tx, groupId: number, message: Outgoing, now: number): Promise<void> {
  const { accountId } = await tx.group.findUniqueOrThrow({
    where: { id: groupId },
    select: { accountId: true },
  });
  await say(tx, accountId, toRow(message), now);
}
