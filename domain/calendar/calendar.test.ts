import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { civilOf, dayFrom, dayOf, formatDay, halfHourOf, parseDay, startOfDay, weekdayOf } from './day.ts';
import { parseInstant } from './instant.ts';
import { monthOf, quarterOf, semesterOf, weekOf, yearOf } from './period.ts';

describe('parseInstant', () => {
  test.each([
    ['2026-09-01T08:00:00+08:00', '2026-09-01T00:00:00.000Z'],
    ['2026-09-01t00:00:00z', '2026-09-01T00:00:00.000Z'],
    ['2026-09-01T00:00:00-00:00', '2026-09-01T00:00:00.000Z'],
    ['2026-09-01T00:00:00.9999Z', '2026-09-01T00:00:00.999Z'],
    ['2026-09-01T00:00:00.5Z', '2026-09-01T00:00:00.500Z'],
    ['1969-12-31T23:59:59.9999Z', '1969-12-31T23:59:59.999Z'],
    ['2024-02-29T23:59:59-23:59', '2024-03-01T23:58:59.000Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
    ['0099-12-31T00:00:00Z', '0099-12-31T00:00:00.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ])('%s', (text, iso) => {
    expect(new Date(parseInstant(text) ?? Number.NaN).toISOString()).toBe(iso);
  });

  test.each([
    '',
    '2026-09-01',
    '2026-09-01T08:00+08:00',
    '2026-09-01T08:00:00',
    '2026-09-01 08:00:00Z',
    '2026-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-06-30T23:59:60Z',
    '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00+08:60',
    '2026-01-01T00:00:00+0800',
    '2026-01-01T00:00:00+08',
    '2026-01-01T00:00:00.Z',
    '2026-01-01T00:00:00,5Z',
    '2026-01-01T00:00:00Z\n',
    ' 2026-01-01T00:00:00Z',
    '+002026-01-01T00:00:00Z',
    '２０２６-01-01T00:00:00Z',
    '2026-1-01T00:00:00Z',
    '2026-01-01T00:00:00−08:00',
  ])('is no time: %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe('days', () => {
  test('begin at midnight in Shanghai, and have 48 half-hours', () => {
    const day = parseDay('2026-09-01') ?? Number.NaN;
    expect(new Date(startOfDay(day)).toISOString()).toBe('2026-08-31T16:00:00.000Z');
    expect(dayOf(startOfDay(day) - 1)).toBe(day - 1);
    expect(halfHourOf(startOfDay(day) - 1)).toBe(47);
    expect(halfHourOf(startOfDay(day))).toBe(0);
    expect(halfHourOf(startOfDay(day) + 1_799_999)).toBe(0);
    expect(halfHourOf(startOfDay(day) + 1_800_000)).toBe(1);
  });

  test('know no summer time', () => {
    const at = parseInstant('1988-07-01T00:00:00+08:00') ?? Number.NaN;
    expect([formatDay(dayOf(at)), halfHourOf(at)]).toEqual(['1988-07-01', 0]);
  });

  test('are counted as Date counts them', () => {
    const limit = 4_000_000;
    fc.assert(
      fc.property(fc.integer({ min: -limit, max: limit }), (day) => {
        const date = new Date(day * 86_400_000);
        const { year, month, date: dom } = civilOf(day);
        expect([year, month, dom]).toEqual([
          date.getUTCFullYear(),
          date.getUTCMonth() + 1,
          date.getUTCDate(),
        ]);
        expect(dayFrom(year, month, dom)).toBe(day);
        expect(weekdayOf(day)).toBe(date.getUTCDay() || 7);
        expect(dayOf(startOfDay(day))).toBe(day);
        expect(formatDay(day)).toBe(date.toISOString().split('T')[0]);
      }),
    );
  });

  test.each(['2026-02-29', '2026-13-01', '2026-09-31', '2026-9-1', '2026-09-01 ', ''])(
    'no day: %j',
    (text) => {
      expect(parseDay(text)).toBeUndefined();
    },
  );
});

describe('periods', () => {
  const of = (text: string) => parseDay(text) ?? Number.NaN;
  const shown = (period: { key: string; from: number; to: number }) =>
    `${period.key} ${formatDay(period.from)} ${formatDay(period.to)}`;

  test.each([
    [weekOf, '2026-09-01', '2026-W36 2026-08-31 2026-09-06'],
    [weekOf, '2021-01-03', '2020-W53 2020-12-28 2021-01-03'],
    [weekOf, '2021-01-04', '2021-W01 2021-01-04 2021-01-10'],
    [weekOf, '2024-12-30', '2025-W01 2024-12-30 2025-01-05'],
    [weekOf, '2027-01-01', '2026-W53 2026-12-28 2027-01-03'],
    [monthOf, '2024-02-10', '2024-02 2024-02-01 2024-02-29'],
    [monthOf, '2026-12-31', '2026-12 2026-12-01 2026-12-31'],
    [quarterOf, '2026-09-30', '2026-Q3 2026-07-01 2026-09-30'],
    [quarterOf, '2026-10-01', '2026-Q4 2026-10-01 2026-12-31'],
    [semesterOf, '2026-09-01', '2026-autumn 2026-09-01 2027-01-31'],
    [semesterOf, '2027-01-31', '2026-autumn 2026-09-01 2027-01-31'],
    [semesterOf, '2027-02-01', '2027-spring 2027-02-01 2027-08-31'],
    [semesterOf, '2027-08-31', '2027-spring 2027-02-01 2027-08-31'],
    [yearOf, '2026-06-15', '2026 2026-01-01 2026-12-31'],
    [yearOf, '0007-06-15', '0007 0007-01-01 0007-12-31'],
  ] as const)('%o of %s', (period, day, expected) => {
    expect(shown(period(of(day)))).toBe(expected);
  });

  test('hold their day and lie edge to edge', () => {
    fc.assert(
      fc.property(fc.integer({ min: -800_000, max: 3_000_000 }), (day) => {
        for (const period of [weekOf, monthOf, quarterOf, semesterOf, yearOf]) {
          const one = period(day);
          expect(one.from <= day && day <= one.to).toBe(true);
          expect(period(one.from)).toEqual(one);
          expect(period(one.to + 1).from).toBe(one.to + 1);
        }
      }),
    );
  });
});
