import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolvePeople } from '../../prisma/store/identity.ts';
import { registry } from './all.ts';
import { type Actor, openStage, type Stage, type StageGroup } from './testing.ts';

let stage: Stage;
let group: StageGroup;
let cadre: Actor;
let youth: Actor;
beforeEach(async () => {
  stage = await openStage();
  group = await stage.group('一班');
  cadre = await stage.cadre('李老师', group);
  youth = await stage.person('小明', group);
});
afterEach(() => stage.database.close());

describe('what is typed', () => {
  it.each([
    '/帮助',
    '／帮助',
    '/ 帮助',
    '//帮助',
    '@联青 /帮助',
    '@联青 @小红 /HELP',
    '　/帮\u200b助',
    '/？',
  ])('“%s” is /帮助', async (typed) => {
    expect((await youth.whispers(typed)).text).toContain('联青能做什么');
  });

  it('offers what may have been meant, with a button that keeps the rest', async () => {
    await youth.says('/帮组');
    expect(stage.bot.text).toContain('你是不是想输入 /帮助？');
    await youth.presses('/帮助');
    expect(stage.bot.to(youth).text).toContain('联青能做什么');
    await youth.says('/诉救 路灯坏了');
    await youth.presses('/诉求');
    expect(stage.bot.to(cadre).text).toContain('路灯坏了');
  });

  it('answers an unknown command without repeating what calls people', async () => {
    const said = await youth.says('/@所有人\u202e快看');
    expect(said.text).toContain('没有“/＠所有人快看”这个命令');
    expect((await youth.says('/')).text).toContain('/帮助');
    expect((await youth.says(`/${'啊'.repeat(1_000_000)}`)).text.length).toBeLessThan(200);
  });

  it('lets ordinary talk alone, and answers who speaks to the bot', async () => {
    expect((await youth.says('今天食堂人多吗')).all).toEqual([]);
    expect((await youth.says('是')).all).toEqual([]);
    const said = await youth.says('@联青 你是谁', { mentionsBot: true });
    expect(said.all).toHaveLength(1);
    expect(said.text).toContain('/帮助');
    expect((await youth.whispers('在吗')).text).toContain('我听得懂以“/”开头的命令');
    expect((await cadre.whispers('进度')).text).toContain('您是不是想输入 /进度');
    expect((await cadre.whispers('、进度')).text).toContain('您是不是想输入 /进度');
    expect((await youth.whispers('', { kind: 'image' })).text).toContain('/帮助');
  });

  it('never answers a bot', async () => {
    const sender = { id: 'robot', name: '机器人', bot: true };
    expect((await youth.whispers('/帮助', { sender })).all).toEqual([]);
  });
});

describe('a yes', () => {
  const ask = () => cadre.says('/活动 发布 周六下午2点 操场 夜跑');

  it('is taken in any usual spelling', async () => {
    for (const yes of ['是', '/确认', '／是', ' 是。', '@联青 是']) {
      await ask();
      expect((await cadre.says(yes)).in(group.id).text).toContain('夜跑');
    }
  });

  it('is taken once, and in the chat where it was asked', async () => {
    await ask();
    expect((await cadre.whispers('/是')).text).toContain('没有等您确认的事');
    expect((await cadre.says('是')).in(group.id).text).toContain('夜跑');
    expect((await cadre.says('/是')).text).toContain('没有等您确认的事');
  });

  it('to somebody else is talk between the two', async () => {
    await ask();
    expect((await cadre.says('@小明 是', { mentions: [youth.externalId] })).all).toEqual([]);
    expect((await cadre.says('是', { quotes: { id: 'x', sender: youth.externalId } })).all).toEqual([]);
    // Even where the bot's id has been taken for a person's.
    const { accountId } = stage;
    await stage.database.transaction((tx) => resolvePeople(tx, accountId, [{ id: 'bot' }]));
    const toBot = { quotes: { id: 'x', sender: 'bot', bot: true } };
    expect((await cadre.says('是', toBot)).in(group.id).text).toContain('夜跑');
  });

  it('from who is the cadre no longer changes nothing', async () => {
    await ask();
    await stage.database.db.cadre.updateMany({ data: { personId: null } });
    expect((await cadre.says('是')).text).toContain('本群团干部用的');
    expect(await stage.database.db.activity.count()).toBe(0);
  });
});

describe('/帮助', () => {
  it('lists what one can do here', async () => {
    const forYouth = (await youth.says('/帮助')).text;
    expect(forYouth).toContain('/诉求');
    expect(forYouth).not.toMatch(/\/问题清单|\/进度|\/我的诉求/);
    expect((await youth.whispers('/帮助')).text).toContain('/我的诉求');
    const forCadre = (await cadre.says('/帮助')).text;
    expect(forCadre).toContain('/进度');
    expect(forCadre).not.toMatch(/\/诉求　|\/提醒/);
    expect((await cadre.whispers('/帮助')).text).toContain('/提醒');
  });

  it('explains a command with its examples, also by an alias', async () => {
    const said = (await cadre.whispers('/帮助 清单')).text;
    for (const { examples } of registry.find('问题清单')?.actions ?? [])
      for (const example of examples) expect(said).toContain(example);
    expect((await youth.whispers('/帮助 话体')).text).toContain('你是不是想看 /帮助 话题');
    expect((await youth.whispers('/帮助 天气')).text).toContain('没有“天气”这个命令');
  });
});
