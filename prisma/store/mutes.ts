/** Reminders that a cadre does not want. */
import type { Db } from '../database.ts';

/** Stands for every reminder. */
export const everything = '*';

export interface MuteRow {
  readonly requirement: string;
  /** Milliseconds since the epoch; undefined: until it is taken back. */
  readonly until: number | undefined;
}

/** What a cadre has muted at an instant, in milliseconds. */
export async function mutesOf(db: Db, cadreId: number, now: number): Promise<readonly MuteRow[]> {
  const rows = await db.mute.findMany({
    where: { cadreId, OR: [{ until: null }, { until: { gt: new Date(now) } }] },
    orderBy: { requirement: 'asc' },
  });
  return rows.map((row) => ({ requirement: row.requirement, until: row.until?.getTime() }));
}

/** Mutes a requirement, or all with {@link everything}, until it is taken back. */
export async function mute(db: Db, cadreId: number, requirement: string): Promise<void> {
  await db.mute.upsert({
    where: { cadreId_requirement: { cadreId, requirement } },
    create: { cadreId, requirement },
    update: { until: null },
  });
}

/** Takes a mute back; all of them with {@link everything}. Returns how many there were. */
export async function unmute(db: Db, cadreId: number, requirement: string): Promise<number> {
  const { count } = await db.mute.deleteMany({
    where: requirement === everything ? { cadreId } : { cadreId, requirement },
  });
  return count;
}
