/** The policy of a unit: its profile, its semester dates, and what it adjusts. */
import { type Adjustment, adjustmentSchema } from '../../domain/policy/adjust.ts';
import { effectivePolicy, policyOfOffice, type VoidAdjustment } from '../../domain/policy/effective.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Vacations } from '../../domain/standing/facts.ts';
import { vacationsBetween } from '../../domain/units/unit.ts';
import type { Db } from '../database.ts';
import { allUnits } from './units.ts';

/** What holds for a unit. `vacations` are the days between its set semesters. */
export interface UnitPolicy {
  readonly policy: Policy;
  readonly vacations: Vacations;
  /** Stored adjustments that hold no more. */
  readonly void: readonly VoidAdjustment[];
}

/** The policy that holds for a unit, inherited down the tree. */
export async function policyOfUnit(db: Db, unitId: number): Promise<UnitPolicy> {
  const found = (await policiesOfUnits(db, [unitId])).get(unitId);
  if (!found) throw new Error('a unit has no policy');
  return found;
}

/** The policy by which a unit's administrators are reminded: without the duties of other levels. */
export async function policyOfUnitOffice(db: Db, unitId: number): Promise<UnitPolicy> {
  const found = await policyOfUnit(db, unitId);
  return { ...found, policy: policyOfOffice(found.policy, await allUnits(db), unitId) };
}

/** The policies that hold for some units. */
export async function policiesOfUnits(
  db: Db,
  unitIds: readonly number[],
): Promise<ReadonlyMap<number, UnitPolicy>> {
  const [units, adjusted] = [await allUnits(db), await adjustments(db)];
  return new Map(
    unitIds.map((id) => {
      const found = effectivePolicy(units, adjusted, id);
      return [id, { ...found, vacations: vacationsBetween(found.policy.semesters.set ?? []) }];
    }),
  );
}

/** What a unit adjusts: the policy that would hold for it without its own changes. */
export async function policyAbove(db: Db, unitId: number): Promise<Policy> {
  const others = new Map(await adjustments(db));
  others.delete(unitId);
  return effectivePolicy(await allUnits(db), others, unitId).policy;
}

/** The policy that binds a cadre: their unit's. */
export async function policyOfCadre(db: Db, cadreId: number): Promise<UnitPolicy> {
  const { unitId } = await db.cadre.findUniqueOrThrow({ where: { id: cadreId }, select: { unitId: true } });
  return policyOfUnit(db, unitId);
}

/** The adjustments of all units, or of one, by unit. They are few. */
export async function adjustments(
  db: Db,
  unitId?: number,
): Promise<ReadonlyMap<number, readonly Adjustment[]>> {
  const rows = await db.adjustment.findMany({
    ...(unitId === undefined ? {} : { where: { unitId } }),
    orderBy: [{ unitId: 'asc' }, { requirement: 'asc' }, { quarter: 'asc' }],
  });
  const found = new Map<number, Adjustment[]>();
  for (const row of rows)
    found.set(row.unitId, [
      ...(found.get(row.unitId) ?? []),
      adjustmentSchema.parse({
        ...JSON.parse(row.body),
        requirement: row.requirement,
        ...(row.quarter === '' ? {} : { quarter: row.quarter }),
      }),
    ]);
  return found;
}

/** Keeps a unit's adjustment instead of its earlier one of that requirement (and quarter). */
export async function keepAdjustment(
  db: Db,
  unitId: number,
  { requirement, quarter = '', ...rest }: Adjustment,
  at: number,
): Promise<void> {
  const body = JSON.stringify(rest);
  await db.adjustment.upsert({
    where: { unitId_requirement_quarter: { unitId, requirement, quarter } },
    create: { unitId, requirement, quarter, body, at: new Date(at) },
    update: { body, at: new Date(at) },
  });
}

/** Takes a unit's adjustments of a requirement back. False: there were none. */
export async function dropAdjustments(db: Db, unitId: number, requirement: string): Promise<boolean> {
  const { count } = await db.adjustment.deleteMany({ where: { unitId, requirement } });
  return count > 0;
}
