import { beforeEach, describe, expect, it } from 'vitest';
import { dayMs } from '../../../domain/calendar/day.ts';
import { cadre, group, stage, youth } from '../scene.ts';
import type { Actor } from '../testing.ts';

let friend: Actor;
beforeEach(async () => {
  friend = await stage.person('小红', group);
});

/** 小红 would like to be in touch with 小明 about what he offers. */
async function asked(): Promise<void> {
  await youth.whispers('/互助 供 周末教打羽毛球');
  await friend.says('/互助 联系 1');
  await friend.presses('联系');
}

describe('the list', () => {
  it('says what is wanted and offered, the newest first, without names', async () => {
    expect((await friend.says('/互助')).text).toContain('现在还没有，来发第一条吧');
    const said = await youth.whispers('/互助 求四级听力资料');
    expect(said.to(youth).text).toContain('第 1 号记进互助列表了，不写你的名字。挂到 10月2日（周五）15:00');
    expect(said.to(cadre).all).toEqual([]);
    await friend.says('/互助 供：周末教打羽毛球');
    const list = await cadre.whispers('/互助');
    expect(list.text).toContain('2 号　【供】周末教打羽毛球\n1 号　【求】四级听力资料');
    expect(list.text).toContain('互相帮忙不收钱');
    expect(list.text).not.toMatch(/小明|小红/);
    expect(list.buttons.map(({ label }) => label)).toEqual(['联系 2 号', '联系 1 号']);
  });

  it('takes what begins with 求 or 供, no ways to get in touch, nothing twice, and no flood', async () => {
    expect((await youth.whispers('/互助 四级资料')).text).toContain('开头写“求”或“供”');
    expect((await youth.whispers('/互助 求')).text).toContain('开头写“求”或“供”');
    expect((await youth.whispers('/互助 求 资料，微信 abcde12345')).text).toContain('我隐去了');
    expect((await friend.says('/互助')).text).toContain('求】资料，微信 〔账号〕');
    await youth.whispers('/互助 求 搭子');
    expect((await youth.whispers('/互助 求 搭子')).text).toContain('已经在列表里了，是第 2 号');
    await youth.whispers('/互助 供 搭子');
    expect((await youth.whispers('/互助 供 笔记')).text).toContain('已经有 3 条在列表里了');
    for (const number of [1, 2, 3]) await youth.whispers(`/互助 撤回 ${number}`);
    for (const what of ['伞', '书']) await youth.whispers(`/互助 求 ${what}`);
    expect((await youth.whispers('/互助 求 球')).text).toContain('明天再来');
  });

  it('shows words of money to the cadre, who may take it off with a reason', async () => {
    const said = await youth.whispers('/互助 供 代写实验报告');
    expect(said.to(youth).text).toContain('代写代考的，都别理');
    expect(said.to(cadre).text).toContain('请您看一眼\n【供】代写实验报告');
    expect(said.to(cadre).text).not.toContain('小明');
    expect((await cadre.whispers('/互助 收起 1 代写违反校规')).to(youth).text).toContain('代写违反校规');
    expect((await friend.says('/互助')).text).toContain('还没有');
    expect((await youth.whispers('/互助 续 1')).text).toContain('改一改再发一条');
  });
});

describe('two youths', () => {
  it('learn each other’s names when both have said yes', async () => {
    await youth.whispers('/互助 供 周末教打羽毛球');
    const question = await friend.says('/互助 联系 1');
    expect(question.in(group.id).text).toBe('私聊里和你确认一下。');
    expect(question.to(friend).text).toContain('小伙伴“小红”想联系；对方愿意了，再告诉你是谁');
    const said = await friend.presses('联系');
    expect(said.to(friend).text).not.toContain('小明');
    expect(said.to(youth).text).toContain('“一班”的小伙伴“小红”想联系你：【供】周末教打羽毛球');
    stage.bot = said;
    const yes = await youth.presses('可以');
    expect(yes.to(friend).text).toContain('对方愿意：是“一班”的小伙伴“小明”');
    expect((await friend.whispers('/互助 联系 1')).text).toContain('名字私下告诉过你');
    expect((await youth.whispers('/互助 解决 1')).text).toContain('太好了');
    expect((await cadre.whispers('/互助')).text).toContain('还没有');
  });

  it('do not, when one would rather not', async () => {
    await asked();
    expect((await friend.whispers('/互助 联系 1')).text).toContain('正在等对方回话');
    const no = await youth.whispers('/互助 不同意 1');
    expect(no.to(friend).text).toContain('这次不方便，别往心里去');
    expect(no.to(friend).text).not.toContain('小明');
    expect((await youth.whispers('/互助 同意 1')).text).toContain('没有等你回话的人');
  });

  it('are told apart when several ask; whoever is left hears that it is over', async () => {
    await asked();
    const third = await stage.person('小刚', group);
    await third.whispers('/互助 联系 1');
    await third.whispers('是');
    expect((await youth.whispers('/互助 我的')).text).toContain('2 人想联系你');
    const which = await youth.whispers('/互助 同意 1');
    expect(which.buttons.map(({ label }) => label)).toEqual(['小伙伴“小红”', '小伙伴“小刚”']);
    expect((await youth.presses('小伙伴“小刚”')).to(third).text).toContain('对方愿意');
    expect((await youth.whispers('/互助 撤回 1')).to(friend).text).toContain('这次没对上');
    expect((await stage.database.db.help.findFirst())?.text).toBe('');
  });

  it('nobody asks for themselves, for what is gone, or more than five a day', async () => {
    await youth.whispers('/互助 求 伞');
    expect((await youth.whispers('/互助 联系 1')).text).toContain('你自己发的');
    expect((await friend.whispers('/互助 联系 7')).text).toContain('没有互助第 7 号');
    expect((await friend.whispers('/互助 解决 1')).text).toContain('你没有互助第 1 号');
    for (let n = 2; n <= 7; n++) {
      const other = await stage.person(`同学${n}`, group);
      await other.whispers('/互助 求 伞');
      await friend.whispers(`/互助 联系 ${n}`);
      if (n < 7) await friend.whispers('是');
    }
    expect(stage.bot.text).toContain('今天已经联系了 5 位');
    stage.now += dayMs;
    expect((await friend.whispers('/互助 联系 7')).text).toContain('请确认一下');
  });
});

it('words of danger are on no list', async () => {
  for (const typed of ['/互助 求 我不想活了', '/互助 我不想活了']) {
    const said = await youth.says(typed);
    expect(said.in(group.id).all).toEqual([]);
    expect(said.to(youth).text).toContain('你不用一个人扛');
  }
  expect(await stage.database.db.help.count()).toBe(0);
  expect((await youth.presses('记成诉求')).to(cadre).text).toContain('我不想活了');
});
