/** A deed (工作纪实): out of a cadre's words, its corrections, its grade of evidence, and when two records are one event. */
import { chineseNumber, foldWidths } from '../calendar/chinese-numbers.ts';
import type { Day } from '../calendar/day.ts';
import { findKind, isPrivate, kindList, kindNamed, paperList } from './kind-words.ts';
import type { DeedKind, EvidenceGrade } from './kinds.ts';
import { shield, takeCount, takePartner } from './parts.ts';
import { readDeedTime, spellDates } from './when.ts';

/** What a cadre says of a deed. A private one has no words (谈心谈话): {@link withoutPrivateWords}. */
export interface DeedWords {
  readonly kind: DeedKind;
  readonly day: Day;
  /** Begin in milliseconds since the epoch, where it was told. */
  readonly at: number | undefined;
  /** With or for whom. */
  readonly partner: string;
  readonly topic: string;
  readonly participants: number | undefined;
}

export type DeedReading =
  | {
      readonly kind: 'read';
      readonly deed: DeedWords;
      /** The day was not written, and today is taken. */
      readonly assumedToday: boolean;
      /** What was made of words that may have meant something else, for the cadre to see. */
      readonly notes: readonly string[];
    }
  | { readonly kind: 'fault'; readonly say: string };

const furthestDays = 366;
const longestPartner = 60;
const longestTopic = 300;
const mostParticipants = 99_999;

/**
 * Reads “团课 5月4日下午 给计科2班讲五四精神 32人”: the kind at the beginning, or the one kind named anywhere; the latest
 * day that is meant, today without one; with whom; how many; the rest is the topic. Never throws.
 */
export function readDeed(text: string, now: number): DeedReading {
  // 4+1 and 8+4 would be read as numbers of a time.
  const found = findKind(text);
  if (found.kind === 'fault') return found;
  const names = shield(found.rest);
  const spelt = spellDates(names.text, now);
  const time = readDeedTime(spelt.text, now);
  if (time.kind === 'fault') return { kind: 'fault', say: names.open(time.say) };
  const counted = takeCount(names.open(time.rest));
  const deed = withoutPrivateWords({
    kind: found.deedKind,
    day: time.day,
    at: time.at,
    ...takePartner(counted.rest, found.deedKind),
    participants: counted.participants,
  });
  const fault = deedFault(deed, now);
  if (fault !== undefined) return { kind: 'fault', say: fault };
  const notes = [
    ...(time.assumed ? ['没写日期，按今天算'] : []),
    ...spelt.notes,
    ...(isPrivate(deed.kind) ? [] : counted.notes),
  ];
  return { kind: 'read', deed, assumedToday: time.assumed, notes };
}

/** Why a deed cannot be kept, said to the cadre; undefined when it can. `now` in milliseconds since the epoch. */
function deedFault(deed: DeedWords, now: number): string | undefined {
  const today = Math.floor((now + 8 * 3_600_000) / 86_400_000);
  if (deed.day > today) return '这一天还没到，办完了再来记。';
  if (deed.day < today - furthestDays) return '只能补记一年以内的工作，请看看日期是不是写错了。';
  if ([...deed.partner].length > longestPartner) return `对象请收到 ${longestPartner} 字以内。`;
  if ([...deed.topic].length > longestTopic) return `主题请收到 ${longestTopic} 字以内。`;
  const { participants } = deed;
  if (participants !== undefined && (participants < 1 || participants > mostParticipants))
    return `人数要在 1 到 ${mostParticipants} 之间。`;
  return undefined;
}

/** Of a private kind nothing is kept but kind and day: neither with whom nor about what (谈心谈话). */
function withoutPrivateWords(deed: DeedWords): DeedWords {
  if (!isPrivate(deed.kind)) return deed;
  return { kind: deed.kind, day: deed.day, at: undefined, partner: '', topic: '', participants: undefined };
}

/** What of a deed can be corrected, by the word for it. */
export const correctable = ['类别', '日期', '对象', '主题', '人数'] as const;
export type Correctable = (typeof correctable)[number];

/** The deed with one thing corrected, or why not. An empty 对象 or 人数 (写“无”) is taken out. */
export function correctDeed(deed: DeedWords, what: Correctable, value: string, now: number): DeedReading {
  const changed = changedDeed(deed, what, value.trim(), now);
  if (typeof changed === 'string') return { kind: 'fault', say: changed };
  const corrected = withoutPrivateWords(changed);
  const fault = deedFault(corrected, now);
  return fault === undefined
    ? { kind: 'read', deed: corrected, assumedToday: false, notes: [] }
    : { kind: 'fault', say: fault };
}

function changedDeed(deed: DeedWords, what: Correctable, value: string, now: number): DeedWords | string {
  const none = value === '无' || value === '没有';
  switch (what) {
    case '类别': {
      const kind = kindNamed(value);
      return kind
        ? { ...deed, kind }
        : `没有“${value.slice(0, 20)}”这一类，可以写：${kindList}；报送的材料和单位的事：${paperList}。`;
    }
    case '日期': {
      const time = readDeedTime(value, now);
      if (time.kind === 'fault') return time.say;
      if (time.assumed) return '没看到日期，请写成“5月4日”“昨天”这样。';
      return { ...deed, day: time.day, at: time.at };
    }
    case '对象':
      return isPrivate(deed.kind) ? privateSay : { ...deed, partner: none ? '' : value };
    case '主题':
      return isPrivate(deed.kind) ? privateSay : { ...deed, topic: none ? '' : value };
    case '人数': {
      if (isPrivate(deed.kind)) return privateSay;
      if (none) return { ...deed, participants: undefined };
      const count = chineseNumber(foldWidths(value).replace(/\s*(?:个人|人|名|位)$/u, ''));
      return count === undefined ? '人数请写成一个数，比如 35。' : { ...deed, participants: count };
    }
  }
}

const privateSay = '谈心谈话只记日期，不记和谁谈、谈什么。';

/** What shows that a deed happened. */
export interface Evidence {
  /** Check-ins by the people themselves, not names that the cadre ticked. */
  readonly checkIns: number;
  readonly confirmations: number;
  /** Talk both ways was seen in the cadre's group that day. */
  readonly messages: boolean;
  readonly files: number;
}

/** The grade of a record (滁州 §七.3: never only figures without the work). */
export function gradeOf(evidence: Evidence): EvidenceGrade {
  if (evidence.checkIns > 0 || evidence.confirmations > 0 || evidence.messages) return 'verified';
  return evidence.files > 0 ? 'documented' : 'stated';
}

/** Whether two records may be of one event: the same kind and day, and words that are alike. The cadre decides. */
export function mayBeSame(one: DeedWords, other: DeedWords): boolean {
  if (one.kind !== other.kind || one.day !== other.day) return false;
  return likeness(wordsOf(one), wordsOf(other)) >= alike;
}

const alike = 0.4;

function wordsOf({ partner, topic }: DeedWords): string {
  return foldWidths(partner + topic)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Share of common character pairs (Dice), 0 to 1; one of them without words may be anything: 1. */
function likeness(one: string, other: string): number {
  if (one.length < 2 || other.length < 2) return one === other || one === '' || other === '' ? 1 : 0;
  const pairs = (text: string) => new Set([...text].slice(1).map((char, i) => [...text][i] + char));
  const [a, b] = [pairs(one), pairs(other)];
  const common = [...a].filter((pair) => b.has(pair)).length;
  return (2 * common) / (a.size + b.size);
}

/** Whether a deed's words name the linked branch or club (1+1+1); its name may lack 团支部. */
export function isWith(deed: Pick<DeedWords, 'partner' | 'topic'>, linked: string): boolean {
  const name = foldWidths(linked).replace(/\s/gu, '');
  const short = name.replace(/(?:团支部|支部)$/u, '');
  if ([...short].length < 2) return false;
  return foldWidths(`${deed.partner} ${deed.topic}`).replace(/\s/gu, '').includes(short);
}
