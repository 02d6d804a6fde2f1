import { describe, expect, it } from 'vitest';
import { slips } from '../../jobs/slips.ts';
import { Said } from '../said.ts';
import { cadre, group, stage, youth } from '../scene.ts';
import type { Actor } from '../testing.ts';

const hour = 3_600_000;
const leak = '宿舍三楼的热水晚上总是断';
const db = () => stage.database.db;
const demands = () => db().demand.findMany({ orderBy: { number: 'asc' } });

/** The word that the bot has just given. */
const wordGiven = () => /凭据：(\S+)/u.exec(stage.bot.text)?.[1] ?? '';

/** So much later every slip has been carried on; what was said then, to whom. */
async function later(): Promise<Said> {
  const before = await db().outbox.count();
  stage.now += 13 * hour;
  stage.now -= stage.now % hour;
  await slips(stage.secret).run(stage.database, stage.now);
  const rows = await db().outbox.findMany({ orderBy: { id: 'asc' }, skip: before });
  const all = rows.map(({ key, personId, sealed, body }) => ({
    key,
    kind: 'notice' as const,
    to: sealed === null ? { personId: personId ?? 0 } : { sealed },
    draft: JSON.parse(body ?? '{}'),
  }));
  stage.bot = new Said(all, stage.secret);
  return stage.bot;
}

/** Brings it without a name; the word for it. */
async function bring(actor: Actor, text = leak): Promise<string> {
  await actor.whispers(`/诉求 匿名 ${text}`);
  return wordGiven();
}

describe('brought without a name', () => {
  it('lives its whole life: handed over later, accepted, told of, answered, not solved, answered, confirmed', async () => {
    const said = await youth.whispers(`/诉求 匿名 ${leak}`);
    expect(said.to(cadre).all).toEqual([]);
    expect(said.to(youth).text).toContain('收到，我替你匿名转');
    expect(said.to(youth).text).not.toContain(leak);
    expect(await demands()).toEqual([]);
    const word = wordGiven();
    expect((await youth.presses('看进展')).text).toContain(`还没有交给团干部\n${leak}`);

    expect((await later()).to(cadre).text).toContain(`“一班”有新诉求：第 1 号\n${leak}\n（匿名`);
    expect(await demands()).toMatchObject([{ number: 1, askerId: null, text: leak, state: 'open' }]);
    expect((await cadre.whispers('/问题清单')).text).toContain(`第 1 号　待受理　匿名：${leak}`);
    const seen = await cadre.whispers('/问题清单 查看 1');
    expect(seen.text).toContain(`匿名：${leak}`);
    expect(seen.text).not.toContain(word);
    expect((await cadre.whispers('/问题清单 受理 1')).to(youth).text).toContain('已受理');
    const told = await cadre.whispers('/问题清单 进展 1 已经联系后勤');
    expect(told.to(youth).text).toContain('李老师（“一班”团干部）：已经联系后勤');

    const answered = await cadre.whispers('/问题清单 办结 1 已报修');
    expect(answered.to(youth).buttons.map(({ command }) => command)).toEqual([
      `/匿名 确认 ${word}`,
      `/匿名 重开 ${word}`,
    ]);
    expect((await youth.presses('还没解决')).to(cadre).all).toEqual([]);
    expect((await youth.whispers(`/匿名 查看 ${word}`)).text).toContain('待反馈确认');
    expect((await later()).to(cadre).text).toContain('第 1 号的提出人说还没解决');
    await cadre.whispers('/问题清单 办结 1 换了新锅炉');
    expect((await youth.presses('解决了')).text).toContain('太好了');
    expect((await later()).to(cadre).text).toContain('说解决了，已经办结');
    expect(await demands()).toMatchObject([{ state: 'closed', reply: '换了新锅炉' }]);
    expect((await youth.whispers(`/匿名 查看 ${word}`)).text).toContain('第 1 号　办结\n');
  });

  it('is reported up with the asker’s yes, or not without it', async () => {
    for (const [n, [press, says]] of [
      ['同意', '同意转报了'],
      ['不同意', '不愿意转报'],
    ].entries()) {
      await bring(youth, `第 ${n} 件：${leak}`);
      await later();
      const asked = await cadre.whispers(`/问题清单 转报 ${n + 1}`);
      expect(asked.to(youth).text).toContain('可以转报吗');
      await youth.presses(press ?? '');
      expect((await later()).to(cadre).text).toContain(says);
    }
    expect((await demands()).map(({ state, consent }) => [state, consent])).toEqual([
      ['referred', 'given'],
      ['accepted', 'refused'],
    ]);
  });

  it('is merged, told apart again, felt by others, and answered to all of them', async () => {
    const other = await stage.person('小红', group);
    await other.whispers('/诉求 三楼晚上没有热水');
    await bring(youth);
    expect((await later()).to(cadre).text).toContain('可能相近的');
    expect((await cadre.presses('并到第 1 号')).to(youth).text).toContain('看着是同一件事');
    expect((await cadre.whispers('/问题清单 办结 1 已报修')).to(youth).text).toContain('你也关心的这件事');
    stage.bot = stage.bot.to(youth);
    await youth.presses('还没解决');
    expect((await later()).to(cadre).text).toContain('说和第 1 号不是一回事，或者还没解决');
    expect((await other.says('/同感 2')).text).toContain('有答复，你也会收到');
    const answered = await cadre.whispers('/问题清单 无法解决 2 要等下学期');
    expect([answered.to(youth).text, answered.to(other).text].join()).toMatch(/要等下学期.*要等下学期/su);
  });

  it('is taken back before anybody has seen it, or later, with everything that was written', async () => {
    await bring(youth);
    expect((await youth.presses('收回')).text).toContain('还没有给任何人看过');
    expect((await later()).all).toEqual([]);
    const word = await bring(youth, '路灯坏了');
    await later();
    const other = await stage.person('小红', group);
    await other.says('/同感 1');
    await cadre.whispers('/问题清单 进展 1 在看了');
    expect((await youth.whispers(`/匿名 撤回 ${word}`)).to(cadre).all).toEqual([]);
    expect(await demands()).toMatchObject([{ state: 'withdrawn', text: '', address: null }]);
    const said = await later();
    expect(said.to(cadre).text).toContain('第 1 号的提出人撤回了');
    expect(said.to(other).text).toContain('提出的人收回了');
    expect((await youth.whispers(`/匿名 查看 ${word}`)).text).toContain('第 1 号　已撤回');
    expect((await youth.whispers(`/匿名 撤回 ${word}`)).text).toContain('已经撤回了');
  });
});

describe('an asker without a name', () => {
  it('is not found by any number, only by the word', async () => {
    const word = await bring(youth);
    await later();
    for (const step of ['确认', '重开', '同意', '不同意', '撤回'])
      expect((await youth.whispers(`/我的 ${step} 1`)).text).toContain('你没有第 1 号诉求');
    expect((await youth.whispers('/我的')).text).toMatch(/你还没有提过诉求.*匿名提的不在这里/su);
    expect((await youth.whispers('/诉求 照片 1')).text).toContain('匿名的诉求不收照片');
    expect((await youth.whispers('/匿名 查看')).text).toContain('8 位，像 ABCD-EFGH');
    expect((await youth.whispers('/匿名 查看 0000-0000')).text).toContain('没有这个凭据');
    expect((await youth.whispers(`/匿名 确认 ${word}`)).text).toContain('没有等你确认');
    expect((await youth.whispers(`/匿名 查看 ${word.toLowerCase().replace('-', ' ')}`)).text).toContain(leak);
  });

  it('is stopped kindly after three a day, and a cry for help is always answered', async () => {
    for (const n of [1, 2, 3]) await bring(youth, `第 ${n} 件事`);
    expect((await youth.whispers('/匿名 第 4 件事')).text).toContain('今天已经替你收了 3 件');
    for (let n = 1; n <= 7; n++) {
      const said = await youth.whispers(`/匿名 不想活了 ${n}`);
      expect(said.to(youth).text).toContain('12356');
      expect(said.to(cadre).all).toHaveLength(n <= 5 ? 1 : 0);
    }
    stage.now += 24 * hour;
    expect((await youth.whispers('/匿名 第 4 件事')).text).toContain('收到');
  });

  it('in danger sees the help lines at once, and the cadre hears of it at once, still not of whom', async () => {
    const said = await youth.whispers('/诉求 匿名 我不想活了');
    expect(said.to(youth).text).toMatch(/12356.*已经告诉团干部了（第 1 号），没说是谁/su);
    expect(said.to(cadre).text).toContain('这条匿名诉求听起来很急');
    expect(said.to(cadre).text).toContain('我不想活了');
    expect(said.to(cadre).text).not.toContain('小明');
    const reached = await cadre.whispers('/问题清单 进展 1 我在，随时打我电话');
    expect(reached.to(youth).all).toMatchObject([{ draft: { type: 'text' } }]);
    expect(reached.to(youth).all[0]?.notBefore).toBe(stage.now);
  });

  it('is asked for the group without what was written', async () => {
    const other = await stage.group('二班');
    await stage.cadre('王老师', other);
    await (await stage.person('小明', other)).says('大家好');
    const said = await youth.whispers(`/匿名 ${leak}`);
    expect(said.text).toContain('请在前面写上群号再发一遍，例如：/匿名 群1');
    expect(JSON.stringify(said.all)).not.toContain('热水');
    expect((await youth.whispers(`/匿名 群2 ${leak}`)).text).toContain('收到');
  });
});

describe('where it is asked for in other words', () => {
  it.each([
    `/匿名 ${leak}`,
    `/诉求匿名 ${leak}`,
    `/诉求 昵名 ${leak}`,
    `/匿名诉求 ${leak}`,
    `/诉求 我想匿名反映：${leak}`,
    `/诉求 ${leak}，请帮我匿名`,
    `/诉求 ${leak}（匿名）`,
  ])('“%s” is taken without a name', async (typed) => {
    const said = await youth.whispers(typed);
    expect(said.text).toContain('收到，我替你匿名转');
    expect(said.to(cadre).all).toEqual([]);
    expect(await demands()).toEqual([]);
  });

  it('in the group it is not taken at all, nor repeated', async () => {
    for (const typed of [`/诉求 匿名 ${leak}`, `/匿名 ${leak}`, `/诉求 ${leak}，希望匿名`]) {
      const said = await youth.says(typed);
      expect(said.in(group.id).text).toMatch(
        /群里大家看得见是谁发的。要匿名，请私聊我发 \/(诉求 )?匿名 加内容/u,
      );
      expect(JSON.stringify(said.all)).not.toMatch(/热水|quote/);
    }
    expect(await demands()).toEqual([]);
    expect(await db().sealedSlip.count()).toBe(0);
  });

  it('without a slash nothing is kept beside a name, and a slip carries no words into a button', async () => {
    expect((await youth.whispers(`我想匿名反映一下，${leak}`)).text).toContain('请发 /匿名 加内容');
    expect(await db().confirmation.count()).toBe(0);
    for (const typed of [`/诉救 匿名 ${leak}`, `/匿名诉 ${leak}`, `诉求 匿名 ${leak}`])
      expect(JSON.stringify((await youth.whispers(typed)).buttons)).not.toContain('热水');
  });

  it.each(['/诉求 匿名投票系统打不开', '/诉求 举报电话能不能接通'])(
    '“%s” is taken one way or the other',
    async (typed) => {
      expect((await youth.whispers(typed)).text).toMatch(/收到/u);
    },
  );
});
