/** Which run of a scheduled job has been done. */
import type { Db } from '../database.ts';

/** Claims the run that was due at an instant, in milliseconds. False: it, or a later one, was claimed before. */
export async function claimRun(db: Db, name: string, dueAt: number, now: number): Promise<boolean> {
  const due = new Date(dueAt);
  const { count } = await db.jobRun.updateMany({
    where: { name, dueAt: { lt: due } },
    data: { dueAt: due, ranAt: new Date(now) },
  });
  if (count === 1) return true;
  if (await db.jobRun.findUnique({ where: { name } })) return false;
  // Two processes may both come here on the very first run: the second then fails on the key and tries again.
  await db.jobRun.create({ data: { name, dueAt: due, ranAt: new Date(now) } });
  return true;
}
