/** The day of an activity: its code, its people, its pictures, and the deed it becomes. */
import { beforeEach, describe, expect, it } from 'vitest';
import { expectedBetween } from '../../../prisma/store/sign-ups.ts';
import { cadre, group, youth as ming, stage } from '../scene.ts';
import type { Actor } from '../testing.ts';

let hong: Actor;
beforeEach(async () => {
  hong = await stage.person('小红', group);
  await cadre.says('/活动 发布 周六下午2点-4点 操场 夜跑');
  await cadre.says('是');
});

const begin = () => {
  stage.now = Date.parse('2026-09-05T14:10:05+08:00');
};
const over = () => {
  stage.now = Date.parse('2026-09-05T16:10:00+08:00');
};
const deeds = () => stage.database.db.deed.findMany();

describe('the rotating code', () => {
  it('is useless a minute later, and another one is right then', async () => {
    begin();
    await cadre.whispers('/活动 签到码 1');
    const shown = /签到码 (\d{4})/.exec(stage.bot.text)?.[1] ?? '';
    expect(shown).toBe(await stage.checkInCode());
    stage.now += 60_000;
    await cadre.presses('换一个');
    const next = /签到码 (\d{4})/.exec(stage.bot.text)?.[1] ?? '';
    expect(next).not.toBe(shown);
    expect((await ming.says(`/签到 ${shown}`)).text).toContain('签到码不对，或者已经换了');
    expect((await ming.says(`/签到 ${next}`)).text).toContain('签到好了');
    // Said in time, heard late.
    expect((await hong.says(`/签到 ${shown}`, { at: stage.now - 40_000 })).text).toContain('签到好了');
  });

  it('is on the cadre’s own screen alone, in words or to scan, and over when the activity is', async () => {
    begin();
    expect((await cadre.says('/活动 签到码 1')).text).toContain('请私聊我发');
    await cadre.whispers('/活动 签到码 1');
    expect(stage.bot.all).toHaveLength(1);
    await cadre.presses('二维码');
    const [drawn] = stage.bot.all;
    expect(drawn?.draft).toMatchObject({
      type: 'poster',
      qr: { text: `/签到 1 ${await stage.checkInCode()}` },
    });
    expect(drawn?.expiresAt).toBeLessThanOrEqual(stage.now + 30_000);
    stage.now += 3 * 3_600_000;
    expect((await cadre.whispers('/活动 签到码 1')).text).toContain('签到已经结束了');
  });

  it('changes by itself where cards can, each at its time', async () => {
    begin();
    stage.updates = true;
    const { all } = await cadre.whispers('/活动 签到码 1');
    const [first, ...later] = all;
    expect(later).toHaveLength(20);
    for (const one of later) {
      expect(one.updates).toBe(first?.key);
      expect(one.expiresAt).toBe((one.notBefore ?? 0) + 30_000);
    }
    stage.now = later[3]?.notBefore ?? 0;
    expect(JSON.stringify(later[3]?.draft)).toContain(`签到码 ${await stage.checkInCode()}`);
  });
});

describe('the people', () => {
  it('are listed for the cadre alone; of who does not come there is a number at most', async () => {
    await ming.says('/报名');
    await hong.says('/报名');
    await hong.says('/请假');
    begin();
    await ming.says(`/签到 ${await stage.checkInCode()}`);
    const said = await cadre.whispers('/活动 名单 1');
    expect(said.text).toContain('报名 1 人：小明');
    expect(said.text).toContain('请假 1 人');
    expect(said.text).toContain('签到 1 人（用码 1，点名 0）：小明');
    expect(said.text).not.toContain('小红');
    expect((await cadre.says('/活动 名单 1')).text).toContain('请私聊我发');
    expect((await ming.whispers('/活动 名单 1')).text).toContain('团干部用的');
    expect(await stage.database.db.audit.findMany({ where: { action: 'activity.people' } })).toHaveLength(1);
  });

  it('can be ticked by name; what is unclear is said and ticks nobody', async () => {
    expect((await cadre.whispers('/活动 点名 1 小明')).text).toContain('还没开始签到');
    begin();
    const other = await stage.database.db.person.create({
      data: { accountId: stage.accountId, name: '小红' },
    });
    await stage.database.db.member.create({ data: { groupId: group.id, personId: other.id } });
    const said = await cadre.whispers('/活动 点名 1 小明、小红 小刚');
    expect(said.text).toContain('点到 1 人：小明');
    expect(said.text).toContain('照群里显示的名字写：小刚');
    expect(said.text).toContain('几个人叫这个名字，我不猜是哪一位，请他们自己用签到码签：小红');
    expect((await cadre.whispers('/活动 点名 1 小明')).text).toContain('早就签到了：小明');
    await stage.person('古丽米热·吐尔逊江', group);
    expect((await cadre.whispers('/活动 点名 1 古丽米热')).text).toContain('是不是“古丽米热·吐尔逊江”？');
    expect((await cadre.whispers('/活动 点名 1')).text).toContain('请写来了的人的名字');
    expect(await stage.database.db.checkIn.findMany()).toMatchObject([{ personId: ming.id, ticked: true }]);
  });
});

it('a name with 和 in it is one name, and two names joined by it are two', async () => {
  for (const name of ['李和平', '和田', '小刚']) await stage.person(name, group);
  begin();
  const said = await cadre.whispers('/活动 点名 1 李和平和小明 和田 小红和小刚和小华');
  expect(said.text).toContain('点到 5 人：李和平、小明、和田、小红、小刚');
  expect(said.text).toContain('照群里显示的名字写：小华');
});

describe('the end', () => {
  it('becomes a deed, verified by check-ins with the code', async () => {
    begin();
    await ming.says(`/签到 ${await stage.checkInCode()}`);
    over();
    const said = await cadre.whispers('/活动 结束 1 跑了三公里');
    expect(said.to(cadre).text).toContain('已记进工作纪实第 1 条（2 小时，有印证）');
    expect(await deeds()).toMatchObject([
      { kind: 'culture_sport', topic: '夜跑', participants: 1, grade: 'verified', cadreId: 1 },
    ]);
  });

  it('is worth no more than the cadre’s word where names were only ticked', async () => {
    begin();
    await cadre.whispers('/活动 点名 1 小明');
    over();
    expect((await cadre.whispers('/活动 结束 1 跑了三公里')).text).toContain('仅口述');
    expect(await deeds()).toMatchObject([{ participants: 1, grade: 'stated' }]);
  });

  it('is not recorded twice', async () => {
    begin();
    await ming.says(`/签到 ${await stage.checkInCode()}`);
    await cadre.whispers('/记 文体活动 今天 夜跑 20人');
    await cadre.whispers('是');
    over();
    expect((await cadre.whispers('/活动 结束 1 跑了三公里')).text).toContain('第 1 条很像，没有另记');
    expect(await deeds()).toHaveLength(1);
  });

  it('has pictures, shown to the group after a yes', async () => {
    begin();
    await ming.says(`/签到 ${await stage.checkInCode()}`);
    expect((await cadre.whispers('/活动 精彩时刻 1')).text).toContain('活动结束以后才有');
    over();
    await cadre.whispers('/活动 结束 1 跑了三公里');
    expect((await cadre.whispers('/活动 精彩时刻 1')).text).toContain('还没有照片');
    const shown = await cadre.shows({ kind: 'kept', file: `${'a'.repeat(32)}.jpg` });
    expect(shown.text).toContain('都发完了，可以发到群里给大家看看');
    expect((await cadre.presses('发到群里')).text).toMatch(
      /要把“活动1｜.+”的 1 张照片.+请先确认照片里的人都愿意/,
    );
    expect(stage.bot.in(group.id).all).toEqual([]);
    await cadre.whispers('是');
    expect(stage.bot.in(group.id).all[0]?.draft).toMatchObject({ type: 'photo' });
  });
});

describe('/活动 改期', () => {
  it('asks, then tells the group and who signed up', async () => {
    await ming.says('/报名');
    await cadre.says('/活动 改期 1 周日下午3点');
    expect(stage.bot.text).toContain('改到 9月6日（周日）15:00-17:00，对吗');
    expect(stage.bot.text).toContain('私下告诉报了名的 1 人');
    await cadre.says('是');
    expect(stage.bot.in(group.id).text).toContain('活动1｜夜跑 改到 9月6日（周日）15:00-17:00');
    expect(stage.bot.to(ming).text).toContain('时间不合适就发 /请假 1');
    expect(stage.bot.to(hong).all).toEqual([]);
    expect((await cadre.says('/活动')).text).toContain('9月6日（周日）15:00-17:00');
  });

  it('takes back who had checked in before the old begin, and says so; who is in the new hours stays', async () => {
    stage.now = Date.parse('2026-09-05T13:40:00+08:00');
    await ming.says(`/签到 ${await stage.checkInCode()}`);
    const came = () => stage.database.db.checkIn.count();
    expect((await cadre.says('/活动 改期 1 今天下午2点10分')).text).not.toContain('提前签到');
    await cadre.says('是');
    expect(await came()).toBe(1);
    expect((await cadre.says('/活动 改期 1 周日下午3点')).text).toContain(
      '已经有 1 人提前签到，改期后不再算数，到时候请他们再签一次',
    );
    await cadre.says('是');
    expect(await came()).toBe(0);
    stage.now = Date.parse('2026-09-06T15:10:00+08:00');
    expect((await ming.says(`/签到 ${await stage.checkInCode()}`)).text).toContain('签到好了');
  });

  it('moved twice: each time is told, and only the last one is reminded of and counts', async () => {
    await ming.says('/报名');
    for (const time of ['周日下午3点', '9月8日下午4点']) {
      await cadre.says(`/活动 改期 1 ${time}`);
      await cadre.says('是');
    }
    expect(stage.bot.to(ming).text).toContain('改到 9月8日（周二）16:00-18:00');
    const { db } = stage.database;
    const expected = (day: string) =>
      expectedBetween(db, Date.parse(`${day}T00:00:00+08:00`), Date.parse(`${day}T23:59:00+08:00`));
    expect(await expected('2026-09-06')).toEqual([]);
    expect(await expected('2026-09-08')).toMatchObject([{ personId: ming.id, number: 1 }]);
  });

  it('needs no number where there is one activity, and asks which where there are two', async () => {
    expect((await cadre.whispers('/活动 改期 9月6日下午3点')).text).toContain(
      '活动1｜夜跑 改到 9月6日（周日）15:00',
    );
    await cadre.whispers('否');
    expect((await cadre.whispers('/活动 改期 6号下午3点')).text).toContain('改到 9月6日（周日）15:00');
    await cadre.whispers('否');
    await cadre.says('/活动 发布 周日下午2点-4点 图书馆 读书会');
    await cadre.says('是');
    expect((await cadre.whispers('/活动 改期 周日下午5点')).text).toContain('改到“周日下午5点”的是哪个活动');
    await cadre.presses('活动2｜读书会');
    expect(stage.bot.text).toContain('活动2｜读书会 改到 9月6日（周日）17:00');
    expect((await cadre.whispers('/活动 改期')).text).toContain('请写新的时间');
  });

  it('that is cancelled is told to who signed up, and to nobody who took leave', async () => {
    await ming.says('/报名');
    await hong.says('/报名');
    await hong.says('/请假');
    expect((await cadre.whispers('/活动 取消 1')).text).toContain('并私下告诉报了名的 1 人');
    const said = await cadre.whispers('是');
    expect(said.to(ming).text).toBe(
      '你报名的“夜跑”（9月5日（周六）14:00-16:00）取消了，抱歉改变安排，不用来了。',
    );
    expect(said.to(hong).all).toEqual([]);
  });

  it('is refused for the past, the same, and what has begun', async () => {
    expect((await cadre.says('/活动 改期 1 昨天下午3点')).text).toContain('已经过去了');
    expect((await cadre.says('/活动 改期 1 周六下午2点-4点')).text).toContain('一样');
    expect((await cadre.says('/活动 改期 1 过几天')).text).toMatch(/没看到时间|没看懂/);
    begin();
    expect((await cadre.says('/活动 改期 1 周日下午3点')).text).toContain('已经开始了');
  });
});

it('a poster says where and when, and how to sign up', async () => {
  const said = await cadre.says('/活动 海报 1');
  expect(said.text).toBe('夜跑\n9月5日（周六）14:00-16:00\n操场\n一班\n/报名 1');
});
