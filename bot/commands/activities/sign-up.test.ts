import { beforeEach, describe, expect, it } from 'vitest';
import { cadre, group, youth as ming, stage } from '../scene.ts';
import type { Actor } from '../testing.ts';

let hong: Actor;
beforeEach(async () => {
  hong = await stage.person('小红', group);
});

const announce = async (words: string) => {
  await cadre.says(`/活动 发布 ${words}`);
  return cadre.says('是');
};
const states = async () =>
  (await stage.database.db.signUp.findMany({ orderBy: { at: 'asc' } })).map(({ state }) => state);
const saturday = Date.parse('2026-09-05T14:10:00+08:00');

describe('/报名 and /请假', () => {
  it('give places, then a waiting list; a place that is given back goes to who waits longest', async () => {
    expect((await announce('周六下午2点-4点 操场 夜跑 限1人')).in(group.id).text).toContain('名额 1 人');
    await ming.presses('报名');
    expect(stage.bot.all).toHaveLength(1);
    expect(stage.bot.to(ming).text).toContain('报上了：“夜跑”，9月5日（周六）14:00-16:00');
    stage.now += 1_000;
    expect((await hong.whispers('/报名')).text).toContain('你在候补里');
    expect((await ming.says('/报名 1')).text).toContain('已经报名了');
    expect(await states()).toEqual(['in', 'waiting']);
    const left = await ming.whispers('/请假 1');
    expect(left.to(ming).text).toContain('给你请假了，下次再约');
    expect(left.to(hong).text).toContain('有空位，轮到你了');
    expect(await states()).toEqual(['leave', 'in']);
    stage.now += 1_000;
    expect((await ming.whispers('/报名')).text).toContain('你在候补里');
  });

  it('are said kindly no to, and are nobody’s duty', async () => {
    expect((await ming.says('/报名')).text).toContain('现在没有可以报名的活动');
    await announce('周六下午2点-4点 操场 夜跑');
    expect((await ming.says('/请假')).text).toContain('不用请假，来不来都随你');
    expect((await ming.says('/报名 7')).text).toContain('没有可以报名的活动7');
    expect((await cadre.says('/报名 1')).text).toContain('给群里小伙伴用的');
    await announce('周日下午2点-4点 湖边 摄影');
    expect((await ming.says('/报名')).text).toContain('请写上编号');
    stage.now = saturday;
    expect((await ming.says('/报名 1')).text).toContain('已经开始了，想来可以直接来');
    await cadre.says('/活动 取消 2');
    await cadre.says('是');
    expect((await ming.says('/报名 2')).text).toContain('没有可以报名的活动2');
  });

  it('nobody has to sign up to check in', async () => {
    await announce('周六下午2点-4点 操场 夜跑 限1人');
    stage.now = saturday;
    expect((await hong.says(`/签到 ${await stage.checkInCode()}`)).text).toContain('签到好了');
  });
});

describe('/我的活动', () => {
  it('shows one’s own sign-ups and hours, privately', async () => {
    expect((await ming.whispers('/我的活动')).text).toContain('还没有报名');
    await announce('周六下午2点-4点半 敬老院 志愿服务');
    expect(stage.bot.in(group.id).text).toContain('志愿服务，2.5 小时');
    await ming.says('/报名');
    expect((await ming.whispers('/我的活动')).text).toContain('一班 活动1　志愿服务');
    expect(stage.bot.text).toContain('已报名');
    stage.now = saturday;
    await ming.says(`/签到 ${await stage.checkInCode()}`);
    expect((await ming.whispers('/我的活动')).text).toContain('参加了，2.5 小时');
    expect(stage.bot.text).toContain('志愿服务共 2.5 小时');
    expect((await hong.whispers('/我的活动')).text).toContain('还没有报名');
    expect((await ming.says('/我的活动')).text).toContain('请私聊我发');
  });
});
