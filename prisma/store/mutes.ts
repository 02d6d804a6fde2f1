/** Reminders that a cadre, or an administrator, does not want. */
import type { Db } from '../database.ts';

/** Stands for every reminder. */
export const everything = '*';

/** Whose reminders: those of a cadre as such, or of an administrator as such. */
export type Muting = { readonly cadreId: number } | { readonly administratorId: number };

export interface MuteRow {
  readonly requirement: string;
  /** Milliseconds since the epoch; undefined: until it is taken back. */
  readonly until: number | undefined;
}

/** What somebody has muted at an instant, in milliseconds. */
export async function mutesOf(db: Db, whose: Muting, now: number): Promise<readonly MuteRow[]> {
  const rows = await db.mute.findMany({
    where: { ...whose, OR: [{ until: null }, { until: { gt: new Date(now) } }] },
    orderBy: { requirement: 'asc' },
  });
  return rows.map((row) => ({ requirement: row.requirement, until: row.until?.getTime() }));
}

/** Mutes a requirement, or all with {@link everything}, until it is taken back. */
export async function mute(db: Db, whose: Muting, requirement: string): Promise<void> {
  await db.mute.upsert({
    where:
      'cadreId' in whose
        ? { cadreId_requirement: { cadreId: whose.cadreId, requirement } }
        : { administratorId_requirement: { administratorId: whose.administratorId, requirement } },
    create: { ...whose, requirement },
    update: { until: null },
  });
}

/** Takes a mute back; all of them with {@link everything}. Returns how many there were. */
export async function unmute(db: Db, whose: Muting, requirement: string): Promise<number> {
  const { count } = await db.mute.deleteMany({
    where: requirement === everything ? whose : { ...whose, requirement },
  });
  return count;
}
