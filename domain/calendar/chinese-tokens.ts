/** The words of a Chinese date-time, found in a text from left to right; what they mean together is not decided here. */
import { chineseNumber, chineseYear } from './chinese-numbers.ts';

/** A part of the day, as people name it. */
export type Half = 'night' | 'morning' | 'noon' | 'afternoon' | 'evening';

/** How a date is named: by the calendar, by days from today, by weekday (of the week so many weeks from this one), or by the day of a month. */
export type When =
  | {
      readonly by: 'calendar';
      readonly year?: number;
      readonly years?: number;
      readonly month: number;
      readonly day: number;
    }
  | { readonly by: 'offset'; readonly days: number }
  | { readonly by: 'weekday'; readonly weekday: number; readonly weeks?: number }
  | { readonly by: 'month-day'; readonly day: number; readonly months?: number };

/**
 * How an hour is written: `exact` on the 24-hour clock (14:00, 09:00), `plain` with a colon alone (8:00, 3:30),
 * `open` in words (8点).
 */
export type Style = 'exact' | 'plain' | 'open';

/** What stands at one place. `weak` dates (5.20) may be something else. */
export type Meaning =
  | { readonly kind: 'date'; readonly when: When; readonly weak?: boolean }
  | {
      readonly kind: 'time';
      readonly hour: number;
      readonly minute: number;
      readonly style: Style;
      readonly half?: Half;
    }
  | { readonly kind: 'half'; readonly half: Half }
  | { readonly kind: 'duration'; readonly minutes: number }
  | { readonly kind: 'later'; readonly minutes: number }
  | { readonly kind: 'link' }
  | { readonly kind: 'vague' };

/** A meaning and where it stands, in UTF-16 units: `from` included, `to` not. */
export type Token = Meaning & { readonly from: number; readonly to: number };

interface Rule {
  readonly pattern: RegExp;
  readonly read: (groups: Readonly<Record<string, string | undefined>>) => Meaning | undefined;
}

const N = '(?:\\d{1,2}|[零〇一二两三四五六七八九十]{1,3})';
const JOIN = '(?:到|至|-{1,2})';
const EDGE = '[\\s,，、。.;；:!！?？()（）【】\\[\\]《》<>"“”\'‘’|·]';
const HALF_AHEAD = '[上下早晚中午凌傍清夜深半]';
const WEEK = '(?:周|星期|礼拜)';
const CLOCK_AHEAD = `\\s*${N}\\s*(?:[点时:]|${JOIN})`;

function rule(pattern: string, read: Rule['read']): Rule {
  return { pattern: new RegExp(pattern, 'uy'), read };
}

function whole(text: string | undefined): number {
  return chineseNumber(text ?? '') ?? Number.NaN;
}

function calendar(year: number | undefined, month: number, day: number): Meaning {
  return { kind: 'date', when: { by: 'calendar', month, day, ...(year === undefined ? {} : { year }) } };
}

/** How much “半小时”, “一个半小时”, “1.5小时”, “90分钟” is, in minutes. */
function minutesOf(amount: string, unit: string, more: string | undefined): number {
  const extraHalf = amount.endsWith('个半') || more === '半';
  const plain = amount.replace(/个半$|个$/u, '');
  const count = plain === '半' ? 0.5 : /^[\d.]+$/.test(plain) ? Number(plain) : whole(plain);
  const size = /分/u.test(unit)
    ? 1
    : /刻/u.test(unit)
      ? 15
      : /时|钟头/u.test(unit)
        ? 60
        : /周|星期|礼拜/u.test(unit)
          ? 7 * 1440
          : 1440;
  const rest = more === undefined || more === '半' ? 0 : whole(more.replace(/分钟?$/u, ''));
  return Math.round((count + (extraHalf ? 0.5 : 0)) * size) + rest;
}

const AMOUNT = `(?<amount>\\d{1,3}(?:\\.\\d{1,2})?|半|${N}个半|${N})个?`;
const offsets: Readonly<Record<string, number>> = {
  大前天: -3,
  前天: -2,
  昨天: -1,
  昨日: -1,
  昨: -1,
  今天: 0,
  今日: 0,
  今: 0,
  明天: 1,
  明日: 1,
  明: 1,
  后天: 2,
  大后天: 3,
};
const years: Readonly<Record<string, number>> = { 去年: -1, 今年: 0, 明年: 1, 后年: 2 };
const steps: Readonly<Record<string, number>> = {
  上上: -2,
  上上个: -2,
  上: -1,
  上个: -1,
  上一: -1,
  本: 0,
  这: 0,
  这个: 0,
  下: 1,
  下个: 1,
  下一: 1,
  下下: 2,
  下下个: 2,
};
const STEP = '(?<step>上上个|上上|上个|上一|上|本|这个|这|下下个|下下|下个|下一|下)';
const halves: Readonly<Record<string, Half>> = {
  凌晨: 'night',
  清晨: 'morning',
  清早: 'morning',
  早晨: 'morning',
  早上: 'morning',
  早: 'morning',
  上午: 'morning',
  午前: 'morning',
  正午: 'noon',
  中午: 'noon',
  午间: 'noon',
  午后: 'afternoon',
  下午: 'afternoon',
  傍晚: 'evening',
  晚上: 'evening',
  晚间: 'evening',
  夜里: 'evening',
  夜间: 'evening',
  深夜: 'evening',
  半夜: 'evening',
  午夜: 'evening',
  晚: 'evening',
};
const LONG_HALF =
  '凌晨|清晨|清早|早晨|早上|上午|午前|正午|中午|午间|午后|下午|傍晚|晚上|晚间|夜里|夜间|深夜|半夜|午夜';

/** Half-days that belong to something: before a clock time, or (for `afterDate`) standing alone behind a date. */
const halfRules: readonly Rule[] = [
  rule(`(?<half>${LONG_HALF}|早|晚)(?=${CLOCK_AHEAD}|\\s*\\d{1,2}\\s*[ap]m)`, readHalf),
  rule(`(?<half>${LONG_HALF})(?=$|${EDGE})`, readHalf),
];
const halfAfterDate: readonly Rule[] = [
  rule(`(?<half>${LONG_HALF})`, readHalf),
  rule(`(?<half>早|晚)(?=$|${EDGE}|凌晨)`, readHalf),
];

function readHalf(groups: Readonly<Record<string, string | undefined>>): Meaning | undefined {
  const half = halves[groups.half ?? ''];
  return half && { kind: 'half', half };
}

function clock(hours: string, minute: number, sign: 'colon' | 'word', meridiem?: string): Meaning | undefined {
  const hour = whole(hours);
  if (Number.isNaN(hour) || Number.isNaN(minute)) return undefined;
  const exact = hour === 0 || hour >= 13 || /^0\d$/.test(hours);
  const time = { kind: 'time', hour, minute, style: exact ? 'exact' : sign === 'colon' ? 'plain' : 'open' } as const;
  if (!meridiem) return time;
  return { ...time, half: /p/i.test(meridiem) ? 'afternoon' : hour === 12 ? 'night' : 'morning' };
}

const rules: readonly Rule[] = [
  rule(`每个?${WEEK}[一二三四五六日天]?|每[天日晚早月年]|隔${WEEK}`, () => ({ kind: 'vague' })),
  rule(
    `(?<!\\d)(?<y>\\d{4}|\\d{2}|[二][零〇一二三四五六七八九]{3})\\s*年\\s*(?<m>${N})\\s*月\\s*(?<d>${N})\\s*[日号]?(?!\\d)`,
    (g) => {
      const year = g.y?.length === 2 ? 2000 + Number(g.y) : chineseYear(g.y ?? '');
      return calendar(year, whole(g.m), whole(g.d));
    },
  ),
  rule('(?<![\\d.])(?<y>\\d{4})(?<s>[-./])(?<m>\\d{1,2})\\k<s>(?<d>\\d{1,2})(?!\\d)T?', (g) =>
    calendar(Number(g.y), Number(g.m), Number(g.d)),
  ),
  rule('(?<![\\d.])(?<y>20\\d{2})(?<m>0\\d|1[0-2])(?<d>[0-3]\\d)(?!\\d)', (g) =>
    calendar(Number(g.y), Number(g.m), Number(g.d)),
  ),
  rule(
    `(?<![\\d第十])(?<year>去年|今年|明年|后年)?的?(?<m>${N})\\s*月\\s*(?<d>${N})\\s*(?:[日号]|(?=$|${EDGE}|${HALF_AHEAD}|${WEEK})(?!\\s*[:点时]))(?!\\d)`,
    (g) => {
      const when = { by: 'calendar', month: whole(g.m), day: whole(g.d) } as const;
      return { kind: 'date', when: g.year ? { ...when, years: years[g.year] ?? 0 } : when };
    },
  ),
  rule(`${STEP}月\\s*(?<d>${N})\\s*[日号]`, (g) => ({
    kind: 'date',
    when: { by: 'month-day', day: whole(g.d), months: steps[g.step ?? ''] ?? 0 },
  })),
  rule(
    `(?<![\\d.])${AMOUNT}(?<unit>小时|钟头|分钟|分|刻钟|天|日|周|星期|礼拜)(?<more>半|${N}分钟?)?(?:之|以)?后`,
    (g) => {
      const minutes = minutesOf(g.amount ?? '', g.unit ?? '', g.more);
      if (Number.isNaN(minutes)) return undefined;
      if (!/[天日周期拜]$/u.test(g.unit ?? '')) return { kind: 'later', minutes };
      return { kind: 'date', when: { by: 'offset', days: Math.round(minutes / 1440) } };
    },
  ),
  rule(
    '(?<word>大前天|前天|昨天|昨日|昨(?=晚)|今天|今日|今(?=[早晚晨])|明天|明日|明(?=[早晚晨])|大后天|后天)',
    (g) => ({
      kind: 'date',
      when: { by: 'offset', days: offsets[g.word ?? ''] ?? 0 },
    }),
  ),
  rule(
    `(?<![一二两三四五六七八九十几每\\d])${STEP}?${WEEK}(?<w>[一二三四五六日天七](?!点)|[1-7](?!\\d|\\s*[点时:.月]))`,
    (g) => {
      const weekday = g.w === '日' || g.w === '天' ? 7 : whole(g.w);
      return {
        kind: 'date',
        when: { by: 'weekday', weekday, ...(g.step ? { weeks: steps[g.step] ?? 0 } : {}) },
      };
    },
  ),
  rule(
    `(?<![\\d.A-Za-z第])(?:(?<d>${N})\\s*号(?!楼|门|厅|教|馆|院|线|桌|宿|公|场|机|位|车|球|会|报|室|店|食|餐|活|操|文|码|学)|(?<n>\\d{1,2}|[一二三四五六七八九十]{2,3})日(?!游|志|营|团|常|记|报|语|本|谈))`,
    (g) => {
      const day = whole(g.d ?? g.n);
      return Number.isNaN(day) ? undefined : { kind: 'date', when: { by: 'month-day', day } };
    },
  ),
  rule(
    `周末|月[底末初]|年[底初]|${STEP}${WEEK}|下下?个?月|过几天|过两天|过些天|改天|近期|国庆|五一|十一长假|元旦|春节|清明|端午|中秋|五四|(?<!\\d)${N}月|${N}个月后|差\\s*(?:${N}分|一刻)钟?到?\\s*${N}点`,
    () => ({ kind: 'vague' }),
  ),
  rule(
    `(?<![\\d.:\\-/])(?<h>${N})(?=\\s*${JOIN}\\s*(?:${HALF_AHEAD}[午上晨晚间])?\\s*${N}\\s*点|\\s*${JOIN}\\s*\\d{1,2}(?:时|:\\d{2}))`,
    (g) => clock(g.h ?? '', 0, 'word'),
  ),
  rule(
    '(?<![\\d:.])(?<h>\\d{1,2}):(?<m>\\d{2})(?::\\d{2})?(?!\\d|:|\\s*(?:Z|\\+\\d))(?:\\s*(?<half>[apAP])\\.?[mM](?![a-zA-Z]))?',
    (g) => clock(g.h ?? '', Number(g.m), 'colon', g.half),
  ),
  ),
  rule('(?<![\\d:.])(?<h>\\d{1,2})\\s*(?<half>[apAP])\\.?[mM](?![a-zA-Z])', (g) =>
    clock(g.h ?? '', 0, 'word', g.half),
  ),
  rule(
    `(?<![\\d.])(?<h>${N})\\s*(?:点(?!点|滴|儿)|时(?!间|候|代|尚|光|长|装|事|节|期|政|刻))(?:钟|整|(?<half>半)|(?<quarter>[一三])刻|\\s*(?<m>${N})分(?!钟)|(?<mm>\\d{2}|[零〇][一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?)(?![\\d人名个位场次组道题分块元号月楼班]))?`,
    (g) => {
      const minute = g.half ? 30 : g.quarter ? whole(g.quarter) * 15 : (g.m ?? g.mm) ? whole(g.m ?? g.mm) : 0;
      return clock(g.h ?? '', minute, 'word');
    },
  ),
  rule(
    `(?<=^|[\\s,，、。;；(（共约长续])${AMOUNT}(?<unit>小时|钟头|分钟)(?<more>半|${N}分钟?)?(?=$|${EDGE})`,
    (g) => {
      const minutes = minutesOf(g.amount ?? '', g.unit ?? '', g.more);
      return Number.isNaN(minutes) ? undefined : { kind: 'duration', minutes };
    },
  ),
  rule(
    `(?<=^|${EDGE}|-)(?<m>\\d{1,2})[./](?<d>\\d{1,2})(?=$|${EDGE}|-|${HALF_AHEAD}|${WEEK}|T\\d)`,
    weakDate,
  ),
  rule(`(?<=^|${EDGE})(?<m>\\d{1,2})-(?<d>\\d{1,2})(?=$|${EDGE}|${HALF_AHEAD}|${WEEK}|T\\d)`, weakDate),
];

function weakDate(g: Readonly<Record<string, string | undefined>>): Meaning {
  return { kind: 'date', weak: true, when: { by: 'calendar', month: Number(g.m), day: Number(g.d) } };
}

const link = rule(`\\s*(?:开始)?\\s*${JOIN}\\s*(?:当天|当日|同日|同一天)?\\s*`, () => ({ kind: 'link' }));
const durationAfterTime = rule(
  `\\s*(?:共|约|大约|持续|时长)?\\s*${AMOUNT}(?<unit>小时|钟头|分钟)(?<more>半|${N}分钟?)?(?=$|${EDGE})`,
  (g) => {
    const minutes = minutesOf(g.amount ?? '', g.unit ?? '', g.more);
    return Number.isNaN(minutes) ? undefined : { kind: 'duration', minutes };
  },
);

/** Every token of a text whose widths are folded (`foldWidths`), in order and without overlap. */
export function scanTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const last = tokens.at(-1);
    const behind = last?.to === at ? last.kind : undefined;
    const tried = [
      ...(behind === 'time' || behind === 'half' ? [durationAfterTime, link] : []),
      ...halfRules,
      ...(behind === 'date' ? halfAfterDate : []),
      ...rules,
    ];
    const token = firstToken(text, at, tried);
    if (token) tokens.push(token);
    at = token?.to ?? at + 1;
  }
  return tokens;
}

function firstToken(text: string, at: number, tried: readonly Rule[]): Token | undefined {
  for (const { pattern, read } of tried) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const meaning = match?.[0] ? read(match.groups ?? {}) : undefined;
    if (match && meaning) return { ...meaning, from: at, to: at + match[0].length };
  }
  return undefined;
}
