import type * as Lark from '@larksuiteoapi/node-sdk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeOf, sdkClient } from './sdk.ts';
import { type FakeFeishu, startFeishu } from './server.ts';

const tokenRoute = 'POST /open-apis/auth/v3/tenant_access_token/internal';

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

function send(type: string, content: string, uuid?: string, to = 'oc_1') {
  return client.im.message.create({
    params: { receive_id_type: to.startsWith('ou_') ? 'open_id' : 'chat_id' },
    data: { receive_id: to, msg_type: type, content, ...(uuid === undefined ? {} : { uuid }) },
  });
}

const text = (words: string) => JSON.stringify({ text: words });
const card = (...elements: unknown[]) => JSON.stringify({ schema: '2.0', body: { elements } });

describe('messages', () => {
  test('one is sent, answered, changed, read and withdrawn; the token is fetched once', async () => {
    const said = feishu.user('ou_a', '小明').says('在吗', { chat: 'oc_1', mention: 'bot' });
    const sent = await send('text', text('大家好 <at user_id="ou_a"></at>'));
    const replied = await client.im.message.reply({
      path: { message_id: said.messageId },
      data: { msg_type: 'text', content: text('在') },
    });
    expect(replied.data).toMatchObject({ parent_id: said.messageId, chat_id: 'oc_1' });
    expect(feishu.sent('oc_1').map((message) => message.text)).toEqual([
      '大家好 <at user_id="ou_a"></at>',
      '在',
    ]);
    const messageId = sent.data?.message_id ?? '';
    await client.im.message.update({
      path: { message_id: messageId },
      data: { msg_type: 'text', content: text('改了') },
    });
    expect(feishu.message(messageId)).toMatchObject({ text: '改了', updates: 1 });
    const got = await client.im.message.get({ path: { message_id: messageId } });
    expect(got.data?.items?.[0]).toMatchObject({
      msg_type: 'text',
      mentions: [{ id: 'ou_a', name: '小明' }],
    });
    await client.im.message.delete({ path: { message_id: messageId } });
    expect(feishu.message(messageId)?.deleted).toBe(true);
    expect(feishu.calls(tokenRoute)).toBe(1);
  });

  test('the same uuid within the hour sends nothing more, a private chat is found by open_id', async () => {
    feishu.user('ou_a');
    const first = await send('text', text('一'), 'key', 'ou_a');
    now += 3_599_000;
    const second = await send('text', text('一'), 'key', 'ou_a');
    expect(second.data?.message_id).toBe(first.data?.message_id);
    now += 1000;
    await send('text', text('一'), 'key', 'ou_a');
    expect(feishu.sent('ou_a')).toHaveLength(2);
  });

  test('too long, not in the chat, withdrawn, unknown person', async () => {
    expect(await codeOf(send('text', text('x'.repeat(150 * 1024))))).toBe(230025);
    expect(await codeOf(send('text', text('x'), undefined, 'ou_nobody'))).toBe(230013);
    const { messageId } = feishu.user('ou_a').says('a', { chat: 'oc_1' });
    feishu.user('ou_a').recalls(messageId);
    const reply = client.im.message.reply({
      path: { message_id: messageId },
      data: { msg_type: 'text', content: text('b') },
    });
    expect(await codeOf(reply)).toBe(230011);
    feishu.group('oc_1').botIn(false);
    expect(await codeOf(send('text', text('x')))).toBe(230002);
    expect(feishu.sent('oc_1')).toEqual([]);
  });

  test('the history comes in pages, by time, and takes the scope for all messages', async () => {
    for (let i = 0; i < 5; i++) {
      feishu.user('ou_a').says(String(i), { chat: 'oc_1' });
      now += 10_000;
    }
    const params = {
      container_id_type: 'chat',
      container_id: 'oc_1',
      start_time: String(now / 1000 - 40),
      end_time: String(now / 1000 - 20),
      page_size: 2,
    };
    const first = await client.im.message.list({ params });
    expect(first.data?.has_more).toBe(true);
    const second = await client.im.message.list({
      params: { ...params, page_token: first.data?.page_token ?? '' },
    });
    const items = [...(first.data?.items ?? []), ...(second.data?.items ?? [])];
    expect(items.map((item) => JSON.parse(item.body?.content ?? '').text)).toEqual(['1', '2', '3']);
    expect(second.data?.has_more).toBe(false);
    feishu.app.scopes.delete('im:message.group_msg');
    expect(await codeOf(client.im.message.list({ params }))).toBe(230027);
  });
});

describe('cards', () => {
  const button = (more: object = {}) => ({
    tag: 'button',
    text: { tag: 'plain_text', content: '我来说' },
    behaviors: [{ type: 'callback', value: { say: '我来说' } }],
    ...more,
  });

  test('one is sent and changed in place', async () => {
    const sent = await send('interactive', card(button()));
    const messageId = sent.data?.message_id ?? '';
    await client.im.message.patch({
      path: { message_id: messageId },
      data: { content: card({ tag: 'markdown', content: '好' }) },
    });
    expect(feishu.message(messageId)?.json).toEqual(JSON.parse(card({ tag: 'markdown', content: '好' })));
  });

  test.each([
    ['an older schema', JSON.stringify({ elements: [] })],
    ['an unknown property', JSON.stringify({ schema: '2.0', elements: [], body: { elements: [] } })],
    ['an unknown property of a button', card(button({ colour: 'red' }))],
    ['an older tag', card({ tag: 'action', actions: [] })],
    [
      'a form that is not at the root',
      card({
        tag: 'column_set',
        columns: [
          {
            tag: 'column',
            elements: [
              { tag: 'form', name: 'f', elements: [button({ name: 'ok', form_action_type: 'submit' })] },
            ],
          },
        ],
      }),
    ],
    [
      'a form without a submit button',
      card({ tag: 'form', name: 'f', elements: [{ tag: 'input', name: 'a' }] }),
    ],
    [
      'a name used twice',
      card({
        tag: 'form',
        name: 'f',
        elements: [{ tag: 'input', name: 'a' }, button({ name: 'a', form_action_type: 'submit' })],
      }),
    ],
    [
      'an input without a name',
      card({
        tag: 'form',
        name: 'f',
        elements: [{ tag: 'input' }, button({ name: 'ok', form_action_type: 'submit' })],
      }),
    ],
  ])('%s is refused', async (_what, content) => {
    expect(await codeOf(send('interactive', content))).toBe(230099);
  });

  test('over 30 KB is too long', async () => {
    const content = card({ tag: 'markdown', content: 'x'.repeat(31 * 1024) });
    expect(await codeOf(send('interactive', content))).toBe(230025);
  });
});

describe('pictures and files', () => {
  test('a picture and a file go up and are sent; what a person sent comes down', async () => {
    const bytes = Buffer.from([137, 80, 78, 71, 13, 10]);
    const image = await client.im.image.create({ data: { image_type: 'message', image: bytes } });
    await send('image', JSON.stringify({ image_key: image?.image_key }));
    const file = await client.im.file.create({
      data: { file_type: 'stream', file_name: '名单.csv', file: Buffer.from('a,b') },
    });
    await send('file', JSON.stringify({ file_key: file?.file_key }));
    expect(feishu.world.files.get(image?.image_key ?? '')?.bytes).toEqual(bytes);
    expect(feishu.world.files.get(file?.file_key ?? '')).toMatchObject({ name: '名单.csv' });
    expect(await codeOf(send('image', JSON.stringify({ image_key: 'img_none' })))).toBe(230001);

    const said = feishu.user('ou_a').sends('file', { chat: 'oc_1', bytes: Buffer.from('hi'), name: 'x.txt' });
    const key = JSON.parse(feishu.world.messages.get(said.messageId)?.content ?? '').file_key;
    const got = await client.im.messageResource.get({
      path: { message_id: said.messageId, file_key: key },
      params: { type: 'file' },
    });
    const chunks: Buffer[] = [];
    for await (const chunk of got.getReadableStream()) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('hi');
  });
});

describe('groups, people and the app', () => {
  test('groups and members come in pages, names in batches', async () => {
    const ids = Array.from({ length: 45 }, (_, i) => `ou_m${i}`);
    feishu.group('oc_2', '二班').with(...ids);
    const members: string[] = [];
    for await (const page of await client.im.chatMembers.getWithIterator({
      path: { chat_id: 'oc_2' },
      params: { member_id_type: 'open_id', page_size: 20 },
    })) {
      members.push(...(page?.items ?? []).map((item) => item.member_id ?? ''));
    }
    expect(members).toEqual(ids);
    expect((await client.im.chat.list()).data?.items?.map((item) => item.name)).toEqual(['一班', '二班']);
    expect((await client.im.chat.get({ path: { chat_id: 'oc_2' } })).data).toMatchObject({
      name: '二班',
      user_count: '45',
    });
    const names = await client.contact.v3.user.basicBatch({
      data: { user_ids: ['ou_a', 'ou_m1'] },
      params: { user_id_type: 'open_id' },
    });
    expect(names.data?.users?.map((user) => user.user_id)).toEqual(['ou_a', 'ou_m1']);
    feishu.group('oc_2').botIn(false);
    expect(await codeOf(client.im.chatMembers.get({ path: { chat_id: 'oc_2' } }))).toBe(232011);
    feishu.app.scopes.clear();
    expect(await codeOf(client.im.chat.list())).toBe(99991672);
  });

  test('the app tells its bot, its scopes and its events', async () => {
    feishu.app.scopes.delete('im:message.group_msg');
    const bot = await client.request<{ bot: { open_id: string } }>({
      method: 'GET',
      url: '/open-apis/bot/v3/info',
    });
    expect(bot.bot.open_id).toBe(feishu.app.botOpenId);
    const scopes = await client.application.scope.list();
    expect(
      scopes.data?.scopes?.find((scope) => scope.scope_name === 'im:message.group_msg')?.grant_status,
    ).toBe(2);
    const app = await client.application.application.get({
      path: { app_id: feishu.app.appId },
      params: { lang: 'zh_cn' },
    });
    expect(app.data?.app?.event?.subscribed_events).toContain('im.message.receive_v1');
  });
});
