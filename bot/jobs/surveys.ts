/** Surveys whose time is over are closed; once, a day before the end, the group is gently told that there is still time. */
import { randomBytes } from 'node:crypto';
import { dayMs } from '../../domain/calendar/day.ts';
import { formatDateTime } from '../../domain/calendar/format-datetime.ts';
import { reminderDue } from '../../domain/surveys/remind.ts';
import type { Database, Tx } from '../../prisma/database.ts';
import { say } from '../../prisma/store/outbox.ts';
import { endingBefore, type SurveyRow } from '../../prisma/store/surveys.ts';
import { endSurvey } from '../commands/surveys/survey-end.ts';
import { promise, titleOf } from '../commands/surveys/survey-words.ts';
import type { Saying } from '../dialogue/command.ts';
import { toRow } from '../outbox/row.ts';
import { each, type Job } from './job.ts';

const minuteMs = 60_000;

export const surveys: Job = {
  name: 'surveys',
  lastDue: (now) => now - (now % minuteMs),
  catchUpMs: Number.POSITIVE_INFINITY,
  async run(database: Database, now: number) {
    await each(await endingBefore(database.db, now + dayMs), (row) =>
      database.transaction((tx) =>
        row.closesAt !== undefined && row.closesAt <= now ? close(tx, row, now) : remind(tx, row, now),
      ),
    );
  },
};

async function close(tx: Tx, row: SurveyRow, now: number): Promise<void> {
  // The bot may have been away for hours: it ended when it ended.
  const sayings = await endSurvey(tx, row, row.closesAt ?? now, randomBytes);
  for (const [n, saying] of sayings.entries()) await tell(tx, row, saying, `survey/${row.id}/end/${n}`, now);
}

async function remind(tx: Tx, row: SurveyRow, now: number): Promise<void> {
  if (row.openedAt === undefined || row.closesAt === undefined) return;
  if (!reminderDue({ openedAt: row.openedAt, closesAt: row.closesAt }, now)) return;
  const text = `“${titleOf(row)}”收到 ${formatDateTime(row.closesAt, now)} 为止，愿意说两句的还来得及；答过的、不想答的都不用管。${promise(row)}`;
  const saying: Saying = {
    kind: 'reminder',
    to: { groupId: row.groupId },
    draft: { type: 'text', text },
    expiresAt: row.closesAt,
  };
  await tell(tx, row, saying, `survey/${row.id}/reminder`, now);
}

/** Each has a key of its meaning: a second run says nothing again. */
async function tell(tx: Tx, row: SurveyRow, saying: Saying, key: string, now: number): Promise<void> {
  const { accountId } = await tx.group.findUniqueOrThrow({
    where: { id: row.groupId },
    select: { accountId: true },
  });
  await say(tx, accountId, toRow({ ...saying, key: saying.key ?? key }), now);
}
