/** A deed (工作纪实): out of a cadre's words, its corrections, its grade of evidence, and when two records are one event. */
import { chineseNumber, foldWidths } from '../calendar/chinese-numbers.ts';
import type { Day } from '../calendar/day.ts';
import { type DeedKind, deedKindNames, deedKinds, type EvidenceGrade } from './kinds.ts';
import { readDeedTime } from './when.ts';

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
    }
  | { readonly kind: 'fault'; readonly say: string };

const furthestDays = 366;
const longestPartner = 60;
const longestTopic = 300;
const mostParticipants = 99_999;

interface KindWord {
  readonly word: string;
  readonly kind: DeedKind;
  /** It says what was done, and so stays in the topic. */
  readonly isSign: boolean;
}

/** Words of kinds, the longest first, so that 线上交流 is not taken for 交流. */
const kindWords: readonly KindWord[] = deedKindNames
  .flatMap((kind) => {
    const { name, words, signs } = deedKinds[kind];
    return [
      ...[name, ...words].map((word) => ({ word, kind, isSign: false })),
      ...signs.map((word) => ({ word, kind, isSign: true })),
    ];
  })
  .sort((a, b) => b.word.length - a.word.length);

/** Each character stays one, so that positions in the result are positions in the text. */
function fold(text: string): string {
  return foldWidths(text).replaceAll('＋', '+');
}

/** The names of the kinds that are work with youths in one line, for people who have to choose. */
export const kindList: string = namesOf(false);
/** The names of papers that are handed in, and of what a unit does as such. */
const paperList = namesOf(true);

function namesOf(papers: boolean): string {
  return deedKindNames
    .filter((kind) => isPaper(kind) === papers)
    .map((kind) => deedKinds[kind].name)
    .join('、');
}

const edge = '[\\s，,。.;；:：!！?？、]';
const number = '(\\d{1,6}|[零〇一二两三四五六七八九十]{1,3})';
const people = '(?:人次|个人|人|名|位)(?:同学|青年|学生|团员|小伙伴|老师|代表)?';
const countPattern = new RegExp(
  `(?:共有|共|约有|大约|约|来了|到了|参加)?\\s*${number}\\s*(?:多|余|来)?\\s*个?${people}(?:参加|参与|到场|左右)?(?=$|${edge})`,
  'gu',
);
const labelledCount = new RegExp(`人数${edge}*${number}\\s*人?(?=$|${edge})`, 'u');
const partnerPattern =
  /(?:^|[\s，,。;；、])(?:给|和(?!谐|平)|与|跟|同(?!学|事|志|乡)|为(?!了)|向(?!上|前|阳)|对(?!了|照|比|话|于|外|方|接))(?<who>[^\s，,。;；、]{1,40}?)(?=(?:宣讲|讲|上|谈|聊|开|办|做|看|修|送|打|学习|搞|一起|共同|解决|介绍|座谈|交流|[\s，,。;；、]|$))/u;

/**
 * Reads “团课 5月4日下午 给计科2班讲五四精神 32人”: the kind at the beginning, or the one kind named anywhere; the latest
 * day that is meant, today without one; with whom; how many; the rest is the topic. Never throws.
 */
export function readDeed(text: string, now: number): DeedReading {
  // 4+1 and 8+4 would be read as numbers of a time.
  const found = findKind(text);
  if (found.kind === 'fault') return found;
  const time = readDeedTime(found.rest, now);
  if (time.kind === 'fault') return time;
  const counted = takeCount(time.rest);
  const { partner, topic } = takePartner(counted.rest);
  const deed = withoutPrivateWords({
    kind: found.deedKind,
    day: time.day,
    at: time.at,
    partner,
    topic,
    participants: counted.participants,
  });
  const fault = deedFault(deed, now);
  return fault === undefined
    ? { kind: 'read', deed, assumedToday: time.assumed }
    : { kind: 'fault', say: fault };
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

/** Whether of a kind only its day is kept. */
export function isPrivate(kind: DeedKind): boolean {
  return 'isPrivate' in deedKinds[kind];
}

/** Whether a kind is no work with youths itself, but handed in or done by a unit as such. */
function isPaper(kind: DeedKind): boolean {
  return 'isPaper' in deedKinds[kind];
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
    ? { kind: 'read', deed: corrected, assumedToday: false }
    : { kind: 'fault', say: fault };
}

function changedDeed(deed: DeedWords, what: Correctable, value: string, now: number): DeedWords | string {
  const none = value === '无' || value === '没有';
  switch (what) {
    case '类别': {
      const found = kindWords.find(({ word }) => word === fold(value));
      return found
        ? { ...deed, kind: found.kind }
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

/** The one kind that a text names, if an activity can be of it and people may be told. */
export function kindIn(text: string): DeedKind | undefined {
  const found = findKind(
    text,
    kindWords.filter(({ kind }) => !isPaper(kind)),
  );
  return found.kind === 'found' && !isPrivate(found.deedKind) ? found.deedKind : undefined;
}

type FoundKind =
  | { readonly kind: 'found'; readonly deedKind: DeedKind; readonly rest: string }
  | { readonly kind: 'fault'; readonly say: string };

function findKind(typed: string, among = kindWords): FoundKind {
  const text = typed.trim();
  const folded = fold(text);
  const leading = among.find(({ word }) => folded.startsWith(word));
  if (leading) {
    const rest = text.slice(leading.isSign ? 0 : leading.word.length).replace(/^[\s:：,，、]+/u, '');
    return { kind: 'found', deedKind: leading.kind, rest };
  }
  // The longest words first; what lies inside one already found is no other kind.
  const found: { readonly kind: DeedKind; readonly from: number; readonly to: number }[] = [];
  for (const { word, kind } of among) {
    const from = folded.indexOf(word);
    const to = from + word.length;
    if (from >= 0 && !found.some((other) => other.from < to && from < other.to))
      found.push({ kind, from, to });
  }
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  const [only] = kinds;
  if (!only)
    return {
      kind: 'fault',
      say: `是哪一类工作？请把类别写在最前面，可以写：${kindList}；报送的材料和单位的事：${paperList}。`,
    };
  if (kinds.length === 1) return { kind: 'found', deedKind: only, rest: text };
  const names = kinds.map((kind) => deedKinds[kind].name).join('、');
  return { kind: 'fault', say: `是${names}中的哪一类？请把类别写在最前面再发一遍。` };
}

function takeCount(text: string): { readonly participants: number | undefined; readonly rest: string } {
  const folded = foldWidths(text);
  // The last one: 两位老师 30人.
  const match = labelledCount.exec(folded) ?? [...folded.matchAll(countPattern)].at(-1);
  const participants = match?.[1] === undefined ? undefined : chineseNumber(match[1]);
  if (!match || participants === undefined) return { participants: undefined, rest: text };
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
  return { participants, rest: tidy(rest) };
}

function takePartner(text: string): { readonly partner: string; readonly topic: string } {
  const match = partnerPattern.exec(text);
  const partner = match?.groups?.who ?? '';
  if (!match || partner === '') return { partner: '', topic: topicOf(text) };
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
  return { partner, topic: topicOf(rest) };
}

/** The topic without the verb and the punctuation around it. */
function topicOf(text: string): string {
  return tidy(text)
    .replace(/^(?:宣讲|讲|聊|谈|主题是|主题|关于)(?:了|的是)?\s*[:：]?\s*(?=\S)/u, '')
    .trim();
}

function tidy(text: string): string {
  return text.replace(/[ \t]+/gu, ' ').replace(/^[\s，,。;；、]+|[\s，,。;；、]+$/gu, '');
}
