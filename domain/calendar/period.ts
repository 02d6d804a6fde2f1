/** Weeks, months, quarters, semesters and years of Asia/Shanghai. */
import { civilOf, type Day, dayFrom, daysInMonth, formatYear, weekdayOf } from './day.ts';

/** A stretch of days, both ends included, with the name it goes by in figures. */
export interface Period {
  readonly kind: 'week' | 'month' | 'quarter' | 'semester' | 'year';
  readonly key: string;
  readonly from: Day;
  readonly to: Day;
}

/** The ISO 8601 week (Monday to Sunday) of a day, as `2026-W36`. It belongs to the year of its Thursday. */
export function weekOf(day: Day): Period {
  const from = day - weekdayOf(day) + 1;
  const { year } = civilOf(from + 3);
  const number = Math.floor((from + 3 - dayFrom(year, 1, 1)) / 7) + 1;
  return { kind: 'week', key: `${formatYear(year)}-W${String(number).padStart(2, '0')}`, from, to: from + 6 };
}

/** The month of a day, as `2026-09`. */
export function monthOf(day: Day): Period {
  const { year, month } = civilOf(day);
  const key = `${formatYear(year)}-${String(month).padStart(2, '0')}`;
  return { kind: 'month', key, ...months(year, month, year, month) };
}

/** The quarter of a day, as `2026-Q3`. */
export function quarterOf(day: Day): Period {
  const { year, month } = civilOf(day);
  const quarter = Math.ceil(month / 3);
  const key = `${formatYear(year)}-Q${quarter}`;
  return { kind: 'quarter', key, ...months(year, quarter * 3 - 2, year, quarter * 3) };
}

/**
 * The semester of a day: `2026-autumn` from 1 September to 31 January, `2027-spring` from 1 February to 31 August
 * (the default of design.md, counting rules).
 */
export function semesterOf(day: Day): Period {
  const { year, month } = civilOf(day);
  if (month >= 2 && month <= 8) {
    return { kind: 'semester', key: `${formatYear(year)}-spring`, ...months(year, 2, year, 8) };
  }
  const first = month === 1 ? year - 1 : year;
  return { kind: 'semester', key: `${formatYear(first)}-autumn`, ...months(first, 9, first + 1, 1) };
}

/** The calendar year of a day, as `2026`. */
export function yearOf(day: Day): Period {
  const { year } = civilOf(day);
  return { kind: 'year', key: formatYear(year), ...months(year, 1, year, 12) };
}

function months(
  fromYear: number,
  fromMonth: number,
  toYear: number,
  toMonth: number,
): { from: Day; to: Day } {
  return {
    from: dayFrom(fromYear, fromMonth, 1),
    to: dayFrom(toYear, toMonth, daysInMonth(toYear, toMonth)),
  };
}
