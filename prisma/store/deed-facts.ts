/** Deeds as the facts of a standing: of many cadres in one statement, and whom a cadre met. */
import { z } from 'zod';
import type { Day } from '../../domain/calendar/day.ts';
import type { DeedFact } from '../../domain/deeds/fact.ts';
import { type DeedKind, deedKindNames, evidenceGrades } from '../../domain/deeds/kinds.ts';
import type { Db } from '../database.ts';
import { rowsParameter } from './rows.ts';

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
