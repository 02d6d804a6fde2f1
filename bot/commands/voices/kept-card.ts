/** A list shown in a group goes on showing what is on it, where the platform can change a card. */
import { type KeptList, keepCard } from '../../../prisma/store/kept-cards.ts';
import type { ContextFor, Saying } from '../../dialogue/command.ts';

/** Has a list's card kept up to date (bot/jobs/kept-cards.ts); said privately, or where cards stay as they are, it is not. */
export async function kept(
  { db, abilities, accountId, event, group, now }: ContextFor<'anyone', 'group'>,
  shows: KeptList,
  saying: Saying,
): Promise<Saying> {
  if (!abilities.updates || !('groupId' in saying.to)) return saying;
  const key = `${shows}/${accountId}/${event.id}`;
  await keepCard(db, { key, groupId: group.id, shows }, now);
  return { ...saying, key };
}
