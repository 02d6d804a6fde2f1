/** The quarter's problem lists that cadres have sent up to their units (新疆 §四.4). */
import { z } from 'zod';
import type { Day } from '../../domain/calendar/day.ts';
import type { RecordFact } from '../../domain/standing/facts.ts';
import type { Db } from '../database.ts';
import { lockGroup } from './numbering.ts';

/** What goes up besides the entries: figures as the cadre has seen them. */
const bodySchema = z.object({
  lines: z.array(z.string()),
  total: z.int(),
  solved: z.int(),
  fields: z.array(z.object({ name: z.string(), count: z.int() })),
  demands: z.array(z.int()),
});

export type ReportBody = z.infer<typeof bodySchema>;

/** Keeps a group's report of a quarter in the place of an earlier one, whose day stays. `again`: there was one. */
export async function keepReport(
  db: Db,
  report: {
    readonly groupId: number;
    readonly cadreId: number;
    readonly quarter: string;
    /** The day that it counts on: in its quarter, however late it is. */
    readonly day: Day;
    readonly at: number;
    readonly body: ReportBody;
  },
): Promise<{ readonly id: number; readonly again: boolean }> {
  const { groupId, quarter, cadreId, day } = report;
  await lockGroup(db, groupId);
  const data = { cadreId, at: new Date(report.at), body: JSON.stringify(report.body) };
  const before = await db.problemReport.findUnique({ where: { groupId_quarter: { groupId, quarter } } });
  const { id } = before
    ? await db.problemReport.update({ where: { id: before.id }, data })
    : await db.problemReport.create({ data: { ...data, groupId, quarter, day } });
  return { id, again: before !== null };
}

/** A report as the unit's administrators read it: by whom, what, and the words of what may go up. */
export interface ReportRow {
  readonly groupId: number;
  readonly cadre: string;
  readonly unit: string;
  readonly at: number;
  readonly body: ReportBody;
  /** Of the demands whose askers still agree. */
  readonly entries: readonly {
    readonly kind: string | undefined;
    readonly field: string | undefined;
    readonly text: string;
  }[];
}

/** The reports of a quarter by cadres of some units, the earliest first. */
export async function reportsOf(
  db: Db,
  unitIds: readonly number[],
  quarter: string,
): Promise<readonly ReportRow[]> {
  const rows = await db.problemReport.findMany({
    where: { quarter, cadre: { unitId: { in: [...unitIds] } } },
    include: { cadre: { select: { name: true, unit: { select: { name: true } } } } },
    orderBy: [{ day: 'asc' }, { id: 'asc' }],
  });
  const found: ReportRow[] = [];
  for (const row of rows) {
    const body = bodySchema.parse(JSON.parse(row.body));
    const demands = await db.demand.findMany({
      where: { id: { in: body.demands }, consent: 'given', state: { not: 'withdrawn' } },
      select: { kind: true, field: true, text: true },
      orderBy: { id: 'asc' },
    });
    found.push({
      groupId: row.groupId,
      cadre: row.cadre.name,
      unit: row.cadre.unit.name,
      at: row.at.getTime(),
      body,
      entries: demands.map(({ kind, field, text }) => ({
        kind: kind ?? undefined,
        field: field ?? undefined,
        text,
      })),
    });
  }
  return found;
}

/**
 * What a cadre, or those of some units, have sent up in some days, both ends included, as records of theirs, for the
 * requirement that asks for it: by cadre.
 */
export async function reportFacts(
  db: Db,
  { from, to }: { readonly from: Day; readonly to: Day },
  of: { readonly cadreId: number } | { readonly unitIds: readonly number[] },
): Promise<ReadonlyMap<number, readonly RecordFact[]>> {
  const whose = 'cadreId' in of ? { cadreId: of.cadreId } : { cadre: { unitId: { in: [...of.unitIds] } } };
  const rows = await db.problemReport.findMany({
    where: { day: { gte: from, lte: to }, ...whose },
    select: { cadreId: true, day: true },
    orderBy: { id: 'asc' },
  });
  const found = new Map<number, RecordFact[]>();
  for (const { cadreId, day } of rows)
    found.set(cadreId, [
      ...(found.get(cadreId) ?? []),
      { kind: 'problem_list', day, grade: 'documented', participants: undefined },
    ]);
  return found;
}
