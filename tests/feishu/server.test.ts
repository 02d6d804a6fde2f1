import type * as Lark from '@larksuiteoapi/node-sdk';
import { afterEach, describe, expect, test } from 'vitest';
import { sdkConnection } from './sdk.ts';
import { type FakeFeishu, type FeishuOptions, startFeishu } from './server.ts';

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function begin(options?: FeishuOptions): Promise<FakeFeishu> {
  const feishu = await startFeishu(options);
  closers.push(() => feishu.stop());
  feishu.group('oc_1', '一班').with('ou_a', 'ou_b');
  return feishu;
}

async function connect(
  feishu: FakeFeishu,
  handles: Parameters<Lark.EventDispatcher['register']>[0],
  pingTimeout?: number,
): Promise<Lark.WSClient> {
  const client = await sdkConnection(feishu, handles, pingTimeout);
  closers.push(() => client.close({ force: true }));
  return client;
}

interface Received {
  readonly event_id?: string;
  readonly message: { readonly message_id: string; readonly content: string };
}

describe('the long connection', () => {
  test('an event is heard, acknowledged, and what the handler returned is recorded', async () => {
    const feishu = await begin();
    const heard: Received[] = [];
    await connect(feishu, {
      'im.message.receive_v1': (data: Received) => {
        heard.push(data);
        return { done: true };
      },
    });
    const said = feishu.user('ou_a', '小明').says('你好', { chat: 'oc_1', mention: 'bot' });
    const outcome = await said.outcome;
    expect(outcome).toMatchObject({ result: 'acknowledged', data: { done: true } });
    expect(outcome.attempts).toHaveLength(1);
    expect(heard[0]?.message.message_id).toBe(said.messageId);
    expect(JSON.parse(heard[0]?.message.content ?? '')).toEqual({ text: '@_user_1 你好' });
  });

  test('an event in chunks, in any order, arrives whole', async () => {
    const feishu = await begin({ chunks: 7 });
    const texts: string[] = [];
    await connect(feishu, {
      'im.message.receive_v1': (data: Received) => {
        texts.push(JSON.parse(data.message.content).text);
      },
    });
    for (const text of ['一', '二'.repeat(5000), '三']) {
      const { outcome } = feishu.user('ou_a').says(text, { chat: 'oc_1' });
      expect((await outcome).result).toBe('acknowledged');
    }
    expect(texts).toEqual(['一', '二'.repeat(5000), '三']);
  });

  test('an event answered too late, and one whose handler throws, come again with the same id', async () => {
    const feishu = await begin({ ackWithinMs: 100, redeliverAfterMs: [10, 20, 30, 40] });
    const ids: (string | undefined)[] = [];
    await connect(feishu, {
      'im.message.receive_v1': async (data: Received) => {
        ids.push(data.event_id);
        if (ids.length === 1) await new Promise((resolve) => setTimeout(resolve, 200));
        if (ids.length === 2) throw new Error('not taken');
      },
    });
    const outcome = await feishu.user('ou_a').says('慢', { chat: 'oc_1' }).outcome;
    expect(outcome.result).toBe('acknowledged');
    expect(outcome.attempts.map(({ failed, code }) => failed ?? code)).toEqual(['timeout', 500, 200]);
    expect(new Set(ids).size).toBe(1);
    expect(ids).toHaveLength(3);
  });

  test('it gives up after five attempts', async () => {
    const feishu = await begin({ redeliverAfterMs: [1, 1, 1, 1] });
    await connect(feishu, {
      'im.message.receive_v1': () => {
        throw new Error('never');
      },
    });
    const outcome = await feishu.user('ou_a').says('丢', { chat: 'oc_1' }).outcome;
    expect(outcome.result).toBe('gave up');
    expect(outcome.attempts).toHaveLength(5);
  });

  test('after a drop, also in mid-frame, the SDK comes back and the event comes again', async () => {
    const feishu = await begin({ redeliverAfterMs: [300, 300, 300, 300] });
    const heard = new Set<string>();
    await connect(feishu, {
      'im.message.receive_v1': (data: Received) => {
        heard.add(data.message.message_id);
      },
    });
    feishu.connections.drop();
    await feishu.until(() => feishu.connections.accepted === 2);
    await feishu.connected();
    feishu.connections.cutNext = true;
    const said = feishu.user('ou_a').says('断', { chat: 'oc_1' });
    const outcome = await said.outcome;
    expect(outcome.attempts[0]?.failed).toBe('closed');
    expect(outcome.result).toBe('acknowledged');
    expect(heard).toEqual(new Set([said.messageId]));
    expect(feishu.connections.accepted).toBe(3);
  });

  test('silence leaves the socket open; with a ping timeout the SDK notices', async () => {
    const feishu = await begin({ clientConfig: { PingInterval: 0.3 } });
    await connect(feishu, {}, 0.1);
    feishu.connections.silence(true);
    await feishu.until(() => feishu.connections.accepted > 1);
    feishu.connections.silence(false);
    await feishu.until(() => feishu.connections.count > 0);
  });

  test('an endpoint that refuses is asked again, unless the refusal is final', async () => {
    const feishu = await begin();
    const client = await connect(feishu, {});
    const asked = () => feishu.calls('POST /callback/ws/endpoint');
    for (const refusal of [
      { code: 0, http: 500 },
      { code: 514, data: false },
    ]) {
      feishu.connections.refusal = refusal;
      const before = asked();
      feishu.connections.drop();
      await feishu.until(() => asked() >= before + 2);
      feishu.connections.refusal = undefined;
      await feishu.connected();
    }
    feishu.connections.refusal = { code: 514, data: true };
    feishu.connections.drop();
    await feishu.until(() => client.getConnectionStatus().state === 'failed');
  });

  test('of several connections each event goes to one', async () => {
    const feishu = await begin();
    const heard = [0, 0];
    for (const i of heard.keys()) {
      await connect(feishu, {
        'im.message.receive_v1': () => {
          heard[i] = (heard[i] ?? 0) + 1;
        },
      });
    }
    const said = Array.from({ length: 40 }, () => feishu.user('ou_a').says('一', { chat: 'oc_1' }));
    for (const { outcome } of said) expect((await outcome).result).toBe('acknowledged');
    expect((heard[0] ?? 0) + (heard[1] ?? 0)).toBe(40);
    expect(Math.min(...heard)).toBeGreaterThan(0);
  });

  test('events can be held back and reordered, and sent again after the acknowledgement', async () => {
    const feishu = await begin();
    const texts: string[] = [];
    await connect(feishu, {
      'im.message.receive_v1': (data: Received) => {
        texts.push(JSON.parse(data.message.content).text);
      },
    });
    feishu.delivery.hold();
    const [first] = ['一', '二', '三'].map((text) => feishu.user('ou_a').says(text, { chat: 'oc_1' }));
    await new Promise((resolve) => setImmediate(resolve));
    feishu.delivery.release('last in first');
    await feishu.delivery.idle();
    expect(texts).toEqual(['三', '二', '一']);
    await feishu.redeliver(first?.event?.header.event_id ?? '');
    expect(texts).toEqual(['三', '二', '一', '一']);
  });
});
