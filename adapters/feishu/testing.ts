/** For the tests: an adapter on the stand-in Feishu, with all times compressed. */
import {
  type FakeFeishu,
  type FeishuOptions as FakeOptions,
  startFeishu,
} from '../../tests/feishu/server.ts';
import type { Chat, ChatEvent, PlatformEvent } from '../adapter.ts';
import { createFeishu, type FeishuAdapter, type FeishuOptions } from './feishu.ts';

const quick = {
  retryMs: 5,
  reconnectMs: 20,
  reconnectMostMs: 100,
  pongMs: 400,
  pollMs: 10,
  beatMs: 50,
  scopesMs: 200,
  answerMs: 400,
  quoteMs: 300,
  callMs: 2_000,
  namesPauseMs: 50,
} as const;

/** Collects log lines as text, to look for what must not be in them. */
export function logLines() {
  const lines: string[] = [];
  const write =
    (level: string) =>
    (fields: object, message: string): void => {
      lines.push(`${level} ${JSON.stringify(fields)} ${message}`);
    };
  return { lines, log: { info: write('info'), warn: write('warn'), error: write('error') } };
}

/** A stand-in with one group and three people. */
export async function school(options: FakeOptions = {}): Promise<FakeFeishu> {
  const feishu = await startFeishu({
    redeliverAfterMs: [50, 100, 200, 400, 800],
    ackWithinMs: 1_000,
    ...options,
  });
  feishu.user('ou_ann', '安然');
  feishu.user('ou_bob', '博文');
  feishu.user('ou_cai', '蔡 明');
  feishu.group('oc_one', '一班').with('ou_ann', 'ou_bob', 'ou_cai');
  return feishu;
}

export const oneGroup: Chat = { kind: 'group', id: 'oc_one' };

/** The options of an adapter on the stand-in. */
export function optionsOn(feishu: FakeFeishu, more: Partial<FeishuOptions> = {}): FeishuOptions {
  return {
    appId: feishu.app.appId,
    appSecret: feishu.app.appSecret,
    domain: feishu.url,
    now: Date.now,
    log: logLines().log,
    ...more,
    timing: { ...quick, ...more.timing },
  };
}

/** Makes an adapter on the stand-in, not started. */
export function adapterOn(feishu: FakeFeishu, more: Partial<FeishuOptions> = {}): Promise<FeishuAdapter> {
  return createFeishu(optionsOn(feishu, more));
}

/** The webhook's mode on a free port. */
export function webhookMode(feishu: FakeFeishu): NonNullable<FeishuOptions['mode']> {
  const { encryptKey, verificationToken } = feishu.app;
  return { kind: 'webhook', encryptKey, verificationToken, host: '127.0.0.1', port: 0, path: '/feishu' };
}

/** A sink that takes everything, unless told to refuse, and can be waited on. */
export function listener(refuse: (event: ChatEvent) => boolean | Promise<boolean> = () => false) {
  const events: ChatEvent[] = [];
  const all: PlatformEvent[] = [];
  const sink = async (event: PlatformEvent): Promise<void> => {
    if (event.type !== 'listening' && event.type !== 'deaf' && event.type !== 'directory') {
      if (await refuse(event)) throw new Error('not taken');
      events.push(event);
    }
    all.push(event);
  };
  return {
    sink,
    events,
    all,
    claims: () => all.flatMap((event) => (event.type === 'listening' ? [event] : [])),
    texts: () => events.flatMap((event) => (event.type === 'message' ? [event.text] : [])),
  };
}
