import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseInstant } from '../../../domain/calendar/instant.ts';
import { cadre, group, stage, youth } from '../scene.ts';
import { openStage } from '../testing.ts';

const at = (text: string) => parseInstant(`2026-09-${text}:00+08:00`) ?? Number.NaN;
const activities = () => stage.database.db.activity.findMany({ orderBy: { number: 'asc' } });
const code = (number = 1) => stage.checkInCode(number);
const wrongCode = async () => String((Number(await code()) + 1) % 10_000).padStart(4, '0');

/** A run on Saturday the 5th, 14:00-16:00. */
const announce = async () => {
  await cadre.says('/活动 发布 周六下午2点-4点 操场 夜跑');
  return cadre.says('是');
};

describe('/活动 发布', () => {
  it('echoes what was understood, and posts after the yes', async () => {
    await cadre.says('/活动 发布 周六下午2点-4点 操场 夜跑');
    expect(stage.bot.text).toContain(
      '时间：9月5日（周六）14:00-16:00\n地点：操场\n名称：夜跑\n形式：线下\n类别：文体活动（办完自动记进工作纪实；不对就写“类别：志愿服务”这样）\n要发布到“一班”吗？不对就回“否”，写清“时间：… 地点：… 名称：…”再发一遍。',
    );
    expect(await activities()).toEqual([]);
    await cadre.presses('是');
    expect(stage.bot.in(group.id).text).toContain('活动1｜夜跑');
    expect(stage.bot.in(group.id).text).toContain('时间 9月5日（周六）14:00-16:00');
    expect(stage.bot.to(cadre).text).toContain('到现场后私聊我发 /活动 签到码 1');
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

  it.each([
    '明晚7点，操场，飞盘局',
    '时间：明晚7点地点：操场主题：飞盘局',
    '飞盘局 明晚7点 操场',
    '名称：飞盘局\n地点：操场\n时间：明晚7点',
  ])('reads “%s”', async (written) => {
    expect((await cadre.says(`/活动 发布 ${written}`)).text).toContain(
      '时间：9月3日（周四）19:00-21:00（没写结束时间，按两小时算）\n地点：操场\n名称：飞盘局\n形式：线下',
    );
    expect((await cadre.says('是')).in(group.id).text).toContain('活动1｜飞盘局');
  });

  it('leaves out a place that was not written', async () => {
    expect((await cadre.says('/活动 发布 周六下午2点 读书会')).text).toContain('地点：没有写\n名称：读书会');
    const posted = (await cadre.says('是')).in(group.id).text;
    expect(posted).toContain('时间 9月5日（周六）14:00-16:00');
    expect(posted).not.toMatch(/地点|形式/);
    expect((await cadre.says('/活动')).text).toMatch(/16:00　未开始$/);
  });

  it('shows a form where nothing is written, and reads it like a sentence', async () => {
    expect((await cadre.whispers('/活动 发布')).text).toContain('您说“是”才发到“一班”');
    const filled = { time: '周六下午2点-4点', place: '桂花树下', title: '茶话会，自带杯子', form: '线下' };
    expect((await cadre.presses('念给我听', filled)).text).toContain(
      '时间：9月5日（周六）14:00-16:00\n地点：桂花树下\n名称：茶话会，自带杯子\n形式：线下',
    );
    expect((await cadre.presses('是')).in(group.id).text).toContain('活动1｜茶话会，自带杯子');
    await cadre.whispers('/活动 发布');
    expect((await cadre.presses('念给我听', { title: '读书会' })).text).toContain('没看到时间');
    await cadre.whispers('/活动 发布');
    expect((await cadre.presses('念给我听')).text).toContain('填好后我先念给您听');
  });

  it('shows the form of an online meeting, says that it does not count, and changes it by a button', async () => {
    await cadre.whispers('/活动 发布 周六下午2点 腾讯会议 职业规划分享');
    expect(stage.bot.text).toContain(
      '地点：腾讯会议\n名称：职业规划分享\n形式：线上（不计入每季度的线下活动）',
    );
    await cadre.presses('改成线下');
    expect(stage.bot.text).toContain('地点：腾讯会议\n名称：职业规划分享\n形式：线下\n');
    await cadre.presses('改成线上');
    await cadre.presses('是');
    expect(stage.bot.in(group.id).text).toContain('形式 线上');
    expect(stage.bot.in(group.id).text).toContain('开始后用四位签到码签到');
    expect(stage.bot.to(cadre).text).toContain('线上活动不计入每季度的线下活动');
    expect(await activities()).toMatchObject([{ offline: false, title: '职业规划分享', place: '腾讯会议' }]);
    // What was changed is what waits; the first word does the same as the button.
    await cadre.says('/活动 发布 线上 周六下午2点 操场 夜跑');
    expect(stage.bot.text).toContain('形式：线上');
    await cadre.presses('改成线下');
    expect((await cadre.says('是')).to(cadre).text).not.toContain('不计入');
    expect((await activities())[1]).toMatchObject({ offline: true, title: '夜跑', place: '操场' });
  });

  it.each([
    [
      '周六下午2点 桂花树下 茶话会',
      '9月5日（周六）14:00-16:00（没写结束时间，按两小时算）',
      '桂花树下',
      '茶话会',
    ],
    ['9月5日晚11点到次日凌晨1点 天台 看星星', '9月5日（周六）23:00-9月6日（周日）01:00', '天台', '看星星'],
    [
      '明年1月2日14:00 读书，分享',
      '2027年1月2日（周六）14:00-16:00（没写结束时间，按两小时算）',
      '没有写',
      '读书，分享',
    ],
    ['周六14:00-15:00 志愿活动：植树', '9月5日（周六）14:00-15:00', '没有写', '志愿活动：植树'],
  ])('changes nothing but the form of “%s”', async (written, time, place, title) => {
    await cadre.whispers(`/活动 发布 ${written}`);
    for (const [button, form] of [
      ['改成线上', '线上（不计入每季度的线下活动）'],
      ['改成线下', '线下'],
    ] as const)
      expect((await cadre.presses(button)).text).toContain(
        `时间：${time}\n地点：${place}\n名称：${title}\n形式：${form}\n`,
      );
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
    await youth.says(`/签到 ${await stage.checkInCode(1, at('05T15:00'))}`, { at: at('05T15:00') });
    expect(stage.bot.text).toContain('签到好了');
    expect((await stage.database.db.checkIn.findFirst())?.at).toEqual(new Date(at('05T15:00')));
  });

  it.each([
    (right: string) => `/签到 ${right}。`,
    (right: string) => `/签到 签到码${right}`,
    (right: string) => `/签到码${right}`,
    (right: string) => `/签到　${right.replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0))}`,
    (right: string) => `/签到 ${[...right].join(' ')}`,
    (right: string) => `/签到 活动1 签到码：${right}`,
  ])('takes the code as people type it: %s', async (typed) => {
    stage.now = at('05T14:00');
    expect((await youth.says(typed(await code()))).text).toContain('签到好了');
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

describe('/活动 签到码', () => {
  beforeEach(announce);

  it('shows the code privately to the cadre only', async () => {
    expect((await cadre.whispers('/活动 签到码 1')).text).toContain(await code());
    expect((await cadre.says('/活动 签到码 1')).text).toContain('请私聊我发 /活动 签到码');
    expect((await youth.whispers('/活动 签到码 1')).text).toContain('团干部用的');
    expect((await cadre.whispers('/活动 签到码 5')).text).toContain('没有活动5');
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
