import { beforeEach, expect, it } from 'vitest';
import { dayMs } from '../../domain/calendar/day.ts';
import { cadre, group, youth as ming, stage } from '../commands/scene.ts';
import type { Actor } from '../commands/testing.ts';
import { activityReminders } from './activity-reminders.ts';

const hourMs = 3_600_000;
let hong: Actor;
/** The Friday before the activity, when the job is due. */
const friday = Date.parse('2026-09-04T18:00:00+08:00');
beforeEach(async () => {
  hong = await stage.person('小红', group);
  for (const words of ['周六下午2点-4点 操场 夜跑 限1人', '周六晚7点-9点 礼堂 电影']) {
    await cadre.says(`/活动 发布 ${words}`);
    await cadre.says('是');
  }
});

const job = activityReminders();
const run = () => job.run(stage.database, friday);
const reminded = () =>
  stage.database.db.outbox.findMany({ where: { kind: 'reminder' }, orderBy: { personId: 'asc' } });

it('one word to each who has a place, of all that they signed up for, however often it runs', async () => {
  await ming.says('/报名 1');
  await ming.says('/报名 2');
  await hong.says('/报名 1');
  await run();
  await run();
  const rows = await reminded();
  expect(rows.map(({ personId }) => personId)).toEqual([ming.id]);
  expect(rows[0]?.body).toContain('“夜跑”　9月5日（周六）14:00-16:00　操场');
  expect(rows[0]?.body).toContain('/请假 1 或 /请假 2');
});

it('nothing to who did not sign up, took leave, or whose activity was cancelled or moved', async () => {
  await ming.says('/报名 2');
  await ming.says('/请假 2');
  await hong.says('/报名 1');
  await cadre.says('/活动 改期 1 下周六下午2点');
  await cadre.says('是');
  await run();
  expect(await reminded()).toEqual([]);
  await hong.says('/报名 2');
  await cadre.says('/活动 取消 2');
  await cadre.says('是');
  await run();
  expect(await reminded()).toEqual([]);
});

it('stays within what one person is told in a week', async () => {
  await ming.says('/报名 1');
  const before = (ago: number, n: number) => ({
    accountId: stage.accountId,
    key: `reminder-${n}`,
    kind: 'reminder',
    personId: ming.id,
    createdAt: new Date(friday - ago),
    notBefore: new Date(friday - ago),
    state: 'sent',
  });
  await stage.database.db.outbox.createMany({
    data: [1, 2, 3, 4, 5, 6, 7].map((n) => before(n * hourMs, n)),
  });
  await run();
  expect(await reminded()).toHaveLength(7);
  await stage.database.db.outbox.updateMany({
    where: { key: 'reminder-7' },
    data: { createdAt: new Date(friday - 5 * dayMs) },
  });
  await run();
  expect(await reminded()).toHaveLength(8);
});

it('is due at six, and not after ten', () => {
  expect(job.lastDue(friday)).toBe(friday);
  expect(job.lastDue(friday - 1)).toBe(friday - dayMs);
  expect(job.catchUpMs).toBe(4 * 3_600_000);
});
