import { beforeEach, describe, expect, it } from 'vitest';
import { dayMs } from '../../../domain/calendar/day.ts';
import { cadre, group, stage, youth } from '../scene.ts';
import type { Actor } from '../testing.ts';

let friend: Actor;
beforeEach(async () => {
  friend = await stage.person('小红', group);
});

/** 小明 asks privately, is answered, and the cadre keeps it for everybody. */
async function kept(question = '校园卡丢了去哪儿补办'): Promise<void> {
  await youth.whispers(`/问 ${question}`);
  await cadre.whispers('/答疑 1 一卡通中心，带学生证');
  await cadre.presses('收进常见问题');
  await cadre.presses('收进去');
}

describe('a question', () => {
  it('asked privately is answered privately', async () => {
    const said = await youth.whispers('/问 校园卡丢了去哪儿补办');
    expect(said.to(youth).text).toBe('转给团干部了，是第 1 个问题，答复只发给你。');
    expect(said.to(cadre).text).toContain('小明：校园卡丢了去哪儿补办\n（私下问的，只答给对方）');
    expect((await cadre.says('/答疑 1 一卡通中心')).text).toContain('是私下问的，请私聊我发 /答疑 1');
    stage.bot = said;
    const answered = await cadre.presses('答复', { answer: '一卡通中心，带学生证' });
    expect(answered.in(group.id).all).toEqual([]);
    expect(answered.to(youth).text).toContain('李老师（“一班”团干部）：一卡通中心，带学生证');
    expect((await friend.says('/问')).text).toContain('还没有常见问题');
  });

  it('asked in the group is answered in the group, by nobody’s name', async () => {
    await youth.says('/问 校园卡丢了去哪儿补办，我电话13800138000');
    const answered = await cadre.says('/答疑 1 一卡通中心');
    expect(answered.in(group.id).text).toBe(
      '有人问，有人答\n问：校园卡丢了去哪儿补办，我电话〔电话〕\n李老师答：一卡通中心',
    );
    expect(answered.to(youth).text).toContain('第 1 个问题有答复了');
    expect(answered.to(cadre).buttons.map(({ label }) => label)).toEqual(['收进常见问题']);
  });

  it('may stand right behind the one character of its name', async () => {
    expect((await youth.whispers('/问校园卡丢了去哪儿补办')).text).toContain('第 1 个问题');
    expect((await cadre.whispers('/答疑1 一卡通中心')).to(youth).text).toContain('一卡通中心');
    expect((await youth.whispers('/问倦')).text).toContain('是不是想输入 /问卷');
  });

  it('asked twice is one, and five a day', async () => {
    await youth.whispers('/问 第一件事');
    expect((await youth.whispers('/问 第一件事')).text).toContain('已经转给团干部了，是第 1 个');
    for (const n of ['二', '三', '四', '五']) await youth.whispers(`/问 第${n}件事`);
    expect((await youth.whispers('/问 第六件事')).text).toContain('今天已经问了 5 个了');
    stage.now += dayMs;
    expect((await youth.whispers('/问 第六件事')).text).toContain('第 6 个');
    expect((await cadre.whispers('/答疑')).text).toContain('第 6 个（私下问）小明：第六件事');
  });

  it('can be taken back, and nothing of it stays', async () => {
    await youth.whispers('/问 校园卡丢了去哪儿补办');
    expect((await friend.whispers('/问 撤回 1')).text).toContain('你没有问过第 1 个');
    expect((await youth.whispers('/问 撤回 1')).to(cadre).text).toContain('对方撤回了，不用再答');
    expect((await stage.database.db.inquiry.findFirst())?.text).toBe('');
    expect((await cadre.whispers('/答疑 1 好')).text).toContain('已经撤回，不用答了');
  });

  it('stands among one’s own, with its answer', async () => {
    await youth.whispers('/问 操场几点关门');
    await youth.whispers('/心愿 想看日出');
    await youth.whispers('/互助 求 伞');
    await cadre.whispers('/答疑 1 十点');
    const mine = (await youth.whispers('/我的')).text;
    expect(mine).toContain('问的第 1 个（一班）：操场几点关门\n答复：十点');
    expect(mine).toContain('心愿 第 1 号（一班）等人认领：想看日出');
    expect(mine).toContain('互助第 1 号（一班）在列：【求】伞');
    expect(mine).toContain('/心愿 撤回 编号、/互助 撤回 编号、/问 撤回 编号');
    expect((await friend.whispers('/我的')).text).toContain('还没有提过诉求');
  });

  it('that is a cry for help is heard as one', async () => {
    const said = await youth.says('/问 我不想活了怎么办');
    expect(said.to(youth).text).toContain('你不用一个人扛');
    expect(said.to(cadre).text).toContain('请马上联系本人');
    expect(said.in(group.id).text).not.toContain('不想活');
    expect(await stage.database.db.inquiry.count()).toBe(0);
  });
});

describe('the FAQ', () => {
  it('holds what the cadre has said yes to, without names, and is offered to who asks again', async () => {
    await youth.whispers('/问 我是小明，室友小红的校园卡丢了去哪儿补办');
    await cadre.whispers('/答疑 1 一卡通中心，带学生证');
    const shown = await cadre.presses('收进常见问题');
    expect(shown.text).toContain('室友〔某人〕的校园卡丢了去哪儿补办');
    expect(shown.text).not.toMatch(/小明|小红/);
    expect((await friend.says('/问')).text).toContain('还没有常见问题');
    await cadre.whispers('否');
    await cadre.whispers('/答疑 收录 1 校园卡丢了怎么补办');
    await cadre.whispers('是');
    expect((await friend.says('/问')).text).toContain('1 号　校园卡丢了怎么补办\n　　一卡通中心，带学生证');
    expect((await friend.whispers('/常见问题')).text).toContain('校园卡丢了怎么补办');

    const offer = await friend.says('/问 请问校园卡丢了怎么办');
    expect(offer.text).toContain('问：校园卡丢了怎么补办\n答：一卡通中心，带学生证\n\n还要问团干部吗？');
    expect(offer.to(cadre).all).toEqual([]);
    expect((await friend.presses('不用了')).to(cadre).all).toEqual([]);
    stage.bot = await friend.says('/问 请问校园卡丢了怎么办呢');
    expect((await friend.presses('还是要问')).to(cadre).text).toContain('小红：请问校园卡丢了怎么办呢');
    expect((await friend.says('/问 操场几点关门')).to(cadre).text).toContain('操场几点关门');
  });

  it('is changed and taken out by the cadre alone', async () => {
    await kept();
    expect((await cadre.whispers('/答疑 1 搬到三楼了')).text).toContain('常见问题里也改了');
    expect((await friend.says('/问 看 1')).text).toContain('答：搬到三楼了');
    expect((await friend.whispers('/答疑 移除 1')).text).toContain('团干部用的');
    expect((await cadre.whispers('/答疑 移除 1')).text).toContain('拿掉了');
    expect((await friend.says('/问 看 1')).text).toContain('常见问题里没有 1 号');
    expect((await cadre.whispers('/答疑 移除 1')).text).toContain('不在常见问题里');
    expect((await cadre.whispers('/答疑 收录 9')).text).toContain('没有第 9 个问题');
  });

  it('takes in nothing unanswered, and stays when the asker takes their words back', async () => {
    await youth.whispers('/问 操场几点关门');
    expect((await cadre.whispers('/答疑 收录 1')).text).toContain('还没有答复');
    await cadre.whispers('/答疑 1 十点');
    await cadre.whispers('/答疑 收录 1 操场开放时间');
    await cadre.whispers('是');
    await youth.whispers('/问 撤回 1');
    expect((await friend.says('/问')).text).toContain('操场开放时间');
    expect((await cadre.whispers('/答疑 1 十点半')).to(youth).all).toEqual([]);
    await cadre.whispers('/答疑 移除 1');
    expect(await stage.database.db.inquiry.findFirst()).toMatchObject({ text: '', answer: null, faq: null });
  });
});
