import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeFeishu } from '../../tests/feishu/server.ts';
import type { ChatEvent } from '../adapter.ts';
import type { FeishuAdapter } from './feishu.ts';
import { adapterOn, listener, logLines, school } from './testing.ts';

describe('what is heard', () => {
  let feishu: FakeFeishu;
  let adapter: FeishuAdapter;
  let bot: ReturnType<typeof listener>;
  let log: ReturnType<typeof logLines>;

  beforeEach(async () => {
    feishu = await school();
    bot = listener();
    log = logLines();
    adapter = await adapterOn(feishu, { log: log.log });
    await adapter.start(bot.sink);
    await feishu.connected();
  });
  afterEach(async () => {
    await adapter.stop();
    await feishu.stop();
  });

  const ann = () => feishu.user('ou_ann');
  const heard = async (said: { outcome: Promise<{ result: string }> }): Promise<ChatEvent | undefined> => {
    expect((await said.outcome).result).toBe('acknowledged');
    return bot.events.at(-1);
  };

  it.each([
    ['image', 'image'],
    ['file', 'file'],
    ['audio', 'voice'],
    ['media', 'video'],
    ['sticker', 'sticker'],
    ['merge_forward', 'link'],
    ['share_chat', 'link'],
    ['location', 'link'],
    ['interactive', 'card'],
    ['something_new', 'link'],
  ])('%s is %s', async (type, kind) => {
    expect(await heard(ann().sends(type, { chat: 'oc_one' }))).toMatchObject({
      type: 'message',
      kind,
      text: '',
    });
  });

  it('rich text: its words, mentions and title; with a picture in it, a picture', async () => {
    const said = ann().posts(
      '通知',
      [
        [
          { tag: 'text', text: '请 ' },
          { tag: 'at', user_id: '@_user_1', user_name: '蔡 明' },
          { tag: 'a', text: '看这里', href: 'https://x.cn' },
        ],
        [{ tag: 'text', text: '谢谢' }],
      ],
      { chat: 'oc_one', mention: ['ou_cai'] },
    );
    expect(await heard(said)).toMatchObject({
      kind: 'text',
      text: '通知\n请 @蔡明 看这里\n谢谢',
      mentions: ['ou_cai'],
    });
    const picture = ann().posts('', [[{ tag: 'img', image_key: 'img_1' }], [{ tag: 'text', text: '合影' }]], {
      chat: 'oc_one',
    });
    expect(await heard(picture)).toMatchObject({ kind: 'image', text: '合影' });
  });

  it('mentions become one word each, the bot is no person, everybody is nobody', async () => {
    const said = ann().says('@_user_1/绑定 @_user_2你好 @_user_12 @_all', {
      chat: 'oc_one',
      mention: ['bot', 'ou_cai', 'all'],
    });
    expect(await heard(said)).toMatchObject({
      text: '@联青 /绑定 @蔡明 你好 @_user_12 @所有人',
      mentions: ['ou_cai'],
      mentionsBot: true,
    });
  });

  it('a private chat goes by the other person’s id', async () => {
    expect(await heard(ann().says('你好'))).toMatchObject({
      chat: { kind: 'private', id: 'ou_ann' },
      sender: { id: 'ou_ann' },
    });
  });

  it('names are learned from the member list, once, without holding a message up', async () => {
    const first = await heard(ann().says('早', { chat: 'oc_one' }));
    expect(first).not.toHaveProperty('sender.name');
    await feishu.until(() => feishu.calls('GET /open-apis/im/v1/chats/:chat_id/members') === 1);
    await feishu.user('ou_bob').says('早', { chat: 'oc_one' }).outcome;
    await feishu.until(() => true);
    const later = await heard(ann().says('早啊', { chat: 'oc_one' }));
    expect(later).toMatchObject({ sender: { id: 'ou_ann', name: '安然' } });
    for (let i = 0; i < 10; i++) await ann().says(`第 ${i}`, { chat: 'oc_one' }).outcome;
    expect(feishu.calls('GET /open-apis/im/v1/chats/:chat_id/members')).toBe(1);
  });

  it('the owner of a group is told; where that cannot be read, nobody is', async () => {
    for (const id of ['ou_owner', 'ou_ann']) feishu.group('oc_owned').with(id);
    expect(await adapter.owner?.('oc_owned')).toBe('ou_owner');
    feishu.faults.fail(/^\/open-apis\/im\/v1\/chats\/oc_owned(\?|$)/, 232000);
    expect(await adapter.owner?.('oc_owned')).toBeUndefined();
  });

  it('the name of a group that could not be read is asked for again when somebody speaks', async () => {
    const asked = 'GET /open-apis/im/v1/chats/:chat_id';
    feishu.faults.fail(/^\/open-apis\/im\/v1\/chats\/oc_one(\?|$)/, 232000);
    expect(await heard(ann().says('早', { chat: 'oc_one' }))).not.toHaveProperty('chat.name');
    await feishu.until(() => feishu.calls('GET /open-apis/im/v1/chats/:chat_id/members') === 1);
    let name: string | undefined;
    for (let n = 0; n < 100 && name === undefined; n++) {
      const said = await heard(feishu.user('ou_bob').says(`第 ${n}`, { chat: 'oc_one' }));
      name = said?.chat.kind === 'group' ? said.chat.name : undefined;
    }
    expect(name).toBe('一班');
    expect(feishu.calls('GET /open-apis/im/v1/chats/:chat_id/members')).toBe(1);
    const calls = feishu.calls(asked);
    for (let n = 0; n < 5; n++) await ann().says(`又 ${n}`, { chat: 'oc_one' }).outcome;
    expect(feishu.calls(asked)).toBe(calls);
  });

  it('whom a quote quotes: heard and sent messages are known, others are looked up once', async () => {
    const look = 'GET /open-apis/im/v1/messages/:message_id';
    const said = feishu.user('ou_bob').says('几点开门', { chat: 'oc_one' });
    await said.outcome;
    expect(await heard(ann().says('七点', { chat: 'oc_one', quote: said.messageId }))).toMatchObject({
      quotes: { id: said.messageId, sender: 'ou_bob' },
    });
    const { messageId = '' } = await adapter.send(
      { kind: 'group', id: 'oc_one' },
      { type: 'text', text: '话题' },
      { key: 't' },
    );
    expect(await heard(ann().says('我来', { chat: 'oc_one', quote: messageId }))).toMatchObject({
      quotes: { id: messageId, sender: feishu.app.botOpenId, bot: true },
    });
    expect(feishu.calls(look)).toBe(0);

    await adapter.stop();
    adapter = await adapterOn(feishu);
    await adapter.start(bot.sink);
    await feishu.connected();
    for (let i = 0; i < 3; i++) {
      const answer = await heard(ann().says(`答 ${i}`, { chat: 'oc_one', quote: said.messageId }));
      expect(answer).toMatchObject({ quotes: { id: said.messageId, sender: 'ou_bob' } });
    }
    expect(await heard(ann().says('也答', { chat: 'oc_one', quote: messageId }))).toMatchObject({
      quotes: { sender: feishu.app.botOpenId, bot: true },
    });
    expect(feishu.calls(look)).toBe(2);
  });

  it('a quote whose look-up takes too long is handed on without its writer', async () => {
    const said = feishu.user('ou_bob').says('几点', { chat: 'oc_one' });
    await said.outcome;
    await adapter.stop();
    adapter = await adapterOn(feishu, { timing: { quoteMs: 30 } });
    await adapter.start(bot.sink);
    await feishu.connected();
    feishu.faults.add({ path: `/messages/${said.messageId}`, lose: 'silence' });
    const answer = await heard(ann().says('七点', { chat: 'oc_one', quote: said.messageId }));
    expect(answer).toMatchObject({ text: '七点', quotes: { id: said.messageId } });
    expect(answer).not.toHaveProperty('quotes.sender');
  });

  it('people come and go, the bot comes and goes, the group is renamed and disbanded', async () => {
    const group = feishu.group('oc_one');
    feishu.user('ou_new', '新同学');
    expect(await heard(group.add(['ou_new']))).toMatchObject({
      type: 'join',
      chat: { kind: 'group', id: 'oc_one' },
      members: [{ id: 'ou_new', name: '新同学' }],
    });
    expect(await heard(group.remove(['ou_new']))).toMatchObject({
      type: 'leave',
      members: [{ id: 'ou_new' }],
    });
    expect(await heard(group.rename('二班'))).toMatchObject({ type: 'renamed', chat: { name: '二班' } });
    const before = bot.events.length;
    await heard(group.change({ description: '别的' }));
    expect(bot.events).toHaveLength(before);
    expect(await heard(group.removeBot())).toMatchObject({ type: 'bot-removed' });
    expect(await heard(group.addBot())).toMatchObject({ type: 'bot-added', chat: { name: '二班' } });
    expect(await heard(group.disband())).toMatchObject({ type: 'bot-removed' });
  });

  it('recalls and reactions are acknowledged and left alone; another bot is told as one', async () => {
    const said = ann().says('说错了', { chat: 'oc_one' });
    await said.outcome;
    expect((await ann().recalls(said.messageId).outcome).result).toBe('acknowledged');
    expect((await ann().reacts(said.messageId).outcome).result).toBe('acknowledged');
    expect(bot.events).toHaveLength(1);
    const other = await heard(feishu.otherBot('ou_robot').says('我是别的机器人', { chat: 'oc_one' }));
    expect(other).toMatchObject({ sender: { id: 'ou_robot', bot: true } });
  });

  it('a form’s values: only the fields we asked for, as bounded text', async () => {
    const form = {
      command: '/诉求',
      submit: '提交',
      fields: [
        { name: 'what', label: '内容' },
        { name: 'kind', label: '类别', options: ['就业'] },
      ],
    };
    const { messageId = '' } = await adapter.send(
      { kind: 'private', id: 'ou_ann' },
      { type: 'card', title: '诉求', text: '', form },
      { key: 'f' },
    );
    const pressed = await ann().presses(messageId, '提交', { what: '字'.repeat(3_000), kind: '就业' });
    expect(pressed.toast).toEqual({ type: 'info', content: '收到，正在办' });
    expect(bot.events.at(-1)).toMatchObject({
      type: 'press',
      chat: { kind: 'private', id: 'ou_ann' },
      command: '/诉求',
      values: { what: '字'.repeat(2_000), kind: '就业' },
    });
    const value = { command: '/诉求', private: true, fields: ['what'] };
    await ann().acts(messageId, { value, form_value: { what: { no: 'text' }, other: '外来' } });
    expect(bot.events.at(-1)).toMatchObject({ type: 'press', values: {} });
  });

  it('a button that is not ours has no effect and gets an empty answer', async () => {
    const { messageId = '' } = await adapter.send(
      { kind: 'group', id: 'oc_one' },
      { type: 'card', title: '卡', text: '', buttons: [{ label: '好', command: '/好' }] },
      { key: 'c' },
    );
    const pressed = await ann().acts(messageId, { value: { other: 1 } });
    expect(pressed.failed).toBe(false);
    expect(bot.events).toHaveLength(0);
  });

  it('an event that is not as documented is acknowledged, logged without its content, and left out', async () => {
    const outcome = await feishu.tenant.tell('im.message.receive_v1', { message: { secret: '悄悄话' } })
      .outcome;
    expect(outcome.result).toBe('acknowledged');
    expect(bot.events).toHaveLength(0);
    expect(log.lines.join('\n')).toContain('not as documented');
    expect(log.lines.join('\n')).not.toContain('悄悄话');
  });
});
