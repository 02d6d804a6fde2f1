import { beforeEach, describe, expect, it } from 'vitest';
import { parseInstant } from '../../../domain/calendar/instant.ts';
import { noHolidays } from '../../../domain/calendar/workdays.ts';
import { xinjiang } from '../../../domain/policy/profiles/xinjiang.ts';
import { dueReminders } from '../../../domain/reminders/due.ts';
import { daysNeeded } from '../../../domain/standing/measure.ts';
import { loadFacts } from '../../../prisma/store/facts.ts';
import { cadre, group, stage, youth } from '../scene.ts';

beforeEach(async () => {
  await announce('夜跑');
});

const at = (text: string) => parseInstant(`2026-09-${text}:00+08:00`) ?? Number.NaN;
const activities = () => stage.database.db.activity.findMany({ orderBy: { number: 'asc' } });
const code = (number = 1) => stage.checkInCode(number);
const progress = async () => {
  const [shown] = (await cadre.whispers('/进度')).all;
  if (shown?.draft.type !== 'progress') throw new Error('no progress');
  return shown.draft.progress;
};

/** On Saturday the 5th, 14:00-16:00. */
async function announce(title: string, place = '操场') {
  await cadre.says(`/活动 发布 周六下午2点-4点 ${place} ${title}`);
  return cadre.says('是');
}

/** The reminders of an evening by what they are about. */
async function dueOn(now: number) {
  const facts = await loadFacts(stage.database.db, group.id, daysNeeded(now));
  const about = {
    cadreId: 1,
    person: cadre.id,
    groupId: group.id,
    groupName: '',
    mutes: [],
    calendar: noHolidays,
    sent: new Set(''),
  };
  return dueReminders(facts, xinjiang, now, about).filter(({ requirement }) => requirement === 'activity');
}

describe('/活动 结束', () => {
  it('closes with a note and counts, with not a word of who did not come', async () => {
    expect((await cadre.says('/活动 结束 1 跑了三公里')).text).toContain('还没开始，办完再来结束');
    stage.now = at('05T14:10');
    await youth.says(`/签到 ${await code()}`);
    expect((await youth.says('/活动')).text).toContain('进行中');
    stage.now = at('05T16:10');
    await cadre.whispers('/活动 结束 1 跑了三公里 @所有人');
    expect(stage.bot.in(group.id).text).toContain('跑了三公里 ＠所有人\n签到 1 人，谢谢大家！');
    expect(stage.bot.in(group.id).text).not.toMatch(/没来|缺席|下次再约|未到/);
    expect(stage.bot.to(cadre).text).toContain('签到 1 人');
    expect((await cadre.says('/活动 结束 1 再来')).text).toContain('已经结束');
    expect((await cadre.says('/活动 取消 1')).text).toContain('已经结束');
    expect((await youth.says('/活动 列表')).text).toContain('已结束，签到 1 人');
    expect(await progress()).toMatchObject({ activity: { held: 1 }, faceToFace: { met: 1 } });
  });

  it('asks first where nobody has checked in; the group is told no nought', async () => {
    stage.now = at('05T15:00');
    const asked = (await cadre.whispers('/活动 结束 1 聊了聊天')).text;
    expect(asked).toContain('“活动1｜夜跑”还没有人签到');
    expect(asked).toContain('不会算作有人签到的活动，也不能撤销');
    expect(asked).toContain('/活动 签到码 1');
    expect((await cadre.whispers('否')).in(group.id).all).toEqual([]);
    expect((await activities())[0]).toMatchObject({ closedAt: null });
    await cadre.whispers('/活动 结束 1 聊了聊天');
    const said = (await cadre.presses('是')).in(group.id).text;
    expect(said).toContain('聊了聊天\n谢谢大家！');
    expect(said).not.toMatch(/0 人|没来|下次再约/);
    expect((await activities())[0]).toMatchObject({ note: '聊了聊天' });
    expect(await progress()).toMatchObject({ activity: { held: 0 } });
    expect((await cadre.whispers('/活动 结束')).text).toContain('没有等小结的活动');
  });

  it('asks first while people may still come, and tells who comes later', async () => {
    stage.now = at('05T14:10');
    await youth.says(`/签到 ${await code()}`);
    expect((await cadre.whispers('/活动 结束 1 跑了三公里')).text).toContain(
      '“活动1｜夜跑”还没到结束时间，已有 1 人签到。结束以后，后来的人就不能再签到了',
    );
    expect((await activities())[0]).toMatchObject({ closedAt: null });
    await cadre.presses('是');
    expect((await activities())[0]).toMatchObject({ note: '跑了三公里' });
    const late = await stage.person('小红', group);
    expect((await late.says(`/签到 ${await code()}`)).text).toContain('“夜跑”的签到已经结束了');
  });

  it('asks for the note with the number that was typed, in a form or in words', async () => {
    stage.now = at('05T16:40');
    expect((await cadre.whispers('/活动 结束 1')).text).toContain('例如：/活动 结束 1 ');
    await cadre.presses('结束活动', { note: '跑了\n三公里' });
    expect(stage.bot.text).toContain('还没有人签到');
    expect(stage.bot.text).not.toContain('/活动 签到码');
    await cadre.presses('是');
    expect((await activities())[0]).toMatchObject({ note: '跑了\n三公里' });
  });

  it('without a number takes the only one that waits', async () => {
    await announce('摄影', '湖边');
    await stage.database.db.activity.update({
      where: { id: 2 },
      data: { startsAt: new Date(at('06T14:00')), endsAt: new Date(at('06T16:00')) },
    });
    stage.now = at('05T14:10');
    await youth.says(`/签到 ${await code()}`);
    stage.now = at('05T16:10');
    expect((await cadre.says('/活动 结束')).text).toContain('活动1｜夜跑　写小结\n签到 1 人');
    expect((await cadre.says('/活动 结束 20多位同学来了')).in(group.id).text).toContain(
      '20多位同学来了\n签到 1 人',
    );
    expect((await activities()).map(({ note }) => note)).toEqual(['20多位同学来了', null]);
  });

  it('without a number lists those that wait, and loses no note', async () => {
    await announce('摄影', '湖边');
    stage.now = at('05T14:10');
    await youth.says(`/签到 2 ${await code(2)}`);
    stage.now = at('05T16:10');
    await cadre.whispers('/活动 结束');
    expect(stage.bot.buttons.map(({ label }) => label)).toEqual(['活动2｜摄影', '活动1｜夜跑']);
    expect((await cadre.presses('活动2｜摄影')).text).toContain('例如：/活动 结束 2 ');
    await cadre.whispers('/活动 结束 拍了一百张');
    expect((await cadre.presses('活动2｜摄影')).in(group.id).text).toContain('拍了一百张\n签到 1 人');
    expect((await cadre.whispers('/活动 结束 9 办完了')).text).toContain('没有活动9');
    expect((await youth.says('/活动 结束')).text).toContain('本群团干部用的');
  });

  it('says of an online one that it does not count', async () => {
    await announce('读书会', '线上');
    stage.now = at('05T14:10');
    await youth.says(`/签到 2 ${await code(2)}`);
    stage.now = at('05T16:10');
    expect((await cadre.says('/活动 结束 2 读了一章')).to(cadre).text).toContain('不计入每季度的线下活动');
    expect(await progress()).toMatchObject({ activity: { held: 0 }, faceToFace: { met: 0 } });
  });
});

describe('/活动 取消', () => {
  it('asks, says it once in the group, closes the card and ends the code', async () => {
    const asked = (await cadre.says('/活动 取消 1')).text;
    expect(asked).toContain('要取消“活动1｜夜跑”（9月5日（周六）14:00-16:00）吗？');
    expect(asked).not.toContain('已经有');
    await cadre.says('是');
    expect(stage.bot.all.map(({ draft, updates }) => [draft.type, updates])).toEqual([
      ['text', undefined],
      ['card', 'activity/1'],
    ]);
    expect(stage.bot.in(group.id).text).toContain(
      '活动1｜夜跑 取消了，抱歉改变安排。\n活动1｜夜跑\n已取消。',
    );
    expect(stage.bot.all.some(({ draft }) => 'form' in draft)).toBe(false);
    expect(await activities()).toMatchObject([{ closedAt: new Date(stage.now), note: null }]);
    stage.now = at('05T14:10');
    expect((await youth.says(`/签到 ${await code()}`)).text).toContain('没有可以签到的活动');
    expect((await youth.says(`/签到 1 ${await code()}`)).text).toContain('活动1取消了，不用签到');
    expect(await stage.database.db.checkIn.count()).toBe(0);
    expect((await youth.says('/活动')).text).toContain('已取消');
    expect((await cadre.says('/活动 取消 1')).text).toContain('已经取消了');
    expect((await cadre.says('/活动 结束 1 办了')).text).toContain('已经取消了');
  });

  it('says how many checked in, who count no longer', async () => {
    stage.now = at('05T14:10');
    await youth.says(`/签到 ${await code()}`);
    expect(await progress()).toMatchObject({ faceToFace: { met: 1 } });
    expect((await cadre.whispers('/活动 取消')).text).toContain('已经有 1 人签到，取消后这些签到都不再算数');
    await cadre.presses('是');
    expect(stage.bot.to(cadre).text).toContain('活动1已取消，已在“一班”里说了一声');
    expect(await progress()).toMatchObject({ activity: { held: 0 }, faceToFace: { met: 0 } });
  });

  it('lists what there is, and may be thought over', async () => {
    await announce('摄影', '湖边');
    await cadre.whispers('/活动 取消');
    expect(stage.bot.buttons.map(({ label }) => label)).toEqual(['活动2｜摄影', '活动1｜夜跑']);
    expect((await cadre.presses('活动1｜夜跑')).text).toContain('要取消“活动1｜夜跑”');
    expect((await cadre.whispers('否')).text).toContain('什么都没变');
    expect(await stage.database.db.activity.count({ where: { closedAt: null } })).toBe(2);
    expect((await cadre.whispers('/活动 取消 9')).text).toContain('没有活动9');
    expect((await cadre.whispers('/活动 取消 夜跑')).text).toContain('请写活动的编号');
    await cadre.whispers('/活动 取消 2');
    await cadre.whispers('是');
    await cadre.whispers('/活动 取消');
    await cadre.whispers('是');
    expect((await cadre.whispers('/活动 取消')).text).toContain('没有可以取消的活动');
  });

  it('cancels the one that was asked about, though another came since', async () => {
    await cadre.whispers('/活动 取消');
    await announce('摄影', '湖边');
    await cadre.whispers('是');
    expect((await activities()).map(({ closedAt }) => closedAt !== null)).toEqual([true, false]);
  });

  it('is thought of no more by the reminders of the quarter', async () => {
    await cadre.says('/活动 发布 9月28日下午2点 湖边 摄影');
    await cadre.says('是');
    const evening = at('16T20:00');
    expect(await dueOn(evening)).toEqual([]);
    await cadre.says('/活动 取消 2');
    await cadre.says('是');
    expect((await dueOn(evening))[0]?.line).toContain('这个季度还没有线下活动');
    // Cancelled after somebody had checked in, it lacks no note either.
    stage.now = at('05T14:10');
    await youth.says(`/签到 ${await code()}`);
    expect((await dueOn(evening))[0]?.action.label).toBe('写小结');
    await cadre.says('/活动 取消 1');
    await cadre.says('是');
    expect((await dueOn(evening))[0]?.action.label).toBe('发布活动');
  });
});

it('the buttons of the evening lead on, not to how a command is used', async () => {
  expect((await cadre.whispers('/活动 发布')).text).not.toContain('例如：/活动 发布 周五');
  expect(stage.bot.all[0]?.draft).toMatchObject({ form: { submit: '念给我听' } });
  stage.now = at('05T15:00');
  expect((await cadre.whispers('/活动 结束')).all[0]?.draft).toMatchObject({ form: { submit: '结束活动' } });
});
