/** The problem list (问题清单) of a group: what youths asked for, numbered, and what became of it. */
import {
  type Demand,
  type DemandKind,
  type DemandStage,
  inHand,
  lapseMs,
  stageNames,
} from '../../domain/listening/demand.ts';
import type { Db } from '../database.ts';
import { type DemandRow, demandFrom } from './demand-rows.ts';
import { lockGroup } from './numbering.ts';

/** The number of a group's next demand; the group is held until the transaction ends, so that nobody else gets it. */
export async function nextDemandNumber(db: Db, groupId: number): Promise<number> {
  await lockGroup(db, groupId);
  const last = await db.demand.findFirst({
    where: { groupId },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  return (last?.number ?? 0) + 1;
}

/** Adds a demand to the group's list: a person's, or an anonymous one with its sealed address. */
export async function addDemand(
  db: Db,
  whose: { readonly groupId: number } & (
    | { readonly askerId: number }
    | { readonly address: string; readonly ticket: string }
  ),
  demand: Pick<Demand, 'number' | 'text' | 'createdAt'>,
): Promise<DemandRow> {
  const row = await db.demand.create({
    data: {
      ...whose,
      number: demand.number,
      text: demand.text,
      createdAt: new Date(demand.createdAt),
    },
  });
  return demandFrom(row);
}

/** The demand with that number in the group. */
export async function demandNumbered(
  db: Db,
  groupId: number,
  number: number,
): Promise<DemandRow | undefined> {
  const row = await db.demand.findUnique({ where: { groupId_number: { groupId, number } } });
  return row ? demandFrom(row) : undefined;
}

/** The anonymous demand of a word's keyed hash. */
export async function demandOfTicket(db: Db, ticket: string): Promise<DemandRow | undefined> {
  const row = await db.demand.findUnique({ where: { ticket } });
  return row ? demandFrom(row) : undefined;
}

/** Stages in which a demand is not over. */
export const notOver: readonly DemandStage[] = [...inHand, 'answered'];

/** The demands of a group that are not over, the oldest first; those that wait for their asker alone come last. */
export async function openDemands(db: Db, groupId: number, limit: number): Promise<readonly DemandRow[]> {
  const rows = await db.demand.findMany({
    where: { groupId, state: { in: [...inHand] } },
    orderBy: { number: 'asc' },
    take: limit,
  });
  const answered = await db.demand.findMany({
    where: { groupId, state: 'answered' },
    orderBy: { number: 'asc' },
    take: limit - rows.length,
  });
  return [...rows, ...answered].map(demandFrom);
}

/** How many demands of a group are in which state. */
export async function countDemands(db: Db, groupId: number): Promise<Readonly<Record<DemandStage, number>>> {
  const rows = await db.demand.groupBy({ by: ['state'], where: { groupId }, _count: { _all: true } });
  const counts = Object.fromEntries(Object.keys(stageNames).map((stage) => [stage, 0]));
  for (const row of rows) counts[row.state] = row._count._all;
  return counts as Record<DemandStage, number>;
}

/** How many demands a person has brought since an instant (milliseconds), whatever became of them. */
export async function countSince(db: Db, askerId: number, since: number): Promise<number> {
  return db.demand.count({ where: { askerId, createdAt: { gt: new Date(since) } } });
}

/** Says what a demand is about. */
export async function classify(
  db: Db,
  id: number,
  what: { readonly kind: DemandKind; readonly field: string | undefined },
): Promise<void> {
  await db.demand.update({ where: { id }, data: { kind: what.kind, field: what.field ?? null } });
}

/** The demands of a group that wait for their cadre, by number. */
export async function demandsInHand(db: Db, groupId: number): Promise<readonly DemandRow[]> {
  const rows = await db.demand.findMany({
    where: { groupId, state: { in: ['open', 'accepted'] } },
    orderBy: { number: 'asc' },
  });
  return rows.map(demandFrom);
}

/** The answered demands whose askers have said nothing for so long at `now` (milliseconds) that the answer stands. */
export async function lapsing(db: Db, now: number): Promise<readonly DemandRow[]> {
  const rows = await db.demand.findMany({
    where: { state: 'answered', answeredAt: { lte: new Date(now - lapseMs) } },
  });
  return rows.map(demandFrom);
}

/** The latest demands of a group that have words, to look for twins among. */
export async function latestDemands(db: Db, groupId: number, limit: number): Promise<readonly DemandRow[]> {
  const rows = await db.demand.findMany({
    where: { groupId, state: { not: 'withdrawn' } },
    orderBy: { number: 'desc' },
    take: limit,
  });
  return rows.map(demandFrom);
}

/** The asker's demand of that text that is not closed yet: said twice, it is one demand. */
export async function sameDemand(
  db: Db,
  groupId: number,
  askerId: number,
  text: string,
): Promise<DemandRow | undefined> {
  const row = await db.demand.findFirst({ where: { groupId, askerId, text, state: { in: [...notOver] } } });
  return row ? demandFrom(row) : undefined;
}

/** What a person has asked for, the newest first, with the name of the group. */
export async function demandsOfAsker(
  db: Db,
  askerId: number,
  limit: number,
): Promise<readonly (DemandRow & { readonly group: string })[]> {
  const rows = await db.demand.findMany({
    where: { askerId },
    orderBy: { id: 'desc' },
    take: limit,
    include: { group: { select: { name: true } } },
  });
  return rows.map((row) => ({ ...demandFrom(row), group: row.group.name }));
}

/** What people are called on the platform, to tell the cadre who asked. */
export async function namesOf(db: Db, personIds: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(personIds)] } },
    select: { id: true, name: true },
  });
  return new Map(people.map(({ id, name }) => [id, name]));
}

/** Keeps what a demand has become, if it still is in the state it was read in. False: somebody else has moved it. */
export async function moveDemand(db: Db, before: DemandRow, after: Demand): Promise<boolean> {
  const { count } = await db.demand.updateMany({
    where: { id: before.id, state: before.state, consent: before.consent ?? null },
    data: {
      state: after.state,
      text: after.text,
      acceptedAt: after.acceptedAt === undefined ? null : new Date(after.acceptedAt),
      answeredAt: after.answeredAt === undefined ? null : new Date(after.answeredAt),
      closedAt: after.closedAt === undefined ? null : new Date(after.closedAt),
      reply: after.reply ?? null,
      consent: after.consent ?? null,
      mergedInto: after.mergedInto ?? null,
      // What was taken back is not spoken of any more, and nobody waits for an answer.
      ...(after.state === 'withdrawn' ? { publicNote: null, address: null } : {}),
    },
  });
  if (count === 1 && after.state === 'withdrawn')
    await db.demandPhoto.deleteMany({ where: { demandId: before.id } });
  return count === 1;
}
