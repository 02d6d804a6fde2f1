import type * as Lark from '@larksuiteoapi/node-sdk';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { codeOf, sdkClient } from './sdk.ts';
import { type FakeFeishu, startFeishu } from './server.ts';

const tokenRoute = 'POST /open-apis/auth/v3/tenant_access_token/internal';

const sendRoute = 'POST /open-apis/im/v1/messages';

let feishu: FakeFeishu;
let client: Lark.Client;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-03-02T08:00:00Z');
  feishu = await startFeishu({ clock: () => now });
  feishu.group('oc_1', '一班').with('ou_a', 'ou_b');
  client = sdkClient(feishu);
});

afterEach(() => feishu.stop());

function send(words: string, uuid?: string) {
  return client.im.message.create({
    params: { receive_id_type: 'chat_id' },
    data: {
      receive_id: 'oc_1',
      msg_type: 'text',
      content: JSON.stringify({ text: words }),
      ...(uuid === undefined ? {} : { uuid }),
    },
  });
}

test('a limit over HTTP 429 tells when to come again; other codes come as asked', async () => {
  feishu.faults.fail('/messages', 99991400, { resetSeconds: 7 });
  const error = await send('一').then(
    () => undefined,
    (reason: unknown) => reason as { response: { status: number; headers: Record<string, string> } },
  );
  expect(error?.response.status).toBe(429);
  expect(error?.response.headers['x-ogw-ratelimit-reset']).toBe('7');
  feishu.faults.fail('/messages', 230020, { times: 2, http: 200 });
  expect((await send('一')).code).toBe(230020);
  expect((await send('一')).code).toBe(230020);
  expect((await send('一')).code).toBe(0);
  expect(feishu.sent('oc_1')).toHaveLength(1);
});

test('a sixth message to a chat within a second is refused', async () => {
  for (let i = 0; i < 5; i++) expect(await codeOf(send(String(i)))).toBe(0);
  expect(await codeOf(send('5'))).toBe(230020);
  now += 1000;
  expect(await codeOf(send('5'))).toBe(0);
  feishu.limits.enforced = false;
  for (let i = 0; i < 6; i++) expect(await codeOf(send('more'))).toBe(0);
});

test('a lost answer was applied, a lost request was not', async () => {
  feishu.faults.add({ path: '/messages', lose: 'answer', times: 1 });
  expect(await codeOf(send('一', 'k1'))).toBe(-1);
  expect(await codeOf(send('一', 'k1'))).toBe(0);
  feishu.faults.add({ path: '/messages', lose: 'request', times: 1 });
  expect(await codeOf(send('二', 'k2'))).toBe(-1);
  expect(feishu.sent('oc_1').map((message) => message.text)).toEqual(['一']);
  expect(feishu.calls(sendRoute)).toBe(3);
});

test('revoked tokens are refused until a new one is fetched', async () => {
  await send('一');
  feishu.app.revokeTokens();
  expect(await codeOf(send('二'))).toBe(99991663);
  expect(await codeOf(send('二'))).toBe(99991663);
  client = sdkClient(feishu);
  expect(await codeOf(send('二'))).toBe(0);
  expect(feishu.calls(tokenRoute)).toBe(2);
});

test('slow answers, silence and garbage', async () => {
  feishu.faults.add({ path: '/chats', delayMs: 80, times: 1 });
  const started = performance.now();
  await client.im.chat.list();
  expect(performance.now() - started).toBeGreaterThan(70);
  feishu.faults.add({ path: '/chats', lose: 'silence', times: 1 });
  const waited = await Promise.race([
    client.im.chat.list().catch(() => 'cut'),
    new Promise((resolve) => setTimeout(resolve, 100, 'nothing')),
  ]);
  expect(waited).toBe('nothing');
  feishu.faults.fail('/chats', 502, { http: 502, raw: '<html>Bad Gateway</html>' });
  const error = await client.im.chat
    .list()
    .catch((reason: unknown) => reason as { response: { status: number } });
  expect(error).toMatchObject({ response: { status: 502, data: '<html>Bad Gateway</html>' } });
});

test('a wrong secret gets no token', async () => {
  const wrong = Object.create(feishu, {
    app: { value: { ...feishu.app, appSecret: 'wrong' } },
  }) as FakeFeishu;
  client = sdkClient(wrong);
  await expect(send('一')).rejects.toThrow('10014');
});
