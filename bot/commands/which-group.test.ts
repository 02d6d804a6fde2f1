/** What was typed goes along in the buttons that ask for the group, as far as a card holds it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, openStage, type Stage, type StageGroup } from './testing.ts';

let stage: Stage;
let first: StageGroup;
let youth: Actor;

const joins = async (...names: string[]): Promise<void> => {
  for (const name of names) {
    const { id } = await stage.group(name);
    await stage.database.db.member.create({ data: { groupId: id, personId: youth.id } });
  }
};

beforeEach(async () => {
  stage = await openStage();
  first = await stage.group('一班');
  await stage.cadre('张晓', first);
  youth = await stage.person('赵一', first);
});
afterEach(() => stage.database.close());

describe('a long text of somebody in several groups', () => {
  it('is kept in the buttons, whole', async () => {
    await joins('篮球社');
    const long = `宿舍的热水${'总是断'.repeat(300)}`;
    expect((await youth.whispers(`/诉求 ${long}`)).text).toContain('这次说的是哪一个');
    await youth.presses('一班');
    expect(await stage.database.db.demand.findMany()).toMatchObject([{ groupId: first.id, text: long }]);
  });

  it('is asked for again, with how, where six buttons could not carry it', async () => {
    await joins('篮球社', '合唱团', '志愿队', '读书会', '学生会');
    const said = await youth.whispers(`/诉求 ${'热水总是断'.repeat(220)}`);
    expect(said.text).toContain('你在 6 个群里。请在前面写上群号再发一遍，例如：/诉求 群1 后面写内容。');
    expect(said.text).toContain('刚才写的我没有留');
    expect(said.buttons).toEqual([]);
    await youth.whispers(`/诉求 群1 ${'热水总是断'.repeat(150)}`);
    expect(await stage.database.db.demand.count()).toBe(1);
  });
});

it('a cadre of two groups is asked with 您, and a survey as long as one may be goes along', async () => {
  const second = await stage.group('二班');
  const cadre = await stage.cadre('李想', second);
  const third = await stage.group('三班');
  cadre.group = third;
  expect((await cadre.says(`/绑定 ${await stage.code('李想')}`)).text).toContain('绑定好了');
  const survey = `食堂\n${Array.from({ length: 19 }, (_, n) => `${n + 1}. ${'您觉得食堂'.repeat(20)}${n} A. 好 B. 不好`).join('\n')}`;
  expect(survey.length).toBeGreaterThan(2_000);
  expect((await cadre.whispers(`/问卷 新建 ${survey}`)).text).toContain('您在 2 个群里，这次说的是哪一个');
  expect((await cadre.presses('三班')).text).toContain('（草稿）');
  expect((await cadre.presses('发布')).all.length).toBeGreaterThan(0);
});
