import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Day, dayOf, parseDay, startOfDay } from '../calendar/day.ts';
import { parseInstant } from '../calendar/instant.ts';
import { type Binding, cadreOn, firstCountedDay, orderBindings, stintsOf } from './bindings.ts';

const bound = (time: string, eventId: string, cadre: number): Binding => ({
  at: parseInstant(`${time}+08:00`) ?? Number.NaN,
  eventId,
  cadre,
});
const day = (text: string): Day => parseDay(text) ?? Number.NaN;

describe('the cadre of a day', () => {
  const bindings = orderBindings([
    bound('2026-09-05T23:59:59.999', 'z', 5),
    bound('2026-09-03T12:00:00', 'b', 3),
    bound('2026-09-01T15:00:00', 'a', 1),
    bound('2026-09-01T16:00:00', 'x', 2),
    bound('2026-09-05T00:00:00', 'y', 4),
  ]);

  test.each([
    ['2026-08-31', undefined],
    ['2026-09-01', 1], // the first bound of the first day, from midnight on
    ['2026-09-02', 2],
    ['2026-09-03', 2],
    ['2026-09-04', 3],
    ['2026-09-05', 3], // one at 00:00:00 was not bound before the day began
    ['2026-09-06', 5],
    ['2030-01-01', 5],
  ])('%s: %s', (text, cadre) => {
    expect(cadreOn(bindings, day(text))).toBe(cadre);
  });

  test('a first binding at midnight counts from that day on', () => {
    const first = [bound('2026-09-01T00:00:00', 'a', 1)];
    expect(cadreOn(first, day('2026-08-31'))).toBeUndefined();
    expect(cadreOn(first, day('2026-09-01'))).toBe(1);
    expect(firstCountedDay(first)).toBe(day('2026-09-01'));
  });

  test('bindings of one instant go by event id, in code units', () => {
    const at = '2026-09-01T08:00:00';
    const ordered = orderBindings([
      bound(at, '\uff61', 3),
      bound(at, 'b', 2),
      bound(at, '𠮷', 4),
      bound(at, 'B', 1),
    ]);
    expect(ordered.map((one) => one.cadre)).toEqual([1, 2, 4, 3]);
    expect(cadreOn(ordered, day('2026-09-01'))).toBe(1);
    expect(cadreOn(ordered, day('2026-09-02'))).toBe(3);
  });

  test('no binding, no counting', () => {
    expect(cadreOn([], 20_000)).toBeUndefined();
    expect(firstCountedDay([])).toBeUndefined();
  });

  test('agrees with the rule spelt out', () => {
    const anyBinding = fc.record({
      at: fc.integer({ min: 0, max: 14 }).map((half) => startOfDay(20_000) + half * 43_200_000),
      eventId: fc.constantFrom('a', 'b', 'c', 'd'),
      cadre: fc.integer({ min: 0, max: 5 }),
    });
    const list = fc.uniqueArray(anyBinding, { maxLength: 8, selector: (one) => `${one.at}${one.eventId}` });
    fc.assert(
      fc.property(list, fc.integer({ min: 19_998, max: 20_010 }), (bindings, asked) => {
        const ordered = orderBindings(bindings);
        const first = ordered[0];
        const before = ordered.filter((one) => one.at < startOfDay(asked)).at(-1);
        const expected = before ?? (first && dayOf(first.at) === asked ? first : undefined);
        expect(cadreOn(ordered, asked)).toBe(expected?.cadre);
      }),
    );
  });
});

describe('who has been the cadre from when until when', () => {
  const one = orderBindings([bound('2026-09-01T15:00:00', 'a', 1), bound('2026-09-10T12:00:00', 'b', 1)]);
  const two = orderBindings([bound('2026-09-01T15:00:00', 'a', 1), bound('2026-09-10T12:00:00', 'b', 2)]);
  const [first, tenth] = [day('2026-09-01'), day('2026-09-10')];
  const until = Number.POSITIVE_INFINITY;

  test('bound twice is the same, and a handover takes effect the day after', () => {
    expect(stintsOf([])).toEqual([]);
    expect(stintsOf(one)).toEqual([{ cadre: 1, from: first, until }]);
    expect(stintsOf(two)).toEqual([
      { cadre: 1, from: first, until: tenth },
      { cadre: 2, from: tenth + 1, until },
    ]);
  });

  test('is the cadre of each day, and no two on end are of the same one', () => {
    const binding = fc.record({
      ago: fc.integer({ min: 0, max: 12 }),
      minute: fc.integer({ min: 0, max: 1439 }),
      cadre: fc.integer({ min: 1, max: 3 }),
    });
    const today = day('2026-09-20');
    fc.assert(
      fc.property(fc.array(binding, { maxLength: 6 }), (some) => {
        const bindings = orderBindings(
          some.map(({ ago, minute, cadre }, n) => ({
            at: startOfDay(today - ago) + minute * 60_000,
            eventId: `e${n}`,
            cadre,
          })),
        );
        const stints = stintsOf(bindings);
        for (let asked = today - 14; asked < today + 3; asked++) {
          const on = stints.filter(({ from, until }) => from <= asked && asked <= until);
          expect(on.map(({ cadre }) => cadre)).toEqual([cadreOn(bindings, asked) ?? []].flat());
        }
        for (const [n, stint] of stints.entries()) expect(stint.cadre).not.toBe(stints[n + 1]?.cadre);
      }),
    );
  });
});
