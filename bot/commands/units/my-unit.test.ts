import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, openStage, type Stage } from '../testing.ts';

let stage: Stage;
let administrator: Actor;
beforeEach(async () => {
  stage = await openStage();
  administrator = await stage.administrator('王敏');
});
afterEach(() => stage.database.close());

describe('an administrator', () => {
  it('sees counts of the unit and those below it, and neither a name nor a deed', async () => {
    const cadre = await stage.cadre('李老师', await stage.group('一班'));
    const unit = await stage.database.db.unit.findFirstOrThrow();
    await stage.database.db.unit.create({ data: { name: '计科团总支', parentId: unit.id } });
    await stage.code('赵老师', '计科团总支');
    await stage.code('外人', '别的学校团委');
    const said = await administrator.whispers('/本单位');
    expect(said.text).toContain('合计（含下级）：团干部 2 人，已认证 1 人');
    expect(said.text).toContain('计科团总支：团干部 1 人，已认证 0 人');
    expect(said.text).not.toMatch(/李老师|赵老师|别的学校/);
    const logged = await stage.database.db.audit.findMany({ where: { action: 'unit.counts' } });
    expect(logged).toMatchObject([{ subject: `unit:${unit.id}` }]);
    expect((await cadre.whispers('/本单位')).text).toContain('团组织管理员用的');
  });

  it('sees each requirement as counts of cadres and groups, and nobody’s name', async () => {
    const group = await stage.group('一班');
    const cadre = await stage.cadre('李老师', group);
    await stage.cadre('赵老师', await stage.group('二班'));
    await stage.code('孙老师');
    await cadre.whispers('/记 团课 9月1日 给计科2班讲五四精神 32人');
    await cadre.whispers('是');
    await administrator.whispers('/本单位');
    const said = await administrator.presses('看各项要求');
    expect(said.text).toContain('各项要求　2026 年 9 月 2 日');
    expect(said.text).toContain('已认证的团干部 2 人');
    expect(said.text).toContain('每天\n每天有声音（按群）：快到期 2');
    expect(said.text).toContain('每年给团支部上2次团课：进行中 2');
    expect(said.text).toMatch(/都还不确定（.*）：经常联系一个团支部、经常联系一个社团/);
    expect(said.text).not.toMatch(/李老师|赵老师|孙老师|一班|二班|达成 [^\n]*%/);
    // One at a time comes to the same.
    await cadre.whispers('/记 团课 9月2日 给计科3班讲五四精神 30人');
    await cadre.whispers('是');
    expect((await administrator.whispers('/本单位 要求')).text).toContain(
      '每年给团支部上2次团课：达成 1，进行中 1',
    );
    expect(await stage.database.db.audit.count({ where: { action: 'unit.counts' } })).toBe(3);
    expect((await cadre.whispers('/本单位 要求')).text).toContain('团组织管理员用的');
  });

  it('is told so while no cadre has proved who they are', async () => {
    expect((await administrator.whispers('/本单位 要求')).text).toContain('还没有认证了的团干部');
  });

  it('leads no group and reads no demand by it', async () => {
    const group = await stage.group('一班');
    const cadre = await stage.cadre('李老师', group);
    await (await stage.person('小明', group)).whispers('/诉求 宿舍三楼的热水晚上总是断');
    expect((await administrator.whispers('/问题清单')).text).toContain('这个命令是团干部用的');
    expect((await cadre.whispers('/问题清单')).text).toContain('热水');
  });

  it('proves it once: the account stays theirs, and a new code moves it with a word to the old one', async () => {
    const other = await stage.person('新账号');
    const { code } = await stage.administratorCode('王敏');
    expect((await other.whispers(`/绑定 ${code}`)).text).toContain('信息工程学院委员会管理员 王敏，您好');
    expect(stage.bot.to(administrator).text).toContain('您的管理员身份已换到另一个账号');
    expect((await administrator.whispers('/本单位')).text).toContain('团组织管理员用的');
    const second = await stage.administratorCode('刘洋');
    expect((await other.whispers(`/绑定 ${second.code}`)).text).toContain('已经认证为另一位管理员');
  });
});
