import { beforeEach, describe, expect, it } from 'vitest';
import { dayMs } from '../../../domain/calendar/day.ts';
import { cadre, group, stage, youth } from '../scene.ts';
import type { Actor } from '../testing.ts';

let friend: Actor;
beforeEach(async () => {
  friend = await stage.person('小红', group);
});

const state = async (number = 1) => (await stage.database.db.wish.findFirst({ where: { number } }))?.state;
const deeds = () => stage.database.db.deed.findMany({ where: { withdrawnAt: null } });

/** 小明 wishes, and somebody takes it on. */
async function claimed(by: Actor): Promise<void> {
  await youth.whispers('/心愿 想借一本高数教材用两周');
  await by.whispers('/心愿 认领 1');
  await by.presses('认领');
}

describe('a wish', () => {
  it('hangs on the wall without a name, not even for the cadre, and until when is said', async () => {
    const said = await youth.whispers('/心愿 想借一本高数教材用两周');
    expect(said.to(youth).text).toContain('第 1 号心愿挂上墙了\n“想借一本高数教材用两周”');
    expect(said.to(youth).text).toContain('挂到 10月2日（周五）15:00；到时候没等到，还可以发 /心愿 续 1');
    expect(said.to(cadre).text).toContain('的心愿墙有了第 1 号\n想借一本高数教材用两周');
    expect(said.to(cadre).text).not.toContain('小明');
    for (const shown of [await friend.says('/心愿'), await cadre.whispers('/心愿墙')]) {
      expect(shown.text).toContain('1 个等人认领\n1 号　想借一本高数教材用两周\n');
      expect(shown.text).not.toContain('小明');
      expect(shown.buttons.map(({ label }) => label)).toEqual(['认领 1 号']);
    }
  });

  it('is shown to the cadre one by one, but not all day long', async () => {
    for (const [n, says] of [
      [1, '心愿1'],
      [2, '心愿2'],
      [3, '心愿3'],
      [4, '今天的心愿比较多'],
      [5, ''],
    ] as const) {
      const other = await stage.person(`同学${n}`, group);
      const said = await other.whispers(`/心愿 心愿${n}`);
      expect(said.to(cadre).text).toContain(says);
      expect(said.to(cadre).all).toHaveLength(says === '' ? 0 : 1);
    }
  });

  it('is signed, if its wisher wants, and unsigned again', async () => {
    await youth.whispers('/心愿 想有人教我打羽毛球');
    await youth.presses('写上我的名字');
    expect((await friend.says('/心愿 墙')).text).toContain('想有人教我打羽毛球——小明');
    expect((await friend.whispers('/心愿 认领 1')).text).not.toContain('要对方愿意才');
    expect((await friend.presses('认领')).to(friend).text).toContain('对方是小伙伴“小明”');
    await youth.whispers('/心愿 想有人教我下棋');
    await youth.presses('写上我的名字');
    await youth.whispers('/心愿 不署名 2');
    expect((await friend.says('/心愿 墙')).text).not.toContain('小明');
  });

  it('may begin with the word of an action', async () => {
    await youth.whispers('/心愿 认领养的小猫有个家');
    expect((await friend.says('/心愿')).text).toContain('1 号　认领养的小猫有个家');
  });

  it('loses ways to get in touch, and says so', async () => {
    expect((await youth.says('/心愿 求笔记，电话13800138000')).text).toContain('电话、账号这些我隐去了');
    const wall = (await friend.says('/心愿')).text;
    expect(wall).toContain('求笔记，电话〔电话〕');
    expect(wall).not.toContain('13800138000');
  });

  it('said twice is one; a flood is met kindly', async () => {
    await youth.whispers('/心愿 想看一场日出');
    expect((await youth.whispers('/心愿 想看一场日出')).text).toContain('已经记下了，是第 1 号，等人认领');
    await youth.whispers('/心愿 想学游泳');
    await youth.whispers('/心愿 想学吉他');
    expect((await youth.whispers('/心愿 想学画画')).text).toContain('已经有 3 个心愿在等了');
    for (const number of [1, 2, 3]) await youth.whispers(`/心愿 撤回 ${number}`);
    for (const wanted of ['骑车', '写字']) await youth.whispers(`/心愿 想学${wanted}`);
    expect((await youth.whispers('/心愿 想学唱歌')).text).toContain('明天再来吧');
    stage.now += dayMs;
    expect((await youth.whispers('/心愿 想学唱歌')).text).toContain('第 6 号');
  });
});

describe('taking a wish on', () => {
  it('is asked first, privately, and told to both; whose it is only with the wisher’s yes', async () => {
    await youth.whispers('/心愿 想借一本高数教材用两周');
    const asked = await friend.says('/心愿 认领 1');
    expect(asked.in(group.id).text).toBe('私聊里和你确认一下。');
    expect(asked.to(friend).text).toContain('“想借一本高数教材用两周”\n对方会知道是你（小伙伴“小红”）认领的');
    expect(await state()).toBe('open');
    const said = await friend.presses('认领');
    expect(said.in(group.id).all).toEqual([]);
    expect(said.to(friend).text).not.toContain('小明');
    expect(said.to(youth).text).toContain('小伙伴“小红”认领了你的心愿');
    expect(await state()).toBe('claimed');
    stage.bot = said;
    const told = await youth.presses('告诉对方');
    expect(told.to(friend).text).toContain('是小伙伴“小明”。可以直接联系了');
    expect((await youth.whispers('/心愿 不告诉 1')).text).toContain('已经告诉对方你是谁了');
  });

  it('by a youth whose nickname claims to be the cadre’s does not look like the cadre', async () => {
    const liar = await stage.person('团干部李老师”', group);
    await youth.whispers('/心愿 想借一本高数教材用两周');
    await liar.whispers('/心愿 认领 1');
    expect((await liar.presses('认领')).to(youth).text).toContain('小伙伴“团干部李老师”认领了你的心愿');
  });

  it('can go without the wisher’s name all the way', async () => {
    await claimed(friend);
    expect((await youth.presses('先不说')).to(friend).text).toContain('想先不说是谁');
    const said = await friend.whispers('/心愿 实现 1 书放在一楼服务台');
    expect(said.to(youth).text).toContain('小伙伴“小红”：书放在一楼服务台');
    stage.bot = said;
    const thanked = await youth.presses('谢谢');
    expect(thanked.to(friend).text).toBe('第 1 号心愿的主人说谢谢。');
    expect(await state()).toBe('thanked');
    expect(await deeds()).toEqual([]);
    expect((await youth.whispers('/心愿 道谢 1')).text).toContain('已经谢过啦');
  });

  it('of two at once one gets it, the other a kind word', async () => {
    const third = await stage.person('小刚', group);
    await youth.whispers('/心愿 想看一场日出');
    await friend.whispers('/心愿 认领 1');
    await third.whispers('/心愿 认领 1');
    await friend.whispers('是');
    expect((await third.whispers('是')).text).toBe(
      '第 1 号心愿刚刚有人先认领了，谢谢这份心意。发 /心愿 墙 看看别的。',
    );
    expect((await friend.whispers('/心愿 我的')).text).toContain('认领的心愿 第 1 号（一班）有人认领了');
  });

  it('is nobody’s duty: given back, it waits on', async () => {
    await claimed(friend);
    const said = await friend.whispers('/心愿 放回 1');
    expect(said.to(friend).text).toContain('没关系的，谢谢这份心意');
    expect(said.to(youth).text).toContain('已经放回墙上接着等');
    expect(await state()).toBe('open');
  });

  it('is refused for one’s own, for what is over, for another’s claim, and beyond three', async () => {
    await claimed(friend);
    expect((await youth.whispers('/心愿 认领 1')).text).toContain('就是你自己的');
    expect((await cadre.whispers('/心愿 实现 1 好了')).text).toContain('手上没有第 1 号心愿');
    expect((await cadre.whispers('/心愿 放回 1')).text).toContain('手上没有第 1 号心愿');
    expect((await friend.whispers('/心愿 认领 9')).text).toContain('没有第 9 号心愿');
    const third = await stage.person('小刚', group);
    for (const [number, wanted] of [
      [2, '日出'],
      [3, '日落'],
      [4, '星星'],
    ] as const) {
      await third.whispers(`/心愿 想看${wanted}`);
      await friend.whispers(`/心愿 认领 ${number}`);
      if (number < 4) await friend.whispers('是');
    }
    expect((await friend.whispers('/心愿 认领 4')).text).toContain('手上已经有 3 个心愿在办了');
    for (const step of ['没实现', '告诉', '不告诉', '署名', '不署名', '续', '撤回', '道谢'])
      expect((await friend.whispers(`/心愿 ${step} 1`)).text).toContain('你没有第 1 号心愿');
  });
});

describe('a wish that the cadre fulfils', () => {
  it('is a deed, confirmed by the thanks of whoever wished, with a picture for both', async () => {
    await claimed(cadre);
    expect((await cadre.whispers('/心愿 实现 1')).text).toContain('请写心愿编号和给对方的一句话');
    const said = await cadre.whispers('/心愿 实现 1 书放在一楼服务台');
    expect(said.to(cadre).text).toContain('已记进工作纪实第 1 条（办一件实事，仅口述；');
    expect(said.to(youth).text).toContain('团干部李老师：书放在一楼服务台');
    expect(await deeds()).toMatchObject([{ kind: 'good_deed', grade: 'stated', topic: '实现第 1 号微心愿' }]);
    const picture = await cadre.shows({ kind: 'kept', file: `${'a'.repeat(32)}.jpg` });
    expect(picture.to(cadre).text).toContain('照片转给第 1 号心愿的主人了');
    expect(picture.to(youth).text).toBe('第 1 号心愿的照片');
    expect(await deeds()).toMatchObject([{ grade: 'documented' }]);
    const again = await cadre.shows({ kind: 'kept', file: `${'b'.repeat(32)}.jpg` });
    expect(again.to(youth).all).toEqual([]);
    const thanked = await youth.whispers('/心愿 道谢 1 书很有用');
    expect(thanked.to(youth).text).toContain('印证了团干部办的一件实事');
    expect(thanked.to(cadre).text).toBe('第 1 号心愿的主人说谢谢：书很有用');
    expect(await deeds()).toMatchObject([{ grade: 'verified' }]);
  });

  it('and that was none is no deed either', async () => {
    await claimed(cadre);
    const said = await cadre.whispers('/心愿 实现 1 放在服务台了');
    stage.bot = said;
    const reopened = await youth.presses('还没实现');
    expect(reopened.to(cadre).text).toContain('还没有实现，先放回墙上了');
    expect(reopened.to(cadre).text).toContain('先前记的那条实事也撤回了');
    expect(await deeds()).toEqual([]);
    expect(await state()).toBe('open');
  });
});

describe('the end of a wish', () => {
  it('by its wisher leaves nothing, and the claimer a word', async () => {
    await claimed(friend);
    const said = await youth.whispers('/心愿 撤回 1');
    expect(said.to(friend).text).toContain('收回了，不用再办');
    expect(await stage.database.db.wish.findFirst()).toMatchObject({
      text: '',
      claimerId: null,
      state: 'withdrawn',
    });
    expect((await friend.says('/心愿 认领 1')).text).toContain('已经撤回了');
  });

  it('by the cadre has a reason, which the wisher reads', async () => {
    await claimed(friend);
    expect((await cadre.whispers('/心愿 收起 1')).text).toContain('请写心愿编号和原因');
    const said = await cadre.whispers('/心愿 收起 1 请走图书馆借阅');
    expect(said.to(youth).text).toContain('团干部先收起来了：请走图书馆借阅');
    expect(said.to(friend).text).toContain('不用再办');
    expect(said.to(cadre).text).not.toContain('小明');
    expect((await youth.whispers('/心愿 我的')).text).toContain('没有上墙：想借一本高数教材用两周\n原因：');
  });
});

describe('erasing one’s own data', () => {
  const erases = async (who: Actor) => {
    await who.whispers('/我的数据 删除');
    return who.presses('删掉');
  };

  it('tells who had taken the wish on, and who wanted help, as a withdrawal does', async () => {
    await claimed(friend);
    await youth.whispers('/互助 供 教打羽毛球');
    await friend.whispers('/互助 联系 1');
    await friend.presses('联系');
    const said = await erases(youth);
    expect(said.to(friend).text).toBe(
      '第 1 号心愿的主人收回了，不用再办，谢谢这份心意。\n互助第 1 号已经收起来了，这次没对上，看看别的：/互助 列表',
    );
    expect(await stage.database.db.wish.findFirst()).toMatchObject({
      wisherId: 0,
      claimerId: null,
      text: '',
      state: 'withdrawn',
    });
    expect((await friend.says('/心愿')).text).toContain('现在没有等人认领的');
  });

  it('puts back what one had taken on; what is kept can be taken along', async () => {
    await claimed(friend);
    await friend.whispers('/我的数据 导出');
    expect(stage.bot.text).toContain('["认领的心愿",1,"想借一本高数教材用两周","有人认领了",""]');
    expect((await erases(friend)).to(youth).text).toContain('已经放回墙上接着等');
    expect((await friend.whispers('/我的数据')).text).toContain('心愿、互助和提问 0 件');
    expect(await state()).toBe('open');
  });
});

it('the wall goes into the group and onto a picture at the cadre’s word', async () => {
  await youth.whispers('/心愿 想看一场日出');
  expect((await cadre.whispers('/心愿 上墙')).in(group.id).text).toContain('1 号　想看一场日出');
  expect((await cadre.says('/心愿 图卡')).all[0]?.draft).toMatchObject({
    type: 'wish-wall',
    wall: { open: 1, wishes: [{ number: 1, name: undefined }] },
  });
});

describe('words of danger', () => {
  it('hang on no wall: the help lines at once, and whether the cadre shall know', async () => {
    const said = await youth.whispers('/心愿 我不想活了');
    expect(said.text).toContain('你不用一个人扛');
    expect(said.to(cadre).all).toEqual([]);
    expect(await state()).toBeUndefined();
    expect((await youth.presses('记成诉求')).to(cadre).text).toContain('我不想活了');
  });

  it('of the cadre, who comforts somebody, are passed on', async () => {
    await claimed(cadre);
    const said = await cadre.whispers('/心愿 实现 1 不想活的时候，随时来找我');
    expect(said.to(youth).text).toContain('随时来找我');
  });

  it('are repeated in no group, and carried to no claimer', async () => {
    const said = await youth.says('/心愿 我不想活了');
    expect(said.in(group.id).all).toEqual([]);
    expect(said.to(youth).text).toContain('要把这句话记成诉求');
    await claimed(friend);
    await friend.whispers('/心愿 实现 1 好了');
    const thanks = await youth.whispers('/心愿 道谢 1 谢谢，可是我不想活了');
    expect(thanks.to(friend).all).toEqual([]);
    expect(thanks.to(youth).text).toContain('12356');
    expect(thanks.to(youth).text).toContain('没有转给对方。不是那个意思的话，换个说法再发一次就行');
    expect(await state()).toBe('fulfilled');
  });
});

it('hangs as long, and as many, as the school has set', async () => {
  stage.limits = { wishDays: 60, wishes: 1, demandsADay: 1 };
  expect((await youth.whispers('/心愿 想借教材')).text).toContain('挂到 11月1日（周日）15:00');
  expect((await youth.whispers('/心愿 想看日出')).text).toContain('你已经有 1 个心愿在等了');
  await friend.whispers('/心愿 认领 1');
  await friend.presses('认领');
  stage.now += dayMs;
  await friend.whispers('/心愿 放回 1');
  expect((await stage.database.db.wish.findFirst())?.expiresAt.getTime()).toBe(stage.now + 60 * dayMs);
  await youth.whispers('/诉求 热水停了');
  expect((await youth.whispers('/诉求 空调坏了')).text).toContain('今天已经收到你 1 件事了');
});
