/** A survey that is open over several logins: who is known again by the name alone counts once, and sees nobody's answers. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allAnswers, countAnswers } from '../../../prisma/store/survey-answers.ts';
import { type Actor, openStage, type Stage, type StageGroup } from '../testing.ts';
import { logIn, under } from '../testing-logins.ts';

const names = ['李老师', '小马', '赵一', '曹三', '李四', '王五'];

describe('a survey over several logins', () => {
  let stage: Stage;
  let group: StageGroup;
  beforeEach(async () => {
    stage = await openStage();
    group = await logIn(stage, 'A', '一班', names);
    const cadre = await under(stage, 'A', '李老师', group);
    await cadre.says(`/绑定 ${await stage.code('李老师')}`);
    await stage.database.db.person.update({ where: { id: cadre.id }, data: { mark: 'K3X9' } });
  });
  afterEach(() => stage.database.close());

  const posted = async (text: string) => {
    const cadre = await under(stage, 'A', '李老师', group);
    await cadre.whispers(`/问卷 新建 ${text}`);
    await cadre.presses('发布');
    await cadre.whispers('是');
  };
  /** The next login; a youth is there under the name of before, or under another. */
  const next = (login: string, called = names, marks: Readonly<Record<string, string>> = {}) =>
    logIn(stage, login, '一班', called, { 李老师: 'K3X9', ...marks });
  const youth = (login: string, name = '小马'): Promise<Actor> => under(stage, login, name, group);
  /** What counts, as the options chosen. */
  const counted = async () => {
    const { db } = stage.database;
    const { id } = await db.survey.findFirstOrThrow();
    const all = await allAnswers(db, id);
    expect(await countAnswers(db, id)).toBe(all.length);
    return all.map(({ answers }) => JSON.stringify(answers['0'])).sort();
  };
  const [a, b, c] = ['{"options":[0]}', '{"options":[1]}', '{"options":[2]}'] as const;
  const food = '饭\n1. 好吗 A. 好 B. 中 C. 差';

  it('without names counts one of a name; the earlier answers are neither shown nor lost', async () => {
    await posted(food);
    await (await youth('A')).whispers('/作答 1A');
    await (await youth('A', '赵一')).whispers('/作答 1A');
    const earlier = await stage.database.db.surveyAnswer.findMany({ orderBy: { respondent: 'asc' } });
    await next('B');
    expect(await counted()).toEqual([a, a]);
    const same = await youth('B');
    expect((await same.whispers('/作答')).text).toContain('好吗');
    expect(stage.bot.text).not.toContain('你的回答');
    const said = (await same.whispers('/作答 1B')).text;
    expect(said).toContain('1. B 中');
    expect(said).toContain('重新登录以前要是答过，只算这一份');
    expect(await counted()).toEqual([a, b]);
    // The words are the same to somebody under whose name nobody answered.
    expect((await (await youth('B', '曹三')).whispers('/作答 1C')).text).toContain('只算这一份');
    expect(await counted()).toEqual([a, b, c]);
    // Another try changes their own alone; what was said before stands as it was.
    await same.whispers('/作答 1C');
    expect(await counted()).toEqual([a, c, c]);
    const kept = await stage.database.db.surveyAnswer.findMany({
      where: { respondent: { in: earlier.map(({ respondent }) => respondent) } },
      orderBy: { respondent: 'asc' },
    });
    expect(kept.map(({ answers }) => answers)).toEqual(earlier.map(({ answers }) => answers));
    // Taken back, it is as if they had not answered under the new login.
    expect((await same.whispers('/作答 撤回')).text).toContain('重新登录以前答的不在内');
    expect(await counted()).toEqual([a, a, c]);
  });

  it('counts the latest of three logins, and each earlier one in its turn', async () => {
    await posted(food);
    await (await youth('A')).whispers('/作答 1A');
    await next('B');
    await (await youth('B')).whispers('/作答 1B');
    await next('C');
    expect(await counted()).toEqual([b]);
    const last = await youth('C');
    await last.whispers('/作答 1C');
    expect(await counted()).toEqual([c]);
    await last.whispers('/作答 撤回');
    expect(await counted()).toEqual([b]);
    await last.whispers('/我的数据 删除');
    await last.presses('删掉');
    expect(await counted()).toEqual([b]);
  });

  it('that is over keeps one of a name', async () => {
    await posted(food);
    for (const name of names.slice(1)) await (await youth('A', name)).whispers('/作答 1A');
    await next('B');
    for (const name of names.slice(1)) await (await youth('B', name)).whispers('/作答 1B');
    const cadre = await under(stage, 'B', '李老师', group);
    await cadre.whispers('/问卷 结束 1');
    expect(stage.bot.text).toContain('5 人作答');
    expect(await counted()).toEqual([b, b, b, b, b]);
    expect(await stage.database.db.surveyAnswer.count()).toBe(5);
  });

  it('by name counts one of a name, and both once a word has told that they are two', async () => {
    await posted(food.replace('饭', '饭（记名）'));
    expect(await stage.database.db.survey.findFirst()).toMatchObject({ anonymous: false });
    const first = await youth('A');
    const told = (await first.whispers('/诉求 我交不起学费')).text;
    const word = /口令 ([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(told)?.[1] ?? '';
    await first.whispers('/作答 1A');
    // They have another name now, and somebody else theirs.
    const renamed = names.map((name) => (name === '小马' ? '马小' : name === '王五' ? '小马' : name));
    await next('B', renamed);
    const namesake = await youth('B', '小马');
    const truly = await youth('B', '马小');
    expect((await namesake.whispers('/作答 1B')).text).not.toContain('A 好');
    expect(await counted()).toEqual([b]);
    expect((await truly.whispers(`/我的 找回 ${word}`)).text).toContain('找回来了');
    expect(await counted()).toEqual([a, b]);
    await namesake.whispers('/作答 撤回');
    expect(await counted()).toEqual([a]);
  });

  it('by name is one person’s once their word has told that they are one', async () => {
    await posted(food.replace('饭', '饭（记名）'));
    expect(await stage.database.db.survey.findFirst()).toMatchObject({ anonymous: false });
    const first = await youth('A');
    const told = (await first.whispers('/诉求 我交不起学费')).text;
    const word = /口令 ([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(told)?.[1] ?? '';
    await first.whispers('/作答 1A');
    await next('B');
    await (await youth('B')).whispers('/作答 1B');
    await next('C');
    await (await youth('C')).whispers('/作答 1C');
    expect(await counted()).toEqual([c]);
    await (await youth('C')).whispers(`/我的 找回 ${word}`);
    expect(await counted()).toEqual([c]);
    // What is left of the second login is nobody's word against it.
    await (await youth('C')).whispers('/作答 撤回');
    expect(await counted()).toEqual([b]);
  });
});
