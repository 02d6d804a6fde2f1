import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeFeishu } from '../../tests/feishu/server.ts';
import type { Chat, Content } from '../adapter.ts';
import type { FeishuAdapter, FeishuOptions } from './feishu.ts';
import { adapterOn, listener, logLines, oneGroup, school } from './testing.ts';

const create = 'POST /open-apis/im/v1/messages';
const reply = 'POST /open-apis/im/v1/messages/:message_id/reply';
const token = 'POST /open-apis/auth/v3/tenant_access_token/internal';
const ann: Chat = { kind: 'private', id: 'ou_ann' };
const text = (words: string): Content => ({ type: 'text', text: words });

describe('what is said', () => {
  let feishu: FakeFeishu;
  let adapter: FeishuAdapter;
  let log: ReturnType<typeof logLines>;
  let now: number;

  const open = async (more: Partial<FeishuOptions> = {}): Promise<void> => {
    adapter = await adapterOn(feishu, { log: log.log, now: () => now, ...more });
  };
  beforeEach(async () => {
    now = Date.now();
    log = logLines();
    // Its clock stands still, and so would its limits.
    feishu = await school({ clock: () => now, limits: false });
    await open();
  });
  afterEach(async () => {
    await adapter.stop();
    await feishu.stop();
  });
  const said = (id = 'oc_one') => feishu.sent(id).map((message) => message.text);

  it('pictures and files are uploaded and sent, and not uploaded again for another try', async () => {
    const bytes = new Uint8Array([1, 2, 3, 4]);
    const image: Content = { type: 'image', bytes, name: '进度.png', alt: '进度' };
    feishu.faults.fail(/messages$/, 99991400, { resetSeconds: 0 });
    await expect(adapter.send(oneGroup, image, { key: 'i' })).rejects.toMatchObject({ outcome: 'retry' });
    await adapter.send(oneGroup, image, { key: 'i' });
    await adapter.send(ann, { type: 'file', bytes, name: '名单.xlsx' }, { key: 'f' });
    const [picture] = feishu.sent('oc_one');
    const [file] = feishu.sent('ou_ann');
    expect(feishu.world.files.get(String(picture?.json.image_key))).toMatchObject({ kind: 'image' });
    expect(feishu.world.files.get(String(file?.json.file_key))).toMatchObject({ name: '名单.xlsx' });
    expect(feishu.calls('POST /open-apis/im/v1/images')).toBe(1);
    expect([...(feishu.world.files.get(String(file?.json.file_key))?.bytes ?? [])]).toEqual([1, 2, 3, 4]);
  });

  it('refuses what is too large or empty without asking Feishu', async () => {
    const bytes = new Uint8Array(10 * 1024 * 1024 + 1);
    const sending = adapter.send(oneGroup, { type: 'image', bytes, name: 'a', alt: '' }, { key: 'a' });
    await expect(sending).rejects.toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining('10 MB'),
    });
    const empty = adapter.send(oneGroup, { type: 'file', bytes: new Uint8Array(), name: 'a' }, { key: 'b' });
    await expect(empty).rejects.toMatchObject({ outcome: 'refused' });
    expect(feishu.calls(token)).toBe(0);
  });

  it('mentions people where the text names them, else before it, and never everybody', async () => {
    await adapter.members('oc_one');
    await adapter.send(
      oneGroup,
      { type: 'text', text: '请 @安然 看一下', mentions: ['ou_ann', 'ou_x', 'all', 'ou"><at user_id="all'] },
      { key: 'm' },
    );
    expect(said()).toEqual(['<at user_id="ou_x"></at> 请 <at user_id="ou_ann"></at> 看一下']);
  });

  it('what people wrote makes no mention and no link', async () => {
    await adapter.send(oneGroup, text('<at user_id="all">所有人</at> <b>粗</b> [领奖](https://x.cn) 1<2'), {
      key: 'h',
    });
    expect(said()).toEqual(['＜at user_id="all">所有人＜/at> ＜b>粗＜/b> [领奖] (https://x.cn) 1<2']);
  });

  it('splits a long text, quotes with the first part only, and repeats no part on another try', async () => {
    const question = feishu.user('ou_ann').says('名单', { chat: 'oc_one' });
    const long = Array.from({ length: 1_500 }, (_, i) => `第 ${i} 行，还有一些字`).join('\n');
    let creates = 0;
    feishu.faults.add({ method: 'POST', path: /im\/v1\/messages$/, times: 1, lose: 'answer' });
    const options = { key: 'long', quote: question.messageId };
    await expect(adapter.send(oneGroup, text(long), options)).rejects.toMatchObject({
      outcome: 'uncertain',
    });
    const { messageId } = await adapter.send(oneGroup, text(long), options);
    const parts = feishu.sent('oc_one');
    creates = feishu.calls(create);
    expect(parts.length).toBeGreaterThan(1);
    expect(creates).toBe(parts.length);
    expect(parts.map(({ parentId }) => parentId)).toEqual([
      question.messageId,
      ...parts.slice(1).map(() => undefined),
    ]);
    expect(parts.map((part) => part.text).join('\n')).toBe(long);
    expect(messageId).toBe(parts[0]?.messageId);
  });

  it('an answer lost after it was applied makes no second message', async () => {
    feishu.faults.add({ path: /messages$/, times: 2, lose: 'answer' });
    for (let i = 0; i < 2; i++) {
      await expect(adapter.send(oneGroup, text('一次'), { key: 'k' })).rejects.toMatchObject({
        outcome: 'uncertain',
      });
    }
    await adapter.send(oneGroup, text('一次'), { key: 'k' });
    expect(said()).toEqual(['一次']);
  });

  it('knows what was not sent at all from what may have been', async () => {
    feishu.faults.add({ path: /images$/, times: 1, lose: 'answer' });
    const image: Content = { type: 'image', bytes: new Uint8Array([1]), name: 'a.png', alt: '' };
    await expect(adapter.send(oneGroup, image, { key: 'i' })).rejects.toMatchObject({ outcome: 'retry' });
    const first = feishu.user('ou_ann').says('名单', { chat: 'oc_one' }).messageId;
    const long = text('一二三四五六七八九\n'.repeat(1_500));
    // The first part answers and goes through, the second does not.
    feishu.faults.fail(/im\/v1\/messages$/, 99991400, { resetSeconds: 0 });
    await expect(adapter.send(oneGroup, long, { key: 'k', quote: first })).rejects.toMatchObject({
      outcome: 'uncertain',
    });
    expect(said()).toHaveLength(1);
  });

  it.each([
    [230020, 400],
    [99991400, 400],
    [99991400, 429],
  ])('code %i with HTTP %i is tried again after the pause that Feishu asks for', async (code, http) => {
    feishu.faults.fail(/messages$/, code, { http, resetSeconds: 2 });
    await expect(adapter.send(oneGroup, text('慢点'), { key: 'k' })).rejects.toMatchObject({
      outcome: 'retry',
      afterMs: 2_000,
    });
    const started = performance.now();
    await adapter.send(oneGroup, text('慢点'), { key: 'k' });
    expect(performance.now() - started).toBeGreaterThan(1_500);
    expect(said()).toEqual(['慢点']);
  });

  it.each([
    [230002, '不在这个群里'],
    [230013, '可用范围'],
    [230025, '太长'],
    [230099, '不接受这张卡片'],
    [99991672, '缺少这项权限'],
    [299999, '错误 299999'],
  ])('code %i is refused with a plain explanation', async (code, words) => {
    feishu.faults.fail(/messages$/, code, { http: 200 });
    await expect(adapter.send(oneGroup, text('x'), { key: 'k' })).rejects.toMatchObject({
      outcome: 'refused',
      cause: { code, forPerson: expect.stringContaining(words) },
    });
    expect(log.lines.join('\n')).toContain(words);
  });

  it('a gateway’s page, silence and a cut line are no end of the message', async () => {
    await adapter.stop();
    await open({ timing: { callMs: 100 } });
    feishu.faults.add({
      path: /messages$/,
      times: 1,
      answer: { code: 0, http: 502, raw: '<html>Bad gateway' },
    });
    feishu.faults.add({ path: /messages$/, times: 1, lose: 'silence' });
    feishu.faults.add({ path: /messages$/, times: 1, lose: 'request' });
    for (let i = 0; i < 3; i++) {
      await expect(adapter.send(oneGroup, text('到了'), { key: 'k' })).rejects.toMatchObject({
        outcome: 'uncertain',
      });
    }
    await adapter.send(oneGroup, text('到了'), { key: 'k' });
    expect(said()).toEqual(['到了']);
  });

  it('five first calls share one token; a revoked one is fetched once more and the calls repeated', async () => {
    const all = (name: string) =>
      Promise.all(
        [1, 2, 3, 4, 5].map((i) => adapter.send(oneGroup, text(`${name}${i}`), { key: `${name}${i}` })),
      );
    await all('a');
    expect(feishu.calls(token)).toBe(1);
    feishu.app.revokeTokens();
    await all('b');
    expect(feishu.calls(token)).toBe(2);
    expect(said()).toHaveLength(10);
  });

  it('answers a message that was recalled meanwhile without quoting it', async () => {
    const question = feishu.user('ou_ann').says('几点', { chat: 'oc_one' });
    feishu.user('ou_ann').recalls(question.messageId);
    await adapter.send(oneGroup, text('三点'), { key: 'k', quote: question.messageId });
    expect(said()).toEqual(['三点']);
    expect(feishu.calls(reply)).toBe(1);
  });

  it.each([230111, 230050, 230110])(
    'code %i of the message to answer: it is answered without quoting',
    async (code) => {
      const { messageId } = feishu.user('ou_ann').says('几点', { chat: 'oc_one' });
      feishu.faults.fail(/\/reply$/, code);
      await adapter.send(oneGroup, text('三点'), { key: 'k', quote: messageId });
      expect(said()).toEqual(['三点']);
    },
  );

  it('an upload that is not answered is given up in its own time', async () => {
    await adapter.stop();
    await open({ timing: { callMs: 60_000, uploadMs: 100 } });
    feishu.faults.add({ path: /(images|files)$/, times: 2, lose: 'silence' });
    const bytes = new Uint8Array([1]);
    for (const content of [
      { type: 'image', bytes, name: 'a.png', alt: '' },
      { type: 'file', bytes, name: 'a.pdf' },
    ] as const)
      await expect(adapter.send(oneGroup, content, { key: content.type })).rejects.toMatchObject({
        outcome: 'retry',
      });
  });

  it('replaces a card in place, and refuses quietly after 14 days', async () => {
    const card = (title: string): Content => ({ type: 'card', title, text: '' });
    const { messageId = '' } = await adapter.send(oneGroup, card('报名 0 人'), { key: 'c' });
    await adapter.send(oneGroup, card('报名 1 人'), { key: 'c1', updates: messageId });
    expect(feishu.message(messageId)).toMatchObject({
      updates: 1,
      json: { header: { title: { content: '报名 1 人' } } },
    });
    now += 14 * 86_400_000 + 1_000;
    const late = adapter.send(oneGroup, card('报名 2 人'), { key: 'c2', updates: messageId });
    await expect(late).rejects.toMatchObject({ outcome: 'refused', cause: { code: 230031 } });
    const words = adapter.send(oneGroup, text('报名'), { key: 'c3', updates: messageId });
    await expect(words).rejects.toMatchObject({ outcome: 'refused' });
    expect(feishu.sent('oc_one')).toHaveLength(1);
  });

  it('keeps to five a second in a chat, so that Feishu never has to refuse', async () => {
    await adapter.stop();
    await feishu.stop();
    feishu = await school();
    await open();
    await Promise.all(
      Array.from({ length: 12 }, (_, i) => adapter.send(oneGroup, text(`${i}`), { key: `k${i}` })),
    );
    expect(said()).toHaveLength(12);
  });

  it('writes neither tokens nor secrets nor texts nor names into the log', async () => {
    const bot = listener(() => log.lines.length % 2 === 0);
    await adapter.start(bot.sink);
    await feishu.connected();
    feishu.faults.fail(/messages$/, 230099, { msg: 'Failed: 机密内容 Bearer t-secret' });
    feishu.faults.add({ path: /messages$/, times: 1, lose: 'answer' });
    feishu.faults.add({ path: /chats/, times: 3, answer: { code: 99991672, msg: '安然 没有权限' } });
    for (let i = 0; i < 3; i++)
      await adapter.send(oneGroup, text('机密内容'), { key: `${i}` }).catch(() => undefined);
    feishu.connections.sendRaw(Buffer.from('{"机密内容"'));
    await feishu.user('ou_ann').says('机密内容', { chat: 'oc_one' }).outcome;
    feishu.connections.drop();
    await feishu.until(() => feishu.connections.accepted >= 2);
    const lines = log.lines.join('\n');
    expect(log.lines.length).toBeGreaterThan(4);
    for (const secret of ['机密内容', '安然', feishu.app.appSecret, 'Bearer', 't-', 'ticket', 'access_key']) {
      expect(lines).not.toContain(secret);
    }
  });
});
