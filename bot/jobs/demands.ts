/** What waits too long is told to its cadre, privately, once a week at most; answers nobody has objected to stand. */
import { dayOf, startOfDay } from '../../domain/calendar/day.ts';
import { weekOf } from '../../domain/calendar/period.ts';
import { decide, stageNames } from '../../domain/listening/demand.ts';
import { isOverdue } from '../../domain/listening/overdue.ts';
import type { Database, Tx } from '../../prisma/database.ts';
import { cadreOfGroup } from '../../prisma/store/cadres.ts';
import type { DemandRow } from '../../prisma/store/demand-rows.ts';
import { inHandEverywhere, lapsing, moveDemand } from '../../prisma/store/demands.ts';
import { say } from '../../prisma/store/outbox.ts';
import { toRow } from '../outbox/row.ts';
import { each, type Job } from './job.ts';

const hourMs = 3_600_000;
const shownAtMost = 10;

/** Looks every hour; nudges are said between 9:00 and 21:00. */
export const demands: Job = {
  name: 'demands',
  lastDue: (now) => now - (now % hourMs),
  catchUpMs: Number.POSITIVE_INFINITY,
  async run(database: Database, now: number) {
    await each(await lapsing(database.db, now), async (row) => {
      const decision = decide(row, { step: 'lapse', at: now });
      if (decision.kind === 'demand') await moveDemand(database.db, row, decision.demand);
    });
    const clock = now - startOfDay(dayOf(now));
    if (clock < 9 * hourMs || clock >= 21 * hourMs) return;
    const overdue = (await inHandEverywhere(database.db)).filter((row) => isOverdue(row, now));
    const groups = [...new Set(overdue.map(({ groupId }) => groupId))];
    await each(groups, (groupId) =>
      database.transaction((tx) =>
        nudge(
          tx,
          groupId,
          overdue.filter((row) => row.groupId === groupId),
          now,
        ),
      ),
    );
  },
};

async function nudge(tx: Tx, groupId: number, rows: readonly DemandRow[], now: number): Promise<void> {
  const cadre = await cadreOfGroup(tx, groupId, dayOf(now));
  if (!cadre) return;
  const { accountId } = await tx.group.findUniqueOrThrow({
    where: { id: groupId },
    select: { accountId: true },
  });
  const lines = rows
    .slice(0, shownAtMost)
    .map(({ number, state }) => `第 ${number} 号　${stageNames[state]}`);
  const text = [
    ...lines,
    '等得有点久了。先回一句也好：/问题清单 进展 编号 内容；确实办不了，用 /问题清单 无法解决 说明原因。',
  ].join('\n');
  await say(
    tx,
    accountId,
    toRow({
      // The week is the meaning: once in it, however often it is looked at.
      key: `demands/overdue/${groupId}/${weekOf(dayOf(now)).key}`,
      kind: 'reminder',
      to: { personId: cadre.personId },
      draft: {
        type: 'card',
        title: `有 ${rows.length} 件诉求在等您`,
        text,
        buttons: [{ label: '看清单', command: `/问题清单 列表 群#${groupId}` }],
      },
    }),
    now,
  );
}
