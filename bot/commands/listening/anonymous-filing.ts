/** An anonymous demand comes into the list: what is written down of it, and what its cadre is told. */
import { dayOf, startOfDay } from '../../../domain/calendar/day.ts';
import { openDemand } from '../../../domain/listening/demand.ts';
import type { Tx } from '../../../prisma/database.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { cadreOfGroup } from '../../../prisma/store/cadres.ts';
import type { DemandRow } from '../../../prisma/store/demand-rows.ts';
import { addDemand, nextDemandNumber } from '../../../prisma/store/demands.ts';
import type { Saying } from '../../dialogue/command.ts';
import { notice } from '../../dialogue/say.ts';
import type { Secret } from '../../secret.ts';
import { demandCard } from './demand-cards.ts';
import { twinsOf } from './twins.ts';

/** A text that waits to be filed, as it stands in a sealed slip. */
export interface Unfiled {
  readonly groupId: number;
  readonly text: string;
  readonly address: string;
}

/** Who an anonymous asker is in the audit: nobody. */
const nobody = 'anonymous';

/** Writes it down with the group's next number. Of the time the day alone is kept, in the audit too. */
export async function file(
  db: Tx,
  { groupId, text, address }: Unfiled,
  ticket: string,
  { now, secret }: { readonly now: number; readonly secret: Pick<Secret, 'hash'> },
): Promise<{
  readonly row: DemandRow;
  readonly cadre: { readonly id: number; readonly personId: number } | undefined;
}> {
  const day = startOfDay(dayOf(now));
  const opened = openDemand(await nextDemandNumber(db, groupId), text, day);
  // Its text was read before it was sealed.
  if (opened.kind === 'fault') throw new Error('an anonymous demand has no text that can be filed');
  const row = await addDemand(db, { groupId, address, ticket }, opened.demand);
  const cadre = await cadreOfGroup(db, groupId, dayOf(now));
  await auditAnonymous(
    db,
    secret,
    now,
    'demand.send',
    `demand:${row.id}${cadre ? `/cadre:${cadre.id}` : ''}`,
  );
  return { row, cadre };
}

/** Notes that an anonymous asker has done something; on which day. */
export async function auditAnonymous(
  db: Tx,
  secret: Pick<Secret, 'hash'>,
  now: number,
  action: string,
  subject: string,
): Promise<void> {
  await recordAudit(db, secret.hash, { at: startOfDay(dayOf(now)), actor: nobody, action, subject });
}

/** What the cadre is told of a new one. */
export async function noticeOf(
  db: Tx,
  group: { readonly id: number; readonly name: string },
  row: DemandRow,
  cadre: { readonly personId: number },
): Promise<Saying> {
  const twins = await twinsOf({ db, group }, row.text, row.number);
  const note = '（匿名：我也没有记下是谁。照常受理、答复就行，我会转到；请不要在群里打听。）';
  return notice(cadre.personId, demandCard(group, row, twins, note));
}
