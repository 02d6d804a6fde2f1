/**
 * What groups write: an endless, deterministic stream of messages, made one at a time. 1,000 groups × 100 members,
 * about 15 messages a member and day; bursts of a few people within some minutes; few groups write much, many little;
 * 2% commands, 5% mentions, 5% quotes, 5% delivered again a little later.
 */
import type { MessageEvent, MessageKind } from '../adapters/adapter.ts';
import { randomFrom } from '../tests/support/random.ts';

export const groupCount = 1_000;
export const membersOfGroup = 100;

/** Messages of one day, redeliveries apart. */
export const messagesADay = groupCount * membersOfGroup * 15;

/** 2026-03-02, a Monday, 07:00 in Asia/Shanghai; people write during sixteen hours from then on, every day. */
export const firstMorning = Date.UTC(2026, 2, 1, 23);
const wakingMs = 16 * 3_600_000;
const dayMs = 24 * 3_600_000;

const burstsAtOnce = 300;
const remembered = 2_048;

const texts = [
  '图书馆今天人多吗',
  '收到',
  '明天下午三点在二食堂门口集合',
  '哈哈哈哈',
  '好的',
  '这个活动还能报名吗',
  '👍',
  '刚看完通知，周五之前要交',
  '有没有人一起去打球',
  '[微笑][微笑]',
  '今天的风好大啊',
  '谢谢',
  '实习的材料在哪里领？',
  '我觉得可以',
  'ok',
  '宿舍热水又停了，有人知道几点恢复吗',
  '1',
  '周末的志愿服务我报名了，还有两个名额',
  '打卡',
  '刚才讲座的课件有人存了吗，能不能发一份到群里，谢谢大家',
  '嗯嗯',
  '食堂新开的窗口味道不错',
  '晚上一起复习',
  '？',
];
const commands = ['/进度', '/诉求 宿舍热水晚上十点就停了', '／签到 4821', '/帮助', '@联青 /问题清单'];
const otherKinds: readonly MessageKind[] = [
  'image',
  'image',
  'image',
  'sticker',
  'sticker',
  'file',
  'voice',
  'link',
];

/** The platform's id of a group, and of a member of it; member 0 is its cadre. */
export const groupName = (group: number): string => groupNames[group] ?? '';
export const memberName = (group: number, member: number): string =>
  // Joined anew each time, as ids out of a platform's JSON are new strings each time.
  (memberPrefixes[group] ?? '') + (memberSuffixes[member] ?? '');

const groupNames = Array.from({ length: groupCount }, (_, i) => `oc_${String(i).padStart(28, '0')}`);
const memberPrefixes = Array.from({ length: groupCount }, (_, i) => `ou_${String(i).padStart(26, '0')}`);
const memberSuffixes = Array.from({ length: membersOfGroup }, (_, i) => String(i).padStart(3, '0'));

interface Burst {
  group: number;
  members: number[];
  left: number;
  last: { readonly id: string; readonly sender: string } | undefined;
}

/** One message of everybody in every group, on the day before: with it the bot has met them all. */
export function* introductions(): Generator<MessageEvent> {
  for (let member = 0; member < membersOfGroup; member++)
    for (let group = 0; group < groupCount; group++) {
      const n = member * groupCount + group;
      yield {
        type: 'message',
        id: `om_first_${String(n).padStart(23, '0')}`,
        at: momentOf(n) - dayMs,
        chat: { kind: 'group', id: groupName(group) },
        sender: { id: memberName(group, member) },
        kind: 'text',
        text: '大家好，我是新来的',
        mentions: [],
        mentionsBot: false,
      };
    }
}

export class Stream {
  readonly #random: () => number;
  readonly #bursts: Burst[];
  readonly #recent: MessageEvent[] = [];
  #made = 0;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
    this.#bursts = Array.from({ length: burstsAtOnce }, () => this.#newBurst());
  }

  /** The next message; one in twenty is one of the last two thousand, delivered again. */
  next(): MessageEvent {
    if (this.#random() < 0.05 && this.#recent.length === remembered)
      return this.#recent[this.#below(remembered)] ?? this.#make();
    const event = this.#make();
    this.#recent[this.#made % remembered] = event;
    return event;
  }

  #make(): MessageEvent {
    const random = this.#random;
    const at = momentOf(this.#made++);
    const place = this.#below(burstsAtOnce);
    const burst = this.#bursts[place] ?? this.#newBurst();
    const { group } = burst;
    const member = burst.members[this.#below(burst.members.length)] ?? 0;
    const event = {
      type: 'message' as const,
      id: `om_${this.#made.toString(36).padStart(29, '0')}`,
      at,
      chat: { kind: 'group' as const, id: groupName(group) },
      sender: { id: memberName(group, member) },
      kind: 'text' as MessageKind,
      text: texts[this.#below(texts.length)] ?? '',
      mentions: [] as string[],
      mentionsBot: false,
      quotes: undefined as { id: string; sender: string } | undefined,
    };
    const lot = random();
    if (lot < 0.02) event.text = commands[this.#below(commands.length)] ?? '';
    else if (lot < 0.07) {
      event.mentions.push(memberName(group, this.#skewed()));
      event.text = `@同学 ${event.text}`;
    } else if (lot < 0.12) event.quotes = burst.last;
    else if (lot < 0.2) {
      event.kind = otherKinds[this.#below(otherKinds.length)] ?? 'image';
      event.text = '';
    }
    burst.last = { id: event.id, sender: event.sender.id };
    if (--burst.left === 0) this.#bursts[place] = this.#newBurst();
    return event;
  }

  #newBurst(): Burst {
    const random = this.#random;
    // The busiest tenth of the groups writes about a third.
    const group = Math.floor(groupCount * random() ** 2.2);
    const members = Array.from({ length: 3 + this.#below(8) }, () => this.#skewed());
    return { group, members, left: members.length * (2 + this.#below(6)), last: undefined };
  }

  /** A member of a group; the first of them, the cadre among them, write more. */
  #skewed(): number {
    return Math.floor(membersOfGroup * this.#random() ** 1.4);
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}

/** When the n-th message was written. */
export function momentOf(n: number): number {
  const day = Math.floor(n / messagesADay);
  return firstMorning + day * dayMs + Math.floor(((n % messagesADay) / messagesADay) * wakingMs);
}
