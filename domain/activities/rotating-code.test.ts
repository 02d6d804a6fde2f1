import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codeShownUntil, isRightCode, rotatingCode } from './rotating-code.ts';

const hash = (text: string) => createHmac('sha256', 'key').update(text).digest('hex');
const instant = fc.integer({ min: 1_700_000_000_000, max: 2_000_000_000_000 });
const second = 1_000;

it('a code is four digits, and stands until it is said to', () => {
  fc.assert(
    fc.property(instant, (at) => {
      expect(rotatingCode(hash, 7, at)).toMatch(/^\d{4}$/);
      const until = codeShownUntil(at);
      expect(until - at).toBeGreaterThan(0);
      expect(until - at).toBeLessThanOrEqual(30 * second);
      expect(rotatingCode(hash, 7, until - 1)).toBe(rotatingCode(hash, 7, at));
    }),
  );
});

it('is taken for half a minute at least, and a copied one is useless a minute later', () => {
  let taken = 0;
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 30 * second }), (at, later) => {
      expect(isRightCode(hash, 7, rotatingCode(hash, 7, at), at + later)).toBe(true);
      // Two steps may share a code by chance, one in some thousands.
      if (isRightCode(hash, 7, rotatingCode(hash, 7, at), at + 60 * second + later)) taken++;
      if (isRightCode(hash, 8, rotatingCode(hash, 7, at), at)) taken++;
    }),
    { numRuns: 500 },
  );
  expect(taken).toBeLessThan(5);
});

it('is nobody’s to make without the key', () => {
  const other = (text: string) => createHmac('sha256', 'other').update(text).digest('hex');
  const codes = [1, 2, 3, 4, 5].map((id) => rotatingCode(hash, id, 0));
  expect([1, 2, 3, 4, 5].map((id) => rotatingCode(other, id, 0))).not.toEqual(codes);
});
