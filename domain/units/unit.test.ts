import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDay } from '../calendar/day.ts';
import {
  asCadreKind,
  pathUp,
  profileOf,
  semesterFault,
  semesterOn,
  semestersOf,
  type Unit,
  unitsWithin,
  usualSemester,
} from './unit.ts';

const day = (text: string) => parseDay(text) ?? Number.NaN;
const unit = (id: number, parentId?: number, more: Partial<Unit> = {}): Unit => ({
  id,
  name: `unit ${id}`,
  parentId,
  profile: undefined,
  semesters: [],
  ...more,
});
const autumn = { key: '2026-autumn', from: day('2026-08-24'), to: day('2027-01-17') };

describe('the tree', () => {
  const units = [
    unit(1, undefined, { profile: 'chuzhou', semesters: [autumn] }),
    unit(2, 1),
    unit(3, 2),
    unit(4),
  ];

  it('inherits what a unit does not set itself', () => {
    expect(profileOf(units, 3)).toBe('chuzhou');
    expect(profileOf(units, 4)).toBeUndefined();
    expect(semestersOf(units, 3)).toEqual([autumn]);
    const own = { ...autumn, to: day('2027-01-10') };
    expect(semestersOf([...units, unit(5, 3, { semesters: [own] })], 5)).toEqual([own]);
    expect(unitsWithin(units, 1)).toEqual(new Set([1, 2, 3]));
  });

  it('ends whatever the parents are, and a unit is within each of its path', () => {
    const anyTree = fc.array(fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(anyTree, (parents) => {
        const some = parents.map((parent, index) => unit(index + 1, parent));
        for (const { id } of some)
          for (const above of pathUp(some, id)) expect(unitsWithin(some, above.id)).toContain(id);
      }),
    );
  });
});

describe('semesters', () => {
  it('of a day are those set, and else the usual ones without the days that others took', () => {
    expect(semesterOn(day('2026-08-25'), [autumn])).toMatchObject({ key: '2026-autumn', from: autumn.from });
    expect(semesterOn(day('2026-08-23'), [autumn])).toMatchObject({
      key: '2026-spring',
      to: day('2026-08-23'),
    });
    expect(semesterOn(day('2026-10-01'), [])).toMatchObject({ key: '2026-autumn', from: day('2026-09-01') });
  });

  it.each([
    [{ ...autumn, to: autumn.from }, '最后一天要晚于第一天'],
    [{ ...autumn, to: autumn.from + 300 }, '最长'],
    [{ ...autumn, from: day('2025-08-24'), to: day('2026-01-17') }, '离 2026-autumn 太远'],
    [{ key: '2027-spring', from: day('2027-01-10'), to: day('2027-07-01') }, '和 2026-autumn 学期的日期重叠'],
  ])('%j is refused', (semester, why) => {
    const usual = usualSemester(semester.key)?.from ?? Number.NaN;
    expect(semesterFault(semester, [autumn], usual)).toContain(why);
  });

  it('are taken as they are, and set again', () => {
    expect(semesterFault(autumn, [autumn], usualSemester('2026-autumn')?.from ?? 0)).toBeUndefined();
    expect(usualSemester('2026-summer')).toBeUndefined();
  });
});

it('a kind is known by its Chinese word', () => {
  expect(asCadreKind(' 挂职 ')).toBe('seconded');
  expect(asCadreKind('part_time')).toBe('part_time');
  expect(asCadreKind('兼职')).toBeUndefined();
});
