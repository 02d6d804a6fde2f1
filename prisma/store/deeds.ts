/** Deeds of cadres (工作纪实), numbered in their cadre, with the grade that their evidence gives them. */
import type { Day } from '../../domain/calendar/day.ts';
import type { DeedWords } from '../../domain/deeds/deed.ts';
import type { EvidenceGrade } from '../../domain/deeds/kinds.ts';
import type { Db } from '../database.ts';
import { lockDeed, regrade } from './deed-evidence.ts';
import { counted, type DeedRow, deedFrom } from './deed-rows.ts';
import { lockCadre } from './reminders.ts';

/** What is found out when a deed is recorded or corrected. */
export interface DeedFindings {
  /** Talk both ways in the cadre's group on that day. */
  readonly messages: boolean;
  readonly withBranch: boolean;
  readonly withClub: boolean;
}

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

/** The deed that an activity became. */
export async function deedOfActivity(db: Db, activityId: number): Promise<DeedRow | undefined> {
  const row = await db.deed.findFirst({ where: { activityId, withdrawnAt: null }, include: counted });
  return row ? deedFrom(row) : undefined;
}

/** The number of the activity that a deed was, where it was one. */
export async function activityOfDeed(db: Db, deedId: number): Promise<number | undefined> {
  const row = await db.deed.findUnique({
    where: { id: deedId },
    select: { activity: { select: { number: true } } },
  });
  return row?.activity?.number;
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
