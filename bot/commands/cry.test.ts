/** A cry for help that is no demand: wherever it stands, in however many messages, it is heard and not repeated. */
import { beforeEach, describe, expect, it } from 'vitest';
import { soundsDangerous } from '../../domain/listening/danger.ts';
import { cutWhenDangerous } from '../dialogue/danger.ts';
import { registry } from './all.ts';
import type { Said } from './said.ts';
import { cadre, group, stage, youth } from './scene.ts';

const demands = () => stage.database.db.demand.findMany({ orderBy: { number: 'asc' } });
const lines =
  '谢谢你说出来，你不用一个人扛。现在就想找人说话，可以打 12356（全国统一心理援助热线）；有危险请马上打 120 或 110。';
const timesHelped = (said: Said) => said.to(youth).text.split(lines).length - 1;

describe('a cry after a command', () => {
  const titles = registry.commands.flatMap(({ name, aliases, actions }) => [
    ...actions.map((action) => `/${name} ${action.name}`.trim()),
    ...[name, ...aliases].map((one) => `/${one}`),
  ]);

  it.each([...new Set(titles)])('%s brings the help lines once, and is not repeated', async (title) => {
    for (const after of [' 我不想活了', '我不想活了', ' 有人打我']) {
      const typed = `${title}${after}`;
      // The cadre is told of the same demand again only after half an hour.
      stage.now += 1_800_000;
      const whispered = await youth.whispers(typed);
      expect(timesHelped(whispered), typed).toBe(1);
      expect(whispered.in(group.id).all).toEqual([]);
      stage.now += 1_800_000;
      const said = await youth.says(typed);
      expect(timesHelped(said), typed).toBe(1);
      expect(said.in(group.id).text).not.toMatch(/12356|不想活|打我/);
      expect(said.in(group.id).all.filter(({ quote }) => quote !== undefined)).toEqual([]);
    }
  });

  it.each(['/帮助 我不想活了', '/帮助我不想活了', '/help 我不想活了', '/？ 我不想活了'])(
    '“%s” is answered as a cry',
    async (typed) => {
      const said = await youth.says(typed);
      expect(said.in(group.id).all).toEqual([]);
      expect(said.to(youth).text).toBe(lines);
      expect((await youth.whispers(typed)).text).toContain('要把这句话记成诉求，告诉团干部吗？');
      expect(stage.bot.text).not.toMatch(/没有这个命令|不想活/);
      await youth.presses('记成诉求');
      expect(stage.bot.to(cadre).text).toContain('这条可能很急');
      expect(await demands()).toMatchObject([{ text: '我不想活了' }]);
    },
  );

  it('without the slash is offered to the cadre, not corrected', async () => {
    const said = await youth.whispers('帮助 我不想活了');
    expect(said.text).toContain(lines);
    expect(said.text).toContain('告诉团干部吗？');
    expect(said.text).not.toContain('命令前面要加');
    expect((await youth.whispers('进度 路灯坏了')).text).not.toContain('12356');
  });
});

describe('in several short messages', () => {
  it('is one demand', async () => {
    await youth.whispers('我不想活了');
    const first = stage.bot;
    for (const more of ['每天都很累很累睡不着', '真的', '真的', '没人懂']) {
      stage.now += 60_000;
      expect((await youth.whispers(more)).text).toContain('要把刚才这几句话记成诉求，告诉团干部吗？');
    }
    // The first card's button does not drop what was said since.
    stage.bot = first;
    expect((await youth.presses('记成诉求')).text).toContain('刚才这几句话');
    expect(await demands()).toEqual([]);
    expect((await youth.whispers('是')).to(cadre).text).toContain('这条可能很急');
    expect(await demands()).toMatchObject([{ text: '我不想活了\n每天都很累很累睡不着\n真的\n没人懂' }]);
  });

  it('stays within a demand’s length, and takes the place of what was harmless', async () => {
    await youth.whispers('宿舍三楼的热水晚上总是断');
    await youth.whispers('我不想活了');
    await youth.whispers('难受'.repeat(700));
    await youth.whispers('还有一句话');
    await youth.whispers('是');
    const [{ text } = { text: '' }] = await demands();
    expect(text).toMatch(/^我不想活了\n难受/);
    expect([...text]).toHaveLength(1_000);
  });

  it('waits longer than a question does', async () => {
    await youth.whispers('我不想活了');
    stage.now += 5 * 60_000 + 1;
    expect((await youth.whispers('是')).text).toContain('告诉团干部吗？');
    await youth.whispers('是');
    expect(await demands()).toMatchObject([{ text: '我不想活了' }]);
  });

  it.each(['算了', '不用', '否'])('is told to nobody after “%s”', async (no) => {
    await youth.whispers('我不想活了');
    expect((await youth.whispers(no)).text).toMatch(/^好的，没有告诉别人。想说的时候随时来。.*12356/);
    expect(stage.bot.all).toMatchObject([{ kind: 'help', to: { personId: youth.id } }]);
    expect(await demands()).toEqual([]);
    await youth.whispers('我不想活了');
    expect((await youth.presses('不用')).text).toContain('没有告诉别人');
    expect((await youth.whispers('/是')).text).toContain('现在没有等你确认的事');
  });
});

describe('while a survey is answered', () => {
  beforeEach(async () => {
    await cadre.whispers('/问卷 新建 食堂\n1. 好吗 A. 好 B. 差\n2. 想说什么');
    await cadre.presses('发布');
    await cadre.whispers('是');
  });

  it.each(['/作答 2 我不想活了', '/作答 1 我不想活了', '1A 2 我不想活了'])(
    '“%s” brings the help lines once, and tells nobody',
    async (typed) => {
      for (const said of [await youth.whispers(typed), await youth.says(typed)]) {
        expect(timesHelped(said)).toBe(1);
        expect(said.in(group.id).all).toEqual([]);
        expect(said.to(cadre).all).toEqual([]);
      }
    },
  );

  it('is offered to the cadre where no words were asked for, and the survey goes on afterwards', async () => {
    await youth.whispers('/作答');
    const said = await youth.whispers('我不想活了');
    expect(timesHelped(said)).toBe(1);
    expect(said.text).toContain('告诉团干部吗？');
    expect((await youth.whispers('每天都很累很累睡不着')).text).toContain('刚才这几句话');
    await youth.whispers('是');
    expect(await demands()).toMatchObject([{ text: '我不想活了\n每天都很累很累睡不着' }]);
    expect((await youth.whispers('A')).text).toContain('想说什么');
    expect(timesHelped(await youth.whispers('有人打我'))).toBe(1);
    expect(await stage.database.db.surveyAnswer.count()).toBe(1);
  });
});

describe('in a long message', () => {
  it('is cut and offered, wherever the words stand', async () => {
    for (const long of [
      `我真的不想活了。${'每天'.repeat(630)}`,
      `${'每天'.repeat(630)}。我真的不想活了。`,
      `${'每天'.repeat(5_000)}。我真的不想活了。${'唉'.repeat(2_000)}`,
    ]) {
      expect((await youth.whispers(long)).text).toContain(lines);
      expect((await youth.whispers('是')).to(cadre).text).toContain('我真的不想活了。');
    }
    const kept = await demands();
    expect(kept).toHaveLength(3);
    for (const { text } of kept) expect([...text]).toHaveLength(1_000);
  });

  it('is cut so that the words stay', () => {
    const cry = '不 想 活 了';
    for (const most of [20, 100, 1_000])
      for (const before of [0, 1, most - 9, most - 8, most - 7, most, 3 * most])
        for (const after of [0, 1, most - 9, most, 3 * most]) {
          const text = `${'😀'.repeat(before)}${cry}${'啊'.repeat(after)}`;
          const cut = cutWhenDangerous(text, most);
          expect(soundsDangerous(cut)).toBe(true);
          expect([...cut]).toHaveLength(Math.min(most, [...text].length));
        }
  });

  it('without such words is refused with its true length', async () => {
    expect((await youth.whispers('长'.repeat(30_000))).text).toContain('写了 30000 个字');
  });
});

describe('to the bot in a group', () => {
  it('is heard without being quoted', async () => {
    for (const typed of ['@联青 我想死', '@联青 帮助 我想死']) {
      const said = await youth.says(typed, { mentionsBot: true });
      expect(said.to(youth).text).toBe(lines);
      expect(said.in(group.id).all).toMatchObject([{ draft: { type: 'text', text: '我在，已私聊你。' } }]);
      expect(said.in(group.id).all[0]).not.toHaveProperty('quote');
    }
    expect((await youth.says('@联青 在吗', { mentionsBot: true })).in(group.id).all[0]).toHaveProperty(
      'quote',
    );
    expect((await cadre.says('@联青 我想死', { mentionsBot: true })).in(group.id).text).toBe(
      '我在，已私聊您。',
    );
  });

  it('as a demand is taken there without being quoted', async () => {
    const said = await youth.says('/诉求 我不想活了');
    expect(said.in(group.id).text).toContain('收到，记为第 1 号诉求');
    expect(said.in(group.id).all[0]).not.toHaveProperty('quote');
  });
});
