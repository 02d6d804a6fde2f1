import { beforeEach, describe, expect, it } from 'vitest';
import { cadre, stage, youth } from './scene.ts';

describe('privately, without the slash', () => {
  it('an action and what it needs is offered with its command', async () => {
    await youth.whispers('/诉求 三楼的热水晚上总是断');
    const said = await cadre.whispers('受理 1');
    expect(said.text).toContain('您是不是想发：/问题清单 受理 1');
    expect(await stage.database.db.demand.findMany()).toMatchObject([{ state: 'open' }]);
    await cadre.presses('/问题清单 受理');
    expect(await stage.database.db.demand.findMany()).toMatchObject([{ state: 'accepted' }]);
  });

  it('is only offered to whom it is for, and where it reads whole', async () => {
    expect((await youth.whispers('受理 1')).text).not.toContain('是不是想发');
    expect((await youth.whispers('修改一下宿舍断电的时间吧')).text).toContain('记成诉求');
    expect((await cadre.whispers('受理 一下')).text).not.toContain('是不是想发');
    expect((await cadre.says('受理 1')).all).toEqual([]);
  });
});

describe('the check-in code', () => {
  beforeEach(async () => {
    await cadre.says('/活动 发布 周六下午2点-4点 操场 夜跑');
    await cadre.says('是');
    stage.now = Date.parse('2026-09-05T14:10:05+08:00');
  });

  it('said bare is offered as a check-in, and becomes one by a press', async () => {
    const code = await stage.checkInCode();
    expect((await youth.whispers(`${code}。`)).text).toContain('要用它给“夜跑”签到');
    expect(await stage.database.db.checkIn.count()).toBe(0);
    expect((await youth.presses('签到')).text).toContain('签到好了');
    expect(await stage.database.db.checkIn.findMany()).toMatchObject([{ personId: youth.id, ticked: false }]);
  });

  it('four digits mean nothing while no activity can be checked in at, nor in a group', async () => {
    expect((await youth.says(await stage.checkInCode())).all).toEqual([]);
    stage.now = Date.parse('2026-09-05T18:00:00+08:00');
    expect((await youth.whispers('1234')).text).toContain('我是联青');
    expect((await cadre.whispers('1234')).text).not.toContain('签到');
  });

  it('is shown without a number when only one activity is meant', async () => {
    expect((await cadre.whispers('/活动 签到码')).text).toContain(`签到码 ${await stage.checkInCode()}`);
    expect((await cadre.whispers('/活动 二维码')).all[0]?.draft).toMatchObject({ type: 'poster' });
    await cadre.says('/活动 发布 周日下午2点 湖边 摄影');
    await cadre.says('是');
    // Of two the one that is going on.
    expect((await cadre.whispers('/活动 签到码')).text).toContain(`签到码 ${await stage.checkInCode()}`);
    stage.now = Date.parse('2026-09-05T10:00:00+08:00');
    expect((await cadre.whispers('/活动 签到码')).text).toContain('看哪个活动的签到码？');
    await cadre.presses('活动2｜摄影');
    expect(stage.bot.text).toContain(`签到码 ${await stage.checkInCode(2)}`);
    await cadre.says('/活动 取消 2');
    await cadre.says('是');
    expect((await cadre.whispers('/活动 签到码')).text).toContain('活动1｜夜跑');
    await cadre.says('/活动 取消 1');
    await cadre.says('是');
    expect((await cadre.whispers('/活动 签到码')).text).toContain('现在没有发布了还没结束的活动');
  });
});
