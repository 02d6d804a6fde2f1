/** The grammar of Chinese date-times: one pattern a way of writing. Sticky patterns, no nested repetition. */
import { chineseNumber, chineseYear } from './chinese-numbers.ts';
import { halves, type Meaning, offsets, steps, years } from './chinese-words.ts';

/** A way of writing something; `read` gives undefined where the groups make no sense. */
export interface Rule {
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
const STEP = '(?<step>上上个|上上|上个|上一|上|本|这个|这|下下个|下下|下个|下一|下)';
const LONG_HALF =
  '凌晨|清晨|清早|早晨|早上|上午|午前|正午|中午|午间|午后|下午|傍晚|晚上|晚间|夜里|夜间|深夜|半夜|午夜';

/** Half-days before a clock time, or as a word of their own (not the 下午 of 下午茶). */
export const halfRules: readonly Rule[] = [
  rule(`(?<half>${LONG_HALF}|早|晚)(?=${CLOCK_AHEAD}|\\s*\\d{1,2}\\s*[ap]m)`, readHalf),
  rule(`(?<half>${LONG_HALF})(?=$|${EDGE})`, readHalf),
];
/** … and behind a date, where more is a half-day than elsewhere (周五下午茶话会). */
export const halfAfterDate: readonly Rule[] = [
  rule(`(?<half>${LONG_HALF})`, readHalf),
  rule(`(?<half>早|晚)(?=$|${EDGE}|凌晨)`, readHalf),
];

function readHalf(groups: Readonly<Record<string, string | undefined>>): Meaning | undefined {
  const half = halves[groups.half ?? ''];
  return half && { kind: 'half', half };
}

function clock(
  hours: string,
  minute: number,
  sign: 'colon' | 'word',
  meridiem?: string,
): Meaning | undefined {
  const hour = whole(hours);
  if (Number.isNaN(hour) || Number.isNaN(minute)) return undefined;
  const exact = hour === 0 || hour >= 13 || /^0\d$/.test(hours);
  const time = {
    kind: 'time',
    hour,
    minute,
    style: exact ? 'exact' : sign === 'colon' ? 'plain' : 'open',
  } as const;
  if (!meridiem) return time;
  return { ...time, half: /p/i.test(meridiem) ? 'afternoon' : hour === 12 ? 'night' : 'morning' };
}

/** Everything that can stand anywhere, the longer before what it begins with. */
export const rules: readonly Rule[] = [
  // Weeks of a term, the lunar calendar, several days: nothing here can tell the one day.
  rule(
    `第\\s*${N}\\s*(?:教学)?周|(?:农历|阴历)(?:${N}月)?(?:初?${N})?[日号]?|${N}\\s*[日号]?\\s*${JOIN}\\s*${N}\\s*[日号](?!楼|门|厅|教|馆|桌|场|机|位|车)|(?<=^|${EDGE})\\d{1,2}[./]\\d{1,2}\\s*${JOIN}\\s*\\d{1,2}(?![\\d.:/点时])`,
    () => ({ kind: 'vague', strong: true }),
  ),
  rule(`每个?${WEEK}[一二三四五六日天]?|每[天日晚早月年]|隔${WEEK}`, () => ({ kind: 'vague' })),
  rule(
    `(?<!\\d)(?<y>\\d{4}|\\d{2}|[二][零〇一二三四五六七八九]{3})\\s*年\\s*(?<m>${N})\\s*月份?的?\\s*(?<d>${N})\\s*(?:[日号]|(?!\\d))`,
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
    `(?<![\\d第十])(?<year>去年|今年|明年|后年)?的?(?<m>${N})\\s*月份?的?\\s*(?<d>${N})\\s*(?:[日号]|(?=$|${EDGE}|${HALF_AHEAD}|${WEEK})(?!\\s*[:点时]))`,
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
  rule(`(?<=^|${EDGE})(?<d>\\d{1,2})(?=(?:${LONG_HALF}|早|晚)${CLOCK_AHEAD})`, (g) => ({
    kind: 'date',
    when: { by: 'month-day', day: Number(g.d) },
  })),
  rule(
    `周末|月[底末初]|年[底初]|${STEP}${WEEK}|下下?个?月|过几天|过两天|过些天|改天|近期|国庆|元旦|春节|除夕|大年|初[一二三四五六七八九十]|清明|端午|七夕|中秋|重阳|圣诞|[寒暑]假|期末|[三五六七八十][一四八](?!\\s*[点时月日号年分个小十])|(?<!\\d)${N}月|${N}个月后|差\\s*(?:${N}分|一刻)钟?到?\\s*${N}点`,
    () => ({ kind: 'vague' }),
  ),
  rule(
    `(?<![\\d.:\\-/])(?<h>${N})(?=\\s*${JOIN}\\s*(?:${HALF_AHEAD}[午上晨晚间])?\\s*${N}\\s*点|\\s*${JOIN}\\s*\\d{1,2}(?:时|:\\d{2}))`,
    (g) => clock(g.h ?? '', 0, 'word'),
  ),
  rule(
    '(?<![\\d:.])(?<h>\\d{1,2}) ?: ?(?<m>\\d{2})(?::\\d{2})?(?!\\d|:|\\s*(?:Z|\\+\\d))分?(?:\\s*(?<half>[apAP])\\.?[mM](?![a-zA-Z]))?',
    (g) => clock(g.h ?? '', Number(g.m), 'colon', g.half),
  ),
  rule('(?<![\\d:.])(?<h>\\d{1,2})\\s*(?<half>[apAP])\\.?[mM](?![a-zA-Z])', (g) =>
    clock(g.h ?? '', 0, 'word', g.half),
  ),
  rule(
    `(?<![\\d.])(?<h>${N})\\s*(?:点(?!点|滴|儿)|时(?!间|候|代|尚|光|长|装|事|节|期|政|刻))(?:钟|整|(?<half>半)|(?<quarter>[一三])刻|\\s*(?<m>${N})\\s*分(?!钟)|(?<mm>\\d{2}|[零〇][一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?)(?![\\d人名个位场次组道题分块元号月楼班]))?`,
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

/** Behind a link. */
export const nextDay = rule('次日|翌日|第二天|隔天', () => ({ kind: 'date', when: { by: 'next' } }));
/** Between two times. */
export const link = rule(`\\s*(?:开始)?\\s*${JOIN}\\s*(?:当天|当日|同日|同一天)?\\s*`, () => ({
  kind: 'link',
}));
/** Behind a time, where a duration needs nothing in front. */
export const durationAfterTime = rule(
  `\\s*(?:共|约|大约|持续|时长)?\\s*${AMOUNT}(?<unit>小时|钟头|分钟)(?<more>半|${N}分钟?)?(?=$|${EDGE})`,
  (g) => {
    const minutes = minutesOf(g.amount ?? '', g.unit ?? '', g.more);
    return Number.isNaN(minutes) ? undefined : { kind: 'duration', minutes };
  },
);
