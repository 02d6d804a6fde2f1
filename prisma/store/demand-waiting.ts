/** Who waits for a demand's answer besides its asker: who feels the same (同感), and the askers of what was merged. */
import type { Db } from '../database.ts';
import { type Asker, askerFrom, type DemandRow, demandFrom } from './demand-rows.ts';

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

/** Somebody who waits for an answer; `number` of the demand that is their own, none of who merely feels the same. */
export interface Waiting {
  readonly asker: Asker;
  readonly number: number | undefined;
}

/**
 * Everybody who waits for a demand's answer: its asker, the askers of what was merged into it, and who feels the same;
 * nobody twice.
 */
export async function waitingFor(db: Db, row: DemandRow): Promise<readonly Waiting[]> {
  const waiting = new Map<string, Waiting>();
  const add = (asker: Asker, number?: number) => {
    const key = JSON.stringify(asker);
    if (!waiting.has(key)) waiting.set(key, { asker, number });
  };
  const supporters: number[] = [];
  const numbers = [row.number];
  // What was merged may have been merged into before.
  for (let next = numbers.shift(), seen = new Set<number>(); next !== undefined; next = numbers.shift()) {
    if (seen.has(next)) continue;
    seen = seen.add(next);
    const demands = await db.demand.findMany({
      where: { groupId: row.groupId, OR: [{ number: next }, { state: 'merged', mergedInto: next }] },
      include: { supports: { select: { personId: true } } },
      orderBy: { number: 'asc' },
    });
    for (const demand of demands) {
      if (demand.state === 'withdrawn') continue;
      const asker = askerFrom(demand);
      if (asker) add(asker, demand.number);
      supporters.push(...demand.supports.map(({ personId }) => personId));
      numbers.push(demand.number);
    }
  }
  for (const personId of supporters) add({ personId });
  return [...waiting.values()];
}

/**
 * What was merged into a demand that is withdrawn goes on by itself, so that no other asker loses their answer with it:
 * answered where the demand was, given back to the cadre where it was not. Returns the numbers of the latter.
 */
export async function unmerge(db: Db, before: DemandRow): Promise<readonly number[]> {
  const where = { groupId: before.groupId, state: 'merged', mergedInto: before.number };
  const freed = await db.demand.findMany({ where, select: { number: true }, orderBy: { number: 'asc' } });
  const { reply, answeredAt } = before;
  const isAnswered = reply !== undefined && answeredAt !== undefined;
  await db.demand.updateMany({
    where,
    data: isAnswered
      ? { state: 'answered', reply, answeredAt: new Date(answeredAt), closedAt: null, mergedInto: null }
      : { state: 'open', acceptedAt: null, closedAt: null, mergedInto: null },
  });
  return isAnswered ? [] : freed.map(({ number }) => number);
}

/** Who has said that they have the same trouble. */
export async function supportersOf(db: Db, demandId: number): Promise<readonly number[]> {
  const rows = await db.demandSupport.findMany({ where: { demandId }, select: { personId: true } });
  return rows.map(({ personId }) => personId);
}
