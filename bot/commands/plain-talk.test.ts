import { describe, expect, it } from 'vitest';
import { cadre, group, stage, youth } from './scene.ts';

const demands = () => stage.database.db.demand.findMany({ orderBy: { number: 'asc' } });
const waiting = () => stage.database.db.confirmation.count({ where: { chat: 'private' } });

describe('what a youth writes privately', () => {
  it('is offered to the cadre, and goes to them only when the youth says so', async () => {
    const said = await youth.whispers('宿舍三楼的热水晚上总是断');
    expect(said.text).toContain('要把这句话记成诉求，告诉团干部吗？');
    expect(said.to(cadre).all).toEqual([]);
    expect(await demands()).toEqual([]);
    await youth.presses('记成诉求');
    expect(stage.bot.to(youth).text).toContain('记为第 1 号诉求');
    expect(stage.bot.to(cadre).text).toContain('宿舍三楼的热水晚上总是断');
    expect(await demands()).toMatchObject([{ text: '宿舍三楼的热水晚上总是断', askerId: youth.id }]);
    expect(await waiting()).toBe(0);
  });

  it('is forgotten when the youth does not want it', async () => {
    await youth.whispers('宿舍三楼的热水晚上总是断');
    await youth.presses('不用');
    expect(stage.bot.text).toContain('没有办，什么都没变');
    expect(await waiting()).toBe(0);
    expect(await demands()).toEqual([]);
  });

  it('gives way to what is written next, and an earlier button records neither', async () => {
    await youth.whispers('宿舍三楼的热水晚上总是断');
    const earlier = stage.bot;
    stage.now += 1_000;
    await youth.whispers('其实四楼的热水也断');
    const later = stage.bot;
    stage.bot = earlier;
    expect((await youth.presses('记成诉求')).text).toContain('没有等你确认的事');
    expect(await demands()).toEqual([]);
    stage.bot = later;
    await youth.presses('记成诉求');
    expect(await demands()).toMatchObject([{ text: '其实四楼的热水也断' }]);
  });

  it('is offered no longer than a question waits', async () => {
    await youth.whispers('宿舍三楼的热水晚上总是断');
    stage.now += 5 * 60_000 + 1;
    expect((await youth.presses('记成诉求')).text).toContain('已经作废了');
    expect(await demands()).toEqual([]);
  });

  it('asks for the group where there are several', async () => {
    const other = await stage.group('二班');
    await stage.database.db.member.create({ data: { groupId: other.id, personId: youth.id } });
    await youth.whispers('宿舍三楼的热水晚上总是断');
    expect((await youth.whispers('好的')).text).toContain('你在 2 个群里，这次说的是哪一个');
    await youth.presses('一班');
    expect(await demands()).toMatchObject([{ groupId: group.id }]);
  });

  it('is not offered when it is short, too long, or the writer has no cadre; a cadre is never asked', async () => {
    expect((await youth.whispers('在吗在吗')).text).toContain('你好，我是联青');
    expect((await youth.whispers('长'.repeat(1_001))).text).toContain('请收到 1000 字以内');
    expect((await (await stage.person('路人')).whispers('宿舍的热水总是断')).text).toContain(
      '你好，我是联青',
    );
    const said = await cadre.whispers('明天开会几点来着');
    expect(said.text).toContain('您好，我是联青');
    expect(said.text).not.toContain('诉求');
    expect(await waiting()).toBe(0);
  });

  it.each(['是', '是！', '否', 'y', '取消'])('“%s” that answers nothing is said to', async (typed) => {
    expect((await cadre.whispers(typed)).text).toContain('眼下没有在等您回答的事');
    expect((await youth.whispers(typed)).text).toContain('眼下没有在等你回答的事');
    expect((await cadre.says(typed)).all).toEqual([]);
  });

  it.each(['谢谢', '谢谢你！', '好的，谢谢老师', '辛苦了～', 'Thanks'])('“%s” is welcome', async (typed) => {
    expect((await youth.whispers(typed)).text).toBe('不客气。');
  });

  it.each(['好的', '收到。', '嗯嗯', 'OK', '知道了', '晚安', '好呀'])(
    '“%s” needs no answer',
    async (typed) => {
      expect((await youth.whispers(typed)).all).toEqual([]);
    },
  );

  it('is answered quickly, however hostile', async () => {
    for (const hostile of ['嗯'.repeat(1_000_000), '谢谢'.repeat(500_000), '好的嗯'.repeat(9)])
      expect((await youth.whispers(hostile)).all.length).toBeLessThanOrEqual(1);
    await youth.whispers('@所有人 \u202e快看快看快看');
    expect(stage.bot.text).not.toMatch(/@所有人|\u202e/u);
  });
});

describe('while a question waits', () => {
  const ask = () => cadre.whispers('/活动 发布 周六下午2点 操场 夜跑');
  const activities = () => stage.database.db.activity.count();

  it.each(['好', '好的', '可以', '对', '行。', '嗯', '发吧', '/好的'])('“%s” is a yes', async (typed) => {
    await ask();
    expect((await cadre.whispers(typed)).in(group.id).text).toContain('夜跑');
  });

  it.each(['不用', '不要', '算了', '不发'])('“%s” is a no', async (typed) => {
    await ask();
    expect((await cadre.whispers(typed)).text).toContain('没有办');
    expect(await waiting()).toBe(0);
    expect(await activities()).toBe(0);
  });

  it('everyday words are none from somebody else, elsewhere, or too late', async () => {
    await ask();
    expect((await cadre.says('好的')).all).toEqual([]);
    expect((await youth.whispers('好的')).all).toEqual([]);
    stage.now += 5 * 60_000 + 1;
    expect((await cadre.whispers('好的')).all).toEqual([]);
    expect(await activities()).toBe(0);
    await cadre.says('/活动 发布 周六下午2点 操场 夜跑');
    expect((await youth.says('好的')).all).toEqual([]);
    expect((await cadre.says('@小明 好的', { mentions: [youth.externalId] })).all).toEqual([]);
    expect((await cadre.says('好的')).in(group.id).text).toContain('夜跑');
  });

  it('any other private text is told so, and changes nothing', async () => {
    await ask();
    expect((await cadre.whispers('几点来着，我想想')).text).toBe('刚才那件事还在等您：回复“是”或“否”。');
    expect((await cadre.whispers('', { kind: 'image' })).text).toContain('还在等您');
    expect((await cadre.whispers('/话题 列表')).text).toContain('还没有发过话题');
    expect((await cadre.whispers('是')).in(group.id).text).toContain('夜跑');
    expect((await cadre.whispers('/是')).text).toContain('现在没有等您确认的事');
  });
});

describe('an action typed as a command', () => {
  it('is offered whole, with what was typed after it', async () => {
    await youth.says('/诉求 路灯坏了');
    expect((await cadre.whispers('/受理 1')).text).toContain('您是不是想发：/问题清单 受理 1');
    await cadre.presses('/问题清单 受理');
    expect(stage.bot.to(youth).text).toContain('第 1 号诉求已受理');
    expect((await cadre.whispers('/办结1 换了新灯')).text).toContain(
      '您是不是想发：/问题清单 办结 1 换了新灯',
    );
    await cadre.presses('/问题清单 办结');
    expect(stage.bot.to(youth).text).toContain('换了新灯');
    expect((await cadre.whispers('/签到码 1')).text).toContain('您是不是想发：/活动 签到码 1');
  });

  it('is offered of each command that has it, and where it belongs', async () => {
    expect((await youth.whispers('/列表')).text).toContain('/话题 列表 或 /活动 列表');
    const said = await cadre.says('/办结 1 换了新灯');
    expect(said.text).toContain('请私聊我发 /问题清单 办结');
    expect(said.text).not.toContain('换了新灯');
    expect((await youth.whispers('/受理 1')).text).toContain('没有“/受理”这个命令');
  });
});

/** Digits as some keyboards write them. */
const wide = (digits: string) =>
  digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

describe('/签到', () => {
  it.each<[string, (code: string) => string]>([
    ['with a full stop', (code) => `/签到 ${code}。`],
    ['named', (code) => `/签到 签到码${code}`],
    ['named, without a space', (code) => `/签到签到码：${code}`],
    ['full-width', (code) => `/签到　${wide(code)}`],
    ['in two parts', (code) => `/签到 ${code.slice(0, 2)} ${code.slice(2)}`],
    ['behind a number', (code) => `/签到 1 ${code}`],
    ['behind a named number', (code) => `/签到 活动1，签到码 ${code}！`],
  ])('takes a code %s', async (_, typed) => {
    await cadre.says('/活动 发布 周六下午2点 操场 夜跑');
    await cadre.says('是');
    stage.now += 3 * 86_400_000;
    expect((await youth.whispers(typed(await stage.checkInCode()))).text).toContain('签到好了');
  });
});
