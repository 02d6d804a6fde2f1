import { expect, it } from 'vitest';
import { mutesOf } from '../../../prisma/store/mutes.ts';
import { cadre, stage, youth } from '../scene.ts';

const muted = async () => {
  const row = await stage.database.db.cadre.findFirstOrThrow();
  return (await mutesOf(stage.database.db, { cadreId: row.id }, stage.now)).map(
    ({ requirement }) => requirement,
  );
};

it('shows, mutes and restores one reminder', async () => {
  expect((await cadre.whispers('/提醒')).text).toContain('每月有话题：会提醒');
  expect((await cadre.whispers('/提醒 静音 话题')).text).toContain('每月有话题：已静音');
  expect((await cadre.whispers('/提醒静音话题')).text).toContain('每月有话题：已静音');
  expect(await muted()).toEqual(['topic']);
  expect((await cadre.whispers('/提醒')).text).toContain('每周有互动：会提醒');
  await cadre.presses('静音互动');
  expect(await muted()).toEqual(['interaction', 'topic']);
  await cadre.whispers('/提醒 恢复 每月有话题');
  expect(await muted()).toEqual(['interaction']);
});

it('mutes a duty that comes seldom, by its short name or its whole one', async () => {
  expect((await cadre.whispers('/提醒')).text).toContain('到期前提醒：面对面、');
  expect((await cadre.whispers('/提醒 静音 团课')).text).toContain('不再提醒：团课');
  await cadre.whispers('/提醒 静音 亮明身份');
  expect(await muted()).toEqual(['identity', 'lecture']);
});

it('mutes all, and restores one of them without the others', async () => {
  await cadre.whispers('/提醒 静音 全部');
  expect(await muted()).toEqual(['*']);
  expect(stage.bot.text).not.toContain('：会提醒');
  await cadre.whispers('/提醒 恢复 话题');
  expect((await muted()).length).toBeGreaterThan(10);
  expect(await muted()).toEqual(expect.arrayContaining(['activity', 'interaction', 'voice', 'lecture']));
  expect(await muted()).not.toContain('topic');
  await cadre.whispers('/提醒 恢复 全部');
  expect(await muted()).toEqual([]);
});

it('is the cadre’s, privately, and of known reminders', async () => {
  expect((await cadre.says('/提醒 静音 话题')).text).toContain('请私聊我发 /提醒 静音');
  expect((await youth.whispers('/提醒')).text).toContain('团干部用的');
  expect((await cadre.whispers('/提醒 静音 天气')).text).toContain('请写 声音、互动、话题、活动、面对面、');
  expect((await cadre.whispers(`/提醒 静音 ${'@所有人'.repeat(300_000)}`)).text).toContain(
    '例如：/提醒 静音',
  );
  expect(await muted()).toEqual([]);
});

it('is an administrator’s too: the unit’s duties, and how many cadres have something overdue', async () => {
  const administrator = await stage.administrator('王敏');
  const said = await administrator.whispers('/提醒');
  expect(said.text).toContain('到期前提醒：走访、到期情况');
  expect(said.text).not.toMatch(/声音|话题/);
  expect((await administrator.whispers('/提醒 静音 走访')).text).toContain('不再提醒：走访');
  expect((await administrator.whispers('/提醒 静音 话题')).text).toContain(
    '“话题”本来就不提醒您。请写 走访、到期情况 或 全部。',
  );
  // The cadre of the same unit has muted nothing.
  expect(await muted()).toEqual([]);
  await administrator.whispers('/提醒 静音 全部');
  expect((await administrator.whispers('/提醒 恢复 到期情况')).text).toContain('到期前提醒：到期情况');
  expect(stage.bot.text).toContain('不再提醒：走访');
  await administrator.presses('全部静音');
  expect((await administrator.presses('全部恢复')).text).toContain('到期前提醒：走访、到期情况');
});

it('of somebody who is both shows both, and mutes what a word is about', async () => {
  await cadre.whispers(`/绑定 ${(await stage.administratorCode('李老师')).code}`);
  const said = await cadre.whispers('/提醒 静音 走访');
  expect(said.text).toContain('【作为团干部】\n每天有声音：会提醒');
  expect(said.text).toContain('【作为管理员（本单位的事）】\n到期前提醒：到期情况\n不再提醒：走访');
  expect(await muted()).toEqual([]);
  await cadre.whispers('/提醒 静音 全部');
  expect(await muted()).toEqual(['*']);
  expect(await stage.database.db.mute.count({ where: { requirement: '*' } })).toBe(2);
});

it('takes an hour and how many messages a week, and shows both with what there has been', async () => {
  expect((await cadre.whispers('/提醒')).text).toContain('晚上 20:00 到 22:00 私下提醒');
  expect(stage.bot.text).toContain('本周主动发了您 0 条，最多 7 条');
  await stage.database.db.outbox.create({
    data: {
      accountId: stage.accountId,
      key: 'digest',
      kind: 'reminder',
      personId: cadre.id,
      state: 'sent',
      createdAt: new Date(stage.now),
      notBefore: new Date(stage.now),
    },
  });
  expect((await cadre.whispers('/提醒 晚上8点半')).text).toContain('以后 20:30 提醒');
  expect((await cadre.whispers('/提醒 每周 3')).text).toContain('本周主动发了您 1 条，最多 3 条');
  expect(stage.bot.text).toContain('晚上 20:30 到 22:00');
  expect((await cadre.whispers('/提醒 每周 8')).text).toContain('一周最多 7 条，这是上限');
  expect((await cadre.whispers('/提醒 每周 0')).text).toContain('/提醒 静音 全部');
  for (const typed of ['23:00', '天气', '16:00'])
    expect((await cadre.whispers(`/提醒 ${typed}`)).text).toContain('17:00 到 21:30 之间的时间');
  expect(await stage.database.db.reminderSetting.findMany()).toEqual([
    { personId: cadre.id, minute: 1230, weekly: 3 },
  ]);
});
