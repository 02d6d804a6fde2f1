/**
 * People and groups under our own ids. A platform's id is an alias, since some platforms give new ones at each login.
 */
import type { Db } from '../database.ts';
import { inStatements } from './rows.ts';

export interface Known {
  readonly id: string;
  readonly name?: string | undefined;
  readonly bot?: boolean | undefined;
}

/**
 * Our ids of people by their platform ids; who is new is made, many at a time. Runs inside a transaction, so that a
 * person never exists without their alias.
 */
export async function resolvePeople(
  db: Db,
  accountId: number,
  people: readonly Known[],
): Promise<ReadonlyMap<string, number>> {
  const unknown = new Map(people.map((person) => [person.id, person]));
  const ids = new Map<string, number>();
  for (const run of inStatements([...unknown.keys()])) {
    const known = await db.personAlias.findMany({
      where: { accountId, externalId: { in: run } },
      select: { externalId: true, personId: true },
    });
    for (const alias of known) {
      ids.set(alias.externalId, alias.personId);
      unknown.delete(alias.externalId);
    }
  }
  for (const run of inStatements([...unknown.values()])) {
    const made = await db.person.createManyAndReturn({
      data: run.map((person) => ({ accountId, name: person.name ?? '', bot: person.bot ?? false })),
      select: { id: true, name: true, bot: true },
    });
    // The order of the returned rows is not promised; rows of one name and kind are interchangeable.
    const free = new Map<string, number[]>();
    for (const row of made) free.set(likeness(row), [...(free.get(likeness(row)) ?? []), row.id]);
    for (const person of run) {
      const id = free.get(likeness(person))?.pop();
      if (id === undefined) throw new Error('a person that was just made is not among the returned rows');
      ids.set(person.id, id);
    }
    await db.personAlias.createMany({
      data: run.map((person) => ({ accountId, externalId: person.id, personId: ids.get(person.id) ?? 0 })),
    });
  }
  return ids;
}

function likeness(person: {
  readonly name?: string | undefined;
  readonly bot?: boolean | undefined;
}): string {
  return `${person.bot ?? false}/${person.name ?? ''}`;
}

/** Our id of a group by its platform id; made when new, renamed when the platform tells another name. */
export async function resolveGroup(db: Db, accountId: number, group: Known, now: number): Promise<number> {
  const alias = await db.groupAlias.findUnique({
    where: { accountId_externalId: { accountId, externalId: group.id } },
    select: { groupId: true, group: { select: { name: true } } },
  });
  if (alias) {
    if (group.name && group.name !== alias.group.name)
      await db.group.update({ where: { id: alias.groupId }, data: { name: group.name } });
    return alias.groupId;
  }
  const made = await db.groupAlias.create({
    data: {
      accountId,
      externalId: group.id,
      group: { create: { accountId, name: group.name ?? '', createdAt: new Date(now) } },
    },
    select: { groupId: true },
  });
  return made.groupId;
}

/** Our id of a group, if it is known. */
export async function findGroup(db: Db, accountId: number, externalId: string): Promise<number | undefined> {
  const alias = await db.groupAlias.findUnique({
    where: { accountId_externalId: { accountId, externalId } },
    select: { groupId: true },
  });
  return alias?.groupId;
}

/** Keeps a person's name as the platform tells it now. */
export async function rename(db: Db, personId: number, name: string): Promise<void> {
  await db.person.updateMany({ where: { id: personId, NOT: { name } }, data: { name } });
}

/** Notes that people are in a group. */
export async function joined(
  db: Db,
  groupId: number,
  personIds: readonly number[],
  at: number | undefined,
): Promise<void> {
  for (const personId of personIds)
    await db.member.upsert({
      where: { groupId_personId: { groupId, personId } },
      create: { groupId, personId, joinedAt: at === undefined ? null : new Date(at) },
      update: { leftAt: null },
    });
}

/** Notes that people left a group. */
export async function left(db: Db, groupId: number, personIds: readonly number[], at: number): Promise<void> {
  await db.member.updateMany({
    where: { groupId, personId: { in: [...personIds] }, leftAt: null },
    data: { leftAt: new Date(at) },
  });
}

/** The people who are in the group now and are neither bots nor its cadre: until rosters come, the roster. */
export async function youthsOf(
  db: Db,
  groupId: number,
  cadrePersonId: number | undefined,
): Promise<readonly number[]> {
  const members = await db.member.findMany({
    where: { groupId, leftAt: null, person: { bot: false }, NOT: { personId: cadrePersonId ?? -1 } },
    select: { personId: true },
  });
  return members.map((member) => member.personId);
}

/** The bots among the people who are or were in a group. */
export async function botsOf(db: Db, groupId: number): Promise<readonly number[]> {
  const members = await db.member.findMany({
    where: { groupId, person: { bot: true } },
    select: { personId: true },
  });
  return members.map((member) => member.personId);
}

/** The platform's present id of a person, to speak to them privately. */
export async function externalPerson(
  db: Db,
  personId: number,
): Promise<{ readonly id: string; readonly name: string } | undefined> {
  const alias = await db.personAlias.findFirst({
    where: { personId },
    include: { person: { select: { name: true } } },
  });
  return alias ? { id: alias.externalId, name: alias.person.name } : undefined;
}

/** The platform's present id of a group. */
export async function externalGroup(
  db: Db,
  groupId: number,
): Promise<{ readonly id: string; readonly name: string } | undefined> {
  const alias = await db.groupAlias.findFirst({
    where: { groupId },
    include: { group: { select: { name: true } } },
  });
  return alias ? { id: alias.externalId, name: alias.group.name } : undefined;
}
