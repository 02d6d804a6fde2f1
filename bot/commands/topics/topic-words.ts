/** How a topic is shown. */

import { dayOf } from '../../../domain/calendar/day.ts';
import { formatDate } from '../../../domain/calendar/format-datetime.ts';
import type { Participation } from '../../../domain/presence/topic.ts';
import { isOpen, topicTag } from '../../../domain/topics/topic.ts';
import type { TopicRow } from '../../../prisma/store/topics.ts';
import { card, closeCard } from '../../dialogue/say.ts';
import type { Draft, Outgoing } from '../../outbox/message.ts';
import { topicLibrary } from './topic-library.ts';

/** The card that opens a topic in its group. It carries the tag by which anybody can join it. */
export function topicCard({ number, title, text }: TopicRow): Draft {
  const join = `想到什么说什么：回复时带上 ${topicTag(number)}、引用这条，或先点“我来说”都行，不参加也没关系。`;
  return card(`话题${number}｜${title}`, text === title ? join : `${text}\n\n${join}`, [
    { label: '我来说', command: `/话题 我来说 ${number}`, style: 'primary' },
  ]);
}

/** The topic as a picture, in the style that the library gives it. */
export function topicPicture({ number, title, text, libraryId }: TopicRow): Draft {
  const style = topicLibrary.topics.find(({ id }) => id === libraryId)?.style ?? 'note';
  return { type: 'topic-card', topic: { number, title, text, style } };
}

/** The thanks that close a topic, with both counts apart (design.md, counting rule 5). */
export function thanksCard({ number, title }: TopicRow, { clear, inferred }: Participation): Draft {
  return card(
    `话题${number}｜${title}　结束啦`,
    `谢谢大家！明确参与 ${clear} 人，另有 ${inferred} 人当时也在群里说话（推测参与）。没来得及说的，随时接着聊。`,
  );
}

/** Takes the place of the topic's card once it is closed: the same words, without the button. */
export function closedTopic(topic: TopicRow, { clear, inferred }: Participation): Outgoing {
  const { id, groupId, number, title, text } = topic;
  const counts = `已结束：明确参与 ${clear} 人，推测参与 ${inferred} 人。`;
  const shown = card(`话题${number}｜${title}`, text === title ? counts : `${text}\n\n${counts}`);
  return closeCard(groupId, topicKey(id), shown);
}

/** Under which key a topic's card is posted. */
export function topicKey(id: number): string {
  return `topic/${id}`;
}

/** One line of the list. */
export function topicLine(topic: TopicRow, now: number): string {
  const opened = formatDate(dayOf(topic.openedAt), now);
  const counts =
    topic.clear === undefined ? '' : `，明确参与 ${topic.clear} 人、推测参与 ${topic.inferred ?? 0} 人`;
  const state = isOpen(topic, now) ? '进行中' : topic.closedAt === undefined ? '已到期' : '已结束';
  return `话题${topic.number}　${topic.title}　${opened}发布，${state}${counts}`;
}
