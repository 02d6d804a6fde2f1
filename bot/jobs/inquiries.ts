/** Questions that wait: whoever asked hears how it stands, once. The cadre's reminder is a line of their digest (reminders-due.ts). */
import type { Database, Tx } from '../../prisma/database.ts';
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
    const overdue = await overdueInquiries(database.db, now);
    await each(overdue, (row) => database.transaction((tx) => comfort(tx, row, now)));
  },
};

async function comfort(tx: Tx, row: InquiryRow, now: number): Promise<void> {
  if (row.askerId === undefined) return;
  const said = notice(
    row.askerId,
    card(
      `第 ${row.number} 个问题还在等答复`,
      `“${row.text}”\n让你久等了，它还在团干部的待答单子上。想让这件事有编号、有人跟到底，可以记成诉求；直接找团干部也行。`,
      [
        { label: '记成诉求', command: `/诉求 群#${row.groupId} ${row.text}` },
        { label: '不用了，撤回', command: `/问 撤回 群#${row.groupId} ${row.number}` },
      ],
    ),
  );
  await tell(tx, row.groupId, { ...said, key: `inquiry/${row.id}/console` }, now);
}
