import fc from 'fast-check';
import { expect, test } from 'vitest';
import { common, countSlots, hasSlot, type Slots, slotsBetween, touches, union, withSlot } from './slots.ts';

const members = fc.uniqueArray(fc.integer({ min: 0, max: 47 }));
const setOf = (list: readonly number[]): Slots => list.reduce(withSlot, 0);

test('slots are a set of 48 half-hours', () => {
  fc.assert(
    fc.property(members, members, (a, b) => {
      const [x, y] = [setOf(a), setOf(b)];
      expect(Number.isSafeInteger(x)).toBe(true);
      for (let i = 0; i < 48; i++) expect(hasSlot(x, i)).toBe(a.includes(i));
      expect(countSlots(x)).toBe(a.length);
      expect(union(x, y)).toBe(setOf([...a, ...b]));
      expect(common(x, y)).toBe(setOf(a.filter((i) => b.includes(i))));
      expect(touches(x, y)).toBe(a.some((i) => b.some((j) => Math.abs(i - j) <= 1)));
      expect(setOf([...a, ...a].reverse())).toBe(x);
    }),
  );
});

test('neighbours touch over the middle of the day, not over midnight', () => {
  expect(touches(setOf([23]), setOf([24]))).toBe(true);
  expect(touches(setOf([24]), setOf([23]))).toBe(true);
  expect(touches(setOf([22]), setOf([24]))).toBe(false);
  expect(touches(setOf([47]), setOf([0]))).toBe(false);
  expect(touches(0, 0)).toBe(false);
});

test('slotsBetween is cut to the day', () => {
  expect(slotsBetween(-5, 100)).toBe(2 ** 48 - 1);
  expect(countSlots(slotsBetween(14, 46))).toBe(32);
  expect(slotsBetween(10, 10)).toBe(0);
  expect(slotsBetween(50, 60)).toBe(0);
  expect(slotsBetween(-9, -3)).toBe(0);
});

test('nothing is in the set outside the day', () => {
  expect(hasSlot(2 ** 48 - 1, 48)).toBe(false);
  expect(hasSlot(2 ** 48 - 1, -1)).toBe(false);
});
