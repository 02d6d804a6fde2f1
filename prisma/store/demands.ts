/** The problem list (问题清单) of a group: what youths asked for, numbered, and what became of it. */
import type { Demand, DemandStage } from '../../domain/listening/demand.ts';
import type { Db } from '../database.ts';
import { lockGroup } from './numbering.ts';

const stages: readonly DemandStage[] = ['open', 'accepted', 'closed'];

/** A demand as it lies in the database. */
export interface DemandRow extends Demand {
  readonly id: number;
  readonly groupId: number;
  readonly askerId: number;
}

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

/** Adds a demand to the group's list. */
export async function addDemand(
  db: Db,
  whose: { readonly groupId: number; readonly askerId: number },
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

/** The demands of a group that are not closed, the oldest first. */
export async function openDemands(db: Db, groupId: number, limit: number): Promise<readonly DemandRow[]> {
  const rows = await db.demand.findMany({
    where: { groupId, state: { not: 'closed' } },
    orderBy: { number: 'asc' },
    take: limit,
  });
  return rows.map(demandFrom);
}

/** The demands that a group got since an instant, the newest first. */
export async function demandsSince(
  db: Db,
  groupId: number,
  since: number,
  limit: number,
): Promise<readonly DemandRow[]> {
  const rows = await db.demand.findMany({
    where: { groupId, createdAt: { gte: new Date(since) } },
    orderBy: { number: 'desc' },
    take: limit,
  });
  return rows.map(demandFrom);
}

/** How many demands of a group are in which state. */
export async function countDemands(db: Db, groupId: number): Promise<Readonly<Record<DemandStage, number>>> {
  const rows = await db.demand.groupBy({ by: ['state'], where: { groupId }, _count: { _all: true } });
  const count = (state: DemandStage) => rows.find((row) => row.state === state)?._count._all ?? 0;
  return { open: count('open'), accepted: count('accepted'), closed: count('closed') };
}

/** The asker's demand of that text that is not closed yet: said twice, it is one demand. */
export async function sameDemand(
  db: Db,
  groupId: number,
  askerId: number,
  text: string,
): Promise<DemandRow | undefined> {
  const row = await db.demand.findFirst({ where: { groupId, askerId, text, state: { not: 'closed' } } });
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
    where: { id: before.id, state: before.state },
    data: {
      state: after.state,
      acceptedAt: after.acceptedAt === undefined ? null : new Date(after.acceptedAt),
      closedAt: after.closedAt === undefined ? null : new Date(after.closedAt),
      reply: after.reply ?? null,
    },
  });
  return count === 1;
}

function demandFrom(row: {
  readonly id: number;
  readonly groupId: number;
  readonly number: number;
  readonly askerId: number;
  readonly text: string;
  readonly state: string;
  readonly createdAt: Date;
  readonly acceptedAt: Date | null;
  readonly closedAt: Date | null;
  readonly reply: string | null;
}): DemandRow {
  const state = stages.find((known) => known === row.state);
  if (!state) throw new Error(`demand ${row.id} is in an unknown state`);
  return {
    id: row.id,
    groupId: row.groupId,
    number: row.number,
    askerId: row.askerId,
    text: row.text,
    state,
    createdAt: row.createdAt.getTime(),
    acceptedAt: row.acceptedAt?.getTime(),
    closedAt: row.closedAt?.getTime(),
    reply: row.reply ?? undefined,
  };
}
