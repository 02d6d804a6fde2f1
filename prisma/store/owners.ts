/** Who owns a group: as the platform reports it, else as its cadre says. */
import type { OwnedGroup } from '../../domain/standing/group-owned.ts';
import type { Db } from '../database.ts';

/** The platform reports who owns a group: it knows better than anybody's word. */
export async function reportOwner(db: Db, groupId: number, personId: number): Promise<void> {
  await db.group.update({ where: { id: groupId }, data: { ownerId: personId, ownerSaid: false } });
}

/** The cadre says whether the group is theirs, which stands where the platform has not told. Returns what then holds. */
export async function sayOwner(
  db: Db,
  groupId: number,
  personId: number,
  is: boolean,
): Promise<'reported-own' | 'reported-other' | 'said'> {
  const { ownerId, ownerSaid } = await ownerOf(db, groupId);
  if (ownerId !== null && !ownerSaid) return ownerId === personId ? 'reported-own' : 'reported-other';
  await db.group.update({
    where: { id: groupId },
    data: is ? { ownerId: personId, ownerSaid: true } : { ownerId: null, ownerSaid: false },
  });
  return 'said';
}

/** Who owns a group, as far as it is known. */
export async function ownerOf(db: Db, groupId: number): Promise<Pick<OwnedGroup, 'ownerId' | 'ownerSaid'>> {
  return db.group.findUniqueOrThrow({ where: { id: groupId }, select: { ownerId: true, ownerSaid: true } });
}
