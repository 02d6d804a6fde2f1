/** How groups and their members look to who has to know them again after a login: names, marks, who leads. */
import type { MemberLook } from '../../domain/recognition/members.ts';
import { matchRooms, type RoomLook } from '../../domain/recognition/rooms.ts';
import type { Db } from '../database.ts';
import { loginOf } from './identity.ts';

export interface UnmatchedGroup {
  readonly id: number;
  readonly name: string;
  /** Groups of earlier logins that it may be, the likeliest first. */
  readonly candidates: readonly { readonly id: number; readonly name: string }[];
}

const look = {
  id: true,
  name: true,
  members: {
    where: { leftAt: null, person: { bot: false } },
    select: { person: { select: { name: true } } },
  },
} as const;

function lookOf(row: {
  readonly id: number;
  readonly name: string;
  readonly members: readonly { readonly person: { readonly name: string } }[];
}): RoomLook<number> {
  const { id, name, members } = row;
  return { id, name, memberNames: members.map(({ person }) => person.name) };
}

/** The groups of earlier logins that are not known again yet. */
export async function knownRooms(
  db: Db,
  accountId: number,
  login: string,
): Promise<readonly RoomLook<number>[]> {
  const rows = await db.group.findMany({
    where: { accountId, leftAt: null, unmatchedAt: null, aliases: { some: {}, none: { login } } },
    select: look,
    orderBy: { id: 'asc' },
  });
  return rows.map(lookOf);
}

/**
 * The members of a group as they were last known. Cadres, administrators and operators are known by their mark or a
 * code alone (design.md, Authority).
 */
export async function knownMembers(db: Db, groupId: number): Promise<readonly MemberLook<number>[]> {
  const rows = await db.member.findMany({
    where: { groupId, leftAt: null },
    select: {
      person: {
        select: {
          id: true,
          name: true,
          bot: true,
          mark: true,
          cadre: { select: { id: true } },
          administrator: { select: { id: true } },
          operator: { select: { id: true } },
        },
      },
    },
  });
  return rows.map(({ person }) => ({
    id: person.id,
    name: person.name,
    bot: person.bot,
    mark: person.mark ?? undefined,
    byMarkOnly: [person.cadre, person.administrator, person.operator].some((role) => role !== null),
  }));
}

/** Those of some people who are known under a login. */
export async function knownUnder(
  db: Db,
  login: string,
  people: readonly number[],
): Promise<ReadonlySet<number>> {
  const aliases = await db.personAlias.findMany({
    where: { login, personId: { in: [...people] } },
    select: { personId: true },
  });
  return new Set(aliases.map(({ personId }) => personId));
}

/** The unmatched groups that a person is in, with what they may be. */
export async function unmatchedGroupsOf(
  db: Db,
  accountId: number,
  personId: number,
): Promise<readonly UnmatchedGroup[]> {
  const rows = await db.group.findMany({
    where: {
      accountId,
      leftAt: null,
      unmatchedAt: { not: null },
      members: { some: { personId, leftAt: null } },
    },
    select: look,
    orderBy: { id: 'asc' },
  });
  const known = await knownRooms(db, accountId, await loginOf(db, accountId));
  const names = new Map(known.map(({ id, name }) => [id, name]));
  return rows.map((row) => {
    const [match] = matchRooms(known, [lookOf(row)], () => 'unknown');
    const candidates =
      match?.kind === 'certain' ? [match.known] : match?.kind === 'uncertain' ? match.candidates : [];
    return {
      id: row.id,
      name: row.name,
      candidates: candidates.map((id) => ({ id, name: names.get(id) ?? '' })),
    };
  });
}

/** Whether it is not known yet which group of earlier logins this is. */
export async function isUnmatched(db: Db, groupId: number): Promise<boolean> {
  return (await db.group.count({ where: { id: groupId, unmatchedAt: { not: null } } })) > 0;
}
