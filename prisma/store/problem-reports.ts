/** The quarter's problem lists that cadres have sent up to their units (新疆 §四.4). */
import { z } from 'zod';
import type { Day } from '../../domain/calendar/day.ts';
import type { Period } from '../../domain/calendar/period.ts';
import { quarterName } from '../../domain/calendar/quarter-words.ts';
import type { Db } from '../database.ts';
import { regrade } from './deed-evidence.ts';
import { addDeed } from './deeds.ts';
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

/**
 * Keeps a group's report of a quarter in the place of an earlier one, and the deed that it was for its cadre: one a
 * quarter, also where they have recorded it before. `again`: there was a report.
 */
export async function keepReport(
  db: Db,
  report: {
    readonly groupId: number;
    readonly cadreId: number;
    readonly quarter: Period;
    /** The day that the deed counts on: in its quarter, however late it is. */
    readonly day: Day;
    readonly at: number;
    readonly body: ReportBody;
  },
): Promise<{ readonly again: boolean }> {
  const { groupId, cadreId } = report;
  const quarter = report.quarter.key;
  await lockGroup(db, groupId);
  const deedId = await deedOf(db, report);
  const data = { cadreId, deedId, at: new Date(report.at), body: JSON.stringify(report.body) };
  const before = await db.problemReport.findUnique({ where: { groupId_quarter: { groupId, quarter } } });
  if (before) await db.problemReport.update({ where: { id: before.id }, data });
  else await db.problemReport.create({ data: { ...data, groupId, quarter } });
  await regrade(db, deedId);
  return { again: before !== null };
}

async function deedOf(db: Db, report: Parameters<typeof keepReport>[1]): Promise<number> {
  const { cadreId, quarter, day, at } = report;
  const known = await db.deed.findFirst({
    where: { cadreId, kind: 'problem_list', withdrawnAt: null, day: { gte: quarter.from, lte: quarter.to } },
    orderBy: { number: 'asc' },
    select: { id: true },
  });
  if (known) return known.id;
  const words = {
    kind: 'problem_list',
    day,
    at: undefined,
    partner: '',
    topic: `${quarterName(quarter)}问题清单`,
    participants: undefined,
  } as const;
  const { id } = await addDeed(
    db,
    cadreId,
    { ...words, messages: false, withBranch: false, withClub: false },
    at,
  );
  return id;
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
    orderBy: { id: 'asc' },
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
