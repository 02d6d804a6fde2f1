import { texts } from './texts.js';

/** Asia/Shanghai is UTC+8 the whole year; instants are milliseconds since the epoch. */
const zone = 8 * 3_600_000;
const two = (n) => String(n).padStart(2, '0');
const local = (ms) => new Date(ms + zone);

/** Whole days since 1970-01-01 in Asia/Shanghai. */
export const dayOf = (ms) => Math.floor((ms + zone) / 86_400_000);

/** `20:05` */
export const clockText = (ms) => `${two(local(ms).getUTCHours())}:${two(local(ms).getUTCMinutes())}`;

/** `20:05:09` */
export const exactText = (ms) => `${clockText(ms)}:${two(local(ms).getUTCSeconds())}`;

/** `9月1日 周二` */
export function dateText(ms) {
  const d = local(ms);
  return `${d.getUTCMonth() + 1}月${d.getUTCDate()}日 ${texts.weekdays[d.getUTCDay()]}`;
}

/** `2026年9月1日 周二` */
export const longDate = (ms) => `${local(ms).getUTCFullYear()}年${dateText(ms)}`;

/** A message's time as one says it at `now`. */
export function whenText(ms, now) {
  const days = dayOf(now) - dayOf(ms);
  if (days === 0) return `${texts.today} ${clockText(ms)}`;
  if (days === 1) return `${texts.yesterday} ${clockText(ms)}`;
  const sameYear = local(ms).getUTCFullYear() === local(now).getUTCFullYear();
  return `${sameYear ? dateText(ms) : longDate(ms)} ${clockText(ms)}`;
}

/** The value of a datetime-local field for an instant, and back. */
export const fieldOf = (ms) => local(ms).toISOString().slice(0, 16);
export const instantOf = (field) => Date.parse(`${field.slice(0, 16)}:00+08:00`);
