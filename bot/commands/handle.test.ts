import { describe, expect, it } from 'vitest';
import { joined, resolvePeople } from '../../prisma/store/identity.ts';
import { cadre, group, stage, youth } from './scene.ts';

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

  it('keeps the rest for whoever typed it: nobody says another one’s words as their own', async () => {
    const other = await stage.person('小红', group);
    await youth.says('/诉救 食堂太贵了');
    await other.presses('/诉求');
    expect(stage.bot.text).toContain('只有本人能用');
    expect(await stage.database.db.demand.count()).toBe(0);
    await youth.says('/诉救 食堂太贵了');
    await youth.presses('/诉求');
    expect(await stage.database.db.demand.findMany()).toMatchObject([
      { askerId: youth.id, text: '食堂太贵了' },
    ]);
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
    expect((await youth.whispers('', { kind: 'image' })).text).toContain('这张照片我没有留');
    expect((await youth.whispers('', { kind: 'sticker' })).text).toContain('/帮助');
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
    expect((await cadre.says('是')).text).toContain('本群还没有绑定团干部');
    expect(await stage.database.db.activity.count()).toBe(0);
  });
});

describe('who may not', () => {
  it('is told in an unbound group how it gets a cadre', async () => {
    const empty = await stage.group('二班');
    const other = await stage.person('王老师', empty);
    const said = await other.says('/进度');
    expect(said.text).toBe('本群还没有绑定团干部。您是团干部的话，请在这里发 /绑定 加上团组织给您的绑定码。');
    await other.whispers(`/绑定 ${await stage.code('王老师')}`);
    expect((await other.says('/进度')).text).toBe('本群还没有绑定团干部：请先在这里发 /绑定。');
  });

  it('as a cadre with a youth’s command is shown the cadre’s own', async () => {
    expect((await cadre.says('/诉求 路灯坏了')).text).toContain('看大家提的诉求，请发 /问题清单');
    expect((await cadre.whispers('/诉求 路灯坏了')).text).toContain('看大家提的诉求，请发 /问题清单');
    expect((await cadre.says('/签到 1234')).text).toContain('/活动 签到码');
    expect((await cadre.says('/话题 我来说 3')).text).toContain('给群里小伙伴用的');
    expect(await stage.database.db.demand.count()).toBe(0);
  });

  it('as a cadre who is a youth elsewhere may speak there as one', async () => {
    const other = await stage.group('教工群');
    const head = await stage.cadre('书记', other);
    await stage.database.transaction((tx) => joined(tx, other.id, [cadre.id], stage.now));
    expect((await cadre.whispers('/诉求 停车位不够')).to(head).text).toContain('停车位不够');
  });

  it('as a cadre without a group is told how to get one', async () => {
    const other = await stage.person('王老师');
    await other.whispers(`/绑定 ${await stage.code('王老师')}`);
    expect((await other.whispers('/进度')).text).toBe(
      '您现在没有联系中的群。要联系一个群，请在那个群里发 /绑定。',
    );
  });
});
