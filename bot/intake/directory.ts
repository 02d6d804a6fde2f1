/** After a login with new ids: who and what is known again, and whom to ask about the rest. */
import type { DirectoryEvent } from '../../adapters/adapter.ts';
import { dayOf } from '../../domain/calendar/day.ts';
import type { Tx } from '../../prisma/database.ts';
import { cadreOfGroup } from '../../prisma/store/cadres.ts';
import type { UnmatchedGroup } from '../../prisma/store/looks.ts';
import { say } from '../../prisma/store/outbox.ts';
import { type Recognition, recognise } from '../../prisma/store/recognition.ts';
import { whichGroup } from '../dialogue/which-group.ts';
import { toRow } from '../outbox/row.ts';

/** Takes the address book up, and asks the cadres of what an unknown group may be. Runs inside a transaction. */
export async function takeDirectory(
  tx: Tx,
  accountId: number,
  event: DirectoryEvent,
  now: number,
): Promise<Recognition> {
  const found = await recognise(tx, accountId, event, now);
  for (const group of found.unmatched) await askCadres(tx, accountId, group, now);
  return found;
}

async function askCadres(tx: Tx, accountId: number, group: UnmatchedGroup, now: number): Promise<void> {
  const asked = new Set<number>();
  for (const { id } of group.candidates) {
    const cadre = await cadreOfGroup(tx, id, dayOf(now));
    if (!cadre || asked.has(cadre.personId)) continue;
    asked.add(cadre.personId);
    const own: UnmatchedGroup = { ...group, candidates: [] };
    const candidates = [];
    for (const one of group.candidates)
      if ((await cadreOfGroup(tx, one.id, dayOf(now)))?.personId === cadre.personId) candidates.push(one);
    const question = {
      key: `which-group/${group.id}/${cadre.id}`,
      kind: 'notice',
      to: { personId: cadre.personId },
      draft: whichGroup({ ...own, candidates }),
    } as const;
    await say(tx, accountId, toRow(question), now);
  }
}
