/** What the words of a Chinese date-time can mean, and the words that stand for a number or a part of the day. */

/** A part of the day, as people name it. */
export type Half = 'night' | 'morning' | 'noon' | 'afternoon' | 'evening';

/** How a date is named: by the calendar, by days from today, as the next day of a stretch, by weekday (of the week so many weeks from this one), or by the day of a month. */
export type When =
  | {
      readonly by: 'calendar';
      readonly year?: number;
      readonly years?: number;
      readonly month: number;
      readonly day: number;
    }
  | { readonly by: 'offset'; readonly days: number }
  | { readonly by: 'next' }
  | { readonly by: 'weekday'; readonly weekday: number; readonly weeks?: number }
  | { readonly by: 'month-day'; readonly day: number; readonly months?: number };

/**
 * How an hour is written: `exact` on the 24-hour clock (14:00, 09:00), `plain` with a colon alone (8:00, 3:30),
 * `open` in words (8点).
 */
export type Style = 'exact' | 'plain' | 'open';

/**
 * What stands at one place. `weak` dates (5.20) may be something else. `vague` words name no one day: beside a plain
 * date they are part of the text, unless they are `strong`.
 */
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
  | { readonly kind: 'vague'; readonly strong?: boolean };

/** A meaning and where it stands, in UTF-16 units: `from` included, `to` not. */
export type Token = Meaning & { readonly from: number; readonly to: number };

/** 今天, 明天 …: days from today. */
export const offsets: Readonly<Record<string, number>> = {
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

/** 今年, 明年 …: years from this one. */
export const years: Readonly<Record<string, number>> = { 去年: -1, 今年: 0, 明年: 1, 后年: 2 };

/** 上, 本, 下 …: weeks or months from this one. */
export const steps: Readonly<Record<string, number>> = {
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

/** 上午, 晚上 …: parts of the day. */
export const halves: Readonly<Record<string, Half>> = {
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
