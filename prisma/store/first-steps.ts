/** The ten first steps (十个一) of cadres: what they have ticked off, and which of their records may show a step. */
import { z } from 'zod';
import { type Day, dayOf } from '../../domain/calendar/day.ts';
import { type DeedKind, deedKindNames, evidenceGrades } from '../../domain/deeds/kinds.ts';
import { type StepFacts, type StepRecord, stepKinds } from '../../domain/standing/first-steps.ts';
import type { Db } from '../database.ts';
import { rowsParameter } from './rows.ts';

/** What of a cadre's own row concerns the steps. */
interface CadreRow {
  readonly id: number;
  readonly identityAt: Date | null;
  readonly branch: string;
  readonly club: string;
  /** The first one, if any. */
  readonly bindings: readonly { readonly at: Date }[];
}

/** The facts of some cadres about their first steps, by cadre, in two statements. Their words leave this for them alone. */
export async function stepFacts(
  db: Db,
  cadres: readonly CadreRow[],
): Promise<ReadonlyMap<number, StepFacts>> {
  const ids = rowsParameter(cadres.map(({ id }) => [id]));
  const records = grouped(await recordRows(db, ids), ({ cadreId, ...record }) => [cadreId, record]);
  const ticked = grouped(await tickRows(db, ids), ({ cadreId, step, day }) => [
    cadreId,
    [step, day] as const,
  ]);
  return new Map(
    cadres.map(({ id, identityAt, branch, club, bindings: [first] }) => [
      id,
      {
        records: records.get(id) ?? [],
        boundOn: first && dayOf(first.at.getTime()),
        identityOn: identityAt ? dayOf(identityAt.getTime()) : undefined,
        linked: [branch, club].filter((name) => name !== ''),
        ticked: new Map(ticked.get(id)),
      },
    ]),
  );
}

/** A cadre says that they have taken a step. Said again, it keeps its first day. */
export async function tickStep(db: Db, cadreId: number, step: number, day: Day): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "FirstStep" ("cadreId", "step", "day") VALUES (${cadreId}, ${step}, ${day}) ON CONFLICT DO NOTHING`;
}

/** A cadre takes it back. False: they had not said it. */
export async function untickStep(db: Db, cadreId: number, step: number): Promise<boolean> {
  return (await db.firstStep.deleteMany({ where: { cadreId, step } })).count > 0;
}

const records = z.array(
  z.object({
    cadreId: z.number(),
    number: z.number(),
    kind: z.enum(deedKindNames as [DeedKind, ...DeedKind[]]),
    day: z.number(),
    grade: z.enum(evidenceGrades),
    words: z.string(),
  }),
);

async function recordRows(db: Db, ids: string): Promise<readonly (StepRecord & { cadreId: number })[]> {
  const kinds = rowsParameter(stepKinds.map((kind) => [kind]));
  return records.parse(
    await db.$queryRaw`
      SELECT "cadreId", "number", "kind", "day", "grade", "partner" || ' ' || "topic" AS "words" FROM "Deed"
       WHERE "cadreId" IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${ids}))
         AND "withdrawnAt" IS NULL AND "kind" IN (SELECT value->>0 FROM json_each(${kinds}))
       ORDER BY "day", "number"`,
  );
}

const ticks = z.array(z.object({ cadreId: z.number(), step: z.number(), day: z.number() }));

async function tickRows(db: Db, ids: string) {
  return ticks.parse(
    await db.$queryRaw`
      SELECT "cadreId", "step", "day" FROM "FirstStep"
       WHERE "cadreId" IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${ids}))`,
  );
}

function grouped<Row, Value>(
  rows: readonly Row[],
  entry: (row: Row) => readonly [number, Value],
): ReadonlyMap<number, readonly Value[]> {
  const found = new Map<number, Value[]>();
  for (const [id, value] of rows.map(entry)) found.set(id, [...(found.get(id) ?? []), value]);
  return found;
}
