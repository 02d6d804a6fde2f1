import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeSurvey, surveyNumbered } from '../../../prisma/store/surveys.ts';
import { type Actor, openStage, type Stage, type StageGroup } from '../testing.ts';

let stage: Stage;
let group: StageGroup;
let cadre: Actor;
let administrator: Actor;
beforeEach(async () => {
  stage = await openStage();
  administrator = await stage.administrator('王敏');
  group = await stage.group('一班');
  cadre = await stage.cadre('李老师', group);
});
afterEach(() => stage.database.close());

async function begin(): Promise<void> {
  await administrator.whispers('/本单位 评价');
  await administrator.whispers('是');
}

async function marked(count: number, mark = 4): Promise<void> {
  for (let n = 0; n < count; n++) await (await stage.person(`同学${n}`, group)).whispers(`1 ${mark}`);
}

/** The time of the survey with that id is over. */
async function over(id = 1): Promise<void> {
  const { groupId } = await stage.database.db.survey.findUniqueOrThrow({ where: { id } });
  const row = await surveyNumbered(stage.database.db, groupId, 1);
  if (!row) throw new Error('no survey');
  await stage.database.transaction((tx) =>
    closeSurvey(tx, row, { closedAt: stage.now, youths: 9 }, stage.random),
  );
}

describe('/本单位 评价', () => {
  it('asks the youths of every group below, at the administrator’s yes; once a semester', async () => {
    expect((await administrator.whispers('/本单位')).text).toContain('还没有发起');
    expect((await administrator.whispers('/本单位 评价')).text).toContain('在 1 个群里');
    const said = await administrator.whispers('是');
    expect(said.in(group.id).text).toContain('团干部和管理员都看不到谁打了几分');
    expect(said.in(group.id).text).toContain('私聊我回复“1 5”这样就行；在群里写的不算');
    expect(said.to(cadre).text).toContain('您看不到谁打、打几分');
    expect((await administrator.whispers('/本单位 评价')).text).toContain('这学期都评过了');
    expect((await cadre.whispers('/本单位 评价')).text).toContain('管理员用的');
  });

  it('is answered privately, and what is written in the group does not count', async () => {
    await begin();
    const youth = await stage.person('小明', group);
    expect((await youth.whispers('1 5')).text).toContain('1. 5 分');
    const open = await youth.says('/作答 1 1');
    expect(open.in(group.id).all).toEqual([]);
    expect(open.text).toContain('所以没有记');
    expect((await stage.database.db.surveyAnswer.findMany()).map(({ answers }) => answers)).toEqual([
      '{"0":{"points":5}}',
    ]);
  });

  it('shows the cadre nothing, during and after', async () => {
    await begin();
    await marked(6);
    for (const command of ['结束', '结果', '公布']) {
      const said = await cadre.whispers(`/问卷 ${command} 1`);
      expect(said.text).toMatch(/团组织发起的|团干部看不到/);
      expect(said.text).not.toMatch(/\d 人作答/);
    }
    expect((await cadre.whispers('/问卷')).text).not.toContain('人作答');
    expect((await cadre.whispers('1 5')).text).not.toContain('5 分');
    await over();
    expect((await cadre.whispers('/问卷 结果 1')).text).toContain('团干部看不到');
    expect((await cadre.whispers('/问卷 公布 1')).in(group.id).all).toEqual([]);
    expect(await stage.database.db.surveyAnswer.count()).toBe(0);
  });

  it('comes to the unit as one mean of five or more', async () => {
    await begin();
    await marked(5);
    expect((await administrator.whispers('/本单位')).text).toContain('还在收，结束后出平均数');
    await over();
    const said = await administrator.whispers('/本单位');
    expect(said.text).toContain('评价团干部（秋季学期）：平均 4.0 分（满分 5 分，5 人打分）');
    expect(said.text).not.toContain('李老师');
  });

  it('of several groups asked together is one mean, once all of them are over', async () => {
    const second = await stage.group('二班');
    await stage.cadre('赵老师', second);
    await begin();
    await marked(3, 5);
    for (let n = 0; n < 2; n++) await (await stage.person(`二班同学${n}`, second)).whispers('1 3');
    await over(1);
    expect((await administrator.whispers('/本单位')).text).toContain('还在收');
    await over(2);
    const said = await administrator.whispers('/本单位');
    expect(said.text).toContain('平均 4.2 分（满分 5 分，5 人打分）');
    expect(said.text).not.toMatch(/[李赵]老师|班/);
  });

  it('of four is not shown', async () => {
    await begin();
    await marked(4);
    await over();
    expect((await administrator.whispers('/本单位')).text).toContain('人数不足 5，不显示');
  });
});
