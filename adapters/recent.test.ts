import { expect, it } from 'vitest';
import { Recent } from './recent.ts';

it('forgets the oldest, whatever was set again or deleted meanwhile', () => {
  const recent = new Recent<string, number>(3);
  for (const [n, key] of ['a', 'b', 'c', 'a', 'd'].entries()) recent.set(key, n);
  expect(['a', 'b', 'c', 'd'].map((key) => recent.get(key))).toEqual([3, undefined, 2, 4]);
  recent.delete('c');
  recent.set('e', 5);
  expect(['a', 'd', 'e'].every((key) => recent.has(key))).toBe(true);
  recent.set('f', 6);
  expect(['a', 'd', 'e', 'f'].map((key) => recent.has(key))).toEqual([false, true, true, true]);
});

it('takes no longer when it is full', () => {
  const recent = new Recent<string, true>(20_000);
  const started = performance.now();
  for (let n = 0; n < 200_000; n++) recent.set(`om_${n}`, true);
  // Looking for the oldest from the beginning took 3 s.
  expect(performance.now() - started).toBeLessThan(1_500);
  expect(recent.has('om_179999')).toBe(false);
  expect(recent.has('om_180000')).toBe(true);
});
