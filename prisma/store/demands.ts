/** The problem list (问题清单) of a group: what youths asked for, numbered, and what became of it. */
import {
  type Consent,
  type Demand,
  type DemandKind,
  type DemandStage,
  demandKinds,
  inHand,
  lapseMs,
  stageNames,
} from '../../domain/listening/demand.ts';
import type { Db } from '../database.ts';
import { lockGroup } from './numbering.ts';

/** A demand as it lies in the database. */
export interface DemandRow extends Demand {
  readonly id: number;
  readonly groupId: number;
  readonly askerId: number;
  readonly kind: DemandKind | undefined;
  readonly field: string | undefined;
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

/** Stages in which a demand is not over. */
export const notOver: readonly DemandStage[] = [...inHand, 'answered'];

/** The demands of a group that are not over, the oldest first. */
export async function openDemands(db: Db, groupId: number, limit: number): Promise<readonly DemandRow[]> {
  const rows = await db.demand.findMany({
    where: { groupId, state: { in: [...notOver] } },
    orderBy: { number: 'asc' },
    take: limit,
  });
  return rows.map(demandFrom);
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

/** Notes that a person has the same trouble. False: it was noted before. */
export async function support(db: Db, demandId: number, personId: number): Promise<boolean> {
  const added = await db.$executeRaw`
    INSERT INTO "DemandSupport" ("demandId", "personId") VALUES (${demandId}, ${personId}) ON CONFLICT DO NOTHING`;
  return added === 1;
}

/** Takes back that a person has the same trouble. False: it was not noted. */
export async function unsupport(db: Db, demandId: number, personId: number): Promise<boolean> {
  const { count } = await db.demandSupport.deleteMany({ where: { demandId, personId } });
  return count > 0;
}

/** How many people have said that they have the same trouble. */
export async function countSupports(db: Db, demandId: number): Promise<number> {
  return db.demandSupport.count({ where: { demandId } });
}

/** The demands of which a person has said that they have the same trouble, the newest first. */
export async function supportedBy(db: Db, personId: number, limit: number): Promise<readonly DemandRow[]> {
  const rows = await db.demand.findMany({
    where: { supports: { some: { personId } } },
    orderBy: { id: 'desc' },
    take: limit,
  });
  return rows.map(demandFrom);
}

/** Everybody who waits for a demand's answer: its asker, who feels the same, and the askers of what was merged into it. */
export async function waitingFor(db: Db, row: DemandRow): Promise<readonly number[]> {
  const people = new Set<number>();
  const numbers = [row.number];
  // What was merged may have been merged into before.
  for (let next = numbers.shift(), seen = new Set<number>(); next !== undefined; next = numbers.shift()) {
    if (seen.has(next)) continue;
    seen = seen.add(next);
    const demands = await db.demand.findMany({
      where: { groupId: row.groupId, OR: [{ number: next }, { state: 'merged', mergedInto: next }] },
      select: { number: true, state: true, askerId: true, supports: { select: { personId: true } } },
    });
    for (const { number, state, askerId, supports } of demands) {
      if (state === 'withdrawn') continue;
      people.add(askerId);
      for (const { personId } of supports) people.add(personId);
      numbers.push(number);
    }
  }
  return [...people];
}

/**
 * Gives back to the cadre what was merged into a demand that is withdrawn, so that no other asker loses their answer with
 * it. Returns the numbers.
 */
export async function unmerge(db: Db, row: DemandRow): Promise<readonly number[]> {
  const where = { groupId: row.groupId, state: 'merged', mergedInto: row.number };
  const freed = await db.demand.findMany({ where, select: { number: true }, orderBy: { number: 'asc' } });
  await db.demand.updateMany({
    where,
    data: { state: 'open', acceptedAt: null, closedAt: null, mergedInto: null },
  });
  return freed.map(({ number }) => number);
}

/** Who has said that they have the same trouble. */
export async function supportersOf(db: Db, demandId: number): Promise<readonly number[]> {
  const rows = await db.demandSupport.findMany({ where: { demandId }, select: { personId: true } });
  return rows.map(({ personId }) => personId);
}

/** The demands of all groups that wait for their cadre. */
export async function inHandEverywhere(db: Db): Promise<readonly DemandRow[]> {
  const rows = await db.demand.findMany({
    where: { state: { in: ['open', 'accepted'] } },
    orderBy: { id: 'asc' },
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
      // What was taken back is not spoken of any more.
      ...(after.state === 'withdrawn' ? { publicNote: null } : {}),
    },
  });
  return count === 1;
}

const stages = Object.keys(stageNames) as DemandStage[];
const consents: readonly Consent[] = ['asked', 'given', 'refused'];

/** A row of the table as a demand. */
export function demandFrom(row: {
  readonly id: number;
  readonly groupId: number;
  readonly number: number;
  readonly askerId: number;
  readonly text: string;
  readonly state: string;
  readonly createdAt: Date;
  readonly acceptedAt: Date | null;
  readonly answeredAt: Date | null;
  readonly closedAt: Date | null;
  readonly reply: string | null;
  readonly kind: string | null;
  readonly field: string | null;
  readonly consent: string | null;
  readonly mergedInto: number | null;
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
    answeredAt: row.answeredAt?.getTime(),
    closedAt: row.closedAt?.getTime(),
    reply: row.reply ?? undefined,
    kind: demandKinds.find((known) => known === row.kind),
    field: row.field ?? undefined,
    consent: consents.find((known) => known === row.consent),
    mergedInto: row.mergedInto ?? undefined,
  };
}
