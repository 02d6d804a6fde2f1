/** What shows that a deed happened: pictures and confirmations, and the grade that follows from them. */
import type { Day } from '../../domain/calendar/day.ts';
import { gradeOf } from '../../domain/deeds/deed.ts';
import type { DeedKind, EvidenceGrade } from '../../domain/deeds/kinds.ts';
import type { Db } from '../database.ts';
import { counted, type DeedRow, deedFrom, kindFrom } from './deed-rows.ts';

/** Adds a picture that is kept under that name. False: the deed has as many as it may. */
export async function addPhoto(
  db: Db,
  deedId: number,
  file: string,
  at: number,
  atMost: number,
): Promise<boolean> {
  await lockDeed(db, deedId);
  if ((await db.deedPhoto.count({ where: { deedId } })) >= atMost) return false;
  await db.deedPhoto.create({ data: { deedId, file, addedAt: new Date(at) } });
  await regrade(db, deedId);
  return true;
}

/** The names of a deed's pictures, the oldest first. */
export async function photosOf(db: Db, deedId: number): Promise<readonly string[]> {
  const rows = await db.deedPhoto.findMany({
    where: { deedId },
    orderBy: [{ addedAt: 'asc' }, { file: 'asc' }],
  });
  return rows.map(({ file }) => file);
}

/** Of some names of pictures, those that no deed and no wish has. */
export async function unusedPhotos(db: Db, files: readonly string[]): Promise<readonly string[]> {
  const rows = await db.deedPhoto.findMany({ where: { file: { in: [...files] } }, select: { file: true } });
  const wishes = await db.wish.findMany({ where: { photo: { in: [...files] } }, select: { photo: true } });
  const used = new Set([...rows.map(({ file }) => file), ...wishes.map(({ photo }) => photo)]);
  return files.filter((file) => !used.has(file));
}

/** Lets the other side confirm a deed by a code until an instant; an earlier code ends. */
export async function openToConfirm(db: Db, deedId: number, hash: string, until: number): Promise<void> {
  await db.deed.update({ where: { id: deedId }, data: { codeHash: hash, codeUntil: new Date(until) } });
}

/** The deed that a code of that hash confirms, with its cadre. */
export async function deedToConfirm(
  db: Db,
  hash: string,
  now: number,
): Promise<(DeedRow & { readonly cadre: string; readonly cadrePersonId: number | undefined }) | undefined> {
  const row = await db.deed.findFirst({
    where: { codeHash: hash, withdrawnAt: null, codeUntil: { gt: new Date(now) } },
    include: { ...counted, cadre: { select: { name: true, personId: true } } },
  });
  return row
    ? { ...deedFrom(row), cadre: row.cadre.name, cadrePersonId: row.cadre.personId ?? undefined }
    : undefined;
}

/** Notes a person's confirmation; `once`: the code is used up by it. False: they had confirmed before. */
export async function confirmDeed(
  db: Db,
  deedId: number,
  personId: number,
  at: number,
  once: boolean,
): Promise<boolean> {
  await lockDeed(db, deedId);
  const added = await db.$executeRaw`
    INSERT INTO "DeedConfirmation" ("deedId", "personId", "at") VALUES (${deedId}, ${personId}, ${new Date(at)})
    ON CONFLICT DO NOTHING`;
  if (once) await db.deed.update({ where: { id: deedId }, data: { codeHash: null, codeUntil: null } });
  await regrade(db, deedId);
  return added === 1;
}

/** What a person has confirmed, the newest first. */
export async function confirmedBy(
  db: Db,
  personId: number,
  limit: number,
): Promise<
  readonly { readonly deedId: number; readonly kind: DeedKind; readonly day: Day; readonly cadre: string }[]
> {
  const rows = await db.deedConfirmation.findMany({
    where: { personId },
    orderBy: [{ at: 'desc' }, { deedId: 'desc' }],
    take: limit,
    include: { deed: { select: { kind: true, day: true, cadre: { select: { name: true } } } } },
  });
  return rows.map(({ deedId, deed }) => ({
    deedId,
    kind: kindFrom(deed.kind),
    day: deed.day,
    cadre: deed.cadre.name,
  }));
}

/** Takes a person's confirmation back. */
export async function unconfirm(db: Db, deedId: number, personId: number): Promise<void> {
  await lockDeed(db, deedId);
  await db.deedConfirmation.deleteMany({ where: { deedId, personId } });
  await regrade(db, deedId);
}

/** Holds a deed until the transaction ends, so that its grade is made of all its evidence. */
export async function lockDeed(db: Db, deedId: number): Promise<void> {
  await db.deed.updateMany({ where: { id: deedId }, data: { number: { increment: 0 } } });
}

/** Writes a deed's grade anew out of its evidence, and returns it. */
export async function regrade(db: Db, deedId: number): Promise<EvidenceGrade> {
  const row = await db.deed.findUniqueOrThrow({ where: { id: deedId }, include: counted });
  const { photos, confirmations } = row._count;
  // A list that was sent up is a document in itself.
  const files = photos + (await db.problemReport.count({ where: { deedId } }));
  const { activityId } = row;
  // A name that the cadre ticked is the cadre's word, no evidence of its own.
  const checkIns = activityId === null ? 0 : await db.checkIn.count({ where: { activityId, ticked: false } });
  const grade = gradeOf({ checkIns, confirmations, messages: row.messages, files });
  await db.deed.update({ where: { id: deedId }, data: { grade } });
  return grade;
}
