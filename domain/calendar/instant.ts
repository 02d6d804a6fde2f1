/** Reading an instant out of text. */
import { dayFrom, dayMs, daysInMonth } from './day.ts';

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/**
 * Milliseconds since the epoch of an RFC 3339 time with seconds and offset; fractions are cut to milliseconds.
 * Undefined for anything else: impossible dates, hour 24, second 60, offsets beyond 23:59 (design.md, the event file).
 */
export function parseInstant(text: string): number | undefined {
  const found = rfc3339.exec(text);
  if (!found) return undefined;
  const [year, month, date] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const [hour, minute, second] = [Number(found[4]), Number(found[5]), Number(found[6])];
  const [offsetHours, offsetMinutes] = [Number(found[9] ?? 0), Number(found[10] ?? 0)];
  if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || offsetHours > 23 || offsetMinutes > 59) return undefined;
  const fraction = found[7] === undefined ? 0 : Number(found[7].slice(0, 3).padEnd(3, '0'));
  const offset = (found[8] === '-' ? -1 : 1) * (offsetHours * 60 + offsetMinutes);
  return dayFrom(year, month, date) * dayMs + ((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction;
}
