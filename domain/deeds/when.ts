/** When a deed was: the latest day that the words can mean, since a record is of what has happened. */
import { readClock } from '../calendar/chinese-clock.ts';
import { type DateToken, resolveDay } from '../calendar/chinese-date.ts';
import { chineseNumber, foldWidths } from '../calendar/chinese-numbers.ts';
import { scanTokens } from '../calendar/chinese-tokens.ts';
import type { Token } from '../calendar/chinese-words.ts';
import { civilOf, type Day, dayFrom, dayOf, daysInMonth, startOfDay } from '../calendar/day.ts';

export type DeedTime =
  | {
      readonly kind: 'read';
      readonly day: Day;
      /** The begin in milliseconds since the epoch, where an hour was told and can mean one thing only. */
      readonly at: number | undefined;
      /** No day was written: today's is taken, and must be shown. */
      readonly assumed: boolean;
      /** The text without the words of the time. */
      readonly rest: string;
    }
  | { readonly kind: 'fault'; readonly say: string };

const minuteMs = 60_000;
const howTo = '请写成“5月4日”“昨天”或“周五”这样。';

/** Reads the day in `text`, as said at `now` (milliseconds since the epoch). Never throws. */
export function readDeedTime(text: string, now: number): DeedTime {
  const folded = foldWidths(text);
  const today = dayOf(now);
  const tokens = withoutWeak(scanTokens(folded));
  const dates = tokens.filter((token) => token.kind === 'date');
  const vague = tokens.filter((token) => token.kind === 'vague');
  const show = (some: readonly Token[]) =>
    some.map(({ from, to }) => folded.slice(from, to).trim()).join('、');
  if (
    vague.some(({ strong }) => strong === true) ||
    (vague.length > 0 && dates.length === 0 && isTime(vague, folded))
  )
    return { kind: 'fault', say: `“${show(vague)}”是哪一天？${howTo}` };
  const base = baseOf(dates, today);
  const read = resolveDay(dates, today, base, show);
  if (read.kind === 'fault') return { kind: 'fault', say: read.say };
  const day = read.kind === 'day' ? read.day : today;
  if (day > today) return { kind: 'fault', say: `“${show(dates)}”还没到，办完了再来记。` };
  const time = tokens.find((token) => token.kind === 'time');
  const half = tokens.find((token) => token.kind === 'half');
  const clock = time && readClock(time, half?.half);
  const [minute] = clock?.kind === 'minutes' && !clock.assumed ? clock.candidates : [];
  return {
    kind: 'read',
    day,
    at: minute === undefined ? undefined : startOfDay(day) + minute * minuteMs,
    assumed: read.kind === 'none',
    rest: without(
      text,
      tokens.filter(({ kind }) => kind !== 'vague' && kind !== 'link'),
    ),
  };
}

const someDate = '(?:\\d{1,2}月)?\\d{1,2}[日号]';

/**
 * Dates in ways that are written of what is past, in the plain one: 3天前, 5/15; of 5月10日至5月12日 the first day,
 * which is said.
 */
export function spellDates(
  text: string,
  now: number,
): { readonly text: string; readonly notes: readonly string[] } {
  const notes: string[] = [];
  const spelt = foldWidths(text)
    .replace(/([\d一二两三四五六七八九十]{1,3})天(?:以)?前/gu, (written, count: string) => {
      const { year, month, date } = civilOf(dayOf(now) - (chineseNumber(count) ?? 0));
      return chineseNumber(count) === undefined ? written : ` ${year}年${month}月${date}日 `;
    })
    .replace(/(?<![\d/])(1[0-2]|0?[1-9])\/(3[01]|[12]\d|0?[1-9])(?![\d/])/gu, ' $1月$2日 ')
    .replace(new RegExp(`(${someDate})\\s*(?:至|到|-)\\s*${someDate}`, 'gu'), (written, first: string) => {
      notes.push(`“${written}”按第一天记`);
      return first;
    });
  return { text: spelt === foldWidths(text) ? text : spelt, notes };
}

/** Words like 上周 or 月底 stand for a day; 五四 and 国庆 are as often what the deed was about. */
function isTime(vague: readonly Token[], folded: string): boolean {
  return vague.some(({ from, to }) =>
    /[上下本这]个?(?:周|星期|礼拜|月)|月[底末初]|周末|过几天|近期|改天/u.test(folded.slice(from, to)),
  );
}

/** From which day on the first one of that name is the latest that is not to come. */
function baseOf(dates: readonly DateToken[], today: Day): Day {
  const { year, month, date } = civilOf(today);
  const [first] = [
    ...dates.filter(({ when }) => when.by !== 'weekday' || when.weeks !== undefined),
    ...dates,
  ];
  switch (first?.when.by) {
    case 'weekday':
      return today - 6;
    case 'month-day': {
      const [y, m] = month === 1 ? [year - 1, 12] : [year, month - 1];
      return date >= daysInMonth(y, m) ? dayFrom(year, month, 1) : dayFrom(y, m, date + 1);
    }
    case 'calendar':
      return dayFrom(year - 1, month, Math.min(date, daysInMonth(year - 1, month))) + 1;
    default:
      return today;
  }
}

/** 5.20 may be something else: beside a plain date it is no date. */
function withoutWeak(tokens: readonly Token[]): readonly Token[] {
  const isPlain = tokens.some((token) => token.kind === 'date' && token.weak !== true);
  return isPlain ? tokens.filter((token) => token.kind !== 'date' || token.weak !== true) : tokens;
}

function without(text: string, tokens: readonly Token[]): string {
  let kept = '';
  let at = 0;
  for (const { from, to } of tokens) {
    kept += `${text.slice(at, from)} `;
    at = to;
  }
  return `${kept}${text.slice(at)}`
    .replace(/[（(]\s*[)）]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}
