import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseInstant } from '../../domain/calendar/instant.ts';
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

const at = (text: string) => parseInstant(`2026-09-${text}:00+08:00`) ?? Number.NaN;
const activities = () => stage.database.db.activity.findMany({ orderBy: { number: 'asc' } });
const code = async (number = 1) => (await activities())[number - 1]?.code ?? '';
const wrongCode = async () => String((Number(await code()) + 1) % 10_000).padStart(4, '0');

/** A run on Saturday the 5th, 14:00-16:00. */
const announce = async () => {
  await cadre.says('/活动 发布 周六下午2点-4点 操场 夜跑');
  return cadre.says('是');
};

describe('/活动 发布', () => {
  it('echoes what was understood, and posts after the yes; the code goes to the cadre alone', async () => {
    await cadre.says('/活动 发布 周六下午2点-4点 操场 夜跑');
    expect(stage.bot.text).toContain('活动：夜跑\n时间：9月5日（周六）14:00-16:00\n地点：操场');
    expect(await activities()).toEqual([]);
    await cadre.presses('是');
    expect(stage.bot.in(group.id).text).toContain('活动1｜夜跑');
    expect(stage.bot.in(group.id).text).toContain('时间 9月5日（周六）14:00-16:00');
    expect(stage.bot.in(group.id).text).not.toContain(await code());
    expect(stage.bot.to(cadre).text).toContain(`签到码是 ${await code()}`);
    expect(await activities()).toMatchObject([
      { startsAt: new Date(at('05T14:00')), endsAt: new Date(at('05T16:00')), offline: true, place: '操场' },
    ]);
  });

  it('keeps the day that was confirmed, also over midnight', async () => {
    stage.now = at('02T23:58');
    await cadre.whispers('/活动 发布 明天下午2点 读书会');
    expect(stage.bot.text).toContain('没写结束时间，按两小时算');
    stage.now = at('03T00:01');
    await cadre.whispers('是');
    expect((await activities())[0]?.startsAt).toEqual(new Date(at('03T14:00')));
    expect(stage.bot.to(cadre).text).toContain('已发布到“一班”');
  });

  it('says no to what it does not understand, and to the past', async () => {
    expect((await cadre.says('/活动 发布')).text).toContain('例如：/活动 发布');
    expect((await cadre.says('/活动 发布 操场 夜跑')).text).toContain('没看到时间');
    expect((await cadre.says('/活动 发布 昨天下午2点 操场 夜跑')).text).toContain('已经过去了');
    expect((await cadre.says('/活动 发布 周六下午2点')).text).toContain('活动叫什么名字');
    expect((await cadre.says(`/活动 发布 ${'长'.repeat(1_000_000)}`)).text).toContain('太长了');
    expect((await cadre.says('是')).all).toEqual([]);
    expect(await activities()).toEqual([]);
  });

  it('is dropped by a no, by time, and is nobody else’s to confirm', async () => {
    await cadre.says('/活动 发布 周六下午2点 操场 夜跑');
    expect((await youth.says('/是')).text).toContain('没有等你确认的事');
    expect((await cadre.says('否')).text).toContain('什么都没变');
    await cadre.says('/活动 发布 周六下午2点 操场 夜跑');
    stage.now += 6 * 60_000;
    expect((await cadre.says('是')).text).toContain('作废');
    expect(await activities()).toEqual([]);
    expect((await youth.says('/活动 发布 周六下午2点 操场 夜跑')).text).toContain('本群团干部用的');
  });

  it('knows an online activity, and calls nobody', async () => {
    await cadre.says('/活动 发布 周六下午2点 线上 @所有人\u202e 读书会');
    await cadre.says('是');
    expect(stage.bot.in(group.id).text).toContain('＠所有人 读书会');
    expect((await activities())[0]).toMatchObject({ offline: false, place: '' });
  });
});

describe('/签到', () => {
  beforeEach(announce);

  it('counts a person once, in its hours, in the group, privately or by the card’s form', async () => {
    expect((await youth.says(`/签到 ${await code()}`)).text).toContain('还没开始签到');
    stage.now = at('05T13:30');
    const said = await youth.says(`/签到 ${await code()}`);
    expect(said.text).toContain('签到好了，谢谢你来参加“夜跑”');
    expect(said.all).toHaveLength(1);
    expect((await youth.whispers(`/签到 ${await code()}`)).text).toContain('已经签到过了');
    const other = await stage.person('小红', group);
    expect((await other.whispers(`/签到１ ${await code()}`)).text).toContain('签到好了');
    expect(await stage.database.db.checkIn.count()).toBe(2);
    stage.now = at('05T16:31');
    expect((await (await stage.person('小刚', group)).says(`/签到 ${await code()}`)).text).toContain(
      '现在没有可以签到的活动',
    );
  });

  it('takes the form of the card, and answers a press privately', async () => {
    await cadre.says('/活动 发布 周日下午2点 湖边 摄影');
    await cadre.says('是');
    stage.now = at('06T14:00');
    await youth.presses('签到', { code: await code(2) });
    expect(stage.bot.to(youth).text).toContain('“摄影”');
    expect(stage.bot.in(group.id).all).toEqual([]);
  });

  it('counts when it was said, not when it was heard', async () => {
    stage.now = at('05T18:00');
    await youth.says(`/签到 ${await code()}`, { at: at('05T15:00') });
    expect(stage.bot.text).toContain('签到好了');
    expect((await stage.database.db.checkIn.findFirst())?.at).toEqual(new Date(at('05T15:00')));
  });

  it('stops guessing', async () => {
    stage.now = at('05T14:00');
    for (let i = 0; i < 5; i++)
      expect((await youth.says(`/签到 ${await wrongCode()}`)).text).toContain('签到码不对');
    expect((await youth.says(`/签到 ${await code()}`)).text).toContain('过一小时再试');
    stage.now += 3_600_000;
    expect((await youth.says(`/签到 ${await code()}`)).text).toContain('签到好了');
  });

  it('is for the youths of the group', async () => {
    stage.now = at('05T14:00');
    expect((await cadre.says(`/签到 ${await code()}`)).text).toContain('给群里小伙伴用的');
    const stranger = await stage.person('路人');
    expect((await stranger.whispers(`/签到 ${await code()}`)).text).toContain('现在没有可以签到的活动');
    for (const typed of ['', '12', 'abcd', '１２３４５', '\u202e1'])
      expect((await youth.says(`/签到 ${typed}`)).text).toContain('请写现场的四位签到码');
    expect(await stage.database.db.checkIn.count()).toBe(0);
  });
});

describe('/活动 签到码 and 结束', () => {
  beforeEach(announce);

  it('shows the code privately to the cadre only', async () => {
    expect((await cadre.whispers('/活动 签到码 1')).text).toContain(await code());
    expect((await cadre.says('/活动 签到码 1')).text).toContain('请私聊我发 /活动 签到码');
    expect((await youth.whispers('/活动 签到码 1')).text).toContain('团干部用的');
    expect((await cadre.whispers('/活动 签到码 5')).text).toContain('没有活动5');
  });

  it('closes with a note and counts', async () => {
    expect((await cadre.says('/活动 结束 1 跑了三公里')).text).toContain('还没开始');
    stage.now = at('05T14:10');
    await youth.says(`/签到 ${await code()}`);
    expect((await youth.says('/活动')).text).toContain('进行中');
    expect((await cadre.says('/活动 结束 1')).text).toContain('例如：/活动 结束 2');
    stage.now = at('05T16:10');
    await cadre.whispers('/活动 结束 1 跑了三公里 @所有人');
    expect(stage.bot.in(group.id).text).toContain('跑了三公里 ＠所有人\n签到 1 人');
    expect(stage.bot.to(cadre).text).toContain('签到 1 人');
    expect((await cadre.says('/活动 结束 1 再来')).text).toContain('已经结束');
    expect((await youth.says('/活动 列表')).text).toContain('已结束，签到 1 人');
  });
});

it('activities and a waiting question survive a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lianqing-'));
  const own = await openStage({ url: `file:${join(folder, 'test.db')}` });
  const place = await own.group('一班');
  const leader = await own.cadre('李老师', place);
  await leader.says('/活动 发布 周六下午2点 操场 夜跑');
  await own.restart();
  expect((await leader.says('是')).in(place.id).text).toContain('活动1｜夜跑');
  await own.restart();
  expect((await leader.says('/活动')).text).toContain('夜跑');
  await own.database.close();
  await rm(folder, { recursive: true });
});
