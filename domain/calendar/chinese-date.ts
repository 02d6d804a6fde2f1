/** Which day “下周三”, “5月20日（周三）” or “20号” means. */
import type { Token, When } from './chinese-words.ts';
import { civilOf, type Day, dayFrom, daysInMonth, weekdayOf } from './day.ts';
import { weekdayName } from './format-datetime.ts';

export type DateToken = Extract<Token, { kind: 'date' }>;

/** A day; `floating` when it was named by its weekday alone, so that a week later would do too. Or none; or why not, said to the person. */
export type DayReading =
  | { readonly kind: 'day'; readonly day: Day; readonly floating: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'fault'; readonly why: 'impossible' | 'ambiguous'; readonly say: string };

/**
 * The day that all of `dates` name together. `words` shows how they were written; `today` is the day it was said; dates
 * without a year or month are the first on or after `base`. Two dates that do not agree are a fault.
 */
export function resolveDay(
  dates: readonly DateToken[],
  today: Day,
  base: Day,
  words: (tokens: readonly DateToken[]) => string,
): DayReading {
  const show = (token: DateToken) => words([token]);
  const checks = dates.filter(({ when }) => when.by === 'weekday' && when.weeks === undefined);
  const fixed = dates.filter((token) => !checks.includes(token));
  const found = (fixed.length > 0 ? fixed : checks).map((token) => ({
    token,
    day: dayOfWhen(token.when, today, base),
  }));
  const [first] = found;
  if (!first) return { kind: 'none' };
  for (const { token, day } of found) {
    if (day === undefined) {
      return {
        kind: 'fault',
        why: 'impossible',
        say: `没有“${show(token)}”这一天，请写成“5月20日 14:00”这样。`,
      };
    }
    if (day !== first.day) {
      const words = `“${show(first.token)}”和“${show(token)}”`;
      return { kind: 'fault', why: 'ambiguous', say: `${words}不知道以哪个为准，请只写一个日期。` };
    }
  }
  const day = first.day ?? base;
  for (const token of fixed.length > 0 ? checks : []) {
    if (token.when.by === 'weekday' && token.when.weekday !== weekdayOf(day)) {
      const says = `“${show(first.token)}”是${weekdayName(day)}，不是“${show(token)}”`;
      return { kind: 'fault', why: 'ambiguous', say: `${says}，请改一下日期。` };
    }
  }
  return { kind: 'day', day, floating: fixed.length === 0 };
}

/** The day that one date names, or undefined when there is no such day. */
function dayOfWhen(when: When, today: Day, base: Day): Day | undefined {
  switch (when.by) {
    case 'offset':
      return today + when.days;
    case 'next':
      return base + 1;
    case 'weekday': {
      if (when.weeks !== undefined) return today - weekdayOf(today) + when.weekday + when.weeks * 7;
      return base + ((when.weekday - weekdayOf(base) + 7) % 7);
    }
    case 'month-day': {
      const { year, month, date } = civilOf(when.months === undefined ? base : today);
      const step = when.months ?? (when.day < date ? 1 : 0);
      const at = year * 12 + month - 1 + step;
      return dayIfReal(Math.floor(at / 12), (at % 12) + 1, when.day);
    }
    case 'calendar': {
      if (when.year !== undefined) return dayIfReal(when.year, when.month, when.day);
      if (when.years !== undefined) return dayIfReal(civilOf(today).year + when.years, when.month, when.day);
      const { year, month, date } = civilOf(base);
      const over = when.month < month || (when.month === month && when.day < date);
      return dayIfReal(over ? year + 1 : year, when.month, when.day);
    }
  }
}

function dayIfReal(year: number, month: number, date: number): Day | undefined {
  const real =
    year >= 1970 &&
    year <= 2999 &&
    month >= 1 &&
    month <= 12 &&
    date >= 1 &&
    date <= daysInMonth(year, month);
  return real ? dayFrom(year, month, date) : undefined;
}
