import { beforeEach, describe, expect, it } from 'vitest';
import { Limiter } from './limiter.ts';

/** A clock that stands still, and sleepers that wake when it is moved. */
function setTime() {
  let now = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  const wait = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      sleepers.push({ at: now + ms, wake: resolve });
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 300; turn++) await Promise.resolve();
  };
  const to = async (at: number): Promise<void> => {
    await settle();
    for (;;) {
      const next = sleepers.sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > at) break;
      now = next.at;
      sleepers.shift();
      next.wake();
      await settle();
    }
    now = at;
    await settle();
  };
  return { now: () => now, wait, to };
}

describe('the limiter', () => {
  let time: ReturnType<typeof setTime>;
  beforeEach(() => {
    time = setTime();
  });
  const limits = { chatPerSecond: 5, perSecond: 8, perMinute: 20 };

  function run(limiter: Limiter, chat: string | undefined, times: number, into: [string, number][]) {
    for (let i = 0; i < times; i++) {
      void limiter.take(chat).then(() => into.push([`${chat ?? 'app'}${i}`, time.now()]));
    }
  }

  it('lets five a second into a chat, in their order', async () => {
    const out: [string, number][] = [];
    run(new Limiter(limits, time.now, time.wait), 'a', 12, out);
    await time.to(0);
    expect(out).toHaveLength(5);
    await time.to(1_099);
    expect(out).toHaveLength(5);
    await time.to(1_100);
    expect(out).toHaveLength(10);
    await time.to(2_200);
    expect(out.map(([name]) => name)).toEqual(Array.from({ length: 12 }, (_, i) => `a${i}`));
  });

  it('does not let a full chat hold another up, nor all chats exceed what the app may', async () => {
    const out: [string, number][] = [];
    const limiter = new Limiter(limits, time.now, time.wait);
    run(limiter, 'a', 20, out);
    run(limiter, 'b', 2, out);
    run(limiter, 'c', 3, out);
    await time.to(0);
    expect(out).toHaveLength(8);
    expect(out.map(([name]) => name)).toEqual(expect.arrayContaining(['b0', 'b1', 'c0']));
    await time.to(10_000);
    expect(out).toHaveLength(20);
    await time.to(60_000);
    expect(out).toHaveLength(25);
    for (let from = 0; from < 60_000; from += 100) {
      expect(out.filter(([, at]) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(8);
    }
  });

  it('pauses a chat, or everything, as long as Feishu asks', async () => {
    const out: [string, number][] = [];
    const limiter = new Limiter(limits, time.now, time.wait);
    limiter.pause(3_000, 'a');
    run(limiter, 'a', 1, out);
    run(limiter, 'b', 1, out);
    await time.to(2_999);
    expect(out).toEqual([['b0', 0]]);
    await time.to(3_000);
    expect(out).toContainEqual(['a0', 3_000]);
    limiter.pause(5_000);
    run(limiter, 'b', 1, out);
    run(limiter, undefined, 1, out);
    await time.to(7_999);
    expect(out).toHaveLength(2);
    await time.to(8_000);
    expect(out).toHaveLength(4);
  });

  it('turns away whoever waits when it is stopped', async () => {
    const limiter = new Limiter({ ...limits, chatPerSecond: 1 }, time.now, time.wait);
    await limiter.take('a');
    const waiting = limiter.take('a');
    await time.to(0);
    limiter.stop();
    await expect(waiting).rejects.toThrow('stopped');
    await expect(limiter.take()).rejects.toThrow('stopped');
  });
});
