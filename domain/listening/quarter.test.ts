import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayFrom, startOfDay } from '../calendar/day.ts';
import { quarterOf } from '../calendar/period.ts';
import { lapseMs } from './demand.ts';
import { type Entry, handledApart, isConfirmed, voicesOf, withoutNames } from './entry.ts';
import { monthReport } from './month.ts';
import { analyse, entriesOf } from './quarter.ts';
import { researchSubjects } from './research.ts';

const quarter = quarterOf(dayFrom(2026, 9, 1));
const september = {
  kind: 'month',
  key: '2026-09',
  from: dayFrom(2026, 9, 1),
  to: dayFrom(2026, 9, 30),
} as const;
const hour = 3_600_000;
const at = (month: number, date: number) => startOfDay(dayFrom(2026, month, date)) + 10 * hour;

function entry(number: number, more: Partial<Entry> = {}): Entry {
  return {
    number,
    text: '宿舍热水总断',
    state: 'open',
    createdAt: at(9, 1),
    acceptedAt: undefined,
    answeredAt: undefined,
    closedAt: undefined,
    reply: undefined,
    consent: undefined,
    mergedInto: undefined,
    kind: undefined,
    field: undefined,
    supports: 0,
    publicNote: undefined,
    ...more,
  };
}

const closed = (after: number) => ({
  state: 'closed' as const,
  acceptedAt: at(9, 1) + 2 * hour,
  answeredAt: at(9, 1) + 24 * hour,
  closedAt: at(9, 1) + 24 * hour + after,
});
const figures = (all: readonly Entry[]) => analyse(all, quarter, quarter.to, { days: 80, of: 92 });

describe('a quarter’s list', () => {
  const all = [
    entry(1, { createdAt: at(6, 20) }),
    entry(2, { createdAt: at(6, 20), state: 'closed', closedAt: at(6, 30) }),
    entry(3, { ...closed(hour), kind: '现实困难', field: '后勤' }),
    entry(4, closed(lapseMs)),
    entry(5, { state: 'unsolved', answeredAt: at(9, 3), closedAt: at(9, 3), reply: '学校规定' }),
    entry(6, { state: 'merged', mergedInto: 3, closedAt: at(9, 2) }),
    entry(7, { state: 'withdrawn', text: '', closedAt: at(9, 2) }),
    entry(8, { createdAt: at(10, 1) }),
  ];

  it('holds what was asked in it, and what came over from before; nothing that was taken back', () => {
    expect(entriesOf(all, quarter).map(({ number }) => number)).toEqual([1, 3, 4, 5, 6]);
    expect(figures(all)).toMatchObject({ total: 4, merged: 1, withdrawn: 1, carried: 1, guessed: 3 });
  });

  it('tells what the asker said from what nobody objected to', () => {
    expect([closed(hour), closed(lapseMs)].map((more) => isConfirmed(entry(1, more)))).toEqual([true, false]);
    expect(figures(all)).toMatchObject({ solved: 2, confirmed: 1, solvedPercent: 67 });
  });

  it('takes times by the median, and the longest', () => {
    expect(figures(all).toAccept).toEqual({ count: 2, median: 2 * hour, longest: 2 * hour });
    expect(figures(all).toAnswer).toEqual({ count: 3, median: 24 * hour, longest: 48 * hour });
  });

  it('gives reasons, and common ones with their words only where the asker agrees', () => {
    expect(figures(all).unsolved).toEqual([{ number: 5, field: '后勤', reason: '学校规定' }]);
    const several = [
      entry(1, { supports: 1 }),
      entry(2, { state: 'merged', mergedInto: 1, supports: 1 }),
      entry(3, { supports: 3, consent: 'given', state: 'referred' }),
      entry(4, { supports: 9, text: '我不想活了' }),
      entry(5, { supports: 1 }),
    ];
    expect(voicesOf(several[0] ?? entry(0), several)).toBe(4);
    expect(figures(several).common).toMatchObject([
      { number: 1, voices: 4, text: undefined },
      { number: 3, voices: 4, text: '宿舍热水总断' },
    ]);
  });

  it('a merge in a circle ends', () => {
    const circle = [
      entry(1, { state: 'merged', mergedInto: 2 }),
      entry(2, { state: 'merged', mergedInto: 1 }),
    ];
    expect(voicesOf(circle[0] ?? entry(0), circle)).toBe(2);
  });

  const anyEntry = fc
    .record({
      state: fc.constantFrom<Entry['state']>(
        'open',
        'accepted',
        'answered',
        'closed',
        'unsolved',
        'merged',
        'withdrawn',
      ),
      day: fc.integer({ min: -100, max: 200 }),
      field: fc.constantFrom('后勤', '学习', '心理', undefined),
    })
    .map(({ state, day, field }) => ({ state, field, createdAt: startOfDay(quarter.from + day) }));

  it('loses and doubles nothing: states, kinds and fields each add up', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 40 }), (made) => {
        const list = made.map((more, n) => entry(n + 1, more));
        const found = figures(list);
        const sum = (of: readonly { readonly count: number }[]) =>
          of.reduce((total, { count }) => total + count, 0);
        expect(sum(found.stages) + found.merged).toBe(found.total);
        expect(sum(found.kinds)).toBe(found.total);
        expect(sum(found.fields)).toBe(found.total);
        expect(entriesOf(list, quarter)).toHaveLength(found.total + found.carried);
      }),
    );
  });

  it('in the group no field is named that fewer than three are of, nor a delicate one', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 40 }), (made) => {
        const report = monthReport(
          made.map((more, n) => entry(n + 1, { ...more, answeredAt: at(9, 2) })),
          september,
        );
        for (const { name, count } of report?.fields ?? [])
          expect(name === '其他方面' || (count >= 3 && name !== '心理')).toBe(true);
        expect(report?.fields.reduce((sum, { count }) => sum + count, 0) ?? 0).toBe(report?.asked ?? 0);
      }),
    );
  });
});

it('how long it took is told of those alone whose time is known', () => {
  const anonymous = {
    createdAt: startOfDay(quarter.from),
    acceptedAt: startOfDay(quarter.from) + 10 * hour,
    dayOnly: true,
  };
  const timed = { state: 'accepted', createdAt: at(9, 1), acceptedAt: at(9, 1) + 2 * hour } as const;
  const found = figures([
    entry(1, { ...anonymous, state: 'accepted' }),
    entry(2, timed),
    entry(3, { dayOnly: true }),
  ]);
  expect(found).toMatchObject({
    total: 3,
    untimed: 1,
    toAccept: { count: 1, median: 2 * hour, longest: 2 * hour },
  });
});

describe('words that are passed on', () => {
  it.each<[string, string]>([
    ['宿舍热水，总断？', '宿舍热水，总断？'],
    ['小明说热水，总断，电话13812345678', '〔某人〕说热水，总断，电话〔电话〕'],
    ['3号楼502室漏水', '〔门牌〕漏水'],
    ['我不想活了', handledApart],
  ])('“%s”', (text, clean) => {
    expect(withoutNames(text, ['小明'])).toBe(clean);
  });
});

describe('a month in the group', () => {
  it('has the cadre’s own lines, and tells the cadre which entries have none', () => {
    const report = monthReport(
      [
        entry(1, { ...closed(hour), publicNote: '热水延长到 23:00' }),
        entry(2, closed(hour)),
        entry(3, { ...closed(hour), text: '我不想活了' }),
        entry(4, { createdAt: at(8, 1), state: 'answered', answeredAt: at(9, 5), publicNote: '路灯修好了' }),
        entry(5),
      ],
      september,
    );
    expect(report).toMatchObject({
      asked: 4,
      answered: 4,
      left: 1,
      notes: ['热水延长到 23:00', '路灯修好了'],
      without: [2],
      fields: [
        { name: '后勤', count: 3 },
        { name: '其他方面', count: 1 },
      ],
    });
  });

  it('is none where nothing was', () => {
    expect(monthReport([entry(1, { createdAt: at(8, 1) })], september)).toBeUndefined();
  });
});

it('research subjects come of the fields that most people spoke of, in counts alone', () => {
  const found = researchSubjects([
    ...[1, 2, 3].map((number) => entry(number, { field: '后勤', kind: '现实困难' })),
    ...[4, 5, 6].map((number) => entry(number, { field: '学习', kind: '意见建议', supports: 2 })),
    entry(7, { field: '心理' }),
  ]);
  expect(found).toMatchObject([
    { field: '学习', count: 3, voices: 9, title: '学习方面青年意见建议的梳理与落实机制研究' },
    { field: '后勤', count: 3, voices: 3, open: 3 },
  ]);
  expect(JSON.stringify(found)).not.toContain('热水');
});
