/** Youths in difficulty whom a cadre helps (结对帮扶, 新疆 §四.5), numbered in their cadre; of others only their number is known. */
import type { Day } from '../../domain/calendar/day.ts';
import type { Db } from '../database.ts';
import { lockCadre } from './reminders.ts';

/** A pairing; `name` is sealed with the program's key. */
export interface PairingRow {
  readonly id: number;
  readonly number: number;
  readonly name: string;
  readonly since: Day;
  readonly lastOn: Day | undefined;
  readonly times: number;
}

/** A cadre's pairings that have not ended, the oldest first. */
export async function pairingsOf(db: Db, cadreId: number): Promise<readonly PairingRow[]> {
  const rows = await db.pairing.findMany({ where: { cadreId, endedAt: null }, orderBy: { number: 'asc' } });
  return rows.map(({ id, number, name, since, lastOn, times }) => ({
    id,
    number,
    name,
    since,
    lastOn: lastOn ?? undefined,
    times,
  }));
}

/** How many youths a cadre is paired with. */
export function countPairings(db: Db, cadreId: number): Promise<number> {
  return db.pairing.count({ where: { cadreId, endedAt: null } });
}

/** Adds a pairing and returns it; undefined when there are `atMost` already. Runs inside a transaction. */
export async function addPairing(
  db: Db,
  cadreId: number,
  { name, since }: Pick<PairingRow, 'name' | 'since'>,
  atMost: number,
): Promise<PairingRow | undefined> {
  await lockCadre(db, cadreId);
  if ((await countPairings(db, cadreId)) >= atMost) return undefined;
  const last = await db.pairing.findFirst({
    where: { cadreId },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  const number = (last?.number ?? 0) + 1;
  const { id } = await db.pairing.create({
    data: { cadreId, number, name, since },
    select: { id: true },
  });
  return { id, number, name, since, lastOn: undefined, times: 0 };
}

/** Notes that the cadre helped on a day. */
export async function noteHelp(db: Db, { id, lastOn }: PairingRow, day: Day): Promise<void> {
  await db.pairing.update({
    where: { id },
    data: { lastOn: Math.max(lastOn ?? day, day), times: { increment: 1 } },
  });
}

/** Ends a pairing: what the cadre called the youth, and all else but its number, is wiped. */
export async function endPairing(db: Db, id: number, at: number): Promise<void> {
  await db.pairing.update({
    where: { id },
    data: { name: '', lastOn: null, times: 0, endedAt: new Date(at) },
  });
}
