/** What is recorded is counted: 进度 under the unit's policy, with deeds, activities and people met. */
import { describe, expect, it } from 'vitest';
import { dayFrom, dayOf } from '../../../domain/calendar/day.ts';
import { bind } from '../../../prisma/store/cadres.ts';
import { keepAdjustment } from '../../../prisma/store/policies.ts';
import { chooseManyYouths, chooseProfile } from '../../../prisma/store/units.ts';
import { cadre, group, stage, youth } from '../scene.ts';

const record = async (words: string) => {
  await cadre.whispers(`/记 ${words}`);
  return cadre.whispers('是');
};
const sheet = async (scope: string) => (await cadre.whispers(`/进度 ${scope} 文字`)).text;
const unitId = async () => (await stage.database.db.unit.findFirstOrThrow()).id;

describe('/进度 with deeds', () => {
  it('counts them with their grades, and no more once they are withdrawn', async () => {
    expect(await sheet('年')).toContain('每年给团支部上2次团课：进行中（0 / 2 次');
    await record('团课 昨天 给计科2班讲五四精神 32人');
    expect(await sheet('年')).toContain(
      '每年给团支部上2次团课：进行中（1 / 2 次，12 月 31 日截止　仅口述 1）',
    );
    await record('团课 今天 给机械1班讲二十大报告 20人');
    expect(await sheet('年')).toMatch(/每年给团支部上2次团课：达成（2 \/ 2 次，仅口述 2）/);
    await cadre.whispers('/记 撤回 1');
    await cadre.whispers('是');
    expect(await sheet('年')).toContain('（1 / 2 次，');
  });

  it('counts a record by its own day, whenever it was written: the semester and the quarter that it moved to', async () => {
    await record('学期工作情况 8月31日 做法和经验');
    expect(await sheet('学期')).toContain('学期末报送工作情况：进行中（0 / 1 次');
    await cadre.whispers('/记 更正 1 日期 9月1日');
    expect(await sheet('学期')).toContain('学期末报送工作情况：达成（1 / 1 次');
    await record('实事 6月30日 给计科2班修打印机');
    expect(await sheet('季度')).toContain('每季度“五个一”：快到期（0 / 5 次');
    await cadre.whispers('/记 更正 2 日期 7月1日');
    expect(await sheet('季度')).toContain('每季度“五个一”：快到期（1 / 5 次');
    await cadre.whispers('/记 更正 2 类别 走访');
    expect(await sheet('季度')).toContain('每季度“五个一”：快到期（0 / 5 次');
  });

  it('counts papers that were handed in', async () => {
    expect(await sheet('全部')).toContain('按季度报送问题清单：快到期（0 / 1 次');
    await record('问题清单报送 今天');
    await record('学期工作情况 今天 做法和经验');
    expect(await sheet('全部')).toMatch(/按季度报送问题清单：达成.*学期末报送工作情况：达成/su);
    expect(await sheet('全部')).toContain('每季度“五个一”：快到期（0 / 5 次');
  });

  it('asks who takes over another group to show there too who they are', async () => {
    const { db } = stage.database;
    const { id: cadreId } = await db.cadre.findFirstOrThrow();
    const take = (groupId: number, eventKey: string) =>
      bind(db, { groupId, cadreId, personId: cadre.id, at: stage.now, eventKey });
    await cadre.says('/亮身份');
    expect(await sheet('年')).toContain('亮明身份：达成');
    stage.now += 60_000;
    await take(group.id, 'again');
    expect(await sheet('年')).toContain('亮明身份：达成');
    const other = await stage.group('二班');
    await take(other.id, 'another');
    expect(await db.cadre.findFirstOrThrow()).toMatchObject({ identityAt: null });
    stage.now += 60_000;
    await cadre.says('/亮身份');
    await take(other.id, 'another');
    expect((await db.cadre.findFirstOrThrow()).identityAt).toEqual(new Date(stage.now));
  });

  it('says what cannot be known', async () => {
    expect(await sheet('学期')).toContain('还没登记您联系的团支部或社团，请管理员登记');
    await stage.database.db.cadre.updateMany({ data: { branch: '计科2班团支部' } });
    expect(await sheet('学期')).toContain('经常联系一个团支部：进行中（0 / 1 次');
    await record('团课 今天 给计科2班团支部讲五四精神');
    expect(await sheet('学期')).toContain('经常联系一个团支部：达成（1 / 1 次，仅口述 1）');
  });

  it('counts an activity that became a deed once: among deeds as one, among activities as one', async () => {
    await chooseProfile(stage.database.db, await unitId(), 'chuzhou', dayOf(stage.now));
    await cadre.says('/活动 发布 周六下午2点-4点 操场 夜跑');
    await cadre.says('是');
    stage.now = Date.parse('2026-09-05T14:10:00+08:00');
    await youth.says(`/签到 ${await stage.checkInCode()}`);
    stage.now = Date.parse('2026-09-05T16:10:00+08:00');
    await cadre.whispers('/活动 结束 1 跑了三公里');
    expect(await stage.database.db.deed.count()).toBe(1);
    expect(await sheet('月')).toContain('每月不少于3次活动：进行中（1 / 3 次，9 月 30 日截止　有印证 1）');
    expect(await sheet('季度')).toMatch(/每季度有线下活动：达成（1 \/ 1 次/);
  });

  it('counts who was met in a talk once, as a number', async () => {
    await record('谈心谈话 今天');
    await cadre.whispers('/记 印证 1');
    const code = /印证码：(\S{9})/.exec(stage.bot.text)?.[1] ?? '';
    await youth.whispers(`/印证 ${code}`);
    await youth.whispers('是');
    const [shown] = (await cadre.whispers('/进度')).all;
    expect(shown?.draft).toMatchObject({ progress: { faceToFace: { met: 1, roster: 1 } } });
    expect(JSON.stringify(shown?.draft)).not.toContain('小明');
  });

  it('has a form with the kind filled in', async () => {
    const form = await cadre.whispers('/记 填写 讲团课');
    expect(form.text).toContain('记一次讲团课');
    await cadre.presses('念给我听', { what: '昨天 给计科2班讲五四精神 32人' });
    expect(stage.bot.text).toContain('类别：讲团课');
    expect(stage.bot.text).toContain('人数：32');
  });
});

describe('/进度 under the unit’s policy', () => {
  it('goes by the profile of the unit or of the one above it', async () => {
    expect(await sheet('全部')).toContain('新疆应用职业技术学院');
    const { db } = stage.database;
    const above = await db.unit.create({ data: { name: '校团委', profile: 'chuzhou' } });
    await db.unit.update({ where: { id: await unitId() }, data: { parentId: above.id } });
    expect(await sheet('全部')).toContain('滁州学院');
    expect((await cadre.whispers('/提醒')).text).toContain('每月活动');
  });

  it('shows every cadre bound why their unit asks for more', async () => {
    const reason = '学校开展团课质量年';
    const more = { requirement: 'lecture', threshold: { atLeast: 4 }, reason };
    await keepAdjustment(stage.database.db, await unitId(), more, stage.now);
    const text = await sheet('年');
    expect(text).toContain('（0 / 4 次');
    expect(text).toContain(`理由：${reason}`);
  });

  it('does not count who is exempt, and says why', async () => {
    await stage.database.db.cadre.updateMany({ data: { exempt: 'maternity' } });
    expect(await sheet('年')).toContain('您按问答 9 免于开展');
    await stage.database.db.cadre.updateMany({ data: { exempt: 'maternity/2026-03-01/2026-08-31' } });
    expect(await sheet('年')).not.toContain('您按问答 9 免于开展');
  });

  it('asks 10 youths of a part-timer where there are few, the unit’s number where there are many', async () => {
    const { db } = stage.database;
    await chooseProfile(db, await unitId(), 'gqt', dayOf(stage.now));
    await db.cadre.updateMany({ data: { kind: 'part_time' } });
    expect(await sheet('年')).toContain('还没登记您单位的团员青年多不多，请管理员登记');
    await chooseManyYouths(db, await unitId(), false);
    expect(await sheet('年')).toMatch(/直接联系青年不少于10名：进行中（\d \/ 10 人/);
    await chooseManyYouths(db, await unitId(), true);
    expect(await sheet('年')).toMatch(/单位还没定数：.*直接联系本单位一定数量的青年/s);
  });

  it('takes the semester’s own dates', async () => {
    const { db } = stage.database;
    await db.cadre.updateMany({ data: { branch: '计科2班' } });
    await db.semester.create({
      data: {
        unitId: await unitId(),
        key: '2026-autumn',
        fromDay: dayFrom(2026, 8, 24),
        toDay: dayFrom(2027, 1, 17),
      },
    });
    expect(await sheet('学期')).toContain('1 月 17 日截止');
  });
});
