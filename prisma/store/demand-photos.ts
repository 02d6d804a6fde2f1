/** The pictures of demands: names of files that are kept apart. */
import type { Db } from '../database.ts';
import type { DemandRow } from './demand-rows.ts';
import { lockGroup } from './numbering.ts';

/** Adds a picture that is kept under that name. False: the demand has as many as it may. */
export async function addDemandPhoto(
  db: Db,
  row: DemandRow,
  file: string,
  at: number,
  atMost: number,
): Promise<boolean> {
  await lockGroup(db, row.groupId);
  if ((await db.demandPhoto.count({ where: { demandId: row.id } })) >= atMost) return false;
  await db.demandPhoto.create({ data: { demandId: row.id, file, addedAt: new Date(at) } });
  return true;
}

/** The names of a demand's pictures, the oldest first. */
export async function photosOfDemand(db: Db, demandId: number): Promise<readonly string[]> {
  const rows = await db.demandPhoto.findMany({
    where: { demandId },
    orderBy: [{ addedAt: 'asc' }, { file: 'asc' }],
  });
  return rows.map(({ file }) => file);
}

/** Takes a demand's pictures away; how many there were. */
export async function dropDemandPhotos(db: Db, demandId: number): Promise<number> {
  const { count } = await db.demandPhoto.deleteMany({ where: { demandId } });
  return count;
}
