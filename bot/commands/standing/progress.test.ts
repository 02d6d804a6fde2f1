import { expect, it } from 'vitest';
import { dayOf, halfHourOf } from '../../../domain/calendar/day.ts';
import { cadre, group, stage, youth } from '../scene.ts';

it('/进度 is a picture of the group’s figures, or a text', async () => {
  await stage.database.db.presence.create({
    data: {
      groupId: group.id,
      day: dayOf(stage.now),
      personId: cadre.id,
      slots: BigInt(2 ** halfHourOf(stage.now)),
    },
  });
  await cadre.says('/话题 发布 早饭吃什么？');
  await youth.presses('我来说');
  const said = await cadre.says('/进度');
  expect(said.all).toHaveLength(1);
  const draft = said.all[0]?.draft;
  expect(draft).toMatchObject({
    type: 'progress',
    progress: {
      group: '一班',
      cadre: '李老师',
      youths: 1,
      topic: { title: '早饭吃什么？', clear: 1, inferred: 0 },
    },
  });
  if (draft?.type !== 'progress') throw new Error('no picture');
  expect(draft.progress.voice.days.find(({ day }) => day === dayOf(stage.now))?.verdict).toBe('met');
  expect((await cadre.whispers('/进度　文字')).text).toContain('一班的进度');
  expect(stage.bot.text).not.toContain('小明');
});

it('/进度 is the cadre’s', async () => {
  expect((await youth.says('/进度')).text).toContain('本群团干部用的');
  expect((await youth.whispers('/进度')).text).toContain('这个命令是团干部用的');
  expect((await cadre.says('/进度 图片')).text).toContain('/进度 文字');
  expect((await cadre.says(`/进度 ${'\u202e@所有人'.repeat(100_000)}`)).text).toContain('例如：/进度');
});

it('/亮身份 posts unit and name', async () => {
  const said = await cadre.says('/亮身份');
  expect(said.all).toMatchObject([{ kind: 'post', to: { groupId: group.id } }]);
  expect(said.text).toContain('共青团信息工程学院委员会 李老师');
  const row = await stage.database.db.cadre.findFirst();
  expect(row?.identityAt).toEqual(new Date(stage.now));
  const quiet = await cadre.whispers('/亮身份');
  expect(quiet.in(group.id).text).toContain('大家好，我是李老师');
  expect(quiet.to(cadre).text).toContain('身份卡已发到“一班”');
  expect((await youth.says('/亮身份')).text).toContain('本群团干部用的');
  expect((await cadre.says('/亮身份 啊')).text).toContain('后面不用写别的');
});
