/** Which days are worked, rested and quiet: public holidays with their 调休, and the unit's vacations. */
import { z } from 'zod';
import { civilOf, type Day, parseDay, weekdayOf } from './day.ts';

export interface WorkCalendar {
  /** The years whose holidays are known. Of the others only the days of the week are. */
  readonly years: ReadonlySet<number>;
  /** Days off by public order, weekends among them. */
  readonly holidays: ReadonlySet<Day>;
  /** Saturdays and Sundays that are worked (调休). */
  readonly workdays: ReadonlySet<Day>;
  /** Both ends included. */
  readonly vacations: readonly { readonly from: Day; readonly to: Day }[];
}

/** Knows of no holiday at all. */
export const noHolidays: WorkCalendar = {
  years: new Set(),
  holidays: new Set(),
  workdays: new Set(),
  vacations: [],
};

/** Whether a day is worked; undefined where nobody has said so (its year's holidays are not known). */
export function isWorkday(calendar: WorkCalendar, day: Day): boolean | undefined {
  if (!calendar.years.has(civilOf(day).year)) return undefined;
  if (calendar.workdays.has(day)) return true;
  return !calendar.holidays.has(day) && weekdayOf(day) <= 5;
}

/** Whether a day is worked as far as anybody knows: where nobody has said so, from Monday to Friday. */
export function seemsWorked(calendar: WorkCalendar, day: Day): boolean {
  return isWorkday(calendar, day) ?? weekdayOf(day) <= 5;
}

/** Whether nothing should be asked of anybody: a public holiday, or the unit's vacation. Weekends are not quiet. */
export function isQuiet(calendar: WorkCalendar, day: Day): boolean {
  return calendar.holidays.has(day) || isVacation(calendar, day);
}

function isVacation({ vacations }: WorkCalendar, day: Day): boolean {
  return vacations.some(({ from, to }) => from <= day && day <= to);
}

const dayText = z.string().transform((text, context) => {
  const day = parseDay(text);
  if (day !== undefined) return day;
  context.addIssue({ code: 'custom', message: `“${text}”不是日期，请写成 2027-01-01 这样` });
  return z.NEVER;
});

/** The file with which an administrator adds a year, or mends one, and names the vacations. */
export const holidayFileSchema = z.strictObject({
  years: z
    .record(
      z.string().regex(/^\d{4}$/, '年份请写成 2027 这样'),
      z.strictObject({ holidays: z.array(dayText), workdays: z.array(dayText).default([]) }),
    )
    .default({}),
  vacations: z
    .array(
      z
        .strictObject({ from: dayText, to: dayText })
        .refine(({ from, to }) => from <= to, '假期的开始晚于结束'),
    )
    .default([]),
});

/** A calendar in which the years of the file take the place of its own. */
export function withHolidayFile(
  calendar: WorkCalendar,
  file: z.output<typeof holidayFileSchema>,
): WorkCalendar {
  const named = new Set(Object.keys(file.years).map(Number));
  const others = (days: ReadonlySet<Day>) => [...days].filter((day) => !named.has(civilOf(day).year));
  const given = Object.values(file.years);
  return {
    years: new Set([...calendar.years, ...named]),
    holidays: new Set([...others(calendar.holidays), ...given.flatMap(({ holidays }) => holidays)]),
    workdays: new Set([...others(calendar.workdays), ...given.flatMap(({ workdays }) => workdays)]),
    vacations: [...calendar.vacations, ...file.vacations],
  };
}
