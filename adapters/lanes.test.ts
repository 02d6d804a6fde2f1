import { beforeEach, describe, expect, it } from 'vitest';
import { nothingToKeep, type PlatformEvent } from './adapter.ts';
import { Listening as FeishuListening } from './feishu/listening.ts';
import { type LaneEvent, Lanes } from './lanes.ts';
import { Listening as WechatListening } from './wechat/listening.ts';

/** As many as may wait. */
const most = 20_000;
const log = { warn: () => undefined, error: () => undefined, info: () => undefined, debug: () => undefined };
const event = (n: number, at: number): LaneEvent => ({
  type: 'message',
  id: `m${n}`,
  at,
  chat: { kind: 'group', id: 'g' },
  sender: { id: 'u' },
  kind: 'text',
  text: '早',
  mentions: [],
  mentionsBot: false,
});

describe('beyond what may wait', () => {
  let refused: number[];
  let open: () => void;
  let lanes: Lanes;
  let claims: [number, number][];
  const take = async (event: PlatformEvent): Promise<void> => {
    if (event.type === 'listening') claims.push([event.from, event.until]);
  };
  const fill = (): void => {
    for (let n = 0; n < most; n++) void lanes.deliver('g', `m${n}`, event(n, 1_000));
  };
  const empty = async (): Promise<void> => {
    open();
    while (lanes.oldestPending() !== undefined) await new Promise(setImmediate);
  };

  let feishu: FeishuListening;
  let wechat: WechatListening;
  let filled: 'whole' | 'later';
  let now: number;

  beforeEach(() => {
    refused = [];
    claims = [];
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    lanes = new Lanes(
      () => opened,
      log,
      1,
      (at) => {
        refused.push(at);
        feishu.missed(at);
        wechat.missed(at);
      },
    );
    filled = 'later';
    now = 1;
    feishu = new FeishuListening({
      sink: take,
      log,
      now: () => now,
      oldestPending: () => lanes.oldestPending(),
      hears: () => 'all',
      fill: async () => filled,
      heardUntil: undefined,
    });
    wechat = new WechatListening({
      sink: take,
      log,
      silenceMs: 1_000_000,
      oldestPending: () => lanes.oldestPending(),
    });
  });

  it('an event is refused and said to be so; what waits is taken, and a redelivery too', async () => {
    fill();
    await expect(lanes.deliver('g', 'more', event(most, 7_000))).rejects.toThrow('too much is waiting');
    expect(refused).toEqual([7_000]);
    // One that waits is no news.
    const again = lanes.deliver('g', 'm3', event(3, 1_000));
    await empty();
    await again;
    await lanes.deliver('g', 'more', event(most, 7_000));
    await lanes.stop();
    await expect(lanes.deliver('g', 'late', event(1, 8_000))).rejects.toThrow('stopped');
    expect(refused).toEqual([7_000, 8_000]);
  });

  it('Feishu’s listening claims the time around it, and that time itself only once it was fetched', async () => {
    feishu.up(1);
    fill();
    await lanes.deliver('g', 'more', event(most, 7_000)).catch(() => undefined);
    now = 9_000;
    feishu.alive();
    await empty();
    await feishu.extend();
    await feishu.fillGaps();
    expect(claims).toEqual([
      [1, 7_000],
      [7_001, 9_000],
    ]);
    filled = 'whole';
    await feishu.fillGaps();
    expect(claims[2]).toEqual([7_000, 7_001]);
  });

  it('nor does it when the connection is lost at once', async () => {
    feishu.up(1);
    fill();
    await lanes.deliver('g', 'more', event(most, 7_000)).catch(() => undefined);
    now = 9_000;
    feishu.alive();
    await empty();
    feishu.down();
    await feishu.extend();
    expect(claims).toEqual([
      [1, 7_000],
      [7_001, 9_000],
    ]);
  });

  it('WeChat’s listening never claims it', async () => {
    wechat.alive(1);
    fill();
    await lanes.deliver('g', 'more', event(most, 7_000)).catch(() => undefined);
    wechat.alive(9_000);
    await empty();
    await wechat.extend();
    wechat.alive(12_000);
    await wechat.extend();
    expect(claims).toEqual([
      [1, 7_000],
      [7_001, 9_000],
      [7_001, 12_000],
    ]);
  });
});

describe('what leaves nothing to keep', () => {
  const handed: string[] = [];
  const settle: (() => void)[] = [];
  const kept = new Set(['m0', 'm3']);
  let lanes: Lanes;

  beforeEach(() => {
    handed.length = 0;
    settle.length = 0;
    lanes = new Lanes(
      (event) => {
        handed.push(event.id);
        return kept.has(event.id) ? new Promise((resolve) => settle.push(resolve)) : nothingToKeep;
      },
      log,
      1,
      () => undefined,
    );
  });

  it('is taken at once where nothing waits, and its redelivery is known', () => {
    expect(lanes.deliver('g', 'm1', event(1, 1_000))).toBe(nothingToKeep);
    expect(lanes.oldestPending()).toBeUndefined();
    void lanes.deliver('g', 'm1', event(1, 1_000));
    expect(handed).toEqual(['m1']);
  });

  it('waits its turn behind what is being kept, and holds nobody up', async () => {
    void lanes.deliver('g', 'm0', event(0, 1_000));
    const behind = [1, 2, 3, 4].map((n) => lanes.deliver('g', `m${n}`, event(n, 1_000 + n)));
    expect(lanes.deliver('h', 'm5', event(5, 1_000))).toBe(nothingToKeep);
    expect(handed).toEqual(['m0', 'm5']);
    settle[0]?.();
    await Promise.all(behind.slice(0, 2));
    expect(handed).toEqual(['m0', 'm5', 'm1', 'm2', 'm3']);
    expect(lanes.oldestPending()).toBe(1_003);
    settle[1]?.();
    await Promise.all(behind);
    expect(handed.at(-1)).toBe('m4');
    expect(lanes.oldestPending()).toBeUndefined();
  });

  it('is handed over again when the sink throws', async () => {
    let faults = 1;
    lanes = new Lanes(
      () => {
        if (faults-- > 0) throw new Error('not now');
        return nothingToKeep;
      },
      log,
      1,
      () => undefined,
    );
    await lanes.deliver('g', 'm1', event(1, 1_000));
    expect(faults).toBe(-1);
  });
});
