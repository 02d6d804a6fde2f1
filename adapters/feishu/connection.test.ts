import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeFeishu } from '../../tests/feishu/server.ts';
import type { FeishuAdapter, FeishuOptions } from './feishu.ts';
import { adapterOn, listener, logLines, school } from './testing.ts';

describe('the long connection', () => {
  let feishu: FakeFeishu;
  let adapter: FeishuAdapter;
  let bot: ReturnType<typeof listener>;
  let log: ReturnType<typeof logLines>;

  beforeEach(async () => {
    feishu = await school();
    bot = listener();
    log = logLines();
  });
  afterEach(async () => {
    await adapter.stop();
    await feishu.stop();
  });

  const begin = async (more: Partial<FeishuOptions> = {}): Promise<void> => {
    adapter = await adapterOn(feishu, { log: log.log, ...more });
    await adapter.start(bot.sink);
    await feishu.connected();
  };
  const say = (text: string) => feishu.user('ou_ann').says(text, { chat: 'oc_one' });
  const covered = (at: number): boolean => bot.claims().some(({ from, until }) => from <= at && at <= until);

  it('connects again after a cut in mid-frame, and gets what was lost', async () => {
    await begin();
    feishu.connections.cutNext = true;
    const said = say('断在半路');
    expect((await said.outcome).result).toBe('acknowledged');
    expect(bot.texts()).toEqual(['断在半路']);
    expect(feishu.connections.accepted).toBe(2);
  });

  it('finds a half-open connection by its silence', async () => {
    await begin();
    feishu.connections.silence(true);
    await feishu.until(() => log.lines.some((line) => line.includes('connection was lost')), 5_000);
    feishu.connections.silence(false);
    await feishu.until(() => feishu.connections.accepted >= 2);
    await feishu.until(() => feishu.connections.count >= 1);
    expect((await say('又通了').outcome).result).toBe('acknowledged');
    expect(bot.texts()).toContain('又通了');
  });

  it('hands over once what comes twice, in pieces and out of order', async () => {
    await begin();
    Object.assign(feishu.delivery.options, { duplicateChance: 1, chunks: 4, shuffleMs: 20 });
    const said = Array.from({ length: 20 }, (_, i) => say(`第 ${i} 句`));
    await Promise.all(said.map(({ outcome }) => outcome));
    await feishu.delivery.idle();
    expect(bot.texts().toSorted()).toEqual(said.map((_, i) => `第 ${i} 句`).toSorted());
  });

  it('answers with a failure what is not durable in time, and takes it once all the same', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let calls = 0;
    bot = listener(async () => {
      calls++;
      await gate;
      return false;
    });
    await begin({ timing: { answerMs: 40 } });
    const said = say('慢');
    await feishu.until(() => log.lines.some((line) => line.includes('invoke event failed')));
    release();
    const outcome = await said.outcome;
    expect(outcome.result).toBe('acknowledged');
    expect(outcome.attempts.length).toBeGreaterThan(1);
    expect(bot.texts()).toEqual(['慢']);
    expect(calls).toBe(1);
  });

  it('outlives garbage', async () => {
    await begin();
    feishu.connections.sendRaw(Buffer.from('garbage of 悄悄话'));
    feishu.connections.sendRaw(Buffer.alloc(0));
    expect((await say('还在').outcome).result).toBe('acknowledged');
    expect(log.lines.join('\n')).not.toContain('悄悄话');
  });

  it('refuses to start with credentials that Feishu does not know, in plain words', async () => {
    adapter = await adapterOn(feishu, { appSecret: 'wrong' });
    await expect(adapter.start(bot.sink)).rejects.toMatchObject({
      name: 'FeishuError',
      code: 10014,
      forPerson: expect.stringContaining('App Secret 不对'),
    });
    await expect(adapterOn(feishu, { appId: 'cli_x' })).rejects.toMatchObject({
      forPerson: expect.stringContaining('App ID 应该是'),
    });
  });

  it('refuses to start when the long connection is refused, and keeps trying when it is busy', async () => {
    feishu.connections.refusal = { code: 514, msg: 'auth failed' };
    adapter = await adapterOn(feishu);
    await expect(adapter.start(bot.sink)).rejects.toMatchObject({ code: 514 });
    feishu.connections.refusal = { code: 1, msg: 'busy' };
    adapter = await adapterOn(feishu, { log: log.log });
    const starting = adapter.start(bot.sink);
    await feishu.until(() => log.lines.filter((line) => line.includes('connecting: code 1')).length >= 2);
    feishu.connections.refusal = undefined;
    await starting;
  });

  it('can be stopped while it still tries to connect', async () => {
    feishu.connections.handshakeRefusal = 500;
    adapter = await adapterOn(feishu, { log: log.log });
    const starting = adapter.start(bot.sink);
    const failed = expect(starting).rejects.toMatchObject({ name: 'FeishuError' });
    await feishu.until(() => log.lines.some((line) => line.includes('no connection')));
    await adapter.stop();
    await failed;
  });

  it('claims the time up to the last proof, and keeps claiming', async () => {
    await begin();
    const start = Date.now();
    await feishu.until(() => covered(start + 1_000), 8_000);
    expect(Math.max(...bot.claims().map(({ until }) => until))).toBeLessThanOrEqual(Date.now());
  });

  it('fetches what was said while it was disconnected, and only then claims that time', async () => {
    await begin();
    await say('先前').outcome;
    Object.assign(feishu.delivery.options, { redeliverAfterMs: [] });
    feishu.connections.handshakeRefusal = 503;
    feishu.connections.drop();
    await feishu.until(() => log.lines.some((line) => line.includes('connection was lost')));
    const lost = say('断线时说的');
    expect((await lost.outcome).result).toBe('gave up');
    const at = feishu.message(lost.messageId)?.createdAt ?? 0;
    expect(covered(at)).toBe(false);
    feishu.connections.handshakeRefusal = undefined;
    await feishu.until(() => bot.texts().includes('断线时说的'));
    await feishu.until(() => covered(at));
    expect(bot.events.find((event) => event.id === lost.messageId)).toMatchObject({
      chat: { kind: 'group', id: 'oc_one' },
      sender: { id: 'ou_ann' },
      kind: 'text',
    });
    expect(bot.texts()).toEqual(['先前', '断线时说的']);
  });

  it('does not claim a gap whose history it may not read', async () => {
    await begin();
    feishu.faults.add({ method: 'GET', path: /\/im\/v1\/messages(\?|$)/, answer: { code: 230027 } });
    feishu.connections.handshakeRefusal = 503;
    feishu.connections.drop();
    await feishu.until(() => log.lines.some((line) => line.includes('connection was lost')));
    const gap = Date.now();
    feishu.connections.handshakeRefusal = undefined;
    await feishu.until(() => feishu.connections.accepted >= 2);
    const after = Date.now() + 1_000;
    await feishu.until(() => bot.claims().some(({ until }) => until > after), 8_000);
    expect(covered(gap)).toBe(false);
  });

  it('reads a long history page by page', async () => {
    feishu.delivery.options.redeliverAfterMs = [];
    const said = Array.from({ length: 120 }, (_, i) => say(`第 ${i} 句`));
    await Promise.all(said.map(({ outcome }) => outcome));
    await begin({ heardUntil: Date.now() - 60_000 });
    await feishu.until(() => bot.texts().length === 120);
    expect(bot.texts()).toEqual(said.map((_, i) => `第 ${i} 句`));
    expect(feishu.calls('GET /open-apis/im/v1/messages')).toBeGreaterThanOrEqual(3);
  });

  it('does not claim a gap in a group with threads, whose history is kept apart', async () => {
    const at = Date.now() - 30_000;
    const item = {
      message_id: 'om_thread',
      thread_id: 'omt_1',
      msg_type: 'text',
      create_time: String(at),
      sender: { id: 'ou_ann', sender_type: 'user' },
      body: { content: '{"text":"话题里的"}' },
    };
    const raw = JSON.stringify({ code: 0, data: { items: [item], has_more: false } });
    feishu.faults.add({ method: 'GET', path: /im\/v1\/messages$/, answer: { code: 0, http: 200, raw } });
    await begin({ heardUntil: at - 1_000 });
    await feishu.until(() => bot.texts().includes('话题里的'));
    await feishu.until(() => bot.claims().length > 0);
    expect(covered(at)).toBe(false);
  });

  it('fetches and claims what was said since an earlier run', async () => {
    const said = say('上次停了以后');
    const at = feishu.message(said.messageId)?.createdAt ?? 0;
    feishu.delivery.options.redeliverAfterMs = [];
    await begin({ heardUntil: at - 60_000 });
    await feishu.until(() => bot.texts().includes('上次停了以后'));
    await feishu.until(() => covered(at) && covered(at - 50_000));
  });

  it('notices that it hears mentions only, says so once a day, and claims nothing until that is mended', async () => {
    feishu.app.scopes.delete('im:message.group_msg');
    await begin();
    expect(adapter.abilities.hears).toBe('mentions');
    await say('听不到').outcome;
    await feishu.user('ou_ann').says('听得到', { chat: 'oc_one', mention: 'bot' }).outcome;
    expect(bot.texts()).toEqual(['@联青 听得到']);
    await feishu.until(() => bot.all.some(({ type }) => type === 'deaf'));
    const deafUntil = Date.now();
    feishu.app.scopes.add('im:message.group_msg');
    await feishu.until(() => adapter.abilities.hears === 'all');
    await feishu.until(() => bot.claims().length > 0, 8_000);
    for (const { from } of bot.claims()) expect(from).toBeGreaterThanOrEqual(deafUntil);
    expect(bot.all.filter(({ type }) => type === 'deaf')).toHaveLength(1);
  });
});
