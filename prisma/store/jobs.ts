/** Which run of a scheduled job has been done. */
import type { Db } from '../database.ts';

/** The due time, in milliseconds, of the last run of a job that was done. */
export async function lastRun(db: Db, name: string): Promise<number | undefined> {
  const run = await db.jobRun.findUnique({ where: { name }, select: { dueAt: true } });
  return run?.dueAt.getTime();
}

/** Notes that the run which was due at an instant is done. */
export async function noteRun(db: Db, name: string, dueAt: number, now: number): Promise<void> {
  const times = { dueAt: new Date(dueAt), ranAt: new Date(now) };
  await db.jobRun.upsert({ where: { name }, create: { name, ...times }, update: times });
}
