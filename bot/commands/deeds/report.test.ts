/** A report's first draft, with and without a model. */
import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../domain/calendar/day.ts';
import { parseInstant } from '../../../domain/calendar/instant.ts';
import { foldWeeks } from '../../../prisma/store/folding.ts';
import { Said } from '../said.ts';
import { cadre, group, stage, youth } from '../scene.ts';

const moveTo = (at: string) => {
  stage.now = parseInstant(at) ?? stage.now;
};
const fileIn = (said: Said) =>
  said.all
    .flatMap(({ draft }) => (draft.type === 'paper' ? draft.paper.parts : []))
    .map((part) => (part.kind === 'table' ? '' : part.text))
    .join('\n');
const record = async (typed: string) => {
  await cadre.whispers(`/记 ${typed}`);
  await cadre.whispers('是');
  if (!stage.bot.text.includes('记下了')) expect(await stage.database.db.deed.count()).toBeGreaterThan(0);
};

/** Three weeks with two topics, three deeds, a demand. */
async function threeWeeks() {
  moveTo('2026-09-05T15:00:00+08:00');
  await cadre.says('/话题 发布 study-seat');
  await youth.says('/话题 我来说 1');
  await record('昨天给22级汽修班讲团课《从团徽讲起》，31人');
  await record('今天和小明谈心');
  await record('昨天办实事 帮小明补办身份证');
  await youth.whispers('/诉求 宿舍热水总断，想换楼');
  moveTo('2026-09-13T15:00:00+08:00');
  await cadre.says('/话题 结束 1');
  await cadre.says('/话题 发布 小明最爱去的食堂窗口是哪个？');
  moveTo('2026-09-25T15:00:00+08:00');
}

describe('/报告', () => {
  it('drafts by rules: every sentence with its records, gaps and coverage said, no name and no word of a youth', async () => {
    await threeWeeks();
    const said = await cadre.whispers('/报告 学期');
    expect(said.all.map(({ to, draft }) => [to, draft.type])).toEqual([
      [{ personId: cadre.id }, 'card'],
      [{ personId: cadre.id }, 'paper'],
    ]);
    const [card, file] = [new Said(said.all.slice(0, 1), stage.secret).text, fileIn(said)];
    expect(card).toContain('工作情况（初稿）｜2026 年秋季学期');
    expect(card).toMatch(
      /发了话题 2 个：9 月 5 日“自习搭子”（明确参与 1 人、推测参与 0 人）、9 月 13 日“〔某人〕最爱去/,
    );
    expect(card).toMatch(/讲团课 1 次（仅口述 1 次）：9 月 4 日“.*从团徽讲起》”（31 人参加）。\[\d+\]/);
    expect(card).toMatch(/谈心谈话 1 次（仅口述 1 次）。\[\d+\]/);
    expect(card).toMatch(/办一件实事 1 次（仅口述 1 次）。\[\d+\]/);
    expect(card).toContain('问题清单新收到诉求 1 件：待受理 1 件。');
    expect(card).toMatch(/机器人听全的有 0 天；没听全又没听到声音的 \d+ 天/);
    expect(card).toContain('工作纪实里有 3 条仅口述');
    expect(card).toContain('没有用模型');
    for (const told of ['小明', '热水', '换楼', '身份证']) expect(card + file).not.toContain(told);
    expect(card).not.toMatch(/显著|积极|好评|圆满/);
    // Every sentence of the body names records that stand in the annex.
    const annex = file.slice(file.indexOf('依据（'));
    const body = file.slice(0, file.indexOf('依据（')).split('\n');
    const sentences = body.filter(
      (line) => line !== '' && !/^(?:做法|经验|存在问题|下步工作安排)$|^（/.test(line),
    );
    expect(sentences.length).toBeGreaterThan(10);
    for (const sentence of sentences) {
      const named = [...sentence.matchAll(/\[(\d+)\]/g)];
      expect(named.length, sentence).toBeGreaterThan(0);
      for (const [mark] of named) expect(annex).toContain(`\n${mark} `);
    }
    expect(file).toContain('（工作纪实1号）');
  });

  it('has the figures of /进度', async () => {
    await threeWeeks();
    const said = await cadre.whispers('/报告 季度');
    const progress = JSON.parse((await cadre.whispers('/进度 季度')).text);
    const rows: { name: string; have: number; need: number }[] = progress.sections.flatMap(
      (section: { rows: unknown[] }) => section.rows,
    );
    const fiveOnes = rows.find(({ name }) => name.includes('五个一'));
    expect(fiveOnes?.have).toBe(3);
    expect(said.text).toContain(`2026 年第三季度有 ${fiveOnes?.have} 次，要求 ${fiveOnes?.need} 次`);
  });

  it('says the same after the weeks are folded', async () => {
    const { database } = stage;
    for (const [day, who] of [
      [3, cadre],
      [3, youth],
      [4, cadre],
      [9, cadre],
    ] as const)
      await database.db.presence.create({
        data: {
          groupId: group.id,
          day: Math.floor((stage.now + 8 * 3_600_000) / dayMs) + day,
          personId: who.id,
          slots: 1n << 40n,
        },
      });
    await threeWeeks();
    const before = (await cadre.whispers('/报告 学期')).text;
    expect(before).toMatch(/计入 24 天，其中 3 天有声音/);
    const today = Math.floor((stage.now + 8 * 3_600_000) / dayMs);
    await database.transaction((tx) => foldWeeks(tx, group.id, today));
    expect(await database.db.presence.count()).toBe(0);
    expect((await cadre.whispers('/报告 学期')).text).toBe(before);
  });

  it('of a time before the binding says that nothing is counted; asks which time where none is named', async () => {
    expect((await cadre.whispers('/报告 上季度')).text).toContain('群里没有计入的日子');
    expect(stage.bot.text).toContain('2026 年第二季度，从 2026 年 4 月 1 日到 2026 年 6 月 30 日');
    await cadre.whispers('/报告');
    expect((await cadre.presses('学期')).text).toContain('2026 年秋季学期');
    expect((await cadre.whispers('/报告 明年')).text).toContain('例如 /报告 季度');
    for (const word of ['半年', '上学期', '今年', '去年'])
      expect((await cadre.whispers(`/报告 ${word}`)).text).toContain('工作情况（初稿）');
  });

  it('is a cadre’s own, privately', async () => {
    expect((await youth.whispers('/报告 学期')).text).toContain('团干部用的');
    expect((await cadre.says('/报告 学期')).text).toContain('请私聊我发');
    const other = await stage.group('二班');
    const second = await stage.cadre('周老师', other);
    await threeWeeks();
    const said = await second.whispers('/报告 学期');
    expect(said.text).toContain('没有记过工作纪实');
    expect(said.text).toContain('群里没有发过话题');
    expect(said.text + fileIn(said)).not.toContain('李老师');
  });
});
