/** What is known of many cadres at once, for counting how many of them have something overdue. */
import { type Day, dayOf, startOfDay } from '../../domain/calendar/day.ts';
import type { DeedFact } from '../../domain/deeds/fact.ts';
import type { CadreFacts } from '../../domain/standing/facts.ts';
import type { Db } from '../database.ts';
import { deedFacts } from './deed-facts.ts';
import type { UnitPolicy } from './policies.ts';
import { cadreColumns, factsFrom, recentDays } from './standing.ts';

/** A cadre of a unit by their records, without roster and presence; `activities`: days of those that count (rule 6). */
export interface CadreRecords {
  readonly unitId: number;
  readonly facts: CadreFacts;
  readonly activities: readonly Day[];
}

/** The cadres of some units who have proved who they are, in a fixed number of statements. */
export async function recordsOfUnits(
  db: Db,
  policies: ReadonlyMap<number, UnitPolicy>,
  today: Day,
): Promise<readonly CadreRecords[]> {
  const rows = await db.cadre.findMany({
    where: { unitId: { in: [...policies.keys()] }, personId: { not: null } },
    select: { id: true, unitId: true, ...cadreColumns },
  });
  const span = recentDays(today);
  const deeds = new Map<number, DeedFact[]>();
  const ids = rows.map(({ id }) => id);
  for (const deed of await deedFacts(db, span, ids))
    deeds.set(deed.cadreId, [...(deeds.get(deed.cadreId) ?? []), deed]);
  const activities = await activityDays(db, span);
  return rows.flatMap((row) => {
    const unit = policies.get(row.unitId);
    if (!unit) return [];
    const facts = factsFrom(row, deeds.get(row.id) ?? [], unit, today);
    return [{ unitId: row.unitId, facts, activities: activities.get(row.id) ?? [] }];
  });
}

/**
 * The days of offline activities with a closing note and a youth who checked in, by each cadre that the group has been
 * bound to: after a handover in the quarter neither of the two is counted as having held none.
 */
async function activityDays(
  db: Db,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<ReadonlyMap<number, readonly Day[]>> {
  const rows = await db.activity.findMany({
    where: {
      offline: true,
      closedAt: { not: null },
      note: { not: null },
      startsAt: { gte: new Date(startOfDay(from)), lt: new Date(startOfDay(to + 1)) },
    },
    select: {
      startsAt: true,
      checkIns: { select: { personId: true } },
      group: { select: { bindings: { select: { cadreId: true, personId: true } } } },
    },
  });
  const found = new Map<number, Day[]>();
  for (const { startsAt, checkIns, group } of rows) {
    const leaders = new Set(group.bindings.map(({ personId }) => personId));
    if (checkIns.every(({ personId }) => leaders.has(personId))) continue;
    for (const cadreId of new Set(group.bindings.map((binding) => binding.cadreId)))
      found.set(cadreId, [...(found.get(cadreId) ?? []), dayOf(startsAt.getTime())]);
  }
  return found;
}
