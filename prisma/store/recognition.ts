/** People and groups after a login that gave all of them new ids: known again, kept apart, or joined later. */

import { dayOf } from '../../domain/calendar/day.ts';
import { cadreOn } from '../../domain/presence/bindings.ts';
import { type MemberLook, matchMembers } from '../../domain/recognition/members.ts';
import { matchRooms, type RoomLook } from '../../domain/recognition/rooms.ts';
import type { Db } from '../database.ts';
import { bindingsOf } from './bindings.ts';
import { joined, type Known, left, loginOf, renameAll, resolvePeople } from './identity.ts';
import { mergePeople } from './merging.ts';
import { addMarks, sealedBefore } from './presence.ts';
import { storable } from './rows.ts';

/** Somebody in the address book, with what the account has put on them. */
export interface Listed extends Known {
  readonly mark?: string | undefined;
}

export interface ListedGroup {
  readonly id: string;
  readonly name: string;
  readonly members: readonly Listed[];
}

export interface Recognition {
  /** Groups known again with certainty, and people. */
  readonly groups: number;
  readonly people: number;
  /** Groups that somebody has to tell. */
  readonly unmatched: readonly UnmatchedGroup[];
}

export interface UnmatchedGroup {
  readonly id: number;
  readonly name: string;
  /** Groups of earlier logins that it may be, the likeliest first. */
  readonly candidates: readonly { readonly id: number; readonly name: string }[];
}

/** Takes up the address book of a login. Runs inside a transaction; the same again changes nothing. */
export async function recognise(
  db: Db,
  accountId: number,
  book: {
    readonly login: string;
    readonly friends: readonly Listed[];
    readonly groups: readonly ListedGroup[];
  },
  now: number,
): Promise<Recognition> {
  // Also the lock: two address books of one account are taken up one after the other.
  await db.account.update({ where: { id: accountId }, data: { login: book.login } });
  const listed = [...book.friends, ...book.groups.flatMap(({ members }) => members)];
  await keepAliases(db, accountId, book.login, listed, book.groups);
  let people = await byMark(db, accountId, book.login, listed);
  const aliases = await groupAliases(db, accountId, book.groups);
  const fresh = book.groups.filter(({ id }) => !aliases.has(id));
  const known = fresh.length === 0 ? [] : await knownRooms(db, accountId, book.login);
  const matches = matchRooms(known, fresh.map(lookOf));
  const unmatched: UnmatchedGroup[] = [];
  let groups = 0;
  for (const [n, room] of fresh.entries()) {
    const match = matches[n];
    if (match?.kind === 'certain') {
      groups++;
      await db.groupAlias.create({
        data: { accountId, externalId: room.id, groupId: match.known, login: book.login },
      });
      people += await sameMembers(db, accountId, book.login, match.known, room.members);
    } else {
      const made = await makeGroup(
        db,
        accountId,
        book.login,
        room,
        match?.kind === 'uncertain' ? now : undefined,
      );
      if (match?.kind === 'uncertain')
        unmatched.push({
          id: made,
          name: room.name,
          candidates: match.candidates.map((id) => ({
            id,
            name: known.find((one) => one.id === id)?.name ?? '',
          })),
        });
    }
  }
  for (const room of book.groups) await takeUpMembers(db, accountId, room, now);
  return { groups, people, unmatched };
}

/** Ids that are known already are good in this login, too. */
async function keepAliases(
  db: Db,
  accountId: number,
  login: string,
  listed: readonly Listed[],
  groups: readonly ListedGroup[],
): Promise<void> {
  const stale = { accountId, NOT: { login } };
  const people = [...new Set(listed.map(({ id }) => id))];
  await db.personAlias.updateMany({ where: { ...stale, externalId: { in: people } }, data: { login } });
  const rooms = groups.map(({ id }) => id);
  await db.groupAlias.updateMany({ where: { ...stale, externalId: { in: rooms } }, data: { login } });
}

/** People who bear a mark of ours; gives how many were known again. */
async function byMark(db: Db, accountId: number, login: string, listed: readonly Listed[]): Promise<number> {
  const marked = new Map(listed.flatMap((one) => (one.mark ? [[one.mark, one.id] as const] : [])));
  if (marked.size === 0) return 0;
  const people = await db.person.findMany({
    where: { accountId, mark: { in: [...marked.keys()] } },
    select: { id: true, mark: true, aliases: { where: { login }, select: { externalId: true } } },
  });
  let count = 0;
  for (const { id, mark, aliases } of people) {
    const externalId = marked.get(mark ?? '');
    if (externalId === undefined || aliases.length > 0) continue;
    if (await addAlias(db, accountId, login, externalId, id)) count++;
  }
  return count;
}

/** False where the id is somebody's already. */
async function addAlias(
  db: Db,
  accountId: number,
  login: string,
  externalId: string,
  personId: number,
): Promise<boolean> {
  const added = await db.$executeRaw`
    INSERT INTO "PersonAlias" ("accountId", "externalId", "personId", "login")
    VALUES (${accountId}, ${externalId}, ${personId}, ${login}) ON CONFLICT DO NOTHING`;
  return added > 0;
}

async function groupAliases(
  db: Db,
  accountId: number,
  groups: readonly ListedGroup[],
): Promise<ReadonlySet<string>> {
  const rows = await db.groupAlias.findMany({
    where: { accountId, externalId: { in: groups.map(({ id }) => id) } },
    select: { externalId: true },
  });
  return new Set(rows.map(({ externalId }) => externalId));
}

/** The groups of earlier logins that are not known again yet. */
async function knownRooms(db: Db, accountId: number, login: string): Promise<readonly RoomLook<number>[]> {
  const rows = await db.group.findMany({
    where: { accountId, leftAt: null, unmatchedAt: null, aliases: { some: {}, none: { login } } },
    select: {
      id: true,
      name: true,
      members: {
        where: { leftAt: null, person: { bot: false } },
        select: { person: { select: { name: true } } },
      },
    },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id, name, members }) => ({
    id,
    name,
    memberNames: members.map(({ person }) => person.name),
  }));
}

function lookOf({ id, name, members }: ListedGroup): RoomLook<string> {
  const people = members.filter(({ bot }) => !bot);
  return { id, name, memberNames: people.map((one) => storable(one.name ?? '')) };
}

async function sameMembers(
  db: Db,
  accountId: number,
  login: string,
  groupId: number,
  members: readonly Listed[],
): Promise<number> {
  const aliases = await db.personAlias.findMany({
    where: { accountId, externalId: { in: members.map(({ id }) => id) } },
    select: { externalId: true },
  });
  const taken = new Set(aliases.map(({ externalId }) => externalId));
  // Those known already take part: two of one name are two.
  const matches = matchMembers(
    await knownMembers(db, groupId),
    members.map((one) => ({ id: one.id, name: one.name ?? '', mark: one.mark })),
  );
  let count = 0;
  for (const { known, fresh } of matches) {
    if (taken.has(fresh) || (await hasAlias(db, known, login))) continue;
    if (await addAlias(db, accountId, login, fresh, known)) count++;
  }
  return count;
}

async function hasAlias(db: Db, personId: number, login: string): Promise<boolean> {
  return (await db.personAlias.count({ where: { personId, login } })) > 0;
}

/**
 * The members of a group as they were last known. A cadre and an administrator are known by their mark or a code alone
 * (design.md, Authority).
 */
async function knownMembers(db: Db, groupId: number): Promise<readonly MemberLook<number>[]> {
  const rows = await db.member.findMany({
    where: { groupId, leftAt: null },
    select: {
      person: {
        select: {
          id: true,
          name: true,
          mark: true,
          cadre: { select: { id: true } },
          administrator: { select: { id: true } },
        },
      },
    },
  });
  return rows.map(({ person }) => ({
    id: person.id,
    name: person.name,
    mark: person.mark ?? undefined,
    byMarkOnly: person.cadre !== null || person.administrator !== null,
  }));
}

async function makeGroup(
  db: Db,
  accountId: number,
  login: string,
  room: ListedGroup,
  unmatchedAt: number | undefined,
): Promise<number> {
  const made = await db.groupAlias.create({
    data: {
      accountId,
      externalId: room.id,
      login,
      group: {
        create: {
          accountId,
          name: storable(room.name),
          createdAt: new Date(unmatchedAt ?? Date.now()),
          unmatchedAt: unmatchedAt === undefined ? null : new Date(unmatchedAt),
        },
      },
    },
    select: { groupId: true },
  });
  return made.groupId;
}

/** Name and members of a group as listed now. */
async function takeUpMembers(db: Db, accountId: number, room: ListedGroup, now: number): Promise<void> {
  const alias = await db.groupAlias.findUniqueOrThrow({
    where: { accountId_externalId: { accountId, externalId: room.id } },
    select: { groupId: true, group: { select: { name: true } } },
  });
  const name = storable(room.name);
  if (name !== '' && name !== alias.group.name)
    await db.group.update({ where: { id: alias.groupId }, data: { name } });
  if (room.members.length === 0) return;
  const people = await resolvePeople(db, accountId, room.members);
  await renameAll(
    db,
    room.members.flatMap(({ id, name: called }) => {
      const personId = people.get(id);
      return personId === undefined || !called ? [] : [{ personId, name: called }];
    }),
  );
  const present = new Set(people.values());
  const known = await db.member.findMany({
    where: { groupId: alias.groupId, leftAt: null },
    select: { personId: true, person: { select: { cadre: { select: { id: true } } } } },
  });
  const here = new Set(known.map(({ personId }) => personId));
  await joined(
    db,
    alias.groupId,
    [...present].filter((id) => !here.has(id)),
    undefined,
  );
  // A cadre who is not known again yet is among the unknown ones: they have not left.
  const gone = known.filter(({ personId, person }) => !present.has(personId) && person.cadre === null);
  await left(
    db,
    alias.groupId,
    gone.map(({ personId }) => personId),
    now,
  );
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
    select: {
      id: true,
      name: true,
      members: {
        where: { leftAt: null, person: { bot: false } },
        select: { person: { select: { name: true } } },
      },
    },
    orderBy: { id: 'asc' },
  });
  const known = await knownRooms(db, accountId, await loginOf(db, accountId));
  const names = new Map(known.map(({ id, name }) => [id, name]));
  return rows.map(({ id, name, members }) => {
    const look = { id, name, memberNames: members.map(({ person }) => person.name) };
    const [match] = matchRooms(known, [look]);
    const candidates =
      match?.kind === 'certain' ? [match.known] : match?.kind === 'uncertain' ? match.candidates : [];
    return { id, name, candidates: candidates.map((one) => ({ id: one, name: names.get(one) ?? '' })) };
  });
}

/** Whether it is not known yet which group of earlier logins this is. */
export async function isUnmatched(db: Db, groupId: number): Promise<boolean> {
  return (await db.group.count({ where: { id: groupId, unmatchedAt: { not: null } } })) > 0;
}

/** It is none of the earlier ones: what was counted so far goes, since nobody had bound it. */
export async function takeAsNew(db: Db, groupId: number): Promise<void> {
  await db.group.update({ where: { id: groupId }, data: { unmatchedAt: null } });
  await dropCounts(db, groupId);
}

/**
 * The unmatched group is the earlier one: people, counts and ids of both are joined, and the unmatched one is no more.
 * Runs inside a transaction. Throws where it cannot be.
 */
export async function joinGroups(db: Db, unmatchedId: number, knownId: number): Promise<void> {
  const [fresh, known] = await Promise.all([
    db.group.findUniqueOrThrow({ where: { id: unmatchedId } }),
    db.group.findUniqueOrThrow({ where: { id: knownId } }),
  ]);
  const login = await loginOf(db, fresh.accountId);
  if (fresh.unmatchedAt === null || fresh.accountId !== known.accountId)
    throw new Error('these groups cannot be one');
  if ((await db.groupAlias.count({ where: { groupId: knownId, login } })) > 0)
    throw new Error('that group is known again already');
  const members = await db.member.findMany({
    where: { groupId: unmatchedId, leftAt: null },
    select: { person: { select: { id: true, name: true, mark: true } } },
  });
  const matches = matchMembers(
    await knownMembers(db, knownId),
    members.map(({ person }) => ({ ...person, mark: person.mark ?? undefined })),
  );
  for (const match of matches)
    if (match.known !== match.fresh && !(await hasAlias(db, match.known, login)))
      await mergePeople(db, match.fresh, match.known);
  await moveCounts(db, unmatchedId, knownId);
  await db.groupAlias.updateMany({ where: { groupId: unmatchedId }, data: { groupId: knownId } });
  await db.outbox.updateMany({ where: { groupId: unmatchedId }, data: { groupId: knownId } });
  const now = await db.member.findMany({
    where: { groupId: unmatchedId, leftAt: null },
    select: { personId: true },
  });
  await joined(
    db,
    knownId,
    now.map(({ personId }) => personId),
    undefined,
  );
  await db.member.deleteMany({ where: { groupId: unmatchedId } });
  await db.group.update({ where: { id: knownId }, data: { name: fresh.name || known.name, leftAt: null } });
  await db.group.delete({ where: { id: unmatchedId } });
}

/** Unions, so that nothing counts twice; of who addressed whom only what the rule keeps (design.md, The heart). */
async function moveCounts(db: Db, from: number, to: number): Promise<void> {
  const sealed = (await sealedBefore(db, [to])).get(to) ?? Number.NEGATIVE_INFINITY;
  const bindings = await bindingsOf(db, to);
  const cadreAt = (day: number) => (day < sealed ? undefined : cadreOn(bindings, day));
  const presence = await db.presence.findMany({ where: { groupId: from } });
  const addresses = await db.address.findMany({ where: { groupId: from } });
  const marks = await db.topicMark.findMany({ where: { groupId: from } });
  await addMarks(db, {
    presence: presence
      .filter(({ day }) => cadreAt(day) !== undefined)
      .map((row) => ({ ...row, groupId: to, slots: Number(row.slots) })),
    addresses: addresses
      .filter(({ day, fromId, toId }) => [fromId, toId].some((one) => one === cadreAt(day)))
      .map((row) => ({ ...row, groupId: to })),
    topicMarks: marks
      .filter(({ at }) => cadreAt(dayOf(Number(at))) !== undefined)
      .map((row) => ({ ...row, groupId: to, at: Number(row.at) })),
    seen: [],
  });
  await dropCounts(db, from);
  const listening = await db.listening.findMany({ where: { groupId: from } });
  await db.listening.deleteMany({ where: { id: { in: listening.map(({ id }) => id) } } });
}

async function dropCounts(db: Db, groupId: number): Promise<void> {
  await db.presence.deleteMany({ where: { groupId } });
  await db.address.deleteMany({ where: { groupId } });
  await db.topicMark.deleteMany({ where: { groupId } });
}

/** Unmatched groups that nobody told in time: their counts go as all old presence does. `before` in milliseconds. */
export async function giveUpUnmatched(db: Db, accountId: number, before: number): Promise<number> {
  const rows = await db.group.findMany({
    where: { accountId, unmatchedAt: { lt: new Date(before) } },
    select: { id: true },
  });
  for (const { id } of rows) await takeAsNew(db, id);
  return rows.length;
}
