/** The Chinese calendar, as far as festivals need it: which month and date of it a day is. */
import { type Day, startOfDay } from './day.ts';

const reader = new Intl.DateTimeFormat('en-u-ca-chinese', {
  timeZone: 'Asia/Shanghai',
  month: 'numeric',
  day: 'numeric',
});

/** Month and date of a day in the Chinese calendar, as `08-15`; undefined in a leap month, which has no festivals. */
export function lunarDate(day: Day): string | undefined {
  const parts = reader.formatToParts(startOfDay(day));
  const part = (type: 'month' | 'day') => parts.find((one) => one.type === type)?.value ?? '';
  const month = part('month');
  if (!/^\d+$/.test(month)) return undefined;
  return `${month.padStart(2, '0')}-${part('day').padStart(2, '0')}`;
}
