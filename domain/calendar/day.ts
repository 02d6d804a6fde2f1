/**
 * Days of Asia/Shanghai, as whole numbers. The zone is a fixed UTC+8, as design.md has it: the short summer times
 * of 1986–1991 are of no concern here, and a day is always 48 half-hours.
 */

/** Whole days since 1970-01-01 in Asia/Shanghai. */
export type Day = number;

/** Length of a day and of a half-hour, in milliseconds. */
export const dayMs = 86_400_000;
export const halfHourMs = 1_800_000;

const zoneMs = 8 * 3_600_000;

/** A date of the (proleptic) Gregorian calendar; `month` and `date` count from 1. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly date: number;
}

/** The day in Asia/Shanghai on which an instant (milliseconds since the epoch) lies. */
export function dayOf(ms: number): Day {
  return Math.floor((ms + zoneMs) / dayMs);
}

/** The instant, in milliseconds since the epoch, at which a day begins in Asia/Shanghai. */
export function startOfDay(day: Day): number {
  return day * dayMs - zoneMs;
}

/** Which half-hour of its day an instant lies in, 0 to 47: half-hour i is minutes 30·i to 30·i+29 (design.md, counting rules). */
export function halfHourOf(ms: number): number {
  return Math.floor((ms - startOfDay(dayOf(ms))) / halfHourMs);
}

/** Days in a month (1 to 12) of a year. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The day of a date that exists. Not by `Date.UTC`, which takes the years 0–99 for 1900–1999. */
export function dayFrom(year: number, month: number, date: number): Day {
  // Years begin in March here, so that the leap day is the last of its year; 400 years have 146,097 days.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Year, month and date of a day. */
export function civilOf(day: Day): CivilDate {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    date: dayOfYear - Math.floor((153 * m + 2) / 5) + 1,
  };
}

/** A year in four digits; outside 0–9999 with sign and six, as ISO 8601 has it. */
export function formatYear(year: number): string {
  if (year >= 0 && year <= 9999) return String(year).padStart(4, '0');
  return (year < 0 ? '-' : '+') + String(Math.abs(year)).padStart(6, '0');
}

/** `YYYY-MM-DD`. */
export function formatDay(day: Day): string {
  const { year, month, date } = civilOf(day);
  return `${formatYear(year)}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** The day that `YYYY-MM-DD` names, or undefined when the text is anything else or no such date exists. */
export function parseDay(text: string): Day | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!found) return undefined;
  const [year, month, date] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return undefined;
  return dayFrom(year, month, date);
}

/** The day of the week, 1 Monday to 7 Sunday. */
export function weekdayOf(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
