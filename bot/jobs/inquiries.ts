/** Questions that wait: the cadre is reminded privately, once a week at most; whoever asked hears how it stands, once. */
import { dayOf } from '../../domain/calendar/day.ts';
import { weekOf } from '../../domain/calendar/period.ts';
import type { Database, Tx } from '../../prisma/database.ts';
import { cadreOfGroup } from '../../prisma/store/cadres.ts';
import { type InquiryRow, overdueInquiries } from '../../prisma/store/inquiries.ts';
import { card, notice } from '../dialogue/say.ts';
import { each, type Job } from './job.ts';
import { everyHour, isDaylight, tell } from './tell.ts';

/** Looks every hour; everything is said between 9:00 and 21:00. */
export const inquiries: Job = {
  name: 'inquiries',
  lastDue: everyHour,
  catchUpMs: Number.POSITIVE_INFINITY,
  async run(database: Database, now: number) {
    if (!isDaylight(now)) return;
    const { forCadre, forAsker } = await overdueInquiries(database.db, now);
    await each([...new Set(forCadre.map(({ groupId }) => groupId))], (groupId) =>
      database.transaction((tx) =>
        nudge(
          tx,
          groupId,
          forCadre.filter((row) => row.groupId === groupId),
          now,
        ),
      ),
    );
    await each(forAsker, (row) => database.transaction((tx) => comfort(tx, row, now)));
  },
};

async function nudge(tx: Tx, groupId: number, rows: readonly InquiryRow[], now: number): Promise<void> {
  const cadre = await cadreOfGroup(tx, groupId, dayOf(now));
  if (!cadre) return;
  const numbers = rows.map(({ number }) => number).join('、');
  const draft = card(
    `有 ${rows.length} 个问题在等您答`,
    `第 ${numbers} 个。答不上来，先回一句“我去问问”也好。`,
    [{ label: '看问题', command: `/答疑 列表 群#${groupId}` }],
  );
  const key = `inquiries/waiting/${groupId}/${weekOf(dayOf(now)).key}`;
  await tell(tx, groupId, { kind: 'reminder', to: { personId: cadre.personId }, draft, key }, now);
}

async function comfort(tx: Tx, row: InquiryRow, now: number): Promise<void> {
  if (row.askerId === undefined) return;
  const said = notice(
    row.askerId,
    card(
      `第 ${row.number} 个问题还在等答复`,
      `“${row.text}”\n让你久等了，已经又提醒过团干部。想让这件事有编号、有人跟到底，可以记成诉求；直接找团干部也行。`,
      [
        { label: '记成诉求', command: `/诉求 群#${row.groupId} ${row.text}` },
        { label: '不用了，撤回', command: `/问 撤回 群#${row.groupId} ${row.number}` },
      ],
    ),
  );
  await tell(tx, row.groupId, { ...said, key: `inquiry/${row.id}/console` }, now);
}
