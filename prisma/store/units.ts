/** The tree of units (团组织), and the counts that their administrators see. */
import { z } from 'zod';
import type { Day } from '../../domain/calendar/day.ts';
import { type EvidenceGrade, evidenceGrades } from '../../domain/deeds/kinds.ts';
import { profileHere } from '../../domain/policy/effective.ts';
import { type SemesterDates, type Unit, unitsWithin } from '../../domain/units/unit.ts';
import type { Db } from '../database.ts';
import { rowsParameter } from './rows.ts';

/** All units, by id. They are few: a school has tens of them. */
export async function allUnits(db: Db): Promise<readonly Unit[]> {
  const rows = await db.unit.findMany({
    orderBy: { id: 'asc' },
    include: { semesters: { orderBy: { fromDay: 'asc' } } },
  });
  return rows.map(({ id, name, parentId, profile, profileSince, manyYouths, evidence, semesters }) => ({
    id,
    name,
    parentId: parentId ?? undefined,
    profile: profile ?? undefined,
    profileSince: profileSince ?? undefined,
    manyYouths: manyYouths ?? undefined,
    evidence: evidenceGrades.find((grade) => grade === evidence),
    semesters: semesters.map(({ key, fromDay, toDay }) => ({ key, from: fromDay, to: toDay })),
  }));
}

/** Adds a unit. False: there is one of that name. */
export async function addUnit(db: Db, name: string, parentId: number | undefined): Promise<boolean> {
  const added = await db.$executeRaw`
    INSERT INTO "Unit" ("name", "parentId") VALUES (${name}, ${parentId ?? null}) ON CONFLICT ("name") DO NOTHING`;
  return added === 1;
}

/**
 * Puts a unit below another, or at the top. False: it would be below itself. All units are held meanwhile, so that two
 * such moves cannot close a loop.
 */
export async function moveUnit(
  db: Db,
  unitId: number,
  parentId: number | undefined,
  today: Day,
): Promise<boolean> {
  await db.unit.updateMany({ data: { parentId: { increment: 0 } } });
  if (parentId !== undefined && unitsWithin(await allUnits(db), unitId).has(parentId)) return false;
  await keepingProfileDay(db, unitId, today, () =>
    db.unit.update({ where: { id: unitId }, data: { parentId: parentId ?? null } }),
  );
  return true;
}

/** Chooses a unit's policy profile, or leaves it to the unit above. */
export async function chooseProfile(
  db: Db,
  unitId: number,
  profile: string | undefined,
  today: Day,
): Promise<void> {
  await keepingProfileDay(db, unitId, today, () =>
    db.unit.update({ where: { id: unitId }, data: { profile: profile ?? null } }),
  );
}

/** Notes the day on which a change makes a unit go by another profile than before. */
async function keepingProfileDay(
  db: Db,
  unitId: number,
  today: Day,
  change: () => Promise<unknown>,
): Promise<void> {
  const before = profileHere(await allUnits(db), unitId);
  await change();
  if (profileHere(await allUnits(db), unitId) === before) return;
  await db.unit.update({ where: { id: unitId }, data: { profileSince: today } });
}

/** Says whether a unit has many youths (团中央 §二), or leaves it to the unit above. */
export async function chooseManyYouths(db: Db, unitId: number, many: boolean | undefined): Promise<void> {
  await db.unit.update({ where: { id: unitId }, data: { manyYouths: many ?? null } });
}

/** Chooses the weakest evidence of a record that counts for a unit and those below, or leaves it to the unit above. */
export async function chooseEvidence(
  db: Db,
  unitId: number,
  weakest: EvidenceGrade | undefined,
): Promise<void> {
  await db.unit.update({ where: { id: unitId }, data: { evidence: weakest ?? null } });
}

/** Sets the days of a unit's semester. */
export async function setSemester(db: Db, unitId: number, semester: SemesterDates): Promise<void> {
  const { key, from: fromDay, to: toDay } = semester;
  await db.semester.upsert({
    where: { unitId_key: { unitId, key } },
    create: { unitId, key, fromDay, toDay },
    update: { fromDay, toDay },
  });
}

/** What an administrator sees: numbers alone. */
export interface UnitCounts {
  readonly cadres: number;
  /** Cadres who have proved who they are. */
  readonly proved: number;
  /** Deeds by evidence grade; withdrawn ones are none. */
  readonly verified: number;
  readonly documented: number;
  readonly stated: number;
}

const countRows = z.array(
  z.object({
    cadres: z.coerce.number(),
    proved: z.coerce.number(),
    verified: z.coerce.number(),
    documented: z.coerce.number(),
    stated: z.coerce.number(),
  }),
);

/** The counts of some units together, the deeds being those of the days from `from` to `to`, both included. */
export async function countUnits(
  db: Db,
  unitIds: readonly number[],
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<UnitCounts> {
  const units = rowsParameter(unitIds.map((id) => [id]));
  const [counts] = countRows.parse(
    await db.$queryRaw`
      WITH "those" AS (
        SELECT "id", "personId" FROM "Cadre"
         WHERE "unitId" IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${units}))),
      "done" AS (
        SELECT d."grade" FROM "Deed" d JOIN "those" c ON c."id" = d."cadreId"
         WHERE d."withdrawnAt" IS NULL AND d."day" BETWEEN ${from} AND ${to})
      SELECT (SELECT COUNT(*) FROM "those") AS "cadres",
             (SELECT COUNT("personId") FROM "those") AS "proved",
             (SELECT COUNT(*) FROM "done" WHERE "grade" = 'verified') AS "verified",
             (SELECT COUNT(*) FROM "done" WHERE "grade" = 'documented') AS "documented",
             (SELECT COUNT(*) FROM "done" WHERE "grade" = 'stated') AS "stated"`,
  );
  if (!counts) throw new Error('counting gave no row');
  return counts;
}
