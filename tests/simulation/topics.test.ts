/**
 * A month of three different groups, through the commands and the jobs, with the topics proposed and why: readable in the
 * snapshot beside this file. A topic that a group answers well teaches what is proposed next.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, openStage, type Stage, type StageGroup } from '../../bot/commands/testing.ts';
import { topicLibrary } from '../../bot/commands/topics/topic-library.ts';
import { reminders } from '../../bot/jobs/reminders.ts';
import { closeTopics } from '../../bot/jobs/topics.ts';
import { dayMs, dayOf, formatDay, halfHourOf, weekdayOf } from '../../domain/calendar/day.ts';
import { noHolidays } from '../../domain/calendar/workdays.ts';
import { addListening } from '../../prisma/store/listening.ts';

interface Group {
  readonly name: string;
  readonly about: string;
  /** Field → how many of its members answer a topic of it. */
  readonly joins: Readonly<Record<string, number>>;
  /** What its youths ask for in the first week. */
  readonly demands: readonly string[];
}

const groups: readonly Group[] = [
  {
    name: '汽修2301班',
    about: '爱动手和运动，反映最多的是实习',
    joins: { sport: 14, career: 9, life: 6, campus: 5 },
    demands: ['实习去哪里找', '想听找工作的讲座', '实习盖章太难了', '食堂菜太咸'],
  },
  {
    name: '护理新生群',
    about: '刚入学，聊吃的和校园最热闹',
    joins: { life: 18, campus: 12, growth: 8, study: 3 },
    demands: ['宿舍热水总断', '空调不制冷'],
  },
  { name: '毕业班小组', about: '人少，话也少', joins: { career: 2, culture: 1 }, demands: [] },
];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ at: '2026-11-23T12:00:00+08:00' });
});
afterAll(() => stage.database.close());

async function speaks(group: StageGroup, actor: Actor): Promise<void> {
  await stage.database.db.presence.createMany({
    data: [
      {
        groupId: group.id,
        day: dayOf(stage.now),
        personId: actor.id,
        slots: BigInt(2 ** halfHourOf(stage.now)),
      },
    ],
  });
}

it('a month in three groups', async () => {
  const { db } = stage.database;
  const lines: string[] = [];
  const used = new Map<number, string[]>();
  const casts: { plan: Group; group: StageGroup; cadre: Actor; youths: Actor[]; lines: string[] }[] = [];
  for (const plan of groups) {
    const group = await stage.group(plan.name);
    const cadre = await stage.cadre(`${plan.name}的团干部`, group);
    const youths: Actor[] = [];
    for (let n = 1; n <= 20; n++) youths.push(await stage.person(`${plan.name}${n}`, group));
    for (const [n, text] of plan.demands.entries()) await youths[n]?.whispers(`/诉求 ${text}`);
    casts.push({ plan, group, cadre, youths, lines: [] });
    used.set(group.id, []);
  }
  const start = stage.now;
  for (let day = 0; day < 31; day++) {
    stage.now = start + day * dayMs;
    for (const { plan, group, cadre, youths, lines: told } of casts) {
      // Monday, at noon: a topic. The cadre takes the first one.
      if (weekdayOf(dayOf(stage.now)) !== 1) continue;
      await cadre.whispers('/话题 推荐');
      const reasons = [...stage.bot.text.matchAll(/^\d\. (.+?)：(.+)\n（(.+)）$/gm)];
      expect(reasons).toHaveLength(3);
      told.push(`${formatDay(dayOf(stage.now))} 推荐`);
      for (const [, title, text, reason] of reasons) told.push(`  ${title}：${text}`, `      ${reason}`);
      await cadre.presses('发布 1');
      const shown = stage.bot;
      const row = await db.topic.findFirstOrThrow({ where: { groupId: group.id }, orderBy: { id: 'desc' } });
      used.get(group.id)?.push(row.libraryId ?? '');
      const field = topicLibrary.topics.find(({ id }) => id === row.libraryId)?.field ?? '';
      for (const youth of youths.slice(0, plan.joins[field] ?? 0)) {
        stage.bot = shown;
        await youth.presses('我来说');
      }
      const others = youths.slice(-2);
      for (const youth of others) await speaks(group, youth);
    }
    stage.now = start + day * dayMs + 8 * 3_600_000;
    await addListening(db, stage.accountId, { from: start - dayMs, until: stage.now });
    await closeTopics.run(stage.database, stage.now);
    await reminders(noHolidays).run(stage.database, stage.now);
  }
  const said = await db.outbox.findMany({ orderBy: { id: 'asc' } });
  for (const { plan, group, cadre, lines: told } of casts) {
    const rows = await db.topic.findMany({ where: { groupId: group.id }, orderBy: { number: 'asc' } });
    const digests = said.filter(({ kind, personId }) => kind === 'reminder' && personId === cadre.id);
    const unasked = said.filter(({ groupId, updates }) => groupId === group.id && updates === null);
    lines.push(`# ${plan.name}（${plan.about}）`, ...told, '发布了：');
    for (const { number, title, clear, inferred } of rows)
      lines.push(
        `  话题${number} ${title}　${clear === null ? '进行中' : `明确 ${clear}，推测 ${inferred}`}`,
      );
    lines.push(
      `机器人自己在群里说的：${unasked.length} 条（都是结束时的道谢）`,
      `私下给团干部的晚间提醒：${digests.length} 条`,
      '其中第一条：',
      ...String(JSON.parse(digests[0]?.body ?? '{}').text)
        .split('\n')
        .map((line) => `  ${line}`),
      '',
    );
    // Never twice; at most one private message an evening; in the group nothing but the thanks.
    expect(new Set(used.get(group.id)).size).toBe(rows.length);
    expect(digests.length).toBeLessThanOrEqual(31);
    expect(unasked.length).toBeLessThanOrEqual(rows.length);
  }
  // Three groups, three months.
  expect(new Set([...used.values()].map(String)).size).toBe(3);
  await expect(lines.join('\n')).toMatchFileSnapshot('./topics.snap.txt');
});
