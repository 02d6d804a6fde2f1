import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../domain/calendar/instant.ts';
import { cadre, group, stage, youth } from './scene.ts';

const demands = () => stage.database.db.demand.findMany({ orderBy: { number: 'asc' } });
const lines =
  '谢谢你说出来，你不用一个人扛。现在就想找人说话，可以打 12356（全国统一心理援助热线）；有危险请马上打 120 或 110。';

describe('words of danger in /诉求', () => {
  it('are answered privately at once, and the cadre is told privately at once', async () => {
    const said = await youth.whispers('/求助 我不想活了');
    expect(said.to(youth).text).toBe(`${lines}团干部也已经收到。\n（第 1 号诉求，有进展我会私聊告诉你。）`);
    expect(said.to(cadre).text).toMatch(
      /^这条可能很急，请马上联系本人。\n小明在“一班”提了第 1 号诉求：\n我不想活了/,
    );
    expect(said.to(cadre).text).toContain('12356');
    expect(said.all).toHaveLength(2);
    // Where the platform lets no private word through, the cadre is told that, too.
    const [help] = said.to(youth).all;
    expect(help).toMatchObject({ kind: 'help', ifLost: { to: { personId: cadre.id } } });
    expect(JSON.stringify(help?.ifLost)).toContain('请您直接打电话或当面找到本人，并转告：');
    await cadre.presses('受理');
    expect(stage.bot.to(youth).text).toContain('第 1 号诉求已受理');
  });

  it('bring nothing revealing into a group', async () => {
    const said = await youth.says('/诉求 我不想活了');
    expect(said.in(group.id).text).toBe('收到，记为第 1 号诉求，已告诉团干部。有进展我会私聊告诉你。');
    expect(said.to(youth).text).toContain(`${lines}团干部也已经收到。`);
    expect(said.to(cadre).text).toContain('我不想活了');
    expect(said.all).toHaveLength(3);
  });

  it('do not wait for the morning', async () => {
    stage.now = parseInstant('2026-09-03T02:30:00+08:00') ?? 0;
    const said = await youth.whispers('/诉求 想死');
    for (const { notBefore, kind } of said.all) {
      expect(notBefore).toBeUndefined();
      expect(kind).not.toBe('reminder');
    }
    expect(said.to(cadre).all).toHaveLength(1);
  });

  it('leave no mark but the demand itself', async () => {
    await youth.whispers('/诉求 我想自杀');
    const { id: _, createdAt: __, ...row } = (await demands())[0] ?? {};
    const { db } = stage.database;
    expect(await db.audit.findMany({ where: { subject: { startsWith: 'demand:' } } })).toMatchObject([
      { action: 'demand.send' },
    ]);
    await youth.whispers('/诉求 路灯坏了');
    const { id: ___, createdAt: ____, ...other } = (await demands())[1] ?? {};
    expect({ ...row, number: 2, text: '路灯坏了' }).toEqual(other);
  });

  it('said again are answered again, and the cadre is told again in the next half-hour', async () => {
    await youth.whispers('/诉求 我想自杀');
    const first = await youth.whispers('/诉求 我想自杀');
    expect(first.to(youth).text).toContain('第 1 号');
    stage.now += 1_800_000;
    const second = await youth.whispers('/诉求 我想自杀');
    expect(second.to(cadre).text).toContain('这条可能很急');
    expect(await demands()).toHaveLength(1);
    const keys = [first, second].map((said) => said.to(cadre).all[0]?.key);
    expect(keys[0]).toMatch(/^danger\/1\/\d+$/);
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('wait for no choice of group, no shorter text and no right spelling', async () => {
    youth.group = await stage.group('二班');
    await youth.says('今天食堂人多吗');
    await stage.database.db.member.create({ data: { groupId: youth.group.id, personId: youth.id } });
    expect((await youth.whispers('/诉求 路灯坏了')).text).toContain('你在 2 个群里');
    expect((await youth.whispers('/诉求 我不想活了')).to(cadre).text).toContain('在“一班”提了第 1 号诉求');
    const long = `我不想活了${'真的'.repeat(1_000)}`;
    expect((await youth.whispers(`/诉求 ${long}`)).to(cadre).text).toContain('第 2 号');
    expect([...((await demands())[1]?.text ?? '')]).toHaveLength(1000);
    for (const typed of ['/诉救 想跳楼', '求助 想割腕', '求助想轻生', '、求助 想自残']) {
      expect((await youth.whispers(typed)).to(cadre).text).toContain('这条可能很急');
      expect(stage.bot.to(youth).text).toContain(lines);
    }
    expect((await youth.says('@联青 求助 我想死', { mentionsBot: true })).to(youth).text).toContain(lines);
  });

  it('bring the help lines also where nobody can be told, and promise nothing', async () => {
    const stranger = await stage.person('路人');
    expect((await stranger.whispers('/诉求 我不想活了')).text).toBe(
      `${lines}\n我还不知道你在哪个群：请先在群里说句话，再来找我。`,
    );
    expect((await stranger.whispers('我不想活了')).text).toBe(lines);
    const lonely = await stage.person('小刚', await stage.group('没人管'));
    const said = await lonely.says('/诉求 我不想活了');
    expect(said.to(lonely).text).toBe(lines);
    expect(said.all.find(({ to }) => 'groupId' in to)?.draft).toMatchObject({
      text: expect.stringContaining('还没有绑定团干部'),
    });
    expect((await youth.says('/我不想活了')).in(group.id).all).toEqual([]);
    expect(stage.bot.to(youth).text).toBe(lines);
    const own = await cadre.says('/诉求 我不想活了');
    expect(own.to(cadre).text).toContain('谢谢您说出来，您不用一个人扛');
    expect(await demands()).toEqual([]);
  });

  it('in plain private talk bring the help lines, and the cadre is told when the youth wants it', async () => {
    const said = await youth.whispers('不想活了');
    expect(said.to(youth).text).toContain(lines);
    expect(said.to(cadre).all).toEqual([]);
    expect(await demands()).toEqual([]);
    await youth.presses('记成诉求');
    expect(stage.bot.to(cadre).text).toContain('这条可能很急');
    expect(await demands()).toMatchObject([{ text: '不想活了' }]);
  });

  it('are not seen in what everybody says, nor in a cadre’s answer', async () => {
    for (const typed of ['/诉求 宿舍热死了', '/诉求 作业累得要死', '/诉求 笑死，食堂又涨价'])
      expect((await youth.whispers(typed)).text).not.toMatch(/12356|很急/);
    await youth.says('我不想活了');
    expect(stage.bot.all).toEqual([]);
    expect((await cadre.whispers('/问题清单 办结 3 不是有人不想活，是误会')).text).not.toContain('12356');
  });
});
