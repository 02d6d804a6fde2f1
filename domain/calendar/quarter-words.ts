/** Quarters as people write them. */
import { civilOf, type Day, dayFrom } from './day.ts';
import { type Period, quarterOf } from './period.ts';

const digits: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4 };

/**
 * The quarter that a text names, seen from a day: 本季度, 上季度, 2026-Q3, 2026年第三季度, 三季度, Q3 (of this year); nothing is
 * this quarter. Undefined where it names none.
 */
export function readQuarter(text: string, today: Day): Period | undefined {
  const said = text.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
  const here = quarterOf(today);
  if (said === '' || /^(?:本|这个?|当前)季度?$/u.test(said)) return here;
  if (/^上个?季度?$/u.test(said)) return quarterOf(here.from - 1);
  const found =
    /^(?:(\d{4})(?:年度?|-|\/)?|今年)?(?:Q([1-4])|第?([一二三四1-4])季度?)$/u.exec(said) ?? undefined;
  if (!found) return undefined;
  const year = found[1] === undefined ? civilOf(today).year : Number(found[1]);
  const number = Number(found[2] ?? digits[found[3] ?? ''] ?? found[3]);
  return quarterOf(dayFrom(year, number * 3, 1));
}

/** “2026年第三季度”. */
export function quarterName({ from }: Period): string {
  const { year, month } = civilOf(from);
  return `${year}年第${'一二三四'[Math.ceil(month / 3) - 1]}季度`;
}
