/**
 * The sets of a group: presence, addresses, topic marks, and who was seen (design.md, The heart).
 * Each write is a union, so that writing a thing twice, or in another order, changes nothing.
 */
import { type Binding, cadreOn } from '../../domain/presence/bindings.ts';
import { union } from '../../domain/presence/slots.ts';
import type { Db } from '../database.ts';
import type { Raw } from '../raw.ts';
import { bindingsOfMany } from './bindings.ts';
import { loginOf } from './identity.ts';
import { inStatements, rowsParameter } from './rows.ts';

export interface PresenceRow {
  readonly groupId: number;
  readonly day: number;
  readonly personId: number;
  /** 48 bits in a safe integer. */
  readonly slots: number;
}

export interface AddressRow {
  readonly groupId: number;
  readonly day: number;
  readonly fromId: number;
  readonly toId: number;
}

export interface TopicMarkRow {
  readonly groupId: number;
  readonly key: string;
  readonly personId: number;
  readonly at: number;
}

/** Somebody was seen in a group: until rosters come, this and the platform's lists are the roster. */
export interface SeenRow {
  readonly groupId: number;
  readonly personId: number;
}

export interface Marks {
  readonly presence: readonly PresenceRow[];
  readonly addresses: readonly AddressRow[];
  readonly topicMarks: readonly TopicMarkRow[];
  readonly seen: readonly SeenRow[];
}

/**
 * Adds marks. Not atomic by itself: unions may be repeated, so a half-written batch is simply written again.
 * Keys are sorted, so that processes which write the same rows take their locks in one order.
 */
export async function addMarks(db: Raw, marks: Marks): Promise<void> {
  const presence = united(
    [...marks.presence].sort((a, b) => a.groupId - b.groupId || a.day - b.day || a.personId - b.personId),
  );
  for (const run of inStatements(presence)) {
    const rows = rowsParameter(run.map((row) => [row.groupId, row.day, row.personId, row.slots]));
    await db.$executeRaw`
      INSERT INTO "Presence" ("groupId", "day", "personId", "slots")
      SELECT CAST(value->>0 AS INTEGER), CAST(value->>1 AS INTEGER), CAST(value->>2 AS INTEGER),
        CAST(value->>3 AS BIGINT) FROM json_each(${rows}) WHERE true
      ON CONFLICT ("groupId", "day", "personId") DO UPDATE SET "slots" = "Presence"."slots" | excluded."slots"`;
  }
  const addresses = [...marks.addresses].sort(
    (a, b) => a.groupId - b.groupId || a.day - b.day || a.fromId - b.fromId || a.toId - b.toId,
  );
  for (const run of inStatements(addresses)) {
    const rows = rowsParameter(run.map((row) => [row.groupId, row.day, row.fromId, row.toId]));
    await db.$executeRaw`
      INSERT INTO "Address" ("groupId", "day", "fromId", "toId")
      SELECT CAST(value->>0 AS INTEGER), CAST(value->>1 AS INTEGER), CAST(value->>2 AS INTEGER),
        CAST(value->>3 AS INTEGER) FROM json_each(${rows}) WHERE true
      ON CONFLICT DO NOTHING`;
  }
  for (const run of inStatements(marks.topicMarks)) {
    const rows = rowsParameter(run.map((row) => [row.groupId, row.key, row.personId, row.at]));
    await db.$executeRaw`
      INSERT INTO "TopicMark" ("groupId", "key", "personId", "at")
      SELECT CAST(value->>0 AS INTEGER), value->>1, CAST(value->>2 AS INTEGER), CAST(value->>3 AS BIGINT)
        FROM json_each(${rows}) WHERE true
      ON CONFLICT DO NOTHING`;
  }
  const seen = [...marks.seen].sort((a, b) => a.groupId - b.groupId || a.personId - b.personId);
  for (const run of inStatements(seen)) {
    const rows = rowsParameter(run.map((row) => [row.groupId, row.personId]));
    await db.$executeRaw`
      INSERT INTO "Member" ("groupId", "personId")
      SELECT CAST(value->>0 AS INTEGER), CAST(value->>1 AS INTEGER) FROM json_each(${rows}) WHERE true
      ON CONFLICT DO NOTHING`;
  }
}

/** One row a group, day and person, out of sorted rows: a statement may touch a row only once on PostgreSQL. */
function united(sorted: readonly PresenceRow[]): readonly PresenceRow[] {
  const rows: PresenceRow[] = [];
  for (const row of sorted) {
    const last = rows.at(-1);
    if (last?.personId === row.personId && last.day === row.day && last.groupId === row.groupId)
      rows[rows.length - 1] = { ...row, slots: union(last.slots, row.slots) };
    else rows.push(row);
  }
  return rows;
}

/** Presence rows of a group from one day to another, both included. */
export async function presenceOf(
  db: Db,
  groupId: number,
  from: number,
  to: number,
): Promise<readonly PresenceRow[]> {
  const rows = await db.presence.findMany({ where: { groupId, day: { gte: from, lte: to } } });
  return rows.map((row) => ({ ...row, slots: Number(row.slots) }));
}

/** Addresses of a group from one day to another, both included. */
export async function addressesOf(
  db: Db,
  groupId: number,
  from: number,
  to: number,
): Promise<readonly AddressRow[]> {
  return db.address.findMany({ where: { groupId, day: { gte: from, lte: to } } });
}

/** What decides which messages of a group are counted, and by whom. */
export interface CountedGroup {
  readonly groupId: number;
  readonly bindings: readonly Binding[];
  /** The first day that is not folded yet: a mark before it comes too late. */
  readonly sealedBefore: number;
  /** Not known yet which group of earlier logins it is: counted as if it were bound, until it is joined with that one. */
  readonly unmatched: boolean;
  /** Somebody who holds or held it is not known again yet after a login: whoever speaks may be them. */
  readonly cadreUnknown: boolean;
}

/** Those of an account's chats that are known groups, by their platform ids. */
export async function countedGroups(
  db: Db,
  accountId: number,
  chats: readonly string[],
): Promise<ReadonlyMap<string, CountedGroup>> {
  const groups = new Map<string, CountedGroup>();
  for (const run of inStatements([...new Set(chats)])) {
    const aliases = await db.groupAlias.findMany({
      where: { accountId, externalId: { in: [...run] } },
      include: { group: { select: { unmatchedAt: true } } },
    });
    const ids = aliases.map(({ groupId }) => groupId);
    const bindings = await bindingsOfMany(db, ids);
    const sealed = await sealedBefore(db, ids);
    const unknown = await unknownNow(
      db,
      accountId,
      [...bindings.values()].flat().map(({ cadre }) => cadre),
    );
    for (const { externalId, groupId, group } of aliases)
      groups.set(externalId, {
        groupId,
        bindings: bindings.get(groupId) ?? [],
        sealedBefore: sealed.get(groupId) ?? Number.NEGATIVE_INFINITY,
        unmatched: group.unmatchedAt !== null,
        cadreUnknown: bindings.get(groupId)?.some(({ cadre }) => unknown.has(cadre)) ?? false,
      });
  }
  return groups;
}

/** Those of some people who are under none of the ids of the present login, where ids change with each. */
async function unknownNow(
  db: Db,
  accountId: number,
  people: readonly number[],
): Promise<ReadonlySet<number>> {
  const login = await loginOf(db, accountId);
  if (login === '') return new Set();
  const aliases = await db.personAlias.findMany({
    where: { login, personId: { in: [...new Set(people)] } },
    select: { personId: true },
  });
  const known = new Set(aliases.map(({ personId }) => personId));
  return new Set(people.filter((id) => !known.has(id)));
}

/**
 * While cadres were not known again, it was kept who addressed whom, whoever they are: now that they are, of their groups
 * what the rule keeps stays (design.md, The heart).
 */
export async function dropOthersAddresses(db: Db, cadrePersonIds: readonly number[]): Promise<void> {
  const held = await db.binding.findMany({
    where: { personId: { in: [...cadrePersonIds] } },
    select: { groupId: true },
    distinct: ['groupId'],
  });
  if (held.length === 0) return;
  const groupIds = held.map(({ groupId }) => groupId);
  const bindings = await bindingsOfMany(db, groupIds);
  const days = await db.address.groupBy({ by: ['groupId', 'day'], where: { groupId: { in: groupIds } } });
  const rows = days.map(({ groupId, day }) => [
    groupId,
    day,
    cadreOn(bindings.get(groupId) ?? [], day) ?? -1,
  ]);
  await db.$executeRaw`
    DELETE FROM "Address" WHERE ("groupId", "day", "fromId", "toId") IN (
      SELECT a."groupId", a."day", a."fromId", a."toId"
        FROM (SELECT CAST(value->>0 AS INTEGER) AS "groupId", CAST(value->>1 AS INTEGER) AS "day",
                     CAST(value->>2 AS INTEGER) AS "cadre" FROM json_each(${rowsParameter(rows)})) d
        JOIN "Address" a ON a."groupId" = d."groupId" AND a."day" = d."day"
       WHERE a."fromId" <> d."cadre" AND a."toId" <> d."cadre")`;
}

/** The first day that is not folded yet, of those groups of which some week is. */
export async function sealedBefore(
  db: Db,
  groupIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const last = await db.foldedWeek.groupBy({
    by: ['groupId'],
    where: { groupId: { in: [...groupIds] } },
    _max: { week: true },
  });
  return new Map(last.map((row) => [row.groupId, (row._max.week ?? Number.NEGATIVE_INFINITY) + 7]));
}

/** The Mondays of a group's sealed weeks: what is folded changes no more (design.md, The heart). */
export async function sealedWeeks(db: Db, groupId: number): Promise<ReadonlySet<number>> {
  const rows = await db.foldedWeek.findMany({ where: { groupId }, select: { week: true } });
  return new Set(rows.map((row) => row.week));
}
