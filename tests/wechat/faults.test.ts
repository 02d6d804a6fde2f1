import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListeningEvent } from '../../adapters/adapter.ts';
import { listener } from '../../adapters/wechat/testing.ts';
import { compileChild, openRig, type Rig, until } from './rig.ts';

beforeAll(compileChild, 60_000);
// The stack takes seconds to load on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const hello = { type: 'text', text: '好' } as const;
/** Whether an instant lies in what the bot says it heard. */
const heardAt = (claims: readonly ListeningEvent[], at: number) =>
  claims.some(({ from, until: to }) => from <= at && at <= to);

describe('what people type', () => {
  it('neither logs the bot out nor is taken for an event, comes once, and waits for nobody', async () => {
    const { bot, adapter } = await rig.online();
    const { wechat } = rig;
    const killSwitch = '\u{1f31a} \u{1f31a}\u{1f31a} \u{1f31a}\u{1f31a} \u{1f31a}';
    const odd = [
      killSwitch,
      '退出wechat4u',
      "I've accepted your friend request. Now let's chat!",
      '"同学0"邀请"同学1"加入了群聊',
      '<msg><appmsg appid=""><title>x</title><type>57</type></appmsg></msg>',
      '<br/>不是换行',
    ];
    for (const text of odd) wechat.says('zhang', text);
    const once = wechat.says('y0', '只算一次', 'one');
    wechat.sync.repeat(once);
    // A stranger whom the group's list lacks.
    wechat.world.person('stranger', '陌生人');
    const begun = performance.now();
    wechat.says('stranger', '我是谁', 'one');
    await until(() => bot.texts().includes('我是谁'), 'the stranger');
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(bot.texts()).toEqual([...odd, '只算一次', '我是谁']);
    expect(wechat.login.logouts).toBe(0);
    expect(adapter.status().state).toBe('online');
  });

  it('is not lost beside what the server should never send', async () => {
    const { bot, adapter } = await rig.online();
    rig.wechat.sync.oddity();
    rig.wechat.says('y0', '照样听得到', 'one');
    await until(() => bot.texts().includes('照样听得到'), 'the message');
    rig.wechat.says('zhang', '私下也是');
    await until(() => bot.texts().includes('私下也是'), 'the next message');
    expect(adapter.status().state).toBe('online');
    expect(rig.codes).toHaveLength(1);
  });

  it('may hold a flood of mentions', async () => {
    const { bot } = await rig.online();
    const begun = performance.now();
    rig.wechat.says('y0', '@张晓\u2005'.repeat(3_000), 'one');
    rig.wechat.says('y0', '之后', 'one');
    await until(() => bot.texts().includes('之后'), 'the next message');
    expect(performance.now() - begun).toBeLessThan(2_000);
    const [flood] = bot.events;
    expect(flood?.type === 'message' ? flood.mentions : []).toHaveLength(1);
  });
});

describe('an outage', () => {
  it('that is short leaves no gap; a longer one does, and nobody has to log in again', async () => {
    const { bot, adapter } = await rig.online();
    const { wechat } = rig;
    const [short, long] = [150, 1_500];
    wechat.network.outage(true);
    await wait(short);
    wechat.network.outage(false);
    wechat.says('y0', '短的之后', 'one');
    await until(() => bot.texts().includes('短的之后'), 'the message after the short one');
    const middle = Date.now() + long / 2;
    wechat.network.outage(true);
    // Said while nobody could hear: the server keeps it.
    wechat.says('y1', '断着的时候说的', 'one');
    await wait(long);
    expect(adapter.status().state).toBe('offline');
    await expect(
      adapter.send({ kind: 'group', id: bot.directories[0]?.groups[0]?.id ?? '' }, hello, { key: 'k' }),
    ).rejects.toMatchObject({ outcome: 'retry' });
    const connections = wechat.network.connections;
    wechat.network.outage(false);
    await until(() => bot.texts().includes('断着的时候说的'), 'what was said meanwhile');
    await until(() => adapter.status().state === 'online', 'being back');
    const back = Date.now();
    await until(() => heardAt(bot.claims, back), 'the next claim');
    await adapter.stop();
    expect(heardAt(bot.claims, middle)).toBe(false);
    expect(heardAt(bot.claims, back)).toBe(true);
    expect(rig.codes).toHaveLength(1);
    expect(connections).toBeLessThan(60);
    expect(rig.notices.join('\n')).toContain('连不上微信的服务器');
    expect(rig.notices.at(-1)).toContain('恢复了');
  });

  it('at the start does not make it turn in a tight loop', async () => {
    rig.wechat.network.outage(true);
    const adapter = rig.adapter();
    await adapter.start(listener().sink);
    await until(() => rig.notices.length > 0, 'the sentence', 15_000);
    const before = rig.wechat.network.connections;
    await wait(2_000);
    expect(rig.wechat.network.connections - before).toBeLessThanOrEqual(12);
    expect(rig.notices).toEqual([expect.stringContaining('连不上微信的服务器')]);
    rig.wechat.network.outage(false);
    await until(() => adapter.status().state === 'online', 'the login');
  });
});

describe('the end of a login', () => {
  it.each([
    [1101, '1101'],
    [1100, '手机上退出'],
  ])('(%i) is told at once, and a new code brings it back under new ids', async (ret, words) => {
    const { bot, adapter } = await rig.online();
    const { wechat } = rig;
    const before = bot.directories[0];
    rig.scanning = false;
    const begun = performance.now();
    wechat.login.end(ret);
    await until(() => rig.notices.some((line) => line.includes(words)), 'the sentence');
    expect(performance.now() - begun).toBeLessThan(1_500);
    await until(() => rig.codes.length === 2, 'the new code');
    expect(adapter.status()).toMatchObject({
      state: 'scan',
      link: expect.stringContaining(rig.codes[1] ?? '?'),
    });
    const lost = Date.now();
    await wait(600);
    await wechat.login.scan(rig.codes[1] ?? '');
    await until(() => bot.directories.length === 2, 'the new address book');
    const after = bot.directories[1];
    expect(after?.login).not.toBe(before?.login);
    expect(after?.groups).toHaveLength(1);
    expect(after?.groups[0]).toMatchObject({ name: '软件一班' });
    expect(after?.groups[0]?.id).not.toBe(before?.groups[0]?.id);
    wechat.says('y0', '新的开始', 'one');
    await until(() => bot.texts().includes('新的开始'), 'the message');
    await adapter.stop();
    expect(heardAt(bot.claims, lost + 300)).toBe(false);
  });

  it('by an account that may not use web WeChat is said so (1203)', async () => {
    rig.wechat.login.rets = [1203];
    const adapter = rig.adapter();
    await adapter.start(listener().sink);
    await until(() => rig.notices.some((line) => line.includes('1203')), 'the sentence');
    await until(() => adapter.status().state === 'online', 'another try');
  });

  it('code that nobody scans is replaced', async () => {
    rig.scanning = false;
    const adapter = rig.adapter();
    await adapter.start(listener().sink);
    await until(() => rig.codes.length === 1, 'a code');
    rig.wechat.login.expireCode();
    await until(() => rig.codes.length === 2, 'the next code');
    expect(rig.notices).toEqual([expect.stringContaining('过期')]);
    await rig.wechat.login.scan(rig.codes[1] ?? '');
    await until(() => adapter.status().state === 'online', 'the login');
  });
});

describe('the WeChat process', () => {
  it('is started again when it is killed, with its session and without harm', async () => {
    const { bot, adapter } = await rig.online();
    const room = bot.directories[0]?.groups[0]?.id ?? '';
    const sending = adapter.send({ kind: 'group', id: room }, hello, { key: 'k' });
    rig.wechat.network.outage(true);
    rig.wire().kill();
    await expect(sending).rejects.toMatchObject({ name: 'SendError' });
    rig.wechat.network.outage(false);
    await until(() => adapter.status().state === 'online', 'being back');
    rig.wechat.says('y0', '还在吗', 'one');
    await until(() => bot.texts().includes('还在吗'), 'the message');
    expect(rig.codes).toHaveLength(1);
    await adapter.send({ kind: 'group', id: room }, hello, { key: 'l' });
    expect(rig.wechat.sending.sent.at(-1)?.text).toBe('好');
  });
});

describe('sending', () => {
  it('goes one by one, each with a client id of its own', async () => {
    const { bot, adapter } = await rig.online();
    const chat = { kind: 'group', id: bot.directories[0]?.groups[0]?.id ?? '' } as const;
    const texts = Array.from({ length: 20 }, (_, i) => `第 ${i} 句`);
    await Promise.all(texts.map((text) => adapter.send(chat, { type: 'text', text }, { key: text })));
    expect(rig.wechat.sending.sent.map(({ text }) => text)).toEqual(texts);
    expect(new Set(rig.wechat.sending.sent.map(({ clientId }) => clientId)).size).toBe(20);
  });

  it('stops for ten minutes at 1205 and at “操作过于频繁”, also after a restart', async () => {
    let now = Date.now();
    const { bot, adapter } = await rig.online(listener(), { now: () => now });
    const chat = { kind: 'group', id: bot.directories[0]?.groups[0]?.id ?? '' } as const;
    rig.wechat.sending.rets = [1205];
    const send = (key: string) => adapter.send(chat, hello, { key });
    await expect(send('a')).rejects.toMatchObject({ outcome: 'retry', afterMs: 600_000 });
    expect(rig.notices.at(-1)).toContain('操作过于频繁');
    await expect(send('b')).rejects.toMatchObject({ outcome: 'retry', afterMs: 600_000 });
    expect(adapter.status().stoppedUntil).toBe(now + 600_000);
    expect(rig.wechat.requests.filter((one) => one.endsWith('webwxsendmsg'))).toHaveLength(1);
    now += 600_001;
    await send('c');
    rig.wechat.rooms.notice('one', '操作过于频繁，请稍后再试。');
    await until(() => adapter.status().stoppedUntil > now, 'the stop');
    await adapter.stop();
    const again = await rig.online(listener(), { now: () => now });
    await expect(again.adapter.send(chat, hello, { key: 'd' })).rejects.toMatchObject({ outcome: 'retry' });
  });
});
