/**
 * People and groups under our own ids. A platform's id is an alias, since some platforms give new ones at each login.
 */
import { z } from 'zod';
import type { Db } from '../database.ts';
import type { Raw } from '../raw.ts';
import { inStatements, rowsParameter, storable } from './rows.ts';

export interface Known {
  readonly id: string;
  readonly name?: string | undefined;
  readonly bot?: boolean | undefined;
}

/**
 * Our ids of people by their platform ids; who is new is made, many at a time. Of who is known, a name that was
 * missing is added, and that it is a bot. Runs inside a transaction, so that a person never exists without their
 * alias. Whom another transaction makes at the same moment exists once all the same.
 */
export async function resolvePeople(
  db: Raw,
  accountId: number,
  people: readonly Known[],
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  // Sorted: transactions that make the same people wait for each other in one order.
  const wanted = [...new Map(people.map((person) => [person.id, person])).values()].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  for (const run of inStatements(wanted)) {
    await addKnown(db, accountId, run, ids);
    const unknown = run.filter((person) => !ids.has(person.id));
    if (unknown.length > 0) await makePeople(db, accountId, unknown, ids);
  }
  return ids;
}

async function addKnown(
  db: Raw,
  accountId: number,
  people: readonly Known[],
  ids: Map<string, number>,
): Promise<void> {
  const wanted = rowsParameter(people.map((person) => [person.id]));
  const known = aliasRows.parse(
    await db.$queryRaw`
      SELECT a."externalId", a."personId", p."name", p."bot"
      FROM "PersonAlias" a JOIN "Person" p ON p."id" = a."personId"
      WHERE a."accountId" = ${accountId} AND a."externalId" IN (SELECT value->>0 FROM json_each(${wanted}))`,
  );
  const stored = new Map(known.map((alias) => [alias.externalId, alias]));
  for (const alias of known) ids.set(alias.externalId, alias.personId);
  const bots: number[] = [];
  const named: Named[] = [];
  for (const person of people) {
    const alias = stored.get(person.id);
    if (!alias) continue;
    if (person.bot && !alias.bot) bots.push(alias.personId);
    if (person.name && alias.name === '') named.push({ personId: alias.personId, name: person.name });
  }
  await renameAll(db, named);
  if (bots.length > 0)
    await db.$executeRaw`
      UPDATE "Person" SET "bot" = true
      WHERE "id" IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${rowsParameter(bots.map((id) => [id]))}))`;
}

async function makePeople(
  db: Raw,
  accountId: number,
  people: readonly Known[],
  ids: Map<string, number>,
): Promise<void> {
  const named = people.map((person) => ({
    id: person.id,
    name: storable(person.name ?? ''),
    bot: person.bot ?? false,
  }));
  const made = personRows.parse(
    await db.$queryRaw`
      INSERT INTO "Person" ("accountId", "name", "bot")
      SELECT ${accountId}, value->>0, CAST(value->>1 AS BOOLEAN)
        FROM json_each(${rowsParameter(named.map((person) => [person.name, person.bot]))})
      RETURNING "id", "name", "bot"`,
  );
  // The order of the returned rows is not promised; rows of one name and kind are interchangeable.
  const free = new Map<string, number[]>();
  for (const row of made) {
    const alike = free.get(likeness(row));
    if (alike) alike.push(row.id);
    else free.set(likeness(row), [row.id]);
  }
  const aliases = named.map((person) => [person.id, free.get(likeness(person))?.pop() ?? 0] as const);
  const added = await db.$executeRaw`
    INSERT INTO "PersonAlias" ("accountId", "externalId", "personId", "login")
    SELECT ${accountId}, value->>0, CAST(value->>1 AS INTEGER),
        COALESCE((SELECT "login" FROM "Account" WHERE "id" = ${accountId}), '')
      FROM json_each(${rowsParameter(aliases)}) WHERE true ORDER BY 2
    ON CONFLICT DO NOTHING`;
  if (added === aliases.length) for (const [externalId, id] of aliases) ids.set(externalId, id);
  else {
    await addKnown(db, accountId, people, ids);
    const unused = aliases.filter(([externalId, id]) => ids.get(externalId) !== id).map(([, id]) => [id]);
    await db.$executeRaw`
      DELETE FROM "Person"
      WHERE "id" IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${rowsParameter(unused)}))`;
  }
}

const aliasRows = z.array(
  z.object({ externalId: z.string(), personId: z.number(), name: z.string(), bot: z.coerce.boolean() }),
);
const personRows = z.array(z.object({ id: z.number(), name: z.string(), bot: z.coerce.boolean() }));

function likeness(person: { readonly name: string; readonly bot: boolean }): string {
  return `${person.bot}/${person.name}`;
}

/** Our id of a group by its platform id; made when new, renamed when the platform tells another name. */
export async function resolveGroup(db: Db, accountId: number, group: Known, now: number): Promise<number> {
  const name = storable(group.name ?? '');
  const alias = await db.groupAlias.findUnique({
    where: { accountId_externalId: { accountId, externalId: group.id } },
    select: { groupId: true, group: { select: { name: true } } },
  });
  if (alias) {
    if (name !== '' && name !== alias.group.name)
      await db.group.update({ where: { id: alias.groupId }, data: { name } });
    return alias.groupId;
  }
  const made = await db.groupAlias.create({
    data: {
      accountId,
      externalId: group.id,
      login: await loginOf(db, accountId),
      group: { create: { accountId, name, createdAt: new Date(now) } },
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

/** Somebody, and what they are called now. */
interface Named {
  readonly personId: number;
  readonly name: string;
}

/** Keeps a person's name as the platform tells it now. */
export function rename(db: Raw, personId: number, name: string): Promise<void> {
  return renameAll(db, [{ personId, name }]);
}

/** Keeps the names of many people as the platform tells them now. */
export async function renameAll(db: Raw, named: readonly Named[]): Promise<void> {
  if (named.length === 0) return;
  const names = new Map(named.map(({ personId, name }) => [personId, storable(name)]));
  await db.$executeRaw`
    UPDATE "Person" SET "name" = n."name"
      FROM (SELECT CAST(value->>0 AS INTEGER) AS "id", value->>1 AS "name"
              FROM json_each(${rowsParameter([...names])})) n
     WHERE "Person"."id" = n."id" AND "Person"."name" <> n."name"`;
}

/** Notes that people are in a group. `at`: when they came in, where that is known; milliseconds. */
export async function joined(
  db: Db,
  groupId: number,
  personIds: readonly number[],
  at: number | undefined,
): Promise<void> {
  if (personIds.length === 0) return;
  const rows = rowsParameter([...new Set(personIds)].map((id) => [id]));
  await db.$executeRaw`
    INSERT INTO "Member" ("groupId", "personId", "joinedAt")
    SELECT ${groupId}, CAST(value->>0 AS INTEGER), ${at === undefined ? null : new Date(at)}
      FROM json_each(${rows}) WHERE true
    ON CONFLICT ("groupId", "personId") DO UPDATE SET "leftAt" = NULL WHERE "Member"."leftAt" IS NOT NULL`;
}

/** Notes people who were in a group once; nothing of those whom the group knows already. `at` in milliseconds. */
export async function wereHere(
  db: Db,
  groupId: number,
  personIds: readonly number[],
  at: number,
): Promise<void> {
  const rows = await db.member.findMany({ where: { groupId }, select: { personId: true } });
  const known = new Set(rows.map((row) => row.personId));
  await db.member.createMany({
    data: personIds
      .filter((personId) => !known.has(personId))
      .map((personId) => ({ groupId, personId, leftAt: new Date(at) })),
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

/** The platform's present id of a person, to speak to them privately; none while they are not known again after a login. */
export async function externalPerson(
  db: Db,
  personId: number,
): Promise<{ readonly id: string; readonly name: string } | undefined> {
  const aliases = await db.personAlias.findMany({
    where: { personId },
    include: { person: { select: { name: true, account: { select: { login: true } } } } },
  });
  const alias = aliases.find(({ login, person }) => login === (person.account.login ?? ''));
  return alias ? { id: alias.externalId, name: alias.person.name } : undefined;
}

/** The platform's present id of a group; none while it is not known again after a login. */
export async function externalGroup(
  db: Db,
  groupId: number,
): Promise<{ readonly id: string; readonly name: string } | undefined> {
  const aliases = await db.groupAlias.findMany({
    where: { groupId },
    include: { group: { select: { name: true, account: { select: { login: true } } } } },
  });
  const alias = aliases.find(({ login, group }) => login === (group.account.login ?? ''));
  return alias ? { id: alias.externalId, name: alias.group.name } : undefined;
}

/** The present login of an account; empty where ids stay the same for ever. */
export async function loginOf(db: Db, accountId: number): Promise<string> {
  const account = await db.account.findUnique({ where: { id: accountId }, select: { login: true } });
  return account?.login ?? '';
}
