import { beforeEach, describe, expect, it } from 'vitest';
import type { PlatformEvent } from '../adapter.ts';
import { Listening } from './listening.ts';
import { logLines } from './testing.ts';

describe('how long the bot has been listening', () => {
  let now: number;
  let pending: number | undefined;
  let hears: 'all' | 'mentions' | undefined;
  let filled: 'whole' | 'partly' | 'later';
  let fills: [number, number][];
  let claims: [number, number][];
  let refuse: boolean;

  const listening = (heardUntil?: number): Listening =>
    new Listening({
      sink: async (event: PlatformEvent) => {
        if (refuse) throw new Error('not taken');
        if (event.type === 'listening') claims.push([event.from, event.until]);
      },
      log: logLines().log,
      now: () => now,
      oldestPending: () => pending,
      hears: () => hears,
      fill: async (from, until) => {
        fills.push([from, until]);
        return filled;
      },
      heardUntil,
    });

  beforeEach(() => {
    now = 1_000;
    pending = undefined;
    hears = 'all';
    filled = 'whole';
    fills = [];
    claims = [];
    refuse = false;
  });
  const proveAt = (of: Listening, at: number): void => {
    now = at;
    of.alive();
  };

  it('reaches up to the last proof, not to now', async () => {
    const of = listening();
    of.up(1_000);
    proveAt(of, 5_000);
    now = 9_000;
    await of.extend();
    await of.extend();
    proveAt(of, 10_000);
    await of.extend();
    expect(claims).toEqual([
      [1_000, 5_000],
      [5_000, 10_000],
    ]);
  });

  it('stops before an event that is not taken, and catches up once it is', async () => {
    const of = listening();
    of.up(1_000);
    proveAt(of, 5_000);
    pending = 3_000;
    await of.extend();
    pending = undefined;
    await of.extend();
    expect(claims).toEqual([
      [1_000, 3_000],
      [3_000, 5_000],
    ]);
  });

  it('says again what was not taken', async () => {
    const of = listening();
    of.up(1_000);
    proveAt(of, 5_000);
    refuse = true;
    await of.extend();
    refuse = false;
    await of.extend();
    expect(claims).toEqual([[1_000, 5_000]]);
  });

  it('a time without connection counts only when all of it could be fetched', async () => {
    const of = listening();
    of.up(1_000);
    proveAt(of, 2_000);
    now = 4_000;
    of.down();
    of.up(6_000);
    filled = 'later';
    await of.fillGaps();
    await of.extend();
    expect(claims).toEqual([[1_000, 2_000]]);
    filled = 'whole';
    await of.fillGaps();
    await of.fillGaps();
    expect(fills).toEqual([
      [2_000, 6_000],
      [2_000, 6_000],
    ]);
    expect(claims).toEqual([
      [1_000, 2_000],
      [2_000, 6_000],
    ]);
  });

  it('gives up a gap that cannot be fetched whole', async () => {
    const of = listening(500);
    of.up(1_000);
    filled = 'partly';
    await of.fillGaps();
    filled = 'whole';
    await of.fillGaps();
    expect(fills).toEqual([[500, 1_000]]);
    expect(claims).toEqual([]);
  });

  it('fetches at most three days of what an earlier run missed', async () => {
    const day = 86_400_000;
    const of = listening(1);
    of.up(10 * day);
    await of.fillGaps();
    expect(fills).toEqual([[7 * day, 10 * day]]);
  });

  it('claims nothing while it is deaf, nor for the time before that was known', async () => {
    hears = undefined;
    const of = listening();
    of.up(1_000);
    proveAt(of, 3_000);
    await of.extend();
    hears = 'mentions';
    proveAt(of, 5_000);
    await of.extend();
    hears = 'all';
    proveAt(of, 8_000);
    await of.extend();
    expect(claims).toEqual([[5_000, 8_000]]);
  });
});
