/** Deeds of cadres (工作纪实), numbered in their cadre, with the grade that their evidence gives them. */
import { z } from 'zod';
import type { Day } from '../../domain/calendar/day.ts';
import { type DeedWords, gradeOf } from '../../domain/deeds/deed.ts';
import type { DeedFact } from '../../domain/deeds/fact.ts';
import {
  asDeedKind,
  type DeedKind,
  deedKindNames,
  type EvidenceGrade,
  evidenceGrades,
} from '../../domain/deeds/kinds.ts';
import type { Db } from '../database.ts';
import { lockCadre } from './reminders.ts';
import { rowsParameter } from './rows.ts';

/** A deed as it lies in the database. */
export interface DeedRow extends DeedWords {
  readonly id: number;
  readonly cadreId: number;
  readonly number: number;
  readonly grade: EvidenceGrade;
  readonly withBranch: boolean;
  readonly withClub: boolean;
  readonly reflection: string | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly withdrawn: boolean;
  readonly photos: number;
  readonly confirmations: number;
}

/** What is found out when a deed is recorded or corrected. */
export interface DeedFindings {
  /** Talk both ways in the cadre's group on that day. */
  readonly messages: boolean;
  readonly withBranch: boolean;
  readonly withClub: boolean;
}

const counted = { _count: { select: { photos: true, confirmations: true } } } as const;

/** Adds a deed (out of an activity, where it is one) under the next number of its cadre, who is held until the transaction ends. */
export async function addDeed(
  db: Db,
  cadreId: number,
  deed: DeedWords & DeedFindings,
  createdAt: number,
  activityId?: number,
): Promise<DeedRow> {
  await lockCadre(db, cadreId);
  const last = await db.deed.findFirst({
    where: { cadreId },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  const row = await db.deed.create({
    data: {
      ...columnsOf(deed),
      cadreId,
      number: (last?.number ?? 0) + 1,
      createdAt: new Date(createdAt),
      activityId: activityId ?? null,
    },
    include: counted,
  });
  return deedFrom({ ...row, grade: await regrade(db, row.id) });
}

/** The cadre's deed with that number; a withdrawn one is gone. */
export async function deedNumbered(db: Db, cadreId: number, number: number): Promise<DeedRow | undefined> {
  const row = await db.deed.findFirst({ where: { cadreId, number, withdrawnAt: null }, include: counted });
  return row ? deedFrom(row) : undefined;
}

/** A cadre's deeds of the days from `from` to `to`, both included, the latest first. */
export async function deedsOf(
  db: Db,
  cadreId: number,
  { from, to }: { readonly from: Day; readonly to: Day },
  limit?: number,
): Promise<readonly DeedRow[]> {
  const rows = await db.deed.findMany({
    where: { cadreId, withdrawnAt: null, day: { gte: from, lte: to } },
    orderBy: [{ day: 'desc' }, { number: 'desc' }],
    include: counted,
    ...(limit === undefined ? {} : { take: limit }),
  });
  return rows.map(deedFrom);
}

/** How many of a cadre's deeds of a period have which grade. */
export async function countDeeds(
  db: Db,
  cadreId: number,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<Readonly<Record<EvidenceGrade, number>>> {
  const rows = await db.deed.groupBy({
    by: ['grade'],
    where: { cadreId, withdrawnAt: null, day: { gte: from, lte: to } },
    _count: { _all: true },
  });
  const count = (grade: EvidenceGrade) => rows.find((row) => row.grade === grade)?._count._all ?? 0;
  return { verified: count('verified'), documented: count('documented'), stated: count('stated') };
}

/** Keeps a corrected deed. What others confirmed was of the deed as it stood: their confirmations end. */
export async function changeDeed(db: Db, deedId: number, deed: DeedWords & DeedFindings): Promise<void> {
  await lockDeed(db, deedId);
  await db.deedConfirmation.deleteMany({ where: { deedId } });
  await db.deed.update({
    where: { id: deedId },
    data: { ...columnsOf(deed), codeHash: null, codeUntil: null },
  });
  await regrade(db, deedId);
}

/** Withdraws a deed: its words, pictures and confirmations go, the number stays taken. */
export async function withdrawDeed(db: Db, deedId: number, at: number): Promise<void> {
  await lockDeed(db, deedId);
  await db.deedPhoto.deleteMany({ where: { deedId } });
  await db.deedConfirmation.deleteMany({ where: { deedId } });
  await db.deed.update({
    where: { id: deedId },
    data: {
      withdrawnAt: new Date(at),
      activityId: null,
      at: null,
      partner: '',
      topic: '',
      participants: null,
      reflection: null,
      messages: false,
      withBranch: false,
      withClub: false,
      codeHash: null,
      codeUntil: null,
      grade: 'stated',
    },
  });
}

/** Keeps the cadre's reflection (感悟) on a deed, instead of an earlier one. */
export async function reflect(db: Db, deedId: number, reflection: string): Promise<void> {
  await db.deed.update({ where: { id: deedId }, data: { reflection } });
}

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

/** Of some names of pictures, those that neither a deed nor a demand has. */
export async function unusedPhotos(db: Db, files: readonly string[]): Promise<readonly string[]> {
  const query = { where: { file: { in: [...files] } }, select: { file: true } };
  const rows = [...(await db.deedPhoto.findMany(query)), ...(await db.demandPhoto.findMany(query))];
  const used = new Set(rows.map(({ file }) => file));
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

/**
 * The youths who confirmed that they met a cadre in person in the days from `from` to `to`: heart-talks and visits
 * (design.md, counting rule 7). A private set: only its size is for anybody's eyes.
 */
export async function metByDeeds(
  db: Db,
  cadreId: number,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<ReadonlySet<number>> {
  const rows = await db.deedConfirmation.findMany({
    where: {
      deed: {
        cadreId,
        withdrawnAt: null,
        day: { gte: from, lte: to },
        kind: { in: ['heart_talk', 'visit'] },
      },
    },
    select: { personId: true },
  });
  return new Set(rows.map(({ personId }) => personId));
}

const factRows = z.array(
  z.object({
    cadreId: z.number(),
    kind: z.enum(deedKindNames as [DeedKind, ...DeedKind[]]),
    day: z.number(),
    grade: z.enum(evidenceGrades),
    participants: z
      .number()
      .nullable()
      .transform((count) => count ?? undefined),
    withBranch: z.coerce.boolean(),
    withClub: z.coerce.boolean(),
  }),
);

/** The deeds of a period, both ends included, of some cadres or of all, in one statement; by cadre, day and number. */
export async function deedFacts(
  db: Db,
  { from, to }: { readonly from: Day; readonly to: Day },
  cadreIds?: readonly number[],
): Promise<readonly DeedFact[]> {
  const rows =
    cadreIds === undefined
      ? await db.$queryRaw`
          SELECT "cadreId", "kind", "day", "grade", "participants", "withBranch", "withClub" FROM "Deed"
           WHERE "withdrawnAt" IS NULL AND "day" BETWEEN ${from} AND ${to}
           ORDER BY "cadreId", "day", "number"`
      : await db.$queryRaw`
          SELECT "cadreId", "kind", "day", "grade", "participants", "withBranch", "withClub" FROM "Deed"
           WHERE "cadreId" IN (SELECT CAST(value->>0 AS INTEGER)
                                 FROM json_each(${rowsParameter(cadreIds.map((id) => [id]))}))
             AND "withdrawnAt" IS NULL AND "day" BETWEEN ${from} AND ${to}
           ORDER BY "cadreId", "day", "number"`;
  return factRows.parse(rows);
}

/** Holds a deed until the transaction ends, so that its grade is made of all its evidence. */
async function lockDeed(db: Db, deedId: number): Promise<void> {
  await db.deed.updateMany({ where: { id: deedId }, data: { number: { increment: 0 } } });
}

/** Writes a deed's grade anew out of its evidence, and returns it. */
async function regrade(db: Db, deedId: number): Promise<EvidenceGrade> {
  const row = await db.deed.findUniqueOrThrow({ where: { id: deedId }, include: counted });
  const { photos: files, confirmations } = row._count;
  const { activityId } = row;
  // A name that the cadre ticked is the cadre's word, no evidence of its own.
  const checkIns = activityId === null ? 0 : await db.checkIn.count({ where: { activityId, ticked: false } });
  const grade = gradeOf({ checkIns, confirmations, messages: row.messages, files });
  await db.deed.update({ where: { id: deedId }, data: { grade } });
  return grade;
}

function columnsOf(deed: DeedWords & DeedFindings) {
  const { kind, day, at, partner, topic, participants, messages, withBranch, withClub } = deed;
  return {
    kind,
    day,
    at: at === undefined ? null : BigInt(at),
    partner,
    topic,
    participants: participants ?? null,
    messages,
    withBranch,
    withClub,
  };
}

function kindFrom(stored: string): DeedKind {
  const kind = asDeedKind(stored);
  if (!kind) throw new Error('a deed is of an unknown kind');
  return kind;
}

function deedFrom(row: {
  readonly id: number;
  readonly cadreId: number;
  readonly number: number;
  readonly kind: string;
  readonly day: number;
  readonly at: bigint | null;
  readonly partner: string;
  readonly topic: string;
  readonly participants: number | null;
  readonly grade: string;
  readonly withBranch: boolean;
  readonly withClub: boolean;
  readonly reflection: string | null;
  readonly createdAt: Date;
  readonly withdrawnAt: Date | null;
  readonly _count: { readonly photos: number; readonly confirmations: number };
}): DeedRow {
  const grade = evidenceGrades.find((known) => known === row.grade);
  if (!grade) throw new Error(`deed ${row.id} is of an unknown grade`);
  return {
    id: row.id,
    cadreId: row.cadreId,
    number: row.number,
    kind: kindFrom(row.kind),
    day: row.day,
    at: row.at === null ? undefined : Number(row.at),
    partner: row.partner,
    topic: row.topic,
    participants: row.participants ?? undefined,
    grade,
    withBranch: row.withBranch,
    withClub: row.withClub,
    reflection: row.reflection ?? undefined,
    createdAt: row.createdAt.getTime(),
    withdrawn: row.withdrawnAt !== null,
    photos: row._count.photos,
    confirmations: row._count.confirmations,
  };
}

/** The deed that an activity became. */
export async function deedOfActivity(db: Db, activityId: number): Promise<DeedRow | undefined> {
  const row = await db.deed.findFirst({ where: { activityId, withdrawnAt: null }, include: counted });
  return row ? deedFrom(row) : undefined;
}
