import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MovableClock } from './clock.ts';

const start = Date.UTC(2026, 8, 2);
const hour = 3_600_000;
let folder = '';
let file = '';

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] });
  folder = mkdtempSync(join(tmpdir(), 'lianqing-clock-'));
  file = join(folder, 'clock.json');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

describe('the sandbox’s clock', () => {
  it('runs with real time, moves forward, and stays moved over a restart', async () => {
    const clock = new MovableClock(file);
    expect(clock.now()).toBe(start);
    await clock.moveTo(start + hour);
    vi.setSystemTime(start + 5);
    expect(clock.now()).toBe(start + hour + 5);
    expect(new MovableClock(file).now()).toBe(start + hour + 5);
    expect(readdirSync(folder)).toEqual(['clock.json']);
  });

  it.each([start - 1, Number.NaN, Number.POSITIVE_INFINITY, Date.UTC(10_000, 0, 1)])(
    'refuses to move to %d',
    async (to) => {
      const clock = new MovableClock(file);
      await expect(clock.moveTo(to)).rejects.toThrow(RangeError);
      expect(clock.now()).toBe(start);
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('has not moved when that could not be kept', async () => {
    const clock = new MovableClock(join(folder, 'missing', 'clock.json'));
    await expect(clock.moveTo(start + hour)).rejects.toThrow('ENOENT');
    expect(clock.now()).toBe(start);
  });

  it.each(['', '{', '{"offsetMs":-5}', '{"offsetMs":"1"}', 'null'])('reads %j as not moved', (text) => {
    writeFileSync(file, text);
    expect(new MovableClock(file).now()).toBe(start);
  });
});
