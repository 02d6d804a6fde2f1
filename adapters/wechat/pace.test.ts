import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSend, nothingSent, perDayNow, type Sends, safePace, sent, stopped } from './pace.ts';

const now = 1_800_000_000_000;
const old: Sends = { ...nothingSent, firstLogin: now - 30 * 86_400_000 };

describe('the pace of sending', () => {
  it('keeps pauses, minute and day whatever is sent when', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            chat: fc.constantFrom('a', 'b'),
            wait: fc.nat(5_000),
            random: fc.double({ min: 0, max: 0.999, noNaN: true }),
          }),
          { maxLength: 400 },
        ),
        fc.boolean(),
        (wishes, young) => {
          let sends = young ? { ...nothingSent, firstLogin: now } : old;
          let clock = now;
          const times: number[] = [];
          for (const { chat, wait, random } of wishes) {
            clock += wait;
            clock = nextSend(sends, chat, clock, safePace, random);
            sends = sent(sends, chat, clock);
            times.push(clock);
          }
          const factor = young ? 2 : 1;
          times.forEach((at, i) => {
            const before = times[i - 1];
            if (before !== undefined && at < now + 7 * 86_400_000)
              expect(at - before).toBeGreaterThanOrEqual(2_000 * factor);
            expect(times.filter((other) => other > at - 60_000 && other <= at).length).toBeLessThanOrEqual(
              20,
            );
            expect(
              times.filter((other) => other > at - 86_400_000 && other <= at).length,
            ).toBeLessThanOrEqual(300);
          });
          expect(sends.at.length).toBeLessThanOrEqual(300);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is slower in the first days, and when the chat changes', () => {
    const after = sent(old, 'a', now);
    expect(nextSend(after, 'a', now, safePace, 0)).toBe(now + 2_000);
    expect(nextSend(after, 'a', now, safePace, 0.5)).toBe(now + 4_000);
    expect(nextSend(after, 'b', now, safePace, 0)).toBe(now + 4_000);
    expect(nextSend({ ...after, firstLogin: now - 86_400_000 }, 'a', now, safePace, 0)).toBe(now + 4_000);
    const busy = {
      ...old,
      firstLogin: now - 86_400_000,
      at: Array.from({ length: 150 }, (_, i) => now - 86_000_000 + i * 500_000),
    };
    expect(nextSend(busy, 'a', now, safePace, 0)).toBe(now + 400_001);
    expect([perDayNow(busy, now, safePace), perDayNow(old, now, safePace)]).toEqual([150, 300]);
  });

  it('sends nothing for ten minutes after “too often”', () => {
    expect(nextSend(stopped(old, now, safePace), 'a', now + 1_000, safePace, 0)).toBe(now + 600_000);
  });
});
