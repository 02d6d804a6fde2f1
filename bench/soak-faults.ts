/** What goes wrong between Feishu and the bot during a soak: something at random every few seconds. */
import type { FakeFeishu } from '../tests/feishu/server.ts';

const messages = '/im/v1/messages';

export class Mischief {
  /** How often each kind was done. */
  readonly done = new Map<string, number>();
  readonly #feishu: FakeFeishu;
  readonly #random: () => number;
  readonly #kinds: readonly [name: string, weight: number, act: () => void][];
  readonly #restore = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;

  constructor(feishu: FakeFeishu, random: () => number) {
    this.#feishu = feishu;
    this.#random = random;
    const { connections, delivery, faults, app } = feishu;
    const some = (most: number) => 1 + Math.floor(random() * most);
    this.#kinds = [
      ['连接断开', 2, () => connections.drop()],
      [
        '帧传到一半断开',
        2,
        () => {
          connections.cutNext = true;
        },
      ],
      [
        '静默（2～30 秒）',
        1,
        () =>
          this.#during(
            2_000 + random() * 28_000,
            () => connections.silence(true),
            () => connections.silence(false),
          ),
      ],
      [
        '没有 pong（40 秒）',
        0.5,
        () =>
          this.#during(
            40_000,
            () => {
              connections.noPongs = true;
            },
            () => {
              connections.noPongs = false;
            },
          ),
      ],
      [
        '不让重新连接（5 秒）',
        1,
        () =>
          this.#during(
            5_000,
            () => {
              connections.refusal = { code: 1000040350 };
              connections.drop();
            },
            () => {
              connections.refusal = undefined;
            },
          ),
      ],
      [
        '握手被拒（5 秒）',
        1,
        () =>
          this.#during(
            5_000,
            () => {
              connections.handshakeRefusal = 503;
              connections.drop();
            },
            () => {
              connections.handshakeRefusal = undefined;
            },
          ),
      ],
      ['重复投递（20 条）', 3, () => this.#again(20)],
      [
        '乱序投递（约 1 秒）',
        3,
        () =>
          this.#during(
            500 + random() * 1_000,
            () => delivery.hold(),
            () => delivery.release('random'),
          ),
      ],
      [
        '回答变慢（2～15 秒）',
        2,
        () => {
          faults.add({ path: messages, delayMs: 2_000 + random() * 13_000, times: some(3) });
        },
      ],
      [
        '429 / 99991400',
        2,
        () => {
          faults.fail(messages, 99991400, { times: some(4), resetSeconds: some(3) });
        },
      ],
      [
        '400 / 99991400',
        1,
        () => {
          faults.fail(messages, 99991400, { times: some(4), http: 400, resetSeconds: 1 });
        },
      ],
      [
        '230020',
        2,
        () => {
          faults.fail(messages, 230020, { times: some(4) });
        },
      ],
      [
        '502 网关页',
        1,
        () => {
          faults.fail(messages, 0, { times: some(3), http: 502, raw: '<html>Bad Gateway</html>' });
        },
      ],
      [
        '做了但回答丢失',
        3,
        () => {
          faults.add({ path: messages, lose: 'answer', times: some(3) });
        },
      ],
      [
        '请求丢失',
        1,
        () => {
          faults.add({ path: messages, lose: 'request', times: some(3) });
        },
      ],
      [
        '永远不回答',
        0.5,
        () => {
          faults.add({ path: messages, lose: 'silence', times: 1 });
        },
      ],
      ['令牌作废', 2, () => app.revokeTokens()],
    ];
  }

  start(): void {
    const next = () => {
      this.#timer = setTimeout(
        () => {
          this.#one();
          next();
        },
        1_500 + this.#random() * 4_000,
      );
    };
    next();
  }

  /** Ends it, and undoes what lasts. */
  stop(): void {
    clearTimeout(this.#timer);
    for (const restore of this.#restore) restore();
    this.#feishu.faults.clear();
  }

  #one(): void {
    let lot = this.#random() * this.#kinds.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight, act] of this.#kinds) {
      lot -= weight;
      if (lot >= 0) continue;
      this.done.set(name, (this.done.get(name) ?? 0) + 1);
      act();
      return;
    }
  }

  #during(ms: number, begin: () => void, end: () => void): void {
    const restore = () => {
      clearTimeout(timer);
      this.#restore.delete(restore);
      end();
    };
    const timer = setTimeout(restore, ms);
    this.#restore.add(restore);
    begin();
  }

  #again(count: number): void {
    const ids = [...this.#feishu.tenant.events.entries()];
    for (let n = 0; n < count; n++) {
      const [id, event] = ids[Math.floor(this.#random() * ids.length)] ?? [];
      if (id !== undefined && event?.header.event_type !== 'card.action.trigger')
        void this.#feishu.redeliver(id);
    }
  }
}
