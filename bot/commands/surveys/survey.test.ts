import { beforeEach, describe, expect, it } from 'vitest';
import { cadre, group, stage, youth } from '../scene.ts';
import type { Actor } from '../testing.ts';

const canteen =
  '食堂\n1. 好吗 A. 好 B. 中 C. 差\n2. 喜欢（多选） A 饭 B 面\n3. 想说什么\n4. 差在哪（若1选C）';
const answers = () => stage.database.db.surveyAnswer.findMany();

async function posted(text = canteen): Promise<void> {
  await cadre.whispers(`/问卷 新建 ${text}`);
  await cadre.presses('发布');
  await cadre.whispers('是');
}

describe('/问卷 新建', () => {
  it('makes a draft of a text, shows it, and posts it after a yes', async () => {
    const said = await cadre.whispers(`/问卷 新建 ${canteen}`);
    expect(said.text).toContain('问卷1｜食堂（草稿）');
    expect(said.text).toContain('2. 喜欢（可多选）\nA. 饭\nB. 面');
    expect(said.in(group.id).all).toEqual([]);
    expect((await cadre.presses('发布')).text).toContain('发到“一班”，收到 9月9日（周三）15:00 为止');
    const shown = (await cadre.whispers('是')).in(group.id);
    expect(shown.text).toContain('不记名：团干部看不到谁答了什么');
    expect(shown.text).toContain('“1A 2AB 3 挺好的”');
    expect(shown.all[0]?.draft).toMatchObject({
      form: { fields: [{ name: 'q1', options: ['A. 好', 'B. 中', 'C. 差'] }, {}, {}, {}] },
    });
  });

  it('asks step by step where nothing was written, forgives a slip, and can be left', async () => {
    await cadre.whispers('/问卷 新建');
    expect((await cadre.whispers('食堂')).text).toContain('第 1 题问什么');
    expect((await cadre.whispers('好')).text).toContain('还没有题目');
    expect((await cadre.whispers('好吗 A. 好')).text).toContain('至少两个选项');
    expect((await cadre.whispers('好吗 A. 好 B. 差')).text).toContain('第 1 题记下了');
    expect((await cadre.whispers('2. 还想说什么')).text).toContain('第 2 题记下了');
    expect((await cadre.whispers('好了')).text).toContain('1. 好吗\nA. 好\nB. 差\n2. 还想说什么（写几个字）');
    await cadre.whispers('/问卷 新建');
    expect((await cadre.whispers('取消')).text).toContain('不做了');
    expect((await cadre.whispers('明天见')).text).not.toContain('问卷');
  });

  it('says what is wrong, and is the cadre’s alone, privately', async () => {
    expect((await cadre.whispers('/问卷 新建 食堂\n1. 好吗 A. 好')).text).toContain(
      '第 1 题是选择题，请写至少两个选项',
    );
    expect((await cadre.says('/问卷 新建')).text).toContain('请私聊我发 /问卷 新建');
    expect((await youth.whispers('/问卷 新建')).text).toContain('团干部用的');
    expect(await stage.database.db.survey.count()).toBe(0);
  });

  it('takes a template; to be judged is not the cadre’s to ask', async () => {
    expect((await cadre.whispers('/问卷 模板')).buttons.map(({ label }) => label)).toEqual([
      '需求',
      '满意度',
      '活动反馈',
    ]);
    expect((await cadre.presses('满意度')).text).toContain('1. 群里的活动和话题，你觉得怎么样（1–5 分）');
    expect((await cadre.whispers('/问卷 模板 评价团干部')).text).toContain('由团组织管理员发起');
  });

  it('keeps the group from too many, and the time sensible', async () => {
    await posted();
    await posted();
    await posted();
    await cadre.whispers(`/问卷 新建 ${canteen}`);
    expect((await cadre.whispers('/问卷 发布 4')).text).toContain('已经有 3 份问卷在收');
    await cadre.whispers('/问卷 结束 1');
    await cadre.whispers('是');
    expect((await cadre.whispers('/问卷 发布 4 今天15:30')).text).toContain('太近了');
    expect((await cadre.whispers('/问卷 发布 4 周五20:00')).text).toContain('收到 9月4日（周五）20:00 为止');
    expect((await cadre.whispers('/问卷 删除 4')).text).toContain('删掉了');
    expect((await cadre.whispers('/问卷 删除 2')).text).toContain('不能删');
    expect((await cadre.whispers('/问卷 发布 2')).text).toContain('已经发布过了');
    expect((await cadre.whispers('/问卷 发布 9')).text).toContain('没有问卷9');
  });
});

describe('answering', () => {
  beforeEach(() => posted());

  it('in one message privately, changed until the end', async () => {
    const said = await youth.whispers('1A 2AB 3 很好');
    expect(said.to(youth).text).toContain('谢谢你！你的回答：\n1. A 好\n2. A 饭、B 面\n3. 很好');
    expect(said.to(cadre).all).toEqual([]);
    await youth.whispers('1C');
    expect(stage.bot.text).toContain('4. 差在哪');
    expect((await youth.whispers('太辣')).text).toContain('4. 太辣');
    expect((await youth.whispers('/作答 1B')).text).not.toContain('太辣');
    expect(await answers()).toHaveLength(1);
  });

  it('takes the message that its card gives as an example, where it begins with a mark', async () => {
    await posted('课\n1. 打几分（1-5分）\n2. 好吗 A 好 B 差');
    expect((await youth.whispers('1 5 2A')).text).toContain('1. 5 分\n2. A 好');
    expect((await youth.whispers('问卷2 1 4')).text).toContain('1. 4 分');
    expect((await youth.whispers('3 个人一起去可以吗')).text).not.toContain('谢谢你！');
    expect((await youth.says('1 5')).all).toEqual([]);
  });

  it('in the group without another message there, and ordinary talk is left alone', async () => {
    const said = await youth.says('1A 2B');
    expect(said.in(group.id).all).toEqual([]);
    expect(said.to(youth).text).toContain('1. A 好\n2. B 面\n还有没答的题');
    expect((await youth.says('3D电影真好看')).all).toEqual([]);
    expect((await cadre.says('1A 2B')).all).toEqual([]);
  });

  it('question by question, with skipping, stopping and going on', async () => {
    await youth.whispers('/作答');
    expect(stage.bot.text).toContain('问卷1｜食堂（第 1 题，共 4 题）');
    await youth.presses('B 中');
    expect(stage.bot.text).toContain('2. 喜欢（可多选）');
    expect((await youth.whispers('Z')).text).toContain('请用字母回答，从 A 到 B');
    await youth.presses('跳过');
    expect(stage.bot.text).toContain('3. 想说什么');
    expect((await youth.whispers('不答了')).text).toContain('都留着');
    expect(JSON.parse((await answers())[0]?.answers ?? '')).toEqual({ 0: { options: [1] } });
    await youth.whispers('/作答');
    expect(stage.bot.text).toContain('2. 喜欢');
    await youth.whispers('ab');
    expect((await youth.whispers('2 号窗口 1 个人排队')).text).toContain('3. 2 号窗口 1 个人排队');
  });

  it('by the form in the group, seen by nobody', async () => {
    stage.bot = await cadre.says('/帮助');
    await posted('饭\n1. 好吗 A. 好 B. 差\n2. 打几分（1-5分）\n3. 说说');
    const said = await youth.presses('交卷', { q1: 'A. 好', q2: '5', q3: '1B 是什么' });
    expect(said.in(group.id).all).toEqual([]);
    expect(said.to(youth).text).toContain('1. A 好\n2. 5 分\n3. 1B 是什么');
  });

  it('asks which of several, keeping what was typed', async () => {
    await posted('饭\n1. 好吗 A. 好 B. 差');
    expect((await youth.whispers('1A')).text).toContain('是哪一份问卷');
    await youth.presses('问卷2｜饭');
    expect(stage.bot.text).toContain('1. A 好');
    expect((await youth.whispers('问卷1 1C')).text).toContain('2. 喜欢');
  });

  it('begins with the survey of that number, where only a number was written', async () => {
    expect((await youth.whispers('/作答 1')).text).toContain('第 1 题，共');
    await posted('打分\n1. 打个分 1-5分');
    expect((await youth.whispers('/作答 2')).text).toContain('问卷2｜打分');
  });

  it('says what was not understood and keeps the rest; taken back, nothing is left', async () => {
    const said = await youth.whispers('1A 2Z 9B 4 太辣');
    expect(said.text).toContain('第 2 题请用字母回答');
    expect(said.text).toContain('没有第 9 题');
    expect(said.text).toContain('第 4 题是选了别的答案才问的，没有记');
    expect((await youth.whispers('/作答 撤回')).text).toContain('一个字也没留');
    expect(await answers()).toEqual([]);
  });

  it('is over when it is over', async () => {
    await youth.whispers('/作答');
    await cadre.whispers('/问卷 结束 1');
    await cadre.whispers('是');
    expect((await youth.whispers('/作答 1A')).text).toContain('没有在收的问卷');
    expect((await youth.whispers('1A')).text).not.toContain('谢谢你！');
    expect(await answers()).toEqual([]);
  });

  it('meets a cry for help with the help lines, to the writer alone', async () => {
    const said = await youth.whispers('1A 3 我不想活了');
    expect(said.to(youth).text).toContain('12356');
    expect(said.to(cadre).all).toEqual([]);
  });

  it('calls nobody and marks nothing up', async () => {
    await youth.whispers('/作答 3 @所有人 \u202e快看');
    expect((await answers())[0]?.answers).toBe('{"2":{"text":"＠所有人 快看"}}');
    expect((await cadre.whispers('/问卷 新建 @所有人\n1. @所有人')).text).not.toContain('@');
  });
});

describe('results', () => {
  const youths = async (count: number) => {
    const found: Actor[] = [];
    for (let n = 0; n < count; n++) found.push(await stage.person(`同学${n}`, group));
    return found;
  };

  it('come after the end, to the cadre; the group sees no words', async () => {
    await posted();
    for (const [n, one] of (await youths(9)).entries())
      await one.whispers(n < 8 ? '1A 2AB 3 很好' : '1C 2A 4 =1+1');
    expect((await cadre.whispers('/问卷 结果 1')).text).toContain('还在收，已有 9 人作答');
    expect((await cadre.whispers('/问卷 结束 1')).text).toContain('9 人作答，占群里小伙伴的 90%');
    await cadre.presses('看结果');
    expect(stage.bot.to(cadre).text).toContain('“很好”');
    expect(stage.bot.text).not.toMatch(/同学|1\+1/);
    expect(stage.bot.text).toContain('C 差：—');
    const shown = (await cadre.whispers('/问卷 公布 1')).in(group.id);
    expect(shown.text).toContain('A 好：');
    expect(shown.text).not.toContain('很好');
  });

  it('give a reason for topics, privately, where five or more chose it', async () => {
    await posted('需要\n1. 最想要（多选） A 就业指导 B 运动');
    for (const [n, one] of (await youths(6)).entries()) await one.whispers(n < 4 ? '1AB' : '1A');
    await cadre.whispers('/问卷 结束 1');
    const said = await cadre.whispers('/话题 推荐');
    expect(said.text).toContain('最近的问卷里 6 人选了“就业指导”');
    expect(said.text).not.toContain('选了“运动”');
    expect((await cadre.says('/话题 推荐')).text).not.toContain('问卷里');
  });

  it('of fewer than five are not told; who did not answer never is', async () => {
    await posted();
    for (const one of await youths(4)) await one.whispers('1A');
    expect((await cadre.whispers('/问卷 结束 1')).text).toContain('现在有 4 人作答，不足 5 人');
    expect((await stage.database.db.survey.findFirst())?.state).toBe('open');
    const said = await cadre.presses('结束');
    expect(said.text).toContain('不足 5 人');
    expect(said.buttons).toEqual([]);
    expect((await cadre.whispers('/问卷 结果 1')).text).toContain('不出结果');
    expect((await cadre.whispers('/问卷 公布 1')).text).toContain('不出结果');
  });

  it('by name, where the survey says so, name who answered', async () => {
    await posted('饭（记名）\n1. 来吗 A. 来 B. 不来');
    expect((await youth.whispers('1A')).text).toContain('1. A 来');
    await cadre.whispers('/问卷 结束 1');
    expect((await cadre.whispers('/问卷 结果 1')).text).toContain('["小明","A 来"]');
  });

  it('an anonymous survey keeps nothing that tells whose an answer was once it is over', async () => {
    await posted();
    await youth.whispers('1A');
    const during = (await answers())[0]?.respondent ?? '';
    expect(during).toBe(stage.secret.hash(`survey/1/person/${youth.id}`));
    await cadre.whispers('/问卷 结束 1');
    await cadre.whispers('是');
    const [after] = await answers();
    expect(after?.respondent).not.toBe(during);
    expect(JSON.parse(after?.answers ?? '')).toEqual({ 0: { options: [0] } });
    const audit = await stage.database.db.audit.findMany();
    expect(
      audit.filter(({ actor, action }) => actor === `person:${youth.id}` && action.startsWith('survey')),
    ).toEqual([]);
  });
});
