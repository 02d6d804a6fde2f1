/**
 * How many youths are in a group, how many of them its cadre met in person in a year, and how many activities of each of
 * its quarters count (design.md, counting rules 6 and 7). They rest on hundreds of rows a group that seldom change, so
 * they are kept (GroupCount) with the group's revision, which triggers raise in the transaction that changes a row. The
 * revision is read before anything that is counted: so what changes meanwhile is counted anew the next time. What is kept
 * at another revision, for another cadre or year, is counted anew.
 */
import { civilOf } from '../../domain/calendar/day.ts';
import { type Period, quarterOf } from '../../domain/calendar/period.ts';
import type { Stint } from '../../domain/presence/bindings.ts';
import type { Statements } from '../statements.ts';
import { changedCounts } from './changed-counts.ts';
import { among, listed, packed, type Sql, sql, within } from './packed.ts';
import { inStatements, rowsParameter } from './rows.ts';

/** A group with whom leads it: they are none of its youths. */
export interface LedBy {
  readonly id: number;
  readonly cadreId: number;
  /** The cadre's person, who is no bot. */
  readonly personId: number;
  readonly stints: readonly Stint[];
  readonly revision: number;
}

export interface GroupCounts {
  /** Who is in the group today, without its cadre and bots. */
  readonly roster: number;
  /** How many of the roster were met at an offline activity or have confirmed a heart-talk or a visit. */
  readonly met: number;
  /** The activities of each quarter of the year that count. */
  readonly held: readonly [number, number, number, number];
}

/** The counts by group: those that are good still, and the others counted anew and kept. */
export async function groupCounts(
  db: Statements,
  groups: readonly (LedBy & { readonly kept: GroupCounts | undefined })[],
  year: Period,
): Promise<ReadonlyMap<number, GroupCounts>> {
  const found = new Map<number, GroupCounts>();
  const others: LedBy[] = [];
  for (const group of groups)
    if (group.kept) found.set(group.id, group.kept);
    else others.push(group);
  for (const some of inStatements(others)) {
    const counted = await countAnew(db, some, year);
    await keep(db, some, counted, year);
    for (const [id, counts] of counted) found.set(id, counts);
  }
  return found;
}

/** Check-ins are made at most so many days before the year of their activity. */
const earlyDays = 31;

async function countAnew(
  db: Statements,
  groups: readonly LedBy[],
  year: Period,
): Promise<Map<number, GroupCounts>> {
  const early = await activeBeforeBound(db, groups, year);
  // Where one and the same person, who is the cadre's still, has led as far back as anything counts, the database can count.
  const isSteady = ({ id, personId, stints }: LedBy) => {
    const last = stints.at(-1);
    const began = stints.length === 1 ? Number.NEGATIVE_INFINITY : (last?.from ?? 0);
    return last?.cadre === personId && began < year.from - earlyDays && !early.has(id);
  };
  const found = await countedBySets(db, groups.filter(isSteady), year);
  const changed = groups.filter((group) => !isSteady(group));
  for (const [id, counts] of await changedCounts(db, changed, year)) found.set(id, counts);
  return found;
}

/** Of groups that were first bound in the year, those with an activity or a check-in of it before that. */
async function activeBeforeBound(
  db: Statements,
  groups: readonly LedBy[],
  year: Period,
): Promise<ReadonlySet<number>> {
  const late = groups.filter(({ stints }) => (stints[0]?.from ?? 0) >= year.from - earlyDays);
  if (late.length === 0) return new Set();
  const ids = late.map(({ id }) => id);
  const rows = await packed(
    db,
    sql`
      SELECT string_agg(CAST(f."g" AS TEXT), ';') AS "text" FROM (
        SELECT DISTINCT b."groupId" AS "g"
          FROM (SELECT o."groupId", MIN(o."at") AS "at" FROM "Binding" o
                 WHERE o."groupId" IN (${listed(ids)}) GROUP BY o."groupId") b
          JOIN "Activity" a ON a."groupId" = b."groupId"
         WHERE ${within('a."startsAt"', year)}
           AND (a."startsAt" < b."at"
                OR EXISTS (SELECT 1 FROM "CheckIn" i WHERE i."activityId" = a."id" AND i."at" < b."at"))) f`,
  );
  const found = new Set<number>();
  while (rows.more) found.add(rows.number());
  return found;
}

async function countedBySets(
  db: Statements,
  groups: readonly LedBy[],
  year: Period,
): Promise<Map<number, GroupCounts>> {
  const found = new Map<number, GroupCounts>();
  if (groups.length === 0) return found;
  const wanted = new Set(groups.map(({ id }) => id));
  const ids = [...wanted];
  const led = rowsParameter(groups.map(({ id, cadreId, personId }) => [id, cadreId, personId]));
  const bots = sql`SELECT p."id" FROM "Person" p WHERE p."bot" = ${true}`;
  const members = sql`"Member" m
           WHERE ${among('m."groupId"', ids)} AND m."leftAt" IS NULL AND m."personId" NOT IN (${bots})
             AND (CAST(m."groupId" AS BIGINT) << 32) + m."personId" NOT IN (SELECT (l."g" << 32) + l."p" FROM "led" l)`;
  // A bot that was never seen in the group is a youth there (facts.ts).
  const robots = sql`SELECT (CAST(m."groupId" AS BIGINT) << 32) + m."personId" FROM "Member" m
                      WHERE ${among('m."groupId"', ids)} AND m."personId" IN (${bots})`;
  const wasMet = sql`a."offline" AND (a."closedAt" IS NULL OR a."note" IS NOT NULL) AND ${within('a."startsAt"', year)}`;
  const quarters = [0, 1, 2, 3].map((n) => quarterOf(year.from + n * 92));
  const [h1, h2, h3, h4] = quarters.map(
    (quarter) => sql`COUNT(CASE WHEN ${within('h."startsAt"', quarter)} THEN 1 END)`,
  ) as [Sql, Sql, Sql, Sql];
  const rows = await packed(
    db,
    sql`
      WITH "led" AS MATERIALIZED (
        SELECT CAST(value->>0 AS BIGINT) AS "g", CAST(value->>1 AS INTEGER) AS "c", CAST(value->>2 AS INTEGER) AS "p"
          FROM json_each(${led}))
      SELECT string_agg(g."id" || ',' || COALESCE(r."n", 0) || ',' || (COALESCE(x."n", 0) + COALESCE(y."n", 0)) || ',' ||
                        COALESCE(q."held", '0,0,0,0'), ';') AS "text"
        FROM "Group" g
        LEFT JOIN (SELECT m."groupId", COUNT(*) AS "n" FROM ${members} GROUP BY m."groupId") r ON r."groupId" = g."id"
        LEFT JOIN (
          SELECT m."groupId", COUNT(*) AS "n" FROM ${members}
             AND (m."groupId", m."personId") IN (
               SELECT a."groupId", i."personId" FROM "Activity" a JOIN "CheckIn" i ON i."activityId" = a."id"
                WHERE ${among('a."groupId"', ids)} AND ${wasMet})
           GROUP BY m."groupId") x ON x."groupId" = g."id"
        LEFT JOIN (
          SELECT l."g", COUNT(DISTINCT k."personId") AS "n" FROM "led" l
            JOIN "Deed" d ON d."cadreId" = l."c" AND d."day" BETWEEN ${year.from} AND ${year.to}
            JOIN "DeedConfirmation" k ON k."deedId" = d."id"
            JOIN "Member" m ON m."groupId" = l."g" AND m."personId" = k."personId"
           WHERE d."kind" IN ('heart_talk', 'visit') AND d."withdrawnAt" IS NULL AND k."personId" <> l."p"
             AND m."leftAt" IS NULL AND m."personId" NOT IN (${bots})
             AND NOT EXISTS (SELECT 1 FROM "Activity" a JOIN "CheckIn" i ON i."activityId" = a."id"
                              WHERE a."groupId" = l."g" AND i."personId" = k."personId" AND ${wasMet})
           GROUP BY l."g") y ON y."g" = g."id"
        LEFT JOIN (
          SELECT h."groupId", ${h1} || ',' || ${h2} || ',' || ${h3} || ',' || ${h4} AS "held"
            FROM "Activity" h JOIN "led" l ON l."g" = h."groupId"
           WHERE h."offline" AND h."closedAt" IS NOT NULL AND h."note" IS NOT NULL AND ${within('h."startsAt"', year)}
             AND EXISTS (SELECT 1 FROM "CheckIn" i WHERE i."activityId" = h."id" AND i."personId" <> l."p"
                            AND (CAST(h."groupId" AS BIGINT) << 32) + i."personId" NOT IN (${robots}))
           GROUP BY h."groupId") q ON q."groupId" = g."id"
       WHERE ${among('g."id"', ids)}`,
  );
  while (rows.more) {
    const [id, roster, met] = [rows.number(), rows.number(), rows.number()];
    const held = [rows.number(), rows.number(), rows.number(), rows.number()] as const;
    if (wanted.has(id)) found.set(id, { roster, met, held });
  }
  return found;
}

/** Rows in order, so that two who keep the same at once wait for one another, and not in a circle. */
async function keep(
  db: Statements,
  groups: readonly LedBy[],
  counted: ReadonlyMap<number, GroupCounts>,
  year: Period,
): Promise<void> {
  const rows = [...groups]
    .sort((a, b) => a.id - b.id)
    .flatMap(({ id, cadreId, revision }) => {
      const counts = counted.get(id);
      return counts
        ? [[id, cadreId, yearNumber(year), revision, counts.roster, counts.met, ...counts.held]]
        : [];
    });
  await db.$executeRaw`
    INSERT INTO "GroupCount" ("groupId", "cadreId", "year", "revision", "roster", "met", "held1", "held2", "held3", "held4")
    SELECT CAST(value->>0 AS INTEGER), CAST(value->>1 AS INTEGER), CAST(value->>2 AS INTEGER),
           CAST(value->>3 AS INTEGER), CAST(value->>4 AS INTEGER), CAST(value->>5 AS INTEGER),
           CAST(value->>6 AS INTEGER), CAST(value->>7 AS INTEGER), CAST(value->>8 AS INTEGER), CAST(value->>9 AS INTEGER)
      FROM json_each(${rowsParameter(rows)}) WHERE true
    ON CONFLICT ("groupId") DO UPDATE SET "cadreId" = excluded."cadreId", "year" = excluded."year",
       "revision" = excluded."revision", "roster" = excluded."roster", "met" = excluded."met", "held1" = excluded."held1",
       "held2" = excluded."held2", "held3" = excluded."held3", "held4" = excluded."held4"`;
}

/** The year as GroupCount has it. */
export function yearNumber({ from }: Period): number {
  return civilOf(from).year;
}
