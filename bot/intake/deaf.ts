/** The platform lets the bot hear only what mentions it: each cadre is told, since nothing else can be counted. */
import { dayOf } from '../../domain/calendar/day.ts';
import { monthOf } from '../../domain/calendar/period.ts';
import type { Tx } from '../../prisma/database.ts';
import { groupsLedBy, provedCadres } from '../../prisma/store/cadres.ts';
import { say } from '../../prisma/store/outbox.ts';
import { toRow } from '../outbox/row.ts';
import { deafText } from './texts.ts';

/** Puts a private word to every cadre with a group on this account into the outbox; at most once a month and cadre. */
export async function tellDeaf(tx: Tx, accountId: number, at: number): Promise<void> {
  const today = dayOf(at);
  for (const cadre of await provedCadres(tx)) {
    const person = await tx.person.findUnique({ where: { id: cadre.personId }, select: { accountId: true } });
    if (person?.accountId !== accountId) continue;
    if ((await groupsLedBy(tx, cadre.personId, today)).length === 0) continue;
    const notice = {
      key: `deaf/${accountId}/${cadre.id}/${monthOf(today).key}`,
      kind: 'notice',
      to: { personId: cadre.personId },
      draft: { type: 'text', text: deafText },
    } as const;
    await say(tx, accountId, toRow(notice), at);
  }
}
