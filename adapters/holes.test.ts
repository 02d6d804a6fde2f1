import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Holes } from './holes.ts';

const minute = 60_000;

it('a time is cut around what was refused in it', () => {
  const holes = new Holes();
  holes.add(10 * minute);
  holes.add(10 * minute + 500);
  holes.add(30 * minute);
  expect(holes.around(0, 20 * minute)).toEqual([
    { from: 0, until: 10 * minute, heard: true },
    { from: 10 * minute, until: 10 * minute + 501, heard: false },
    { from: 10 * minute + 501, until: 20 * minute, heard: true },
  ]);
  expect(holes.around(20 * minute, 30 * minute)).toEqual([
    { from: 20 * minute, until: 30 * minute, heard: true },
  ]);
  expect(holes.around(5, 5)).toEqual([{ from: 5, until: 5, heard: true }]);
});

it('whatever is refused, the pieces follow each other and none that is heard holds it', () => {
  const instant = fc.integer({ min: 0, max: 20 * minute });
  fc.assert(
    fc.property(fc.array(instant), instant, instant, (refused, from, length) => {
      const holes = new Holes();
      for (const at of refused) holes.add(at);
      const pieces = holes.around(from, from + length);
      expect(pieces.flatMap((piece) => [piece.from, piece.until])).toEqual([
        from,
        ...pieces.slice(1).flatMap((one) => [one.from, one.from]),
        from + length,
      ]);
      for (const piece of pieces)
        expect(piece.heard && refused.some((at) => piece.from <= at && at < piece.until)).toBe(false);
    }),
  );
});
