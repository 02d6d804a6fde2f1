/** Mutual help whose time is over: taken off the list kindly; who waited for a word hears that none came. */
import { decideHelp, helpDays } from '../../domain/listening/help.ts';
import type { Database, Tx } from '../../prisma/database.ts';
import {
  contactsWaiting,
  type HelpRow,
  moveHelp,
  overdueHelps,
  settleContact,
} from '../../prisma/store/helps.ts';
import { titled } from '../commands/voices/help-own.ts';
import { card, notice } from '../dialogue/say.ts';
import { each, type Job } from './job.ts';
import { everyHour, isDaylight, tell } from './tell.ts';

/** Looks every hour; everything is said between 9:00 and 21:00. */
export const helps: Job = {
  name: 'helps',
  lastDue: everyHour,
  catchUpMs: Number.POSITIVE_INFINITY,
  async run(database: Database, now: number) {
    if (!isDaylight(now)) return;
    const { expiring, unanswered } = await overdueHelps(database.db, now);
    await each(unanswered, ({ help, personId }) =>
      database.transaction((tx) => noWord(tx, help, personId, now)),
    );
    await each(expiring, (row) => database.transaction((tx) => expire(tx, row, now)));
  },
};

async function expire(tx: Tx, row: HelpRow, now: number): Promise<void> {
  const decision = decideHelp(row, { step: 'expire', at: now });
  if (decision.kind === 'fault' || !(await moveHelp(tx, row, decision.help))) return;
  const own = `群#${row.groupId} ${row.number}`;
  const said = notice(
    row.owner,
    card(
      `互助第 ${row.number} 号挂满 ${helpDays} 天了`,
      `${titled(row)}\n先从列表里收起来。还需要的话，点一下接着挂。`,
      [
        { label: `再挂 ${helpDays} 天`, command: `/互助 续 ${own}`, style: 'primary' },
        { label: '撤回', command: `/互助 撤回 ${own}` },
      ],
    ),
  );
  await tell(tx, row.groupId, { ...said, key: `help/${row.id}/expired/${row.expiresAt}` }, now);
  for (const { personId } of await contactsWaiting(tx, row.id)) await noWord(tx, row, personId, now);
}

async function noWord(tx: Tx, row: HelpRow, personId: number, now: number): Promise<void> {
  if (!(await settleContact(tx, row.id, personId, 'lapsed'))) return;
  const text = `互助第 ${row.number} 号的对方一直没有回话，这次先作罢，看看别的：/互助 列表`;
  const key = `help/${row.id}/no-word/${personId}/${now}`;
  await tell(tx, row.groupId, { ...notice(personId, text), key }, now);
}
