import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Recent } from './recent.ts';

it('keeps the newest half of its size, with the last value of each, and never more than its size', () => {
  const sets = fc.array(fc.tuple(fc.nat(30), fc.nat()), { maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 20 }), sets, (most, entries) => {
      const recent = new Recent<number, number>(most);
      const last = new Map<number, number>();
      for (const [key, value] of entries) {
        recent.set(key, value);
        last.delete(key);
        last.set(key, value);
      }
      const kept = [...last.keys()].filter((key) => recent.has(key));
      expect(kept.length).toBeLessThanOrEqual(most + 1);
      for (const key of [...last.keys()].slice(-Math.floor(most / 2))) expect(recent.has(key)).toBe(true);
      for (const key of kept) expect(recent.get(key)).toBe(last.get(key));
    }),
  );
});

it('forgets what is deleted', () => {
  const recent = new Recent<string, number>(2);
  recent.set('a', 1);
  recent.set('b', 2);
  recent.delete('a');
  expect([recent.get('a'), recent.get('b')]).toEqual([undefined, 2]);
});
