/** “层层加码” with a reason: every cadre bound sees it, wherever the requirement is named to them (滁州 §七.4). */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepAdjustment } from '../../../prisma/store/policies.ts';
import { chooseEvidence } from '../../../prisma/store/units.ts';
import { progressText } from '../../render/progress-text.ts';
import { type Actor, openStage, type Stage } from '../testing.ts';

let stage: Stage;
let cadre: Actor;
let youth: Actor;
let unitId = 0;
beforeEach(async () => {
  stage = await openStage();
  const group = await stage.group('一班');
  cadre = await stage.cadre('李老师', group);
  youth = await stage.person('小明', group);
  unitId = (await stage.database.db.unit.findFirstOrThrow()).id;
  const adjust = (requirement: string, threshold: Record<string, number>, reason: string) =>
    keepAdjustment(stage.database.db, unitId, { requirement, threshold, reason }, stage.now);
  await adjust('activity', { atLeast: 2 }, '开学第一月多陪伴');
  await adjust('lecture', { atLeast: 3 }, '团课质量年');
});
afterEach(() => stage.database.close());

const activity = '“每季度有线下活动”比上一级要求得多（1→2），理由：开学第一月多陪伴';
const lecture = '“每年给团支部上3次团课”比上一级要求得多（2→3），理由：团课质量年';

it('/进度 shows the reason with the five, as a picture and in words', async () => {
  const [shown] = (await cadre.whispers('/进度')).all;
  if (shown?.draft.type !== 'progress') throw new Error('no progress was shown');
  expect(shown.draft.progress.raised).toEqual([activity]);
  expect(progressText(shown.draft.progress)).toContain(`本单位另有要求\n${activity}`);
  expect((await cadre.whispers('/进度 文字')).text).toContain(activity);
  expect((await cadre.whispers('/进度 全部 文字')).text).toContain(lecture);
});

it('/进度 接下来 shows the reason of what it names, and of nothing else', async () => {
  const said = await cadre.whispers('/进度 接下来');
  expect(said.text).toContain(`本单位另有要求：${activity}`);
  expect(said.text).not.toContain('团课质量年');
});

it('/制度 shows it to the cadre beside the clause that says less, and to nobody else', async () => {
  const asked = '/制度 给基层团支部上团课';
  expect((await cadre.whispers(asked)).text).toContain(`您的单位另有要求：${lecture}`);
  expect((await cadre.whispers('/制度 原文 xinjiang/4.3')).text).toContain(lecture);
  expect((await cadre.whispers('/制度 原文 xinjiang/4.5')).text).not.toContain('另有要求');
  expect((await youth.whispers(asked)).text).not.toContain('另有要求');
});

it('says that stated records do not count where the unit has said so', async () => {
  await chooseEvidence(stage.database.db, unitId, 'documented');
  const said = (await cadre.whispers('/进度 全部 文字')).text;
  expect(said).toContain('记录要有印证或有照片或文件才算数，仅口述的不算');
});
