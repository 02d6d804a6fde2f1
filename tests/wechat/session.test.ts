import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { listener } from '../../adapters/wechat/testing.ts';
import { compileChild, openRig, type Rig, until } from './rig.ts';

beforeAll(compileChild, 60_000);
// The stack takes seconds to load on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

let rig: Rig;
beforeEach(async () => {
  rig = await openRig(100);
});
afterEach(() => rig.close());

describe('a WeChat account over the real stack', () => {
  it('logs in by a code, and hears and says everything that a group says', async () => {
    const { adapter, bot } = await rig.online();
    const { wechat } = rig;
    expect(rig.codes).toHaveLength(1);
    expect(adapter.status()).toMatchObject({ state: 'online', name: '联青', link: undefined });
    expect(rig.notices).toEqual(['微信已登录：联青。']);

    // The address book comes before anything else: all hundred members.
    const [directory] = bot.directories;
    expect(directory?.friends).toMatchObject([{ name: '张晓' }]);
    expect(directory?.groups).toMatchObject([{ name: '软件一班' }]);
    expect(directory?.groups[0]?.members).toHaveLength(101);
    const room = directory?.groups[0]?.id ?? '';
    const zhang = directory?.friends[0]?.id ?? '';
    expect((await adapter.members(room)).map(({ name }) => name)).toContain('同学98');

    wechat.says('y1', '大家好', 'one');
    wechat.says('y2', '@张晓\u2005 时间:\n地点:\n人数:', 'one');
    wechat.says('y3', '@联青\u2005 /帮助', 'one');
    wechat.says('zhang', '在吗');
    wechat.sends('y4', 3, 'one');
    wechat.sends('y5', 49, 'one', { AppMsgType: 6, FileName: '报名表.docx' });
    await until(() => bot.events.length === 6, 'six messages');
    expect(bot.events).toMatchObject([
      {
        type: 'message',
        text: '大家好',
        chat: { kind: 'group', id: room, name: '软件一班' },
        sender: { name: '同学1' },
      },
      { text: '@张晓\u2005 时间:\n地点:\n人数:', mentions: [zhang], mentionsBot: false },
      { text: '@联青\u2005 /帮助', mentions: [], mentionsBot: true },
      { text: '在吗', chat: { kind: 'private', id: zhang }, sender: { id: zhang, name: '张晓' } },
      { kind: 'image', text: '' },
      { kind: 'file', text: '' },
    ]);

    const text = { type: 'text', text: '收到', mentions: [zhang] } as const;
    const { messageId } = await adapter.send({ kind: 'group', id: room }, text, { key: 'a' });
    expect(wechat.sending.sent).toMatchObject([{ to: 'one', text: '@张晓\u2005收到', id: messageId }]);
    await adapter.send(
      { kind: 'private', id: zhang },
      { type: 'image', bytes: new Uint8Array(2_000), name: '进度.png', alt: '进度' },
      { key: 'b' },
    );
    expect(wechat.sending.sent.at(-1)).toMatchObject({ to: 'zhang', text: '[@media_1]' });
    expect(wechat.sending.files[0]?.bytes).toBeGreaterThan(2_000);

    // A message of the bot's that is quoted is known again.
    wechat.says('y6', `「联青：@张晓\u2005收到」\n- - - - - - - - - - - - - - -\n好嘞`, 'one');
    await until(() => bot.events.length === 7, 'the quote');
    expect(bot.events.at(-1)).toMatchObject({ text: '好嘞', quotes: { id: messageId, bot: true } });
  });

  it('sees who comes and leaves, another name of the group, and that it is put out', async () => {
    const { bot, adapter } = await rig.online();
    const { wechat } = rig;
    wechat.world.person('new', '新同学');
    wechat.rooms.joins('new', 'one');
    await until(() => bot.events.length === 1, 'the join');
    expect(bot.events[0]).toMatchObject({ type: 'join', members: [{ name: '新同学' }] });
    wechat.rooms.leaves('y7', 'one');
    await until(() => bot.events.length === 2, 'the leave');
    expect(bot.events[1]).toMatchObject({ type: 'leave', members: [{ name: '同学7' }] });
    wechat.rooms.renames('one', '软件一班（新）');
    await until(() => bot.events.length === 3, 'the name');
    expect(bot.events[2]).toMatchObject({ type: 'renamed', chat: { name: '软件一班（新）' } });
    // The same group told again is nothing new.
    wechat.rooms.changed('one');
    wechat.says('y1', '还在', 'one');
    await until(() => bot.texts().includes('还在'), 'the message');
    expect(bot.events).toHaveLength(4);
    wechat.rooms.putOut('one');
    await until(() => bot.events.length === 5, 'the removal');
    expect(bot.events[4]).toMatchObject({ type: 'bot-removed' });
    const refused = adapter.send(
      { kind: 'group', id: '@@nobody' },
      { type: 'text', text: '喂' },
      { key: 'x' },
    );
    await expect(refused).rejects.toMatchObject({ outcome: 'refused' });
  });

  it('marks a friend, keeping what stands there, and nobody else', async () => {
    const cadre = rig.wechat.world.people.get('zhang');
    if (cadre) cadre.remark = '辅导员';
    const { adapter, bot } = await rig.online();
    const zhang = bot.directories[0]?.friends[0]?.id ?? '';
    const youth = (await adapter.members(bot.directories[0]?.groups[0]?.id ?? '')).find(
      ({ name }) => name === '同学1',
    );
    expect(await adapter.mark?.(zhang, 'K3X9')).toBe(true);
    expect(rig.wechat.world.people.get('zhang')?.remark).toBe('辅导员 联青#K3X9');
    expect(await adapter.mark?.(youth?.id ?? '', 'XXXX')).toBe(false);
  });

  it('keeps its session over a restart, for its own eyes only, and what was not taken', async () => {
    const first = await rig.online(listener((event) => event.type === 'message' && event.text === '没收下'));
    const [directory] = first.bot.directories;
    const id = rig.wechat.says('zhang', '没收下');
    rig.wechat.says('y1', '收下了', 'one');
    await until(() => first.bot.texts().includes('收下了'), 'the message');
    await first.adapter.stop();
    expect(rig.wechat.login.logouts).toBe(0);
    const session = join(rig.folder, 'session.memory-card.json');
    for (const file of [session, join(rig.folder, 'journal.jsonl'), join(rig.folder, 'state.json')])
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(session, 'utf8')).toContain('PUPPET-WECHAT4U');

    const second = await rig.online();
    expect(rig.codes).toHaveLength(1);
    await until(() => second.bot.texts().length > 0, 'what was not taken');
    expect(second.bot.events).toMatchObject([{ id, text: '没收下' }]);
    expect(second.bot.directories.map(({ login }) => login)).toContain(directory?.login);
    await until(() => second.bot.directories.some(({ groups }) => groups.length > 0), 'the group');
    const again = second.bot.directories.find(({ groups }) => groups.length > 0);
    expect(again?.groups[0]?.id).toBe(directory?.groups[0]?.id);
  });
});
