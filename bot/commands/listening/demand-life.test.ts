import { beforeEach, describe, expect, it } from 'vitest';
import { cadre, group, stage, youth } from '../scene.ts';
import type { Actor } from '../testing.ts';

let other: Actor;
beforeEach(async () => {
  other = await stage.person('小红', group);
  await youth.whispers('/诉求 宿舍三楼的热水晚上十点就停了');
});

const state = async (number = 1) => (await stage.database.db.demand.findFirst({ where: { number } }))?.state;

describe('an answer', () => {
  it('is confirmed by the asker', async () => {
    const said = await cadre.whispers('/问题清单 办结 1 已报修');
    expect(said.to(youth).buttons.map(({ label }) => label)).toEqual(['解决了', '还没解决']);
    expect((await cadre.whispers('/问题清单')).text).toContain('第 1 号　待反馈确认');
    stage.bot = said;
    expect((await youth.presses('解决了')).to(cadre).text).toContain('说解决了，已经办结');
    expect(await state()).toBe('closed');
    expect((await youth.whispers('/我的 确认 1')).text).toContain('没有等你确认');
  });

  it('that solves nothing brings the demand back, also much later', async () => {
    await cadre.whispers('/问题清单 办结 1 已报修');
    expect((await youth.presses('还没解决')).to(cadre).text).toContain('还没解决，回到办理中');
    expect(await state()).toBe('accepted');
    await cadre.whispers('/问题清单 办结 1 换了新锅炉');
    await youth.presses('解决了');
    expect((await youth.whispers('/我的 重开 1')).text).toContain('回到办理中了');
  });

  it('may be why it cannot be done', async () => {
    expect((await cadre.whispers('/问题清单 无法解决 1')).text).toContain('例如：/问题清单 无法解决 3');
    const said = await cadre.whispers('/问题清单 无法解决 1 要等下学期换管道');
    expect(said.to(youth).text).toContain('第 1 号诉求的说明\n李老师（“一班”团干部）：要等下学期换管道');
    await youth.presses('还没解决');
    expect(await state()).toBe('accepted');
  });
});

describe('reporting up', () => {
  it('needs the asker’s yes, who sees what would be reported', async () => {
    const said = await cadre.whispers('/问题清单 转报 1');
    expect(said.to(youth).text).toContain('不写你的名字，写的是：\n“宿舍三楼的热水晚上十点就停了”');
    expect(await state()).toBe('accepted');
    expect((await youth.presses('同意')).to(cadre).text).toContain('同意转报了');
    expect(await state()).toBe('referred');
    expect((await cadre.whispers('/问题清单 查看 1')).text).toContain('对方同意转报');
    expect((await cadre.whispers('/问题清单 办结 1 后勤已经安排')).to(youth).text).toContain('后勤已经安排');
  });

  it('is left when the asker says no', async () => {
    await cadre.whispers('/问题清单 转报 1');
    expect((await youth.presses('不同意')).text).toContain('照样在团干部这里办');
    expect((await cadre.whispers('/问题清单 转报 1')).text).toContain('请尊重对方的意思');
    expect(await state()).toBe('accepted');
  });
});

describe('the same trouble', () => {
  it('is proposed to the cadre alone, merged by their hand, and both are answered', async () => {
    const said = await other.whispers('/诉求 晚上十点以后三楼就没有热水了');
    expect(said.to(cadre).text).toContain('可能相近的，是不是一件事由您定：\n第 1 号　宿舍三楼');
    expect(said.to(other).text).not.toContain('宿舍三楼');
    expect(await state(2)).toBe('open');
    expect((await cadre.presses('并到第 1 号')).to(other).text).toContain(
      '第 2 号诉求和第 1 号看着是同一件事',
    );
    const answered = await cadre.whispers('/问题清单 办结 1 已报修');
    expect(answered.to(other).text).toContain('你也关心的这件事，李老师');
    expect(answered.to(youth).text).toContain('已报修');
    expect((await other.whispers('/我的')).text).toContain('合并（和第 1 号一起办）');
  });

  it('is joined by a number, counted without names, and left again', async () => {
    expect((await other.says('/同感 1')).text).toContain('有答复，你也会收到');
    expect((await other.says('/同感 1')).text).toContain('已经记过了');
    expect((await youth.whispers('/同感 1')).text).toContain('就是你提的');
    expect((await other.whispers('/同感 9')).text).toContain('第 9 号现在没有在办');
    const seen = await cadre.whispers('/问题清单 查看 1');
    expect(seen.text).toContain('1 人同感');
    expect(seen.text).not.toContain('小红');
    expect((await other.whispers('/我的')).text).toContain('同感第 1 号：待受理');
    expect((await other.whispers('/我的 撤回 1')).text).toContain('同感收回了');
    expect((await cadre.whispers('/问题清单 办结 1 好了')).to(other).all).toEqual([]);
  });

  it('is not lost with the demand that it was merged into', async () => {
    await other.whispers('/诉求 晚上十点以后三楼就没有热水了');
    await cadre.presses('并到第 1 号');
    const third = await stage.person('小刚', group);
    await third.says('/同感 1');
    const said = await youth.whispers('/我的 撤回 1');
    expect(said.to(cadre).text).toContain('第 2 号回到待受理，请接着办');
    expect(said.to(third).text).toContain('提出的人收回了');
    expect(await state(2)).toBe('open');
    expect((await cadre.whispers('/问题清单 办结 2 已报修')).to(other).text).toContain('已报修');
  });

  it('cannot be merged in circles or into what is over', async () => {
    await other.whispers('/诉求 路灯坏了');
    expect((await cadre.whispers('/问题清单 合并 1 到 1')).text).toContain('不能合并到自己');
    await cadre.whispers('/问题清单 合并 2 到 1');
    expect((await cadre.whispers('/问题清单 合并 1 到 2')).text).toContain('已经是“合并”');
    expect((await cadre.whispers('/问题清单 合并 2')).text).toContain('请写两个编号');
  });
});

describe('one’s own', () => {
  it('can be withdrawn at any time, and nothing of it stays', async () => {
    await cadre.whispers('/问题清单 办结 1 已报修');
    const said = await youth.whispers('/我的 撤回 1');
    expect(said.text).toContain('内容已经抹掉');
    expect(said.to(cadre).text).not.toContain('热水');
    expect(await stage.database.db.demand.findFirst()).toMatchObject({
      text: '',
      reply: null,
      state: 'withdrawn',
    });
    expect((await cadre.whispers('/问题清单 办结 1 好了')).text).toContain('已经撤回');
    expect((await youth.whispers('/我的 撤回 1')).text).toContain('已经撤回了');
  });

  it('is nobody else’s to confirm, reopen, consent to or withdraw, nor to know of', async () => {
    await cadre.whispers('/问题清单 转报 1');
    for (const step of ['确认', '重开', '同意', '不同意', '撤回'])
      expect((await other.whispers(`/我的 ${step} 1`)).text).toBe('你没有第 1 号诉求，发 /我的 看看编号。');
    expect(await state()).toBe('accepted');
  });
});

it('is sorted by the cadre', async () => {
  expect((await cadre.whispers('/问题清单 归类 1 现实困难 后勤')).text).toContain('归为现实困难 · 后勤');
  expect((await cadre.whispers('/问题清单 查看 1')).text).toContain('现实困难 · 后勤');
  expect((await cadre.whispers('/问题清单 归类 1 抱怨')).text).toContain(
    '请写 思想困惑、现实困难、意见建议 之一',
  );
});

it('a flood is met kindly, a cry for help always heard', async () => {
  for (const n of [2, 3, 4, 5]) await youth.whispers(`/诉求 第 ${n} 件事`);
  expect((await youth.whispers('/诉求 第 6 件事')).text).toContain('今天已经收到你 5 件事了');
  expect((await youth.whispers('/诉求 我不想活了')).to(cadre).text).toContain('我不想活了');
  stage.now += 86_400_001;
  expect((await youth.whispers('/诉求 第 6 件事')).text).toContain('第 7 号');
});
