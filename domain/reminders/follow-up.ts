/** The question for a topic's second day: prepared for the cadre, said by the cadre or not at all. */
import { dayOf } from '../calendar/day.ts';
import { isQuiet } from '../calendar/workdays.ts';
import { type About, isMuted, type Reminder } from './due.ts';
import { isDigestTime, quietAt } from './stages.ts';

/** How reminders and mutes call it. It is no requirement of a document: help that can be switched off. */
export const followUpId = 'follow-up';

/** An open topic that has a question for its second day. Milliseconds since the epoch. */
export interface TopicToFollow {
  readonly number: number;
  readonly title: string;
  readonly followUp: string;
  readonly openedAt: number;
}

/**
 * The follow-up that belongs into the digest of `now`: of the group's latest topic that was opened yesterday. Undefined
 * outside the digest's time, when it was prepared already, and for who does not want it.
 */
export function followUpDue(
  topics: readonly TopicToFollow[],
  now: number,
  about: Omit<About, 'person'>,
): Reminder | undefined {
  const today = dayOf(now);
  if (!isDigestTime(now, about.digestFrom) || isQuiet(about.calendar, today)) return undefined;
  if (isMuted(about.mutes, followUpId, now)) return undefined;
  const [topic] = topics
    .filter(({ openedAt }) => dayOf(openedAt) === today - 1)
    .sort((a, b) => b.number - a.number);
  if (!topic) return undefined;
  const period = String(topic.number);
  const stage = 'second-day';
  const { cadreId, groupId, groupName } = about;
  const key = `reminder/${followUpId}/${cadreId}/${groupId}/${period}/${stage}`;
  if (about.sent.has(key)) return undefined;
  return {
    key,
    cadreId,
    groupId,
    groupName,
    requirement: followUpId,
    period,
    stage,
    line: `话题${topic.number}“${topic.title}”是昨天开的，可以在群里接着问一句：${topic.followUp}`,
    action: { label: '看看话题', command: '/话题 列表' },
    urgency: 2,
    gentle: true,
    expiresAt: quietAt(today),
  };
}
