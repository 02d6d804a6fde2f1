import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { dayFrom } from '../domain/calendar/day.ts';
import { isQuiet, isWorkday, noHolidays } from '../domain/calendar/workdays.ts';
import { loadCalendar, publicCalendar } from './work-calendar.ts';

const calendar = publicCalendar();

// 国务院办公厅 2026 年放假安排.
test.each([
  [1, 1, false],
  [1, 4, true],
  [2, 14, true],
  [2, 16, false],
  [2, 23, false],
  [2, 24, true],
  [4, 6, false],
  [5, 9, true],
  [9, 20, true],
  [10, 1, false],
  [10, 10, true],
  [11, 21, false],
  [11, 23, true],
])('2026-%i-%i is worked: %s', (month, date, worked) => {
  expect(isWorkday(calendar, dayFrom(2026, month, date))).toBe(worked);
});

it('does not guess a year that is not published', () => {
  expect(isWorkday(calendar, dayFrom(2027, 1, 1))).toBeUndefined();
  expect(isWorkday(noHolidays, dayFrom(2026, 1, 1))).toBeUndefined();
  expect(isQuiet(calendar, dayFrom(2026, 10, 1))).toBe(true);
  expect(isQuiet(calendar, dayFrom(2026, 11, 21))).toBe(false);
});

describe('the file of the administrator', () => {
  const load = async (content: string) => {
    const folder = await mkdtemp(join(tmpdir(), 'lianqing-calendar-'));
    await writeFile(join(folder, 'holidays.json'), content);
    return loadCalendar(folder);
  };

  it('adds a year and the vacations', async () => {
    const found = await load(
      JSON.stringify({
        years: { 2027: { holidays: ['2027-01-01'], workdays: ['2027-01-03'] } },
        vacations: [{ from: '2027-01-18', to: '2027-02-28' }],
      }),
    );
    expect(isWorkday(found, dayFrom(2027, 1, 1))).toBe(false);
    expect(isWorkday(found, dayFrom(2027, 1, 3))).toBe(true);
    expect(isWorkday(found, dayFrom(2026, 10, 1))).toBe(false);
    expect(isQuiet(found, dayFrom(2027, 2, 28))).toBe(true);
    expect(isQuiet(found, dayFrom(2027, 3, 1))).toBe(false);
  });

  it('mends a year that is known', async () => {
    const found = await load(JSON.stringify({ years: { 2026: { holidays: [] } } }));
    expect(isWorkday(found, dayFrom(2026, 10, 1))).toBe(true);
    expect(isWorkday(found, dayFrom(2025, 10, 1))).toBe(isWorkday(calendar, dayFrom(2025, 10, 1)));
  });

  it('is refused with what to mend, and may be missing', async () => {
    await expect(load('{')).rejects.toMatchObject({ forPerson: expect.stringContaining('不是 JSON') });
    await expect(load('{"years":{"2027":{"holidays":["2027-02-30"]}}}')).rejects.toMatchObject({
      forPerson: expect.stringContaining('“2027-02-30”不是日期'),
    });
    await expect(load('{"vacations":[{"from":"2027-03-01","to":"2027-01-01"}]}')).rejects.toMatchObject({
      forPerson: expect.stringContaining('开始晚于结束'),
    });
    expect((await loadCalendar(join(tmpdir(), 'nowhere-at-all'))).years).toEqual(calendar.years);
  });
});
