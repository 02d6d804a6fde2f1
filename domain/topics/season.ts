/** When in the year something fits: between two dates of the calendar, or around a festival of the Chinese one. */
import { z } from 'zod';
import { civilOf, type Day, dayFrom } from '../calendar/day.ts';
import { lunarDate } from '../calendar/lunar.ts';

const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'not a month and day as 09-01');
const days = z.int().min(0).max(15);

/** A season under a name; several of one name make up that season. `from`–`to` may go over the turn of the year. */
export const seasonSchema = z.union([
  z.strictObject({ name: z.string().min(2), from: monthDay, to: monthDay }),
  z.strictObject({ name: z.string().min(2), lunar: monthDay, before: days, after: days }),
]);

export type Season = z.output<typeof seasonSchema>;

/** The names of the seasons that a day lies in, each with the days that it lasts. */
export function seasonsOn(seasons: readonly Season[], day: Day): ReadonlyMap<string, number> {
  const today = monthDayOf(day);
  return new Map(
    seasons.flatMap((season): [string, number][] => {
      if ('lunar' in season)
        return isAround(season, day) ? [[season.name, season.before + season.after + 1]] : [];
      return isBetween(season, today) ? [[season.name, lengthOf(season)]] : [];
    }),
  );
}

function monthDayOf(day: Day): string {
  const { month, date } = civilOf(day);
  return `${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

function isBetween({ from, to }: { readonly from: string; readonly to: string }, today: string): boolean {
  return from <= to ? from <= today && today <= to : today >= from || today <= to;
}

/** In any year that is no leap year; good enough to tell a week from a season. */
function lengthOf({ from, to }: { readonly from: string; readonly to: string }): number {
  const dayIn = (year: number, date: string) =>
    dayFrom(year, Number(date.slice(0, 2)), Number(date.slice(3)));
  return dayIn(from <= to ? 2001 : 2002, to) - dayIn(2001, from) + 1;
}

function isAround(season: Extract<Season, { lunar: string }>, day: Day): boolean {
  for (let other = day - season.after; other <= day + season.before; other++)
    if (lunarDate(other) === season.lunar) return true;
  return false;
}
