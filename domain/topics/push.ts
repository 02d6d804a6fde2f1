/** 推送: a piece that a cadre passes on into the group (文化产品): once a week unless the cadre insists. */
import { dayOf, startOfDay } from '../calendar/day.ts';
import { weekOf } from '../calendar/period.ts';

/** What is passed on, fit to be posted; or what is wrong, said to the cadre. */
export type PushReading =
  | { readonly kind: 'link'; readonly url: string; readonly title: string; readonly line: string }
  | { readonly kind: 'fault'; readonly say: string };

const longestTitle = 40;
const longestLine = 100;
const longestUrl = 1_000;
/** What the person is asked to write, in the words of their command. */
interface PushWords {
  readonly command: string;
  readonly line: string;
}
const ownWords: PushWords = { command: '/推送 链接', line: '您自己的一句话' };

/**
 * A link with title and one line of one's own, out of “link title line” (white space or line breaks between them, the
 * line may have spaces). Only http and https, with no password in it; characters that hide where it leads are refused.
 */
export function readPush(written: string, asked: PushWords = ownWords): PushReading {
  const example = `例如：${asked.command} https://example.com 一部纪录片 看完想去修文物`;
  const found = /https?:\/\/[^\s，。；、“”（）《》]+/iu.exec(written);
  if (!found) return fault(`请写上以 http 开头的链接、标题和${asked.line}。${example}`);
  const url = checkedUrl(found[0]);
  if (url === undefined) return fault('这个链接不像能打开的网址，请从浏览器里复制完整的再发。');
  const rest = `${written.slice(0, found.index)} ${written.slice(found.index + found[0].length)}`;
  const [title = '', ...words] = rest.split(/\s+/u).filter(Boolean);
  const line = words.join(' ');
  if (title === '') return fault(`还缺标题和${asked.line}。${example}`);
  if (line === '') return fault(`还缺${asked.line}：为什么想让大家看看。${example}`);
  if ([...title].length > longestTitle)
    return fault(`标题请收到 ${longestTitle} 字以内，和后面那句话之间空一格。`);
  if ([...line].length > longestLine) return fault(`${asked.line}请收到 ${longestLine} 字以内，一句就好。`);
  return { kind: 'link', url, title, line };
}

/** A link that leads where it says it leads; undefined for any other. */
export function checkedUrl(text: string): string | undefined {
  if (text.length > longestUrl || !URL.canParse(text)) return undefined;
  const { protocol, username, password, hostname, href } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  if (username !== '' || password !== '' || !hostname.includes('.')) return undefined;
  return href;
}

/** The begin of the week of an instant, from which pushes count towards one a week. Milliseconds. */
export function pushWeekFrom(now: number): number {
  return startOfDay(weekOf(dayOf(now)).from);
}

function fault(say: string): PushReading {
  return { kind: 'fault', say };
}
