import { createDecipheriv, createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as Lark from '@larksuiteoapi/node-sdk';
import { afterEach, expect, test } from 'vitest';
import { quiet, sdkClient, sdkConnection } from './sdk.ts';
import { type FakeFeishu, type FeishuOptions, startFeishu } from './server.ts';
import { sign } from './webhook.ts';

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Heard extends Record<string, unknown> {
  readonly event_type: string;
}

/** The stand-in, with the SDK's connection hearing everything. `answer` is what the handlers return. */
async function begin(answer: unknown = undefined, options?: FeishuOptions) {
  const feishu = await startFeishu(options);
  closers.push(() => feishu.stop());
  feishu.group('oc_1', '一班').with('ou_a', 'ou_b');
  const heard: Heard[] = [];
  const handle = (data: Heard) => {
    heard.push(data);
    return answer;
  };
  const client = await sdkConnection(
    feishu,
    Object.fromEntries([...feishu.app.events].map((type) => [type, handle])),
  );
  closers.push(() => client.close({ force: true }));
  return { feishu, heard };
}

async function sendCard(feishu: FakeFeishu, elements: readonly unknown[]): Promise<string> {
  const sent = await sdkClient(feishu).im.message.create({
    params: { receive_id_type: 'chat_id' },
    data: {
      receive_id: 'oc_1',
      msg_type: 'interactive',
      content: JSON.stringify({ schema: '2.0', body: { elements } }),
    },
  });
  return sent.data?.message_id ?? '';
}

test('without the scope for all messages only mentions of the bot are heard, and private messages by theirs', async () => {
  const { feishu, heard } = await begin();
  feishu.app.scopes.delete('im:message.group_msg');
  const ming = feishu.user('ou_a');
  expect((await ming.says('闲聊', { chat: 'oc_1' }).outcome).result).toBe('filtered');
  expect((await ming.says('看 @_user_1', { chat: 'oc_1', mention: 'ou_b' }).outcome).result).toBe('filtered');
  expect((await ming.says('进度', { chat: 'oc_1', mention: 'bot' }).outcome).result).toBe('acknowledged');
  expect((await ming.says('你好').outcome).result).toBe('acknowledged');
  feishu.app.scopes.delete('im:message.p2p_msg:readonly');
  expect((await ming.says('你好').outcome).result).toBe('filtered');
  expect(heard).toHaveLength(2);
});

test('every kind of message comes in its form, with its quote and mentions', async () => {
  const { feishu, heard } = await begin();
  const ming = feishu.user('ou_a', '小明');
  const first = ming.says('一', { chat: 'oc_1' });
  ming.says('答', { chat: 'oc_1', quote: first.messageId, mention: ['bot', 'ou_b'] });
  ming.posts('标题', [[{ tag: 'text', text: '正文' }]], { chat: 'oc_1' });
  for (const kind of ['image', 'file', 'audio', 'media', 'sticker']) ming.sends(kind, { chat: 'oc_1' });
  ming.sends('merge_forward', { chat: 'oc_1', forwards: [first.messageId] });
  ming.sends('share_chat', { chat: 'oc_1', content: { chat_id: 'oc_1' } });
  feishu.otherBot('ou_bot').says('我也是机器人', { chat: 'oc_1' });
  await feishu.delivery.idle();
  const messages = heard.map((event) => event.message as Record<string, unknown>);
  expect(messages.map((message) => message.message_type)).toEqual([
    'text',
    'text',
    'post',
    'image',
    'file',
    'audio',
    'media',
    'sticker',
    'merge_forward',
    'share_chat',
    'text',
  ]);
  expect(messages[1]).toMatchObject({
    root_id: first.messageId,
    parent_id: first.messageId,
    content: '{"text":"@_user_1 @_user_2 答"}',
    mentions: [
      { key: '@_user_1', id: { open_id: feishu.app.botOpenId } },
      { key: '@_user_2', id: { open_id: 'ou_b' } },
    ],
  });
  expect(heard.at(-1)?.sender).toMatchObject({ sender_type: 'app' });
});

test('what happens to the group and to messages is told, and changes the world', async () => {
  const { feishu, heard } = await begin();
  const group = feishu.group('oc_1');
  const { messageId } = feishu.user('ou_a').says('一', { chat: 'oc_1' });
  feishu.user('ou_a').reacts(messageId);
  feishu.user('ou_a').recalls(messageId);
  group.add(['ou_c', 'ou_d']);
  group.remove(['ou_d']);
  group.rename('二班');
  group.removeBot();
  group.addBot();
  group.disband();
  await feishu.delivery.idle();
  expect(heard.map((event) => event.event_type)).toEqual([
    'im.message.receive_v1',
    'im.message.reaction.created_v1',
    'im.message.recalled_v1',
    'im.chat.member.user.added_v1',
    'im.chat.member.user.deleted_v1',
    'im.chat.updated_v1',
    'im.chat.member.bot.deleted_v1',
    'im.chat.member.bot.added_v1',
    'im.chat.disbanded_v1',
  ]);
  expect(heard[1]).not.toHaveProperty('chat_id');
  expect(heard[3]).toMatchObject({ chat_id: 'oc_1', users: [{ user_id: { open_id: 'ou_c' } }, {}] });
  expect(heard[5]).toMatchObject({ after_change: { name: '二班' }, before_change: { name: '一班' } });
  expect(group.members).toEqual(['ou_a', 'ou_b', 'ou_c']);
});

test('a button is pressed: the toast and the new card come back', async () => {
  const after = { schema: '2.0', body: { elements: [{ tag: 'markdown', content: '已记下' }] } };
  const { feishu, heard } = await begin({
    toast: { type: 'success', content: '好的' },
    card: { type: 'raw', data: after },
  });
  const messageId = await sendCard(feishu, [
    {
      tag: 'button',
      text: { tag: 'plain_text', content: '我来说' },
      behaviors: [{ type: 'callback', value: { say: '说' } }],
    },
  ]);
  const pressed = await feishu.user('ou_a').presses(messageId, '我来说');
  expect(pressed).toMatchObject({ failed: false, toast: { content: '好的' }, card: after });
  expect(feishu.message(messageId)?.json).toEqual(after);
  expect(heard[0]).toMatchObject({
    operator: { open_id: 'ou_a' },
    action: { tag: 'button', value: { say: '说' } },
    context: { open_message_id: messageId, open_chat_id: 'oc_1' },
  });
  expect(String(heard[0]?.create_time)).toHaveLength(16);
  expect(heard[0]?.token).toMatch(/^c-/);
  await expect(feishu.user('ou_a').presses(messageId, '我来说')).rejects.toThrow('no such button');
});

test('a form is sent with its values; a callback without an answer fails and is not repeated', async () => {
  const { feishu, heard } = await begin(undefined, { ackWithinMs: 50 });
  const messageId = await sendCard(feishu, [
    {
      tag: 'form',
      name: 'f',
      elements: [
        { tag: 'input', name: 'what' },
        { tag: 'input', name: 'where' },
        {
          tag: 'button',
          name: 'ok',
          form_action_type: 'submit',
          text: { tag: 'plain_text', content: '提交' },
          behaviors: [{ type: 'callback', value: { say: '诉求' } }],
        },
      ],
    },
  ]);
  const pressed = await feishu.user('ou_a').presses(messageId, '提交', { what: '路灯坏了' });
  expect(pressed).toMatchObject({ failed: false, toast: undefined });
  expect(heard[0]?.action).toMatchObject({
    name: 'ok',
    form_value: { what: '路灯坏了', where: '' },
  });
  feishu.connections.silence(true);
  const lost = await feishu.user('ou_a').presses(messageId, 'ok');
  expect(lost.failed).toBe(true);
  expect(lost.outcome.attempts).toHaveLength(1);
});

test('by webhook: what the SDK decrypts is what was sent, and the signature is over the raw body', async () => {
  const feishu = await startFeishu({ redeliverAfterMs: [1, 1] });
  closers.push(() => feishu.stop());
  feishu.group('oc_1').with('ou_a');
  const heard: Heard[] = [];
  const statuses = [500, 200];
  const dispatcher = new Lark.EventDispatcher({
    encryptKey: feishu.app.encryptKey,
    logger: quiet,
  }).register({
    'im.message.receive_v1': (data: unknown) => {
      heard.push(data as Heard);
    },
  });
  const signed: boolean[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const header = (name: string) => String(request.headers[`x-lark-${name}`]);
    signed.push(
      sign(header('request-timestamp'), header('request-nonce'), feishu.app.encryptKey, body) ===
        header('signature'),
    );
    await dispatcher.invoke(JSON.parse(body), { needCheck: false });
    response.statusCode = statuses.shift() ?? 200;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  closers.push(() => server.closeAllConnections());
  feishu.useWebhook(`http://127.0.0.1:${(server.address() as AddressInfo).port}/feishu`);

  const outcome = await feishu.user('ou_a').says('你好', { chat: 'oc_1' }).outcome;
  expect(outcome.attempts.map(({ code }) => code)).toEqual([500, 200]);
  expect(heard[0]?.message).toMatchObject({ content: '{"text":"你好"}' });
  await feishu.webhook.event('im.message.receive_v1', {}, { signature: 'wrong' });
  const tampered = await feishu.webhook.event('im.message.receive_v1', {}, { tamper: (body) => `${body} ` });
  await feishu.webhook.raw(tampered.sent);
  expect(signed).toEqual([true, true, false, false, false]);
});

test('the challenge and plain posts are what the documents say', () => {
  return startFeishu({ clock: () => 1_700_000_000_000 }).then(async (feishu) => {
    closers.push(() => feishu.stop());
    const { body, headers } = feishu.webhook.seal({ type: 'url_verification' }, { nonce: 'n' });
    const { encrypt } = JSON.parse(String(body)) as { encrypt: string };
    const bytes = Buffer.from(encrypt, 'base64');
    const key = createHash('sha256').update(feishu.app.encryptKey).digest();
    const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
    const clear = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString();
    expect(JSON.parse(clear)).toEqual({ type: 'url_verification' });
    expect(headers['X-Lark-Request-Timestamp']).toBe('1700000000');
    expect(headers['X-Lark-Signature']).toMatch(/^[0-9a-f]{64}$/);
    expect(feishu.webhook.seal({ a: 1 }, { plain: true, signature: 'none' })).toEqual({
      body: '{"a":1}',
      headers: {},
    });
  });
});
