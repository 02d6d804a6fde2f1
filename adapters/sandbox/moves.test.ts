import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { furthestMoveMs, movesFrom } from './moves.ts';

const at = (text: string): number => Date.parse(`${text}:00+08:00`);
const told = (now: string): Record<string, string> =>
  Object.fromEntries(
    movesFrom(at(now)).map(({ label, to }) => [
      label,
      new Date(to + 8 * 3_600_000).toISOString().slice(0, 16),
    ]),
  );

describe('movesFrom', () => {
  it('names the coming evening, morning and ends', () => {
    expect(told('2026-09-16T10:30')).toEqual({
      '+1 小时': '2026-09-16T11:30',
      今晚: '2026-09-16T21:00',
      明早: '2026-09-17T09:00',
      本周末: '2026-09-20T20:00',
      月底: '2026-09-30T20:00',
      季末: '2026-09-30T20:00',
    });
  });

  it('goes on to the next of its kind when one has passed', () => {
    expect(told('2026-12-31T21:00')).toMatchObject({
      明晚: '2027-01-01T21:00',
      本周末: '2027-01-03T20:00',
      下月底: '2027-01-31T20:00',
      下季末: '2027-03-31T20:00',
    });
    expect(told('2026-09-20T20:00')).toMatchObject({ 下周末: '2026-09-27T20:00' });
    expect(told('2028-01-31T20:30')).toMatchObject({ 下月底: '2028-02-29T20:00' });
  });

  it('only ever goes forward, within the bound', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (now) => {
        for (const { to } of movesFrom(now)) {
          expect(to).toBeGreaterThan(now);
          expect(to - now).toBeLessThan(furthestMoveMs);
        }
      }),
    );
  });
});
