import { timingSafeEqual } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Replays, same } from './seal.ts';

vi.mock(import('node:crypto'), async (original) => {
  const crypto = await original();
  return { ...crypto, timingSafeEqual: vi.fn(crypto.timingSafeEqual) };
});

it.each([
  ['abc', 'abc', true],
  ['abc', 'abd', false],
  ['', 'abc', false],
  ['abc', 'abcd', false],
])('“%s” and “%s” are compared in a time that tells nothing', (a, b, equal) => {
  const compared = vi.mocked(timingSafeEqual);
  compared.mockClear();
  expect(same(a, b)).toBe(equal);
  expect(compared).toHaveBeenCalledOnce();
  const [[left, right] = []] = compared.mock.calls;
  expect(left?.byteLength).toBe(right?.byteLength);
});

describe('posts that were taken before', () => {
  let replays: Replays;
  beforeEach(() => {
    replays = new Replays(1_000);
  });

  it('are told for as long as they could be played again, and no longer', () => {
    expect(replays.take('a', 0)).toBe(true);
    expect(replays.take('b', 500)).toBe(true);
    expect(replays.take('a', 999)).toBe(false);
    // Its time is over: what is that old is refused for its age.
    expect(replays.take('a', 1_000)).toBe(true);
    expect(replays.take('b', 1_000)).toBe(false);
  });

  it('may come again when they could not be kept', () => {
    replays.take('a', 0);
    replays.forget('a');
    expect(replays.take('a', 1)).toBe(true);
  });

  it('are so many at most: then the oldest is forgotten, never a new one refused', () => {
    for (let n = 0; n < 500_001; n++) replays.take(String(n), 0);
    expect(replays.take('1', 1)).toBe(false);
    expect(replays.take('0', 1)).toBe(true);
  });
});
