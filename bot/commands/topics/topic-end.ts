/** Closing a topic with its two participant counts, by the cadre's command or when its time is over. */
import { dayOf } from '../../../domain/calendar/day.ts';
import { type Participation, participation } from '../../../domain/presence/topic.ts';
import { decideClosing } from '../../../domain/topics/topic.ts';
import type { Db } from '../../../prisma/database.ts';
import { loadFacts } from '../../../prisma/store/facts.ts';
import { closeTopic, type TopicRow } from '../../../prisma/store/topics.ts';

export type Ended =
  | { readonly kind: 'ended'; readonly participants: Participation }
  | { readonly kind: 'fault'; readonly say: string };

/**
 * Closes a topic at `now` (milliseconds), at the latest when its seven days were over, and keeps who took part as two
 * counts: clear and inferred (design.md, counting rule 5).
 */
export async function endTopic(db: Db, topic: TopicRow, now: number): Promise<Ended> {
  const closing = decideClosing(topic, now);
  if (closing.kind === 'fault') return closing;
  const day = dayOf(topic.openedAt);
  // Inferred participation ends two hours after the posting: the next day at the latest.
  const facts = await loadFacts(db, topic.groupId, { from: day, to: day + 1 });
  const own = facts.topics.find(({ id }) => id === String(topic.number));
  if (!own) throw new Error(`topic ${topic.id} is not among its group's facts`);
  const participants = participation(facts, { ...own, closesAt: closing.closedAt });
  if (!(await closeTopic(db, topic.id, closing.closedAt, participants)))
    return { kind: 'fault', say: `话题${topic.number}已经结束了，不用再结束一次。` };
  return { kind: 'ended', participants };
}
