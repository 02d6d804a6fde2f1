/** The members of a group as the platform lists them: until rosters come, the cadre's youths. */
import type { Adapter } from '../../adapters/adapter.ts';
import type { Database } from '../../prisma/database.ts';
import { joined, left, renameAll, resolveGroup, resolvePeople } from '../../prisma/store/identity.ts';
import { reportOwner } from '../../prisma/store/owners.ts';

/**
 * Reads a group's members and owner, notes who is new and who is gone, and what they are called now; `now` in
 * milliseconds. Does nothing on a platform without member lists, nor on an empty list: whoever may not see the members is not told so
 * everywhere, and the bot itself is in the group.
 */
export async function refreshRoster(
  database: Database,
  accountId: number,
  adapter: Pick<Adapter, 'abilities' | 'members' | 'owner'>,
  chatId: string,
  now: number,
): Promise<void> {
  if (!adapter.abilities.memberLists) return;
  const members = await adapter.members(chatId);
  if (members.length === 0) return;
  const owner = await adapter.owner?.(chatId);
  await database.transaction(async (tx) => {
    const groupId = await resolveGroup(tx, accountId, { id: chatId }, now);
    const people = await resolvePeople(tx, accountId, members);
    await renameAll(
      tx,
      members.flatMap(({ id, name }) => {
        const personId = people.get(id);
        return personId === undefined || !name ? [] : [{ personId, name }];
      }),
    );
    const ownerId = people.get(owner ?? '');
    if (ownerId !== undefined) await reportOwner(tx, groupId, ownerId);
    const present = new Set(people.values());
    await joined(tx, groupId, [...present], undefined);
    const known = await tx.member.findMany({ where: { groupId, leftAt: null }, select: { personId: true } });
    await left(
      tx,
      groupId,
      known.map((member) => member.personId).filter((personId) => !present.has(personId)),
      now,
    );
  });
}
