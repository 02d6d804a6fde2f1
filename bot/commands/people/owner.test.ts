import { afterEach, beforeEach, expect, it } from 'vitest';
import { mergePeople } from '../../../prisma/store/merging.ts';
import { ownerOf, reportOwner } from '../../../prisma/store/owners.ts';
import { type Actor, openStage, type Stage, type StageGroup } from '../testing.ts';

let stage: Stage;
let group: StageGroup;
let cadre: Actor;
beforeEach(async () => {
  stage = await openStage();
  group = await stage.group('一班');
  cadre = await stage.person('李老师', group);
  await cadre.says(`/绑定 ${await stage.code('李老师')}`);
  for (let n = 0; n < 100; n++) await stage.person(`同学${n}`, group);
  await stage.database.db.unit.updateMany({ data: { profile: 'xinjiang' } });
});
afterEach(() => stage.database.close());

const row = async () =>
  (await cadre.whispers('/进度 年 文字')).text
    .split('\n')
    .find((line) => line.includes('不少于100名青年的群')) ?? '';

it('the group of a hundred is done once the cadre has said that it is theirs', async () => {
  expect(await row()).toContain('还不知道群主是不是您，是就在群里发 /群主 是');
  expect((await cadre.says('/群主')).text).toContain('请写“是”或“不是”');
  expect((await cadre.says('/群主 是')).text).toContain('凭您自己说的');
  expect(await row()).toContain('达成（100 / 100 人，群主：仅口述）');
  expect((await cadre.whispers('/群主 不是')).text).toContain('还不是您');
  expect(await row()).not.toContain('达成');
});

it('what the platform reports goes before any word', async () => {
  const youth = await stage.person('小马', group);
  await cadre.says('/群主 是');
  await reportOwner(stage.database.db, group.id, youth.id);
  expect((await cadre.says('/群主 是')).text).toContain('以平台为准');
  expect(await row()).toContain('群主还不是您');
  await reportOwner(stage.database.db, group.id, cadre.id);
  expect((await cadre.says('/群主 不是')).text).toContain('群主就是您');
  expect(await row()).toContain('达成（101 / 100 人）');
});

it('is the cadre’s to say, and goes with them to another entry', async () => {
  const youth = await stage.person('小马', group);
  expect((await youth.says('/群主 是')).text).not.toContain('记下了');
  expect(await ownerOf(stage.database.db, group.id)).toEqual({ ownerId: null, ownerSaid: false });
  await cadre.says('/群主 是');
  await stage.database.transaction((tx) => mergePeople(tx, cadre.id, youth.id));
  expect(await ownerOf(stage.database.db, group.id)).toEqual({ ownerId: youth.id, ownerSaid: true });
});
