/** 我的数据: what is kept of somebody is theirs to see, to take along and to erase. */
import { describe, expect, it } from 'vitest';
import { cadre, group, stage, youth } from '../scene.ts';
import type { Actor } from '../testing.ts';

/** A youth who did all that leaves a trace. */
async function live(): Promise<Actor> {
  const { db } = stage.database;
  const hong = await stage.person('小红', group);
  await youth.whispers('/诉求 三楼的热水晚上总是断');
  await youth.whispers('/诉求 想要一个自习室');
  await cadre.whispers('/问题清单 办结 1 已经修好了');
  await youth.whispers('/我的诉求 确认 1');
  await cadre.says('/活动 发布 名额：1 时间：周六下午2点-4点 地点：操场 名称：夜跑');
  await cadre.says('是');
  await cadre.says('/活动 发布 名额：1 时间：周日下午2点-4点 地点：湖边 名称：摄影');
  await cadre.says('是');
  await youth.whispers('/报名 2');
  await hong.whispers('/报名 2');
  stage.now = Date.parse('2026-09-05T14:10:05+08:00');
  await youth.says(`/签到 ${await stage.checkInCode()}`);
  stage.now = Date.parse('2026-09-05T16:10:00+08:00');
  await cadre.whispers('/活动 结束 1 跑了三公里');
  await cadre.whispers('/记 谈心谈话 今天');
  await cadre.whispers('是');
  await cadre.whispers('/记 印证 2');
  await youth.whispers(`/印证 ${/印证码：(\S{9})/.exec(stage.bot.text)?.[1] ?? ''}`);
  await youth.whispers('是');
  const day = Math.floor((stage.now + 8 * 3_600_000) / 86_400_000);
  await db.presence.create({ data: { groupId: group.id, day, personId: youth.id, slots: 3n } });
  await db.address.create({ data: { groupId: group.id, day, fromId: cadre.id, toId: youth.id } });
  return hong;
}
const sheets = () => stage.bot.all.flatMap(({ draft }) => (draft.type === 'workbook' ? draft.sheets : []));

describe('/我的数据', () => {
  it('counts what is kept, and gives it as a file, to the person alone', async () => {
    await live();
    expect((await youth.whispers('/我的数据')).text).toContain('诉求 2 件');
    await youth.presses('导出');
    expect(sheets().map(({ name, rows }) => [name, rows.length - 1])).toEqual([
      ['概况', 5],
      ['诉求', 2],
      ['活动', 2],
      ['印证', 1],
      ['心愿、互助、提问', 0],
      ['问卷', 0],
      ['哪些半小时说过话', 1],
    ]);
    expect(JSON.stringify(sheets())).toContain('三楼的热水晚上总是断');
    expect(JSON.stringify(sheets())).toContain('00:00、00:30');
    expect((await youth.says('/我的数据 导出')).text).toContain('请私聊我发 /我的数据 导出');
    const other = await stage.person('小刚', group);
    await other.whispers('/我的数据 导出');
    expect(JSON.stringify(sheets())).not.toMatch(/热水|夜跑/);
    expect(await stage.database.db.audit.count({ where: { action: 'data.export' } })).toBe(2);
  });

  it('is a text where no file can be sent', async () => {
    await live();
    stage.files = false;
    const said = await youth.whispers('/我的数据 导出');
    expect(sheets()).toEqual([]);
    expect(said.text).toContain('三楼的热水晚上总是断');
    expect(said.text).not.toContain('【问卷】');
  });
});

describe('/我的数据 删除', () => {
  it('says what goes and what stays, and does nothing without a yes', async () => {
    await live();
    const asked = await youth.whispers('/我的数据 删除');
    expect(asked.text).toContain('会删掉：诉求、心愿、互助和提问的内容和答复');
    expect(asked.text).toContain('只留下数目');
    await youth.presses('不删');
    expect((await youth.whispers('/我的数据')).text).toContain('诉求 2 件');
    expect(stage.erasures).toBe(0);
  });

  it('leaves numbers alone, gives the place to who waited, and tells nobody', async () => {
    const hong = await live();
    await youth.whispers('/我的数据 删除');
    await youth.presses('删掉');
    expect(stage.bot.to(youth).text).toContain('都删掉了');
    expect(stage.bot.to(hong).text).toContain('“摄影”有空位，轮到你了');
    expect(stage.bot.to(cadre).all).toEqual([]);
    expect(stage.erasures).toBe(1);
    const { db } = stage.database;
    const left = [
      await db.demand.findMany(),
      await db.signUp.findMany({ where: { personId: youth.id } }),
      await db.checkIn.findMany({ where: { personId: youth.id } }),
      await db.deedConfirmation.findMany(),
      await db.confirmation.findMany({ where: { personId: youth.id } }),
    ];
    expect(JSON.stringify(left)).not.toMatch(/热水|自习室|修好/);
    expect(left.slice(1)).toEqual([[], [], [], []]);
    expect(await db.presence.count({ where: { personId: youth.id } })).toBe(0);
    expect(await db.address.count()).toBe(0);
    expect(await db.demand.findMany({ orderBy: { number: 'asc' } })).toMatchObject([
      { state: 'closed', askerId: 0, text: '（提出的人已删除）' },
      { state: 'withdrawn', askerId: 0, text: '' },
    ]);
    expect((await cadre.whispers('/活动 名单 1')).text).toContain('签到 1 人（用码 1，点名 0）：一位小伙伴');
    expect((await cadre.whispers('/问题清单 列表')).text).not.toContain('小明');
    expect((await youth.whispers('/我的数据')).text).toContain('诉求 0 件');
    expect((await cadre.whispers('/记 查看 2')).text).toContain('仅口述');
  });

  it('is not for cadres and administrators, who hand over first', async () => {
    expect((await cadre.whispers('/我的数据 删除')).text).toContain('要先交接');
    const admin = await stage.administrator('赵书记');
    expect((await admin.whispers('/我的数据 删除')).text).toContain('要先交接');
    expect((await cadre.whispers('/我的数据')).text).toContain('在 1 个群里');
  });
});
