/** The life of a topic in a group: opened by the bot at the cadre's command, open for seven days, then closed. */
import { topicOpenMs } from '../presence/topic.ts';

/** A topic as far as its life goes. Instants are milliseconds since the epoch. */
export interface TopicState {
  readonly number: number;
  readonly openedAt: number;
  readonly closesAt: number;
  readonly closedAt: number | undefined;
}

/** The tag by which somebody joins a topic: `#话题12` (design.md, counting rule 5). */
export function topicTag(number: number): string {
  return `#话题${number}`;
}

/** When a topic opened at an instant closes by itself: 7 × 24 h later (design.md, counting rule 5). Milliseconds. */
export function closesAt(openedAt: number): number {
  return openedAt + topicOpenMs;
}

/** Whether a topic still takes participants; the closing instant itself belongs to it (design.md, counting rule 5). */
export function isOpen(topic: TopicState, now: number): boolean {
  return topic.closedAt === undefined && now >= topic.openedAt && now <= topic.closesAt;
}

/** What a topic says of itself when it is to be closed: when it ends, or why it cannot, said to the cadre. */
export type TopicClosing =
  | { readonly kind: 'closed'; readonly closedAt: number }
  | { readonly kind: 'fault'; readonly say: string };

/** Closes a topic at `now`; one that ran out before ended when it ran out. Participation counts up to `closedAt`. */
export function decideClosing(topic: TopicState, now: number): TopicClosing {
  if (topic.closedAt !== undefined)
    return { kind: 'fault', say: `话题${topic.number}已经结束了，不用再结束一次。` };
  return { kind: 'closed', closedAt: Math.max(topic.openedAt, Math.min(now, topic.closesAt)) };
}

const longestTitle = 30;
const longestText = 500;

/** A topic's words, fit to be posted; or what is wrong with them, said to the cadre. */
export type TopicWords =
  | { readonly kind: 'words'; readonly title: string; readonly text: string }
  | { readonly kind: 'fault'; readonly say: string };

/**
 * The title and text of a cadre's own topic: the first line is the title when there is more than one, otherwise the
 * text's beginning. A text has 2 to 500 characters (code points).
 */
export function topicWords(written: string): TopicWords {
  const lines = written
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [first = '', ...others] = lines;
  const text = others.length > 0 ? others.join('\n') : first;
  const length = [...text].length;
  if (length < 2)
    return { kind: 'fault', say: '话题写一句话就行，比如：/话题 发布 食堂你回购最多的一道菜是什么？' };
  if (length > longestText)
    return {
      kind: 'fault',
      say: `话题有 ${length} 个字，长了些。请收到 ${longestText} 字以内，越短越好接。`,
    };
  const title = [...first];
  return {
    kind: 'words',
    title: title.length > longestTitle ? `${title.slice(0, longestTitle - 1).join('')}…` : first,
    text,
  };
}
