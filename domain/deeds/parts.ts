/** The parts of a deed in words: whom it was with, how many there were, what it was about. What is not sure is said. */
import { chineseNumber, foldWidths } from '../calendar/chinese-numbers.ts';
import type { DeedKind } from './kinds.ts';

/** 汉字 that a name of a class or department is made of. */
const han = '\\p{Script=Han}';
const year = '(?:(?:20)?\\d{2}级)';
const numeral = '(?:\\d{1,4}(?:-\\d{1,2})?|[一二三四五六七八九十]{1,2})';
/** 22级汽修班, 计算机系22级1班, 护理专业23级, 计科2201, 软件工程22-3班, 护理班, 2023级新生. */
const className = [
  `${year}${han}{1,10}?班`,
  `${year}?${han}{1,10}?${year}?${numeral}班`,
  `${han}{1,8}?${year}(?!${han}{0,8}${numeral}?班)`,
  `${han}{2,8}?\\d{4}(?![\\d年])`,
  `${year}(?=新生|学生|同学|全体)`,
  `${han}{1,6}?班`,
].join('|');
/** 机电系, 信息学院: whom a visit is paid to. */
const department = `${han}{2,8}?(?:系部|系|学院|支部|社区|车间|宿舍楼?)`;
const tail = '(?:的?(?:全体)?(?:同学们|同学|学生|新生|团员青年|团员|青年)(?:宿舍)?|团支部|支部|宿舍)?';
const notClasses = /(?:[全值上下加换跟开当夜倒]班|本班|一班人)$/u;
/** What stands before a name without being of it. */
const before =
  /^(?:(?:今天|今早|今晚|昨天|昨晚|前天|大前天|上午|中午|下午|傍晚|晚上|早上|晚|[上这本]?周[一二三四五六日天]|[年月日号])+)?(?:组织|带领|带着|带|参加了?|走访了?|走进了?|深入|前往|邀请|慰问|看望|召集|帮助|帮|陪|请|给|和(?!田)|与|跟|同(?!仁)|向|对|为|在|到|去|了|讲|的)*/u;

/** Where a name begins in what was taken for one: 在操场和汽修1班 is 汽修1班. */
function beginOf(match: string): number {
  const lead = before.exec(match)?.[0].length ?? 0;
  const inner = [
    ...match.slice(lead).matchAll(/^[^\d班]*?(?:给|跟|向|和(?!田)|与|对(?!外)|为|在|到)(?=.{2})/gu),
  ].at(-1);
  return lead + (inner?.[0].length ?? 0);
}

/** A text whose names and titles are out of the way of whoever looks for dates, and what brings them back. */
export interface Shielded {
  readonly text: string;
  open(text: string): string;
}

/** Things with numbers that are no dates and no hours: titles, classes, houses, rooms, how long it took. */
const shielded = new RegExp(
  `《[^》]*》|“[^”]*”|\\d{1,2}号(?:宿舍)?楼(?:\\d{3}|[男女]生)?(?:宿舍)?|(?:${className})${tail}|\\d+(?:\\.\\d)?个?(?:半)?(?:小时|课时|学时|分钟)|(?:打卡|连续|坚持)\\d+天|[二十]{2}大|第[一二三四五六七八九十\\d]+[期讲课次届]`,
  'gu',
);

/** As many signs as there are for them. */
const mostNames = 200;

/** Puts one sign in the place of each name, so that 22级 and 2号楼 are not read as dates. */
export function shield(text: string): Shielded {
  const kept: string[] = [];
  const keep = (name: string) => String.fromCharCode(0xe000 + kept.push(name) - 1);
  let hidden = '';
  let at = 0;
  for (const match of foldWidths(text).matchAll(shielded)) {
    const from = match.index + beginOf(match[0]);
    const to = match.index + match[0].length;
    const name = text.slice(from, to);
    if (kept.length >= mostNames || /^\d{1,2}班$/u.test(match[0]) || notClasses.test(name)) continue;
    if (name.length < 2) continue;
    hidden += `${text.slice(at, from)}${keep(name)}`;
    at = to;
  }
  hidden += text.slice(at);
  return {
    text: hidden,
    open: (some) => some.replace(/[\uE000-\uE0C8]/gu, (sign) => kept[sign.charCodeAt(0) - 0xe000] ?? ''),
  };
}

const edge = '[\\s，,。.;；:：!！?？、]';
const number = '(\\d{1,6}|[零〇一二两三四五六七八九十百]{1,5})';
const youths = '(?:同学|青年|学生|团员|小伙伴|老师|代表|干部)';
const people = `(?:(?:人次|个人|人|名|位)${youths}?|个${youths})`;
const countPattern = new RegExp(
  `(?:共有|总共|一共|共|约有|大约|约|来了|到了|到场|现场|覆盖|参与|参加)?\\s*${number}\\s*(多|余|来)?\\s*个?${people}(?:参加|参与|到场|左右)?(?:(?=$|${edge})|(?<=${youths}))`,
  'gu',
);
const labelledCount = new RegExp(`人数${edge}*${number}\\s*(多|余|来)?\\s*人?(?=$|${edge})`, 'u');
/** As many as nobody can write down as a number. */
const vagueCount = new RegExp(
  `(?:[一二三四五六七八九]{2}十?|十几|几十|几|好几|上百|几百|数十|许多|若干)\\s*(?:多|来)?\\s*个?(?:人|名|位)${youths}?(?=$|${edge})|全(?:班|体)(?:同学|团员)?(?=$|${edge})`,
  'u',
);

/** How many took part, the text without it, and what was not sure of it. */
export function takeCount(text: string): {
  readonly participants: number | undefined;
  readonly rest: string;
  readonly notes: readonly string[];
} {
  const folded = foldWidths(text);
  const cut = (found: RegExpMatchArray) => {
    const [head, foot] = [text.slice(0, found.index), text.slice((found.index ?? 0) + found[0].length)];
    // 邀请五十名青年参观 would not be one without them.
    return /\p{Script=Han}$/u.test(head) && /^\p{Script=Han}/u.test(foot) ? text : tidy(`${head} ${foot}`);
  };
  const vague = vagueCount.exec(folded);
  // The last one: 两位老师 30人.
  const match = labelledCount.exec(folded) ?? [...folded.matchAll(countPattern)].at(-1);
  const participants = match?.[1] === undefined ? undefined : hundreds(match[1]);
  if (!vague || (match && participants !== undefined && !overlaps(vague, match))) {
    if (!match || participants === undefined) return { participants: undefined, rest: text, notes: [] };
    const about = match[2] === undefined ? [] : [`“${match[0].trim()}”按 ${participants} 人记`];
    return { participants, rest: cut(match), notes: about };
  }
  return {
    participants: undefined,
    rest: cut(vague),
    notes: [`“${vague[0]}”没有当成人数；想记人数，请回“否”再写一个数`],
  };
}

function overlaps(one: RegExpMatchArray, other: RegExpMatchArray): boolean {
  const [from, start] = [one.index ?? 0, other.index ?? 0];
  return from < start + other[0].length && start < from + one[0].length;
}

/** 一百二十, beside what {@link chineseNumber} knows. */
function hundreds(text: string): number | undefined {
  const found = /^([一二两三四五六七八九])百(?:零?(.+))?$/u.exec(text);
  if (!found) return chineseNumber(text);
  const [high, low] = [chineseNumber(found[1] ?? ''), found[2] ? chineseNumber(found[2]) : 0];
  return high === undefined || low === undefined ? undefined : high * 100 + low;
}

const verbs = '宣讲|讲|上|谈|聊|开|办|做|看|修|换|装|送|打|争取|联系|解决|学习|搞|一起|共同|介绍|座谈|交流';
const partnerPattern = new RegExp(
  `(?:^|[\\s，,。;；、])(?:给|和(?!谐|平)|与|跟|同(?!学|事|志|乡)|为(?!了|什么|何)|向(?!上|前|阳)|对(?!了|照|比|话|于|外|方|接))(?<who>[^\\s，,。;；、]{1,40}?)(?=(?:${verbs}|[\\s，,。;；、]|$))`,
  'u',
);
const peopleNamed =
  /(?:给|跟|向|对|为)(?<who>(?:大[一二三四])?(?:新生|毕业生|入党积极分子|留守青年|同学们|同学|学生|团员青年|团员|青年们?))(?=$|[\s，,。;；、])/u;

/** Whom a deed was with, and the rest of the text: the one class that is named, or whom it was given, told, done for. */
export function takePartner(
  written: string,
  kind: DeedKind,
): { readonly partner: string; readonly topic: string } {
  const text = written.replace(remains, '').trim();
  const named = classesIn(text, kind);
  const [only] = named;
  if (only && named.length === 1) return { partner: only.name, topic: topicOf(cutName(text, only)) };
  const match = partnerPattern.exec(text) ?? peopleNamed.exec(text);
  const partner = match?.groups?.who ?? '';
  if (!match || partner === '' || named.length > 1) return { partner: '', topic: topicOf(text) };
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
  return { partner, topic: topicOf(rest) };
}

interface Named {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The classes that a text names; several joined by 和 or 、 are one partner. */
function classesIn(text: string, kind: DeedKind): readonly Named[] {
  const folded = foldWidths(text).replace(/《[^》]*》|“[^”]*”/gu, (title) => '　'.repeat(title.length));
  const one = `(?:${className}${kind === 'visit' ? `|\\d{1,2}号(?:宿舍)?楼(?:\\d{3}|[男女]生)?(?:宿舍)?|${department}` : ''})${tail}`;
  const found: Named[] = [];
  for (const match of folded.matchAll(new RegExp(`${one}(?:[、和与及](?:${one}|\\d{1,2}班))*`, 'gu'))) {
    const start = beginOf(match[0]);
    const name = text.slice(match.index + start, match.index + match[0].length);
    if ([...name].length < 2 || notClasses.test(name) || /^\d{1,2}班$/u.test(name)) continue;
    found.push({ name, from: match.index + start, to: match.index + match[0].length });
  }
  return found;
}

/** The text without a name, and without what led to it: 给, 在, 组织, 参加. */
function cutName(text: string, { from, to }: Named): string {
  const front = text
    .slice(0, from)
    .replace(
      /(?:^|(?<=[\s，,。;；、]))(?:(?:组织|带领|带着|带|参加了?|走访了?|走进了?|深入|前往|邀请|召集|帮助|帮|陪|给|和|与|跟|同|向|对|为|在|到|去|了)\s*)+$/u,
      '',
    )
    .replace(/(?:给|和|与|跟|向|在)$/u, '');
  return `${front} ${text.slice(to).replace(/^(?:的(?=[\s，,。]|$)|走访|讲|上)?/u, '')}`;
}

/** What the words of a time leave behind. */
const remains = /(?:^|(?<=\s))(?:到|至|-)(?=\s)|^(?:晚上?|上午|下午|中午|早上)(?=[\s在去到给和向跟])/gu;
const labels =
  /(?:^|(?<=[\s，,；;。]))(?:时间|日期|地点|对象|人数|主题|内容|题目)\s*(?:[:：]|(?=[，,；;]|$))\s*/gu;

/** The topic without labels, the verb and the punctuation around it. */
function topicOf(text: string): string {
  return tidy(text.replace(labels, ' ').replace(remains, ''))
    .replace(/^(?:召开|开展|举办|开)了?(?:一次|一场)?(?=[座“《])/u, '')
    .replace(/^(?:(?:宣讲|讲|聊|谈)(?:了|的是)?|主题是|主题|题目是?(?=[《“])|关于)\s*[:：]?\s*(?=\S)/u, '')
    .trim();
}

function tidy(text: string): string {
  return text
    .replace(/[ \t]+/gu, ' ')
    .replace(/\s*([，,；;、])(?:\s*[，,；;、])*\s*/gu, '$1')
    .replace(/^[\s，,。;；:：、]+|[\s，,。;；:：、]+$/gu, '');
}
