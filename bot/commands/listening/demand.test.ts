import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { brokenLink } from '../../../prisma/store/audit.ts';
import { cadre, group, stage, youth } from '../scene.ts';
import { openStage } from '../testing.ts';

const demands = () => stage.database.db.demand.findMany({ orderBy: { number: 'asc' } });
const leak = '宿舍三楼的热水晚上总是断';

describe('/诉求', () => {
  it('gets a number back, without repeating the words in the group, and reaches the cadre privately', async () => {
    const said = await youth.says(`/诉求 ${leak}`);
    expect(said.in(group.id).text).toContain('第 1 号');
    expect(said.in(group.id).text).not.toContain('热水');
    expect(said.to(cadre).text).toContain(leak);
    expect(said.all).toHaveLength(2);
    expect(await demands()).toMatchObject([{ number: 1, askerId: youth.id, text: leak, state: 'open' }]);
  });

  it('promises no private word to strangers where only friends can be written to', async () => {
    stage.friendsOnly = true;
    expect((await youth.says(`/诉求 ${leak}`)).in(group.id).text).toContain('没和我加好友的收不到私聊');
    expect((await youth.whispers('/诉求 图书馆闭馆太早')).text).not.toContain('好友');
  });

  it('privately goes to the only group', async () => {
    const said = await youth.whispers(`/诉求：${leak}`);
    expect(said.to(youth).text).toContain('第 1 号');
    expect(said.to(cadre).text).toContain('“一班”');
  });

  it('said twice is one demand', async () => {
    await youth.says(`/诉求 ${leak}`);
    expect((await youth.whispers(`/诉求 ${leak}`)).text).toContain('已经记下了，是第 1 号');
    expect(await demands()).toHaveLength(1);
    await (await stage.person('小红', group)).says(`/诉求 ${leak}`);
    expect(await demands()).toHaveLength(2);
  });

  it('needs a group with a cadre, and is not for the cadre', async () => {
    expect((await cadre.says(`/诉求 ${leak}`)).text).toContain('给群里小伙伴用的');
    const stranger = await stage.person('路人');
    expect((await stranger.whispers(`/诉求 ${leak}`)).text).toContain('不知道你在哪个群');
    const lonely = await stage.person('小刚', await stage.group('没人管'));
    expect((await lonely.says(`/诉求 ${leak}`)).text).toContain('还没有绑定团干部');
    expect(await demands()).toEqual([]);
  });

  it('answers empty and endless ones, and keeps hostile words harmless', async () => {
    expect((await youth.says('/诉求')).text).toContain('例如：/诉求');
    expect((await youth.says('/诉求 \u200b\u202e')).text).toContain('例如：/诉求');
    expect((await youth.says(`/诉求 ${'长'.repeat(1_000_000)}`)).text).toContain(
      '太长了，请控制在 1000 字以内',
    );
    await youth.says('/诉求 @所有人 \u202e**快看** <b>\u0000');
    expect((await demands())[0]?.text).toBe('＠所有人 **快看** <b>');
  });
});

describe('/问题清单', () => {
  beforeEach(async () => {
    await youth.says(`/诉求 ${leak}`);
  });

  it('shows texts privately, in the group only counts and numbers', async () => {
    expect((await cadre.whispers('/问题清单')).text).toContain(`第 1 号　待受理　小明：${leak}`);
    const said = await cadre.says('/问题清单 列表');
    expect(said.text).toContain('待受理 1 件（1 号），办理中 0 件，待反馈确认 0 件，已办结 0 件');
    expect(said.text).not.toMatch(/热水|小明/);
    expect((await cadre.whispers('/问题清单 查看 1')).text).toContain(leak);
  });

  it('is accepted and closed with a reply that reaches the asker alone', async () => {
    await cadre.whispers('/问题清单');
    await cadre.says('/问题清单 受理 1');
    expect(stage.bot.to(youth).text).toContain('第 1 号诉求已受理');
    expect(stage.bot.in(group.id).text).toContain('第 1 号诉求已受理');
    expect((await cadre.says('/问题清单 受理 1')).text).toContain('正在办理中');
    const refused = await cadre.says('/问题清单 办结 1 已报修');
    expect(refused.text).toContain('请私聊我发 /问题清单 办结');
    expect(refused.text).not.toContain('已报修');
    await cadre.whispers('/问题清单 办结 1 已报修，周三前修好');
    expect(stage.bot.to(youth).text).toContain('李老师（“一班”团干部）：已报修，周三前修好');
    expect(stage.bot.in(group.id).all).toEqual([]);
    expect((await demands())[0]).toMatchObject({ state: 'answered', reply: '已报修，周三前修好' });
    expect((await cadre.whispers('/问题清单 办结 1 再来')).text).toContain('已经答复，等对方确认');
    expect((await youth.whispers('/我的诉求')).text).toContain('答复：已报修，周三前修好');
    await youth.whispers('/我的 确认 1');
    expect((await cadre.whispers('/问题清单')).text).toContain('没有待办的诉求，已办结 1 件');
  });

  it('can be accepted by the notice’s button', async () => {
    await youth.says('/诉求 路灯坏了');
    await cadre.presses('受理');
    expect(stage.bot.to(youth).text).toContain('第 2 号诉求已受理');
  });

  it('is nobody else’s', async () => {
    const other = await stage.cadre('王老师', await stage.group('二班'));
    expect((await other.whispers(`/问题清单 查看 群#${group.id} 1`)).text).not.toContain('热水');
    expect((await other.whispers('/问题清单 查看 1')).text).toContain('没有第 1 号诉求');
    expect((await youth.whispers('/问题清单')).text).toContain('团干部用的');
    expect((await youth.says('/问题清单')).text).toContain('本群团干部用的');
  });

  it('answers what is incomplete or wrong', async () => {
    expect((await cadre.whispers('/问题清单 受理')).text).toContain('例如：/问题清单 受理 3');
    expect((await cadre.whispers('/问题清单 受理 8')).text).toContain('没有第 8 号');
    expect((await cadre.whispers('/问题清单 办结 1')).text).toContain('例如：/问题清单 办结 3');
    expect((await cadre.whispers('/问题清单 受里 1')).text).toContain('您是不是想输入 /问题清单 受理');
    await cadre.presses('/问题清单 受理');
    expect(stage.bot.to(youth).text).toContain('已受理');
  });

  it('leaves a trace of every reading and change, without words or names', async () => {
    await cadre.whispers('/问题清单');
    await cadre.whispers('/问题清单 受理 1');
    const rows = await stage.database.db.audit.findMany({ orderBy: { id: 'asc' } });
    expect(rows.slice(-3).map(({ actor, action }) => [actor, action])).toEqual([
      [`person:${youth.id}`, 'demand.send'],
      [`person:${cadre.id}`, 'demand.read'],
      [`person:${cadre.id}`, 'demand.accept'],
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/热水|小明|李老师/);
    expect(await brokenLink(stage.database.db, stage.secret.hash)).toBeUndefined();
  });
});

describe('/我的诉求', () => {
  it('shows one’s own, privately', async () => {
    expect((await youth.whispers('/我的诉求')).text).toContain('还没有提过诉求');
    await youth.whispers(`/诉求 ${leak}`);
    expect((await youth.whispers('/我的诉求')).text).toContain(`第 1 号（一班）待受理：${leak}`);
    const refused = await youth.says('/我的诉求');
    expect(refused.text).toContain('请私聊我发 /我的 全部');
    expect(refused.text).not.toContain('热水');
    expect((await (await stage.person('小红', group)).whispers('/我的诉求')).text).not.toContain('热水');
  });
});

it('demands and their numbers survive a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lianqing-'));
  const own = await openStage({ url: `file:${join(folder, 'test.db')}` });
  const place = await own.group('一班');
  const leader = await own.cadre('李老师', place);
  const asker = await own.person('小明', place);
  await asker.says(`/诉求 ${leak}`);
  await own.restart();
  expect((await asker.says('/诉求 路灯坏了')).text).toContain('第 2 号');
  expect((await leader.whispers('/问题清单')).text).toContain(leak);
  await own.database.close();
  await rm(folder, { recursive: true });
});
