/** Cards that show a list, written anew within a minute of its change; many changes at once are one. */
import type { Database, Tx } from '../../prisma/database.ts';
import { changedCards, type KeptCard, type KeptList, takeChanged } from '../../prisma/store/kept-cards.ts';
import { helpCard } from '../commands/voices/help-own.ts';
import { wallCard, wallOf } from '../commands/voices/wish-words.ts';
import type { GroupHere } from '../dialogue/command.ts';
import type { Draft } from '../outbox/message.ts';
import { each, type Job } from './job.ts';
import { tell } from './tell.ts';

const minuteMs = 60_000;

const cardOf: Readonly<Record<KeptList, (tx: Tx, group: GroupHere, now: number) => Promise<Draft>>> = {
  wishes: async (tx, group, now) => wallCard(group, await wallOf(tx, group, now)),
  helps: helpCard,
};

export const keptCards: Job = {
  name: 'kept-cards',
  lastDue: (now) => now - (now % minuteMs),
  catchUpMs: Number.POSITIVE_INFINITY,
  async run(database: Database, now: number) {
    await each(await changedCards(database.db, now), (kept) =>
      database.transaction((tx) => writeAnew(tx, kept, now)),
    );
  },
};

async function writeAnew(tx: Tx, { key, groupId, shows }: KeptCard, now: number): Promise<void> {
  if (!(await takeChanged(tx, key))) return;
  const group = await tx.group.findUniqueOrThrow({
    where: { id: groupId },
    select: { id: true, name: true },
  });
  const draft = await cardOf[shows](tx, group, now);
  await tell(tx, groupId, { key: `${key}/${now}`, kind: 'post', to: { groupId }, draft, updates: key }, now);
}
