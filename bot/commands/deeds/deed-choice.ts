/** Which deed a cadre means, and what is noted of what was done with it. */

import { recordAudit } from '../../../prisma/store/audit.ts';
import { keepQuestion } from '../../../prisma/store/confirmations.ts';
import type { DeedRow } from '../../../prisma/store/deed-rows.ts';
import { deedNumbered } from '../../../prisma/store/deeds.ts';
import type { ContextFor } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';

/** A cadre, privately or anywhere. */
export type CadreOnly = ContextFor<'cadre', 'person'>;

/** How long pictures sent privately go to a deed, in milliseconds. */
export const photoWindowMs = 30 * 60_000;
/** Where {@link keepQuestion} keeps which deed that is. */
export const photoChat = 'deed-photos';
/** The cadre’s deed with that number. Throws {@link CommandFault} when there is none. */
export async function findDeed({ db, cadre }: CadreOnly, wanted: number): Promise<DeedRow> {
  const row = await deedNumbered(db, cadre.id, wanted);
  if (!row) throw new CommandFault('no such deed', `没有第 ${wanted} 条记录，发 /记 列表 看看编号。`);
  return row;
}

/** From now on, for {@link photoWindowMs}, pictures sent privately go to this deed. */
export async function openPhotos({ db, person, now }: CadreOnly, row: DeedRow): Promise<void> {
  await keepQuestion(db, {
    personId: person.id,
    chat: photoChat,
    command: String(row.number),
    expiresAt: now + photoWindowMs,
  });
}

/** Notes who did what to which deed (or exported them all): ids alone. */
export async function auditDeed(
  { db, secret, now, person }: CadreOnly,
  what: string,
  id: number,
): Promise<void> {
  const subject = what === 'deed.export' ? `cadre:${id}` : `deed:${id}`;
  await recordAudit(db, secret.hash, { at: now, actor: `person:${person.id}`, action: what, subject });
}
