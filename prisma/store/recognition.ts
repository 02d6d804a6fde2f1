/** The address book of a login that gave everybody new ids is taken up: people and groups known again, or kept apart. */
import { dayOf } from '../../domain/calendar/day.ts';
import { matchMembers } from '../../domain/recognition/members.ts';
import { type Leader, matchRooms, type RoomLook } from '../../domain/recognition/rooms.ts';
import type { Db } from '../database.ts';
import { cadreOfGroup } from './cadres.ts';
import { joined, type Known, left, renameAll, resolvePeople } from './identity.ts';
import { knownMembers, knownRooms, knownUnder, type UnmatchedGroup } from './looks.ts';
import { setMark } from './marks.ts';
import { mergePeople } from './merging.ts';
import { dropOthersAddresses } from './presence.ts';
import { setAside } from './private-things.ts';
import { rowsParameter, storable } from './rows.ts';

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
  const leader = await leaders(db, book.login, known, fresh, now);
  const matches = matchRooms(known, fresh.map(lookOf), leader);
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
      continue;
    }
    const isApart = match?.kind === 'uncertain';
    const id = await makeGroup(db, accountId, book.login, room, { now, isApart });
    if (!isApart) continue;
    const names = new Map(known.map((one) => [one.id, one.name]));
    const candidates = match.candidates.map((one) => ({ id: one, name: names.get(one) ?? '' }));
    unmatched.push({ id, name: room.name, candidates });
  }
  for (const room of book.groups) await takeUpMembers(db, accountId, room, now);
  return { groups, people, unmatched };
}

/** Tells whether the present cadre of a group of before sits in a group of this login. */
async function leaders(
  db: Db,
  login: string,
  known: readonly { readonly id: number }[],
  fresh: readonly ListedGroup[],
  now: number,
): Promise<(known: number, fresh: string) => Leader> {
  const members = new Map(fresh.map(({ id, members: listed }) => [id, new Set(listed.map((one) => one.id))]));
  const cadres = new Map<number, readonly string[] | undefined>();
  for (const { id } of known) {
    const cadre = await cadreOfGroup(db, id, dayOf(now));
    const aliases = cadre && (await db.personAlias.findMany({ where: { personId: cadre.personId, login } }));
    cadres.set(
      id,
      aliases?.map(({ externalId }) => externalId),
    );
  }
  return (group, room) => {
    const aliases = cadres.get(group);
    if (!aliases) return 'none';
    if (aliases.length === 0) return 'unknown';
    return aliases.some((alias) => members.get(room)?.has(alias)) ? 'here' : 'elsewhere';
  };
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

/** People who bear a mark of ours; gives how many were known again. A mark that two people bear tells of neither. */
async function byMark(db: Db, accountId: number, login: string, listed: readonly Listed[]): Promise<number> {
  const marked = new Map<string, string | undefined>();
  for (const { id, mark } of listed)
    if (mark) marked.set(mark, marked.has(mark) && marked.get(mark) !== id ? undefined : id);
  if (marked.size === 0) return 0;
  const people = await db.person.findMany({
    where: { accountId, mark: { in: [...marked.keys()] } },
    select: { id: true, mark: true, aliases: { where: { login }, select: { externalId: true } } },
  });
  const found = people.flatMap(({ id, mark, aliases }) => {
    const externalId = mark === null ? undefined : marked.get(mark);
    return mark === null || externalId === undefined || aliases.length > 0 ? [] : [{ id, mark, externalId }];
  });
  await addAliases(db, accountId, login, found);
  const now = await db.personAlias.findMany({
    where: { accountId, externalId: { in: found.map(({ externalId }) => externalId) } },
    select: { externalId: true, personId: true },
  });
  const holders = new Map(now.map(({ externalId, personId }) => [externalId, personId]));
  const taken: number[] = [];
  for (const { id, mark, externalId } of found) {
    const holder = holders.get(externalId);
    if (holder === undefined || holder === id) taken.push(id);
    else {
      // Taken for somebody new, or known by the name alone, before the mark was seen.
      await mergePeople(db, id, holder);
      await setMark(db, holder, mark);
    }
  }
  await dropOthersAddresses(db, taken);
  return found.length;
}

/** New ids of people we know; gives how many. An id that is somebody's already stays theirs. */
function addAliases(
  db: Db,
  accountId: number,
  login: string,
  aliases: readonly { readonly id: number; readonly externalId: string }[],
): Promise<number> {
  return db.$executeRaw`
    INSERT INTO "PersonAlias" ("accountId", "externalId", "personId", "login")
    SELECT ${accountId}, value->>0, CAST(value->>1 AS INTEGER), ${login}
      FROM json_each(${rowsParameter(aliases.map(({ externalId, id }) => [externalId, id]))}) WHERE true
    ON CONFLICT DO NOTHING`;
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
    members.map((one) => ({ id: one.id, name: one.name ?? '', bot: one.bot, mark: one.mark })),
  );
  const before = await knownUnder(
    db,
    login,
    matches.map(({ known }) => known),
  );
  const same = matches.filter(({ known, fresh }) => !taken.has(fresh) && !before.has(known));
  await setAside(
    db,
    same.flatMap(({ known, by }) => (by === 'name' ? [known] : [])),
  );
  return addAliases(
    db,
    accountId,
    login,
    same.map(({ known, fresh }) => ({ id: known, externalId: fresh })),
  );
}

/** `isApart`: it may be a group of before, and is counted apart until somebody says. */
async function makeGroup(
  db: Db,
  accountId: number,
  login: string,
  { id: externalId, name }: ListedGroup,
  { now, isApart }: { readonly now: number; readonly isApart: boolean },
): Promise<number> {
  const createdAt = new Date(now);
  const group = { accountId, name: storable(name), createdAt, unmatchedAt: isApart ? createdAt : null };
  const made = await db.groupAlias.create({
    data: { accountId, externalId, login, group: { create: group } },
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
