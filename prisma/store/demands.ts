/** The problem list (问题清单) of a group: what youths asked for, numbered, and what became of it. */
import type { Db } from '../database.ts';
import { lockGroup } from './numbering.ts';

export const demandStates = ['open', 'accepted', 'closed'] as const;
export type DemandState = (typeof demandStates)[number];

export interface DemandRow {
  readonly id: number;
  readonly groupId: number;
  readonly number: number;
  readonly askerId: number;
  readonly text: string;
  readonly state: DemandState;
  /** Milliseconds since the epoch, as are the others. */
  readonly createdAt: number;
  readonly acceptedAt: number | undefined;
  readonly closedAt: number | undefined;
  readonly reply: string | undefined;
}

/** Adds a demand under the next number of its group. */
export async function addDemand(
  db: Db,
  demand: {
    readonly groupId: number;
    readonly askerId: number;
    readonly text: string;
    readonly createdAt: number;
  },
): Promise<DemandRow> {
  const { groupId, askerId, text } = demand;
  await lockGroup(db, groupId);
  const last = await db.demand.findFirst({
    where: { groupId },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  const row = await db.demand.create({
    data: {
      groupId,
      number: (last?.number ?? 0) + 1,
      askerId,
      text,
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

/** How many demands of a group are in which state. */
export async function countDemands(db: Db, groupId: number): Promise<Readonly<Record<DemandState, number>>> {
  const rows = await db.demand.groupBy({ by: ['state'], where: { groupId }, _count: { _all: true } });
  const count = (state: DemandState) => rows.find((row) => row.state === state)?._count._all ?? 0;
  return { open: count('open'), accepted: count('accepted'), closed: count('closed') };
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

/** Moves a demand on, if it still is in the state it was read in. False: somebody else has moved it. */
export async function moveDemand(
  db: Db,
  demand: DemandRow,
  to: {
    readonly state: DemandState;
    readonly acceptedAt?: number | undefined;
    readonly closedAt?: number | undefined;
    readonly reply?: string | undefined;
  },
): Promise<boolean> {
  const { count } = await db.demand.updateMany({
    where: { id: demand.id, state: demand.state },
    data: {
      state: to.state,
      ...(to.acceptedAt === undefined ? {} : { acceptedAt: new Date(to.acceptedAt) }),
      ...(to.closedAt === undefined ? {} : { closedAt: new Date(to.closedAt) }),
      ...(to.reply === undefined ? {} : { reply: to.reply }),
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
  const state = demandStates.find((known) => known === row.state);
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
