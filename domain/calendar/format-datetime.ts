/** Dates and times as people read them in Chinese, in Asia/Shanghai. */
import { civilOf, type Day, dayOf, startOfDay, weekdayOf } from './day.ts';

const weekdays = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

/** The Chinese name of a day's weekday: 周一 … 周日. */
export function weekdayName(day: Day): string {
  return weekdays[weekdayOf(day) - 1] ?? '';
}

/** “5月20日（周三）”, with the year in front when it is not that of `now` (milliseconds since the epoch). */
export function formatDate(day: Day, now: number): string {
  const { year, month, date } = civilOf(day);
  const front = year === civilOf(dayOf(now)).year ? '' : `${year}年`;
  return `${front}${month}月${date}日（${weekdayName(day)}）`;
}

function formatTime(at: number): string {
  const minutes = Math.floor((at - startOfDay(dayOf(at))) / 60_000);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/**
 * “5月20日（周三）14:00”, with the year in front when it is not that of `now`. Both are milliseconds since the epoch;
 * seconds are cut off. `parseDateTime` reads it back.
 */
export function formatDateTime(at: number, now: number): string {
  return `${formatDate(dayOf(at), now)}${formatTime(at)}`;
}

/** “5月20日（周三）14:00-16:00”; the end's date is written only when it is another day. Milliseconds since the epoch. */
export function formatDateTimeRange(from: number, until: number, now: number): string {
  const end = dayOf(from) === dayOf(until) ? formatTime(until) : formatDateTime(until, now);
  return `${formatDateTime(from, now)}-${end}`;
}
