/** 十个一: found in the records or ticked, by a command or a press; nobody is asked to. */
import { beforeEach, describe, expect, it } from 'vitest';
import { cadre, group, stage, youth } from '../scene.ts';

const unitOf = async (profile: string, organ = true) => {
  await stage.database.db.unit.updateMany({ data: { profile } });
  await stage.database.db.cadre.updateMany({ data: { organ } });
};

describe('/十个一, for who is 机关干部 under 团中央', () => {
  beforeEach(() => unitOf('gqt'));

  it('shows the ten with how each is known, ticks and unticks', async () => {
    const said = await cadre.whispers('/十个一');
    expect(said.text).toContain('十步走了 1 步：1 步从记录看出。这是参考，不作要求');
    expect(said.text).toContain('现在联系青年 1 人，目标 100 人');
    expect(said.text).toContain('1. 【还没】召开一次专题党支部会议');
    expect(said.text).toMatch(/10\. 【走了】建立一系列微信群等互动社交平台\n　　记录：\S+绑定了您的群/);
    expect(said.buttons).toHaveLength(9);
    await cadre.presses('勾第 3 步');
    expect(stage.bot.text).toContain('第 3 步勾上了。\n十步走了 2 步：1 步从记录看出，1 步您自己勾的');
    expect(stage.bot.text).toContain(
      '3. 【走了】与一个青年汇建立联系，亮明团干部身份和联系方式\n　　您 9月2日（周三）勾的',
    );
    await cadre.presses('取消第 3 步');
    expect(stage.bot.text).toContain('第 3 步取消了。\n十步走了 1 步');
    expect((await cadre.whispers('/十个一 勾 第1步、2、１０')).text).toContain(
      '第 1、2 步勾上了。\n十步走了 3 步',
    );
    expect((await cadre.whispers('/十个一 勾 1')).text).toContain('第 1 步本来就算走了');
    expect((await cadre.whispers('/十个一 取消 4')).text).toContain('第 4 步本来就没有勾');
  });

  it.each(['0', '11', '', '三步', '3-5', '三', '1e1', '9'.repeat(99)])(
    'does not guess at “%s”',
    async (typed) => {
      expect((await cadre.whispers(`/十个一 勾 ${typed}`)).text).toContain('1 到 10');
      expect(await stage.database.db.firstStep.count()).toBe(0);
    },
  );

  it('finds a step in the records, loses it with them, and keeps the cadre’s word beside', async () => {
    await cadre.whispers('/十个一 勾 9');
    await cadre.whispers('/记 走访 昨天 远大机械公司 5人');
    await cadre.whispers('是');
    const said = await cadre.whispers('/十个一');
    expect(said.text).toContain(
      '9. 【走了】结合出差、调研、会议等开展一次走访\n　　记录：第 1 条 走访 9月1日（周二）（仅口述）',
    );
    expect(said.text).toContain('　　可能是第 1 条 走访 9月1日（周二），是这一步就勾上');
    expect((await cadre.whispers('/十个一 取消 9')).text).toContain(
      '第 9 步取消了。第 9 步是从记录里看出来的；记错了，发 /记 更正 1 或 /记 撤回 1。',
    );
    await cadre.whispers('/记 撤回 1');
    await cadre.whispers('是');
    expect((await cadre.whispers('/十个一')).text).toContain('9. 【还没】');
    await cadre.whispers('/亮身份');
    expect((await cadre.whispers('/十个一')).text).toContain(
      '9月2日（周三）在群里亮过身份了，青年汇也联系了就勾上',
    );
  });

  it('is in /进度 as advice, and nowhere in the reminders', async () => {
    await cadre.whispers('/十个一 勾 1 2 3');
    const said = await cadre.whispers('/进度 年 文字');
    expect(said.text).toContain('起步参考“十个一”：进行中（4 / 10 步，有印证 1、仅口述 3　建议，不作要求）');
    expect((await cadre.whispers('/提醒')).text).not.toContain('十个一');
    expect((await cadre.whispers('/提醒 静音 十个一')).text).not.toContain('好的');
    for (let step = 4; step < 10; step++) await cadre.whispers(`/十个一 勾 ${step}`);
    expect(stage.bot.text).toContain('十步走了 10 步');
    expect(stage.bot.buttons.map(({ label }) => label)).toEqual(['取消第 9 步']);
    expect((await cadre.whispers('/进度 年 文字')).text).toContain('起步参考“十个一”：达成（10 / 10 步');
  });

  it('is in what the cadre can see and export of themselves', async () => {
    await cadre.whispers('/十个一 勾 2');
    expect((await cadre.whispers('/我的数据')).text).toContain('“十个一”里自己勾的 1 步');
    const [sheet] = (await cadre.whispers('/我的数据 导出')).all.flatMap(({ draft }) =>
      draft.type === 'workbook' ? draft.sheets : [],
    );
    expect(sheet?.rows).toContainEqual(['“十个一”第 2 步', '2026-09-02自己勾的']);
    expect((await youth.whispers('/我的数据')).text).not.toContain('十个一');
  });

  it('is the cadre’s own: in no group, to no youth, not another’s', async () => {
    await cadre.whispers('/十个一 勾 1');
    expect((await cadre.says('/十个一')).text).toContain('请私聊我');
    expect((await youth.whispers('/十个一')).text).toContain('团干部用的');
    const other = await stage.cadre('王老师', await stage.group('二班'));
    await unitOf('gqt');
    expect((await other.whispers('/十个一')).text).toContain('1. 【还没】');
    expect((await other.says('/十个一 勾 1')).in(group.id).text).not.toContain('勾上');
  });
});

describe('where the path is not theirs', () => {
  it.each([
    ['xinjiang', true, '您单位用的制度（新疆应用职业技术学院）里没有“十个一”'],
    ['chuzhou', true, '您单位用的制度（滁州学院）里没有“十个一”'],
    ['meizhou', true, '您单位用的制度（梅州）里没有“十个一”'],
    ['gqt', false, '您没有登记为机关干部'],
  ])('under %s (机关干部: %s) it says why, and which ten they are', async (profile, organ, why) => {
    await unitOf(profile, organ);
    const said = await cadre.whispers('/十个一');
    expect(said.text).toContain(why);
    expect(said.text).toContain('1. 召开一次专题党支部会议');
    expect(said.text).not.toMatch(/还没|走了/);
    expect(said.buttons.map(({ command }) => command)).toEqual(['/进度 全部', '/制度 原文 gqt-steps/0.p2']);
    expect((await cadre.whispers('/十个一 勾 1')).text).toContain(why);
    expect(await stage.database.db.firstStep.count()).toBe(0);
  });

  it('for who is exempt it says so', async () => {
    await unitOf('gqt');
    await stage.database.db.cadre.updateMany({ data: { exempt: 'maternity' } });
    expect((await cadre.whispers('/十个一')).text).toContain('您按问答 9 免于开展');
  });
});
