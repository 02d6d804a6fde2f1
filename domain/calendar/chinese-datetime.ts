/**
 * When something is to be, out of a Chinese sentence: “周五下午3点 图书馆 读书会”. What cannot be told for certain is a
 * fault with a sentence for the person, never a silent guess; the reading is meant to be echoed (`formatDateTime`).
 */
import { readClock, readEnd } from './chinese-clock.ts';
import { type DayReading, resolveDay } from './chinese-date.ts';
import { foldWidths } from './chinese-numbers.ts';
import { scanTokens } from './chinese-tokens.ts';
import type { Half, Token } from './chinese-words.ts';
import { type Day, dayOf, startOfDay } from './day.ts';
import { formatDateTime } from './format-datetime.ts';

/** A date-time that was understood. Instants are milliseconds since the epoch. */
export interface DateTimeRead {
  readonly kind: 'read';
  readonly at: number;
  /** The end, where the text names one or a duration. */
  readonly until: number | undefined;
  /** Before `now`. */
  readonly past: boolean;
  /** The half-day was not written and is the likeliest one: show the person what was understood. */
  readonly assumed: boolean;
  /** The text without the words of the date-time. */
  readonly rest: string;
}

/** Why a text gives no date-time. `say` is for the person; `day` is there when only the time of day is missing. */
export interface DateTimeFault {
  readonly kind: 'fault';
  readonly why: 'nothing' | 'no-time' | 'impossible' | 'ambiguous';
  readonly say: string;
  readonly day?: Day | undefined;
}

type Of<K extends Token['kind']> = Extract<Token, { kind: K }>;

/** The tokens of a start or an end, by kind, and how they were written. */
interface Clause {
  readonly dates: readonly Of<'date'>[];
  readonly times: readonly Of<'time'>[];
  readonly halves: readonly Of<'half'>[];
  readonly durations: readonly Of<'duration'>[];
  readonly laters: readonly Of<'later'>[];
  readonly show: (some: readonly Token[]) => string;
}

const minuteMs = 60_000;
/** An end further away than this was meant otherwise: 5月19日 behind 5月20日 is not next year's. */
const longest = 31 * 1440 * minuteMs;
const howTo = '请写成“5月20日 14:00”或“周五下午3点”这样。';

const unclear = fault('ambiguous', `没看懂是哪一天几点。${howTo}`);

/**
 * Reads the one date-time in `text`, as said at `now` (milliseconds since the epoch) in Asia/Shanghai. A date without
 * a year, a weekday or a time alone is the next one to come; an hour of today that is over is reported as past, as is
 * what is named so (昨天, a year). Never throws.
 */
export function parseDateTime(text: string, now: number): DateTimeRead | DateTimeFault {
  const folded = foldWidths(text);
  const scanned = withoutWeakDates(scanTokens(folded));
  const clear = scanned.filter((token) => token.kind !== 'vague');
  const vague = clear.length < scanned.length;
  const { start, end } = splitAtLink(clear, folded);
  const rest = restOf(text, [...start, ...end]);
  if (scanned.some((token) => token.kind === 'vague' && token.strong === true)) return unclear;
  const read = readStart(clauseOf(start, folded), now);
  if (read.kind === 'fault') {
    return vague && read.why === 'nothing' ? unclear : read;
  }
  if (!read.dated && (vague || looksDated(foldWidths(rest)))) {
    return unclear;
  }
  const until =
    end.length > 0 ? readUntil(clauseOf(end, folded), read, now) : { at: read.until, assumed: false };
  if ('kind' in until) return until;
  return {
    kind: 'read',
    at: read.at,
    until: until.at,
    past: read.at < now,
    assumed: read.assumed || until.assumed,
    rest,
  };
}

interface Start {
  readonly kind: 'start';
  readonly at: number;
  readonly until: number | undefined;
  readonly assumed: boolean;
  readonly dated: boolean;
  /** The hour was written on the 24-hour clock, so the end is too. */
  readonly strict: boolean;
}

function readStart(clause: Clause, now: number): Start | DateTimeFault {
  const { dates, times, halves, durations, laters, show } = clause;
  const [duration] = durations;
  if (durations.length > 1 || duration?.minutes === 0) {
    return fault('ambiguous', `“${show(durations)}”不知道是多久，请写成“14:00-16:00”这样。`);
  }
  const lasting = (at: number) => duration && at + duration.minutes * minuteMs;
  const [later] = laters;
  if (later) {
    const others = [...laters.slice(1), ...dates, ...times];
    if (others.length > 0) return several([later, ...others], show);
    const at = Math.ceil(now / minuteMs) * minuteMs + later.minutes * minuteMs;
    return { kind: 'start', at, until: lasting(at), assumed: false, dated: true, strict: false };
  }

  const day = resolveDay(dates, dayOf(now), dayOf(now), show);
  if (day.kind === 'fault') return fault(day.why, day.say);
  if (times.length > 1) {
    return fault('ambiguous', `看到了几个时间：${show(times)}。请只留一个；一段时间写成“14:00-16:00”。`);
  }
  const half = oneHalf(halves);
  if (half === 'several') return several(halves, show);
  const time =
    times[0] ??
    (half === 'noon' ? ({ kind: 'time', hour: 12, minute: 0, style: 'exact' } as const) : undefined);
  if (!time) {
    if (day.kind === 'none') return fault('nothing', `没看到时间。${howTo}`);
    const say = `还差几点，请写成“${formatDateTime(startOfDay(day.day) + 840 * minuteMs, now)}”这样。`;
    return fault('no-time', say, day.day);
  }
  const clock = readClock(time, half);
  if (clock.kind !== 'minutes') return badClock(clock.kind, show([...halves, ...times]));
  const at = nextOf(day, clock.candidates, now);
  const strict = half === undefined && time.style === 'exact';
  return { kind: 'start', at, until: lasting(at), assumed: clock.assumed, dated: day.kind === 'day', strict };
}

/** The instant of the first reading that is still to come; of a day that is fixed, the last one when all are over. */
function nextOf(
  day: Exclude<DayReading, { kind: 'fault' }>,
  minutes: readonly number[],
  now: number,
): number {
  const today = dayOf(now);
  const first = day.kind === 'day' ? day.day : today;
  const on = (which: Day) => minutes.map((minute) => startOfDay(which) + minute * minuteMs);
  const [plain = startOfDay(first)] = on(first);
  if (first !== today) return plain;
  const next = on(first).find((at) => at >= now);
  if (next !== undefined) return next;
  if (day.kind === 'day' && !day.floating) return on(first).at(-1) ?? plain;
  return plain + (day.kind === 'none' ? 1 : 7) * 1440 * minuteMs;
}

function readUntil(end: Clause, start: Start, now: number): { at: number; assumed: boolean } | DateTimeFault {
  const [time] = end.times;
  const half = oneHalf(end.halves);
  const startDay = dayOf(start.at);
  const day = resolveDay(end.dates, dayOf(now), startDay, end.show);
  if (day.kind === 'fault') return fault(day.why, day.say);
  if (!time || half === 'several') return several(end.halves, end.show);
  const words = end.show([...end.dates, ...end.halves, ...end.times]);
  const minute = Math.round((start.at - startOfDay(startDay)) / minuteMs);
  const clock =
    day.kind === 'day' && day.day !== startDay
      ? readClock(start.strict ? { ...time, style: 'exact' } : time, half)
      : readEnd(time, half, minute, start.strict);
  if (clock.kind === 'ambiguous') return badClock(clock.kind, words);
  const [found] = clock.kind === 'minutes' ? clock.candidates : [];
  const at = startOfDay(day.kind === 'day' ? day.day : startDay) + (found ?? 0) * minuteMs;
  if (found === undefined || at <= start.at || at > start.at + longest) {
    return fault(
      'impossible',
      `结束时间“${words}”不对：要晚于开始，请写成“14:00-16:00”或“5月20日 14:00到5月21日 12:00”。`,
    );
  }
  return { at, assumed: clock.kind === 'minutes' && clock.assumed };
}

function fault(why: DateTimeFault['why'], say: string, day?: Day): DateTimeFault {
  return { kind: 'fault', why, say, day };
}

function several(tokens: readonly Token[], show: Clause['show']): DateTimeFault {
  return fault('ambiguous', `“${show(tokens)}”不知道以哪个为准。${howTo}`);
}

function badClock(why: 'impossible' | 'ambiguous', words: string): DateTimeFault {
  if (why === 'impossible') return fault(why, `没有“${words}”这个时间。${howTo}`);
  return fault(why, `“${words}”说的是哪一天的夜里？请写成“5月21日 01:00”这样。`);
}

function oneHalf(halves: readonly Of<'half'>[]): Half | 'several' | undefined {
  return new Set(halves.map(({ half }) => half)).size > 1 ? 'several' : halves[0]?.half;
}

/** 5.20 may be a date or something else: beside a plain date it counts only when it can be one. */
function withoutWeakDates(tokens: readonly Token[]): Token[] {
  const plain = tokens.some((token) => token.kind === 'date' && token.weak !== true);
  return tokens.filter((token) => {
    if (!plain || token.kind !== 'date' || token.weak !== true || token.when.by !== 'calendar') return true;
    const { month, day } = token.when;
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
  });
}

/** Parts “… 14:00 到 5月21日 16:00” at its link. A link that does not stand between two times is no link. */
function splitAtLink(tokens: readonly Token[], text: string): { start: Token[]; end: Token[] } {
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'link' || !['time', 'half'].includes(tokens[index - 1]?.kind ?? '')) continue;
    const end: Token[] = [];
    for (const next of tokens.slice(index + 1)) {
      const before = end.at(-1) ?? token;
      if (!/^[\s()（）]*$/u.test(text.slice(before.to, next.from))) break;
      if (next.kind !== 'date' && next.kind !== 'half' && next.kind !== 'time') break;
      end.push(next);
      if (next.kind === 'time') {
        const start = tokens.filter(
          (other) => other !== token && !end.includes(other) && other.kind !== 'link',
        );
        return { start, end: [token, ...end] };
      }
    }
  }
  return { start: tokens.filter(({ kind }) => kind !== 'link'), end: [] };
}

function clauseOf(tokens: readonly Token[], text: string): Clause {
  return {
    dates: tokens.filter((token) => token.kind === 'date'),
    times: tokens.filter((token) => token.kind === 'time'),
    halves: tokens.filter((token) => token.kind === 'half'),
    durations: tokens.filter((token) => token.kind === 'duration'),
    laters: tokens.filter((token) => token.kind === 'later'),
    show: (some) => {
      const parts = [...some].sort((a, b) => a.from - b.from);
      return parts
        .map(
          ({ from, to }, index) =>
            (index > 0 && from > (parts[index - 1]?.to ?? 0) ? '、' : '') + text.slice(from, to).trim(),
        )
        .join('');
    },
  };
}

/** Something that may well be a date is left in the text, so that a time alone is not taken for today's. */
function looksDated(rest: string): boolean {
  return /(?<![\d.])\d{1,2}[./-]\d{1,2}(?![\d\p{L}])/u.test(rest);
}

/** The text without the tokens, without the brackets that they leave empty, and without doubled white space. */
function restOf(text: string, tokens: readonly Token[]): string {
  let kept = '';
  let at = 0;
  for (const { from, to } of [...tokens].sort((a, b) => a.from - b.from)) {
    kept += `${text.slice(at, from).replace(/从$/u, '')} `;
    at = to;
  }
  return (kept + text.slice(at))
    .replace(/[（(]\s*[)）]/gu, ' ')
    .split('\n')
    .map((line) => line.replace(/\s+/gu, ' ').replace(/^[\s,，、;；]+|[\s,，、;；]+$/gu, ''))
    .filter((line) => line !== '')
    .join('\n');
}
