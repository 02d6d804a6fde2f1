import { randomBytes } from 'node:crypto';
import { createConnection, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeFeishu } from '../../tests/feishu/server.ts';
import type { FeishuAdapter } from './feishu.ts';
import { adapterOn, listener, logLines, school, webhookMode } from './testing.ts';

const received = 'im.message.receive_v1';
const message = {
  sender: { sender_id: { open_id: 'ou_ann' }, sender_type: 'user' },
  message: {
    message_id: 'om_1',
    create_time: String(Date.now()),
    chat_id: 'oc_one',
    chat_type: 'group',
    message_type: 'text',
    content: '{"text":"你好"}',
  },
};

describe('the webhook', () => {
  let feishu: FakeFeishu;
  let adapter: FeishuAdapter;
  let bot: ReturnType<typeof listener>;
  let log: ReturnType<typeof logLines>;
  let refuse: boolean;

  beforeEach(async () => {
    refuse = false;
    feishu = await school();
    log = logLines();
    bot = listener(() => refuse);
    adapter = await adapterOn(feishu, { mode: webhookMode(feishu), log: log.log, timing: { answerMs: 50 } });
    await adapter.start(bot.sink);
    feishu.useWebhook(`http://127.0.0.1:${adapter.port}/feishu`);
  });
  afterEach(async () => {
    await adapter.stop();
    await feishu.stop();
  });

  it('answers the challenge to whoever knows the key and the token, signed or not', async () => {
    const good = await feishu.webhook.challenge();
    expect(good).toMatchObject({ status: 200, json: { challenge: expect.stringMatching(/^[0-9a-f]{32}$/) } });
    expect((await feishu.webhook.challenge({ signature: 'none' })).status).toBe(200);
    expect(await feishu.webhook.challenge({ token: 'wrong' })).toMatchObject({ status: 401, json: {} });
    expect((await feishu.webhook.challenge({ plain: true })).status).toBe(400);
  });

  it('takes an event once; the same post again is refused', async () => {
    const first = await feishu.webhook.event(received, message);
    expect(first).toMatchObject({ status: 200, json: {} });
    expect(await feishu.webhook.raw(first.sent)).toMatchObject({ status: 401 });
    expect(bot.texts()).toEqual(['你好']);
  });

  it.each([
    ['a wrong signature', { signature: 'wrong' }],
    ['no signature', { signature: 'none' }],
    ['a short signature', { signature: 'short' }],
    ['an old post', { timestamp: Math.floor(Date.now() / 1_000) - 400 }],
    ['a post from the future', { timestamp: Math.floor(Date.now() / 1_000) + 400 }],
    ['a time that is none', { timestamp: 'now' }],
    ['an empty nonce', { nonce: '' }],
    ['a nonce without end', { nonce: 'n'.repeat(201) }],
    ['a forged token', { token: 'forged' }],
    ['a body changed after signing', { tamper: (body: string) => `${body} ` }],
  ] as const)('refuses %s', async (_name, options) => {
    const answer = await feishu.webhook.event(received, message, options);
    expect(answer).toMatchObject({ status: 401, text: '{}' });
    expect(bot.events).toEqual([]);
  });

  it('refuses an event in clear, and one of another app', async () => {
    expect((await feishu.webhook.event(received, message, { plain: true })).status).toBe(400);
    const { verificationToken: token } = feishu.app;
    const header = { event_id: 'e', event_type: received, token, app_id: 'cli_0000000000000000' };
    expect((await feishu.webhook.post({ schema: '2.0', header, event: message })).status).toBe(401);
    expect(bot.events).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['half of one', '{"encrypt":'],
    ['an array', '[]'],
    ['null', 'null'],
    ['a number in place of the cipher', '{"encrypt":1}'],
    ['deep nesting', `${'['.repeat(100_000)}`],
    ['zero bytes', '\0\0\0\0'],
  ])('a hostile body: %s', async (_name, body) => {
    expect(await feishu.webhook.raw({ body, headers: {} })).toMatchObject({ status: 400, text: '{}' });
    expect((await feishu.webhook.event(received, message)).status).toBe(200);
  });

  it.each([
    ['not base64', '!!!!'],
    ['too short', 'AAAA'],
    ['no whole blocks', 'A'.repeat(60)],
    ['no cipher of ours', 'A'.repeat(64)],
    ['random blocks', randomBytes(64).toString('base64')],
  ])('an unsigned cipher: %s', async (_name, cipher) => {
    const answer = await feishu.webhook.raw({ body: JSON.stringify({ encrypt: cipher }), headers: {} });
    expect(answer).toMatchObject({ status: 401, text: '{}' });
  });

  it.each([
    ['no JSON inside', 'hello'],
    ['no envelope', '{}'],
    ['an old schema', '{"event":{"type":"message"}}'],
    ['an event that is no object', '{"schema":"2.0","header":{},"event":1}'],
  ])('signed nonsense: %s', async (_name, inside) => {
    expect((await feishu.webhook.post(inside)).status).toBe(400);
  });

  it('names of built-in things in place of an event do nothing', async () => {
    for (const type of ['__proto__', 'constructor', 'toString', 'app_ticket']) {
      const answer = await feishu.webhook.event(type, { __proto__: null, app_id: 'x' });
      expect(answer).toMatchObject({ status: 200, json: {} });
    }
    expect(bot.events).toEqual([]);
  });

  it('a body over 1 MB is refused before it is read', async () => {
    const answer = await feishu.webhook
      .raw({ body: 'x'.repeat(1024 * 1024 + 1), headers: {} })
      .catch(() => undefined);
    expect([413, undefined]).toContain(answer?.status);
    expect((await feishu.webhook.event(received, message)).status).toBe(200);
  });

  it('other paths, methods and lines that are no HTTP', async () => {
    const origin = `http://127.0.0.1:${adapter.port}`;
    expect((await fetch(`${origin}/`)).status).toBe(404);
    expect((await fetch(`${origin}/feishu`)).status).toBe(405);
    const line = await new Promise<string>((resolve) => {
      const socket = createConnection(adapter.port ?? 0, '127.0.0.1', () => socket.write('garbage\r\n\r\n'));
      socket.on('data', (data) => resolve(String(data)));
      socket.on('close', () => resolve(''));
    });
    expect(line).toContain('400');
    expect((await feishu.webhook.event(received, message)).status).toBe(200);
  });

  it('so many connections at once, and the next is turned away', async () => {
    const sockets: Socket[] = [];
    const open = () =>
      new Promise<boolean>((resolve) => {
        const socket = createConnection(adapter.port ?? 0, '127.0.0.1');
        sockets.push(socket);
        socket.on('error', () => resolve(false));
        socket.on('close', () => resolve(false));
        socket.on('connect', () => setTimeout(resolve, 100, true));
      });
    const opened = await Promise.all(Array.from({ length: 500 }, open));
    expect(opened.filter(Boolean)).toHaveLength(500);
    expect(await open()).toBe(false);
    for (const socket of sockets) socket.destroy();
  });

  it('an event that is not durable in time gets a failure, and its repetition is taken', async () => {
    refuse = true;
    const first = await feishu.webhook.event(received, message);
    expect(first).toMatchObject({ status: 500, text: '{}' });
    refuse = false;
    await feishu.until(() => bot.texts().length === 1);
    expect((await feishu.webhook.raw(first.sent)).status).toBe(200);
    expect(bot.texts()).toEqual(['你好']);
  });

  it('claims nothing before anything was heard', async () => {
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(bot.claims()).toEqual([]);
    await feishu.webhook.event(received, message);
    await feishu.until(() => bot.claims().length > 0);
  });

  it('needs both keys, and says so', async () => {
    const mode = webhookMode(feishu);
    await expect(
      adapterOn(feishu, { mode: { ...mode, encryptKey: '' } as typeof mode }),
    ).rejects.toMatchObject({
      name: 'FeishuError',
      forPerson: expect.stringContaining('Encrypt Key'),
    });
    const taken = await adapterOn(feishu, { mode: { ...mode, port: adapter.port } as typeof mode });
    await expect(taken.start(bot.sink)).rejects.toMatchObject({ forPerson: expect.stringContaining('占用') });
    await taken.stop();
  });
});
