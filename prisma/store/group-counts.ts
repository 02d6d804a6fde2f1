/** How many youths are in a group, and how many of them its cadre met in person in a year (design.md, counting rule 7). */
import { civilOf, type Day, startOfDay } from '../../domain/calendar/day.ts';
import type { Period } from '../../domain/calendar/period.ts';
import type { Db } from '../database.ts';
import { among, packed, sql } from './packed.ts';
import { rowsParameter } from './rows.ts';

/** A group with whom leads it: they are none of its youths. */
export interface LedBy {
  readonly id: number;
  readonly cadreId: number;
}

export interface GroupCounts {
  /** Who is in the group today, without its cadre and bots. */
  readonly roster: number;
  /** How many of the roster were met at an offline activity or have confirmed a heart-talk or a visit. */
  readonly met: number;
}

/**
 * The counts by group. They rest on ten thousands of rows that seldom
 * change, so they are kept (GroupCount) with the group's revision at which they were counted, in one statement that sees
 * both as of one instant; triggers raise the revision in the transaction that changes a row. What is kept at another
 * revision, for another cadre or year, is counted anew.
 */
export async function groupCounts(
  db: Db,
  groups: readonly LedBy[],
  year: Period,
): Promise<ReadonlyMap<number, GroupCounts>> {
  if (groups.length === 0) return new Map();
  const found = await keptCounts(db, groups, year);
  const others = groups.filter(({ id }) => !found.has(id));
  if (others.length === 0) return found;
  const counted = await countAnew(db, others, year);
  await keep(db, counted, year);
  return new Map([...found, ...counted.map((one) => [one.id, one] as const)]);
}

/** The counts that are still good. */
async function keptCounts(db: Db, groups: readonly LedBy[], year: Period): Promise<Map<number, GroupCounts>> {
  const cadres = new Map(groups.map(({ id, cadreId }) => [id, cadreId]));
  const rows = await packed(
    db,
    sql`
      SELECT string_agg(k."groupId" || ',' || k."cadreId" || ',' || k."roster" || ',' || k."met", ';') AS "text"
        FROM "GroupCount" k JOIN "Group" g ON g."id" = k."groupId" AND g."revision" = k."revision"
       WHERE ${among('k."groupId"', [...cadres.keys()])} AND k."year" = ${yearNumber(year)}`,
  );
  return new Map(
    rows.flatMap(([group, cadre, roster, met]): [number, GroupCounts][] =>
      cadres.get(Number(group)) === Number(cadre)
        ? [[Number(group), { roster: Number(roster), met: Number(met) }]]
        : [],
    ),
  );
}

interface Counted extends LedBy, GroupCounts {
  readonly revision: number;
}

/** Whoever is a bot or the cadre's person is so in the statement itself: it must all be as of one instant. */
async function countAnew(db: Db, groups: readonly LedBy[], year: Period): Promise<readonly Counted[]> {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const ids = [...byId.keys()];
  const led = rowsParameter(groups.map(({ id, cadreId }) => [id, cadreId]));
  const wasMet = sql`a."offline" AND (a."closedAt" IS NULL OR a."note" IS NOT NULL)
                  AND a."startsAt" >= ${startsOn(year.from)} AND a."startsAt" < ${startsOn(year.to + 1)}`;
  const youths = sql`m."leftAt" IS NULL
             AND m."personId" NOT IN (SELECT p."id" FROM "Person" p WHERE p."bot" = ${true})`;
  const members = sql`"Member" m
           WHERE ${among('m."groupId"', ids)} AND ${youths}
             AND (CAST(m."groupId" AS BIGINT) << 32) + m."personId" NOT IN (SELECT (l."g" << 32) + l."p" FROM "led" l)`;
  const rows = await packed(
    db,
    sql`
      WITH "led" AS MATERIALIZED (
        SELECT CAST(value->>0 AS BIGINT) AS "g", c."id" AS "c", c."personId" AS "p"
          FROM json_each(${led}) JOIN "Cadre" c ON c."id" = CAST(value->>1 AS INTEGER) WHERE c."personId" IS NOT NULL)
      SELECT string_agg(g."id" || ',' || g."revision" || ',' || COALESCE(r."n", 0) || ',' ||
                        (COALESCE(x."n", 0) + COALESCE(y."n", 0)), ';') AS "text"
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
           WHERE d."kind" IN ('heart_talk', 'visit') AND d."withdrawnAt" IS NULL AND k."personId" <> l."p" AND ${youths}
             AND NOT EXISTS (SELECT 1 FROM "Activity" a JOIN "CheckIn" i ON i."activityId" = a."id"
                              WHERE a."groupId" = l."g" AND i."personId" = k."personId" AND ${wasMet})
           GROUP BY l."g") y ON y."g" = g."id"
       WHERE ${among('g."id"', ids)}`,
  );
  return rows.flatMap(([id, revision, roster, met]) => {
    const group = byId.get(Number(id));
    return group ? [{ ...group, revision: Number(revision), roster: Number(roster), met: Number(met) }] : [];
  });
}

/** Rows in order, so that two who keep the same at once wait for one another, and not in a circle. */
async function keep(db: Db, counted: readonly Counted[], year: Period): Promise<void> {
  const rows = [...counted]
    .sort((a, b) => a.id - b.id)
    .map(({ id, cadreId, revision, roster, met }) => [id, cadreId, yearNumber(year), revision, roster, met]);
  await db.$executeRaw`
    INSERT INTO "GroupCount" ("groupId", "cadreId", "year", "revision", "roster", "met")
    SELECT CAST(value->>0 AS INTEGER), CAST(value->>1 AS INTEGER), CAST(value->>2 AS INTEGER),
           CAST(value->>3 AS INTEGER), CAST(value->>4 AS INTEGER), CAST(value->>5 AS INTEGER)
      FROM json_each(${rowsParameter(rows)}) WHERE true
    ON CONFLICT ("groupId") DO UPDATE SET "cadreId" = excluded."cadreId", "year" = excluded."year",
       "revision" = excluded."revision", "roster" = excluded."roster", "met" = excluded."met"`;
}

function yearNumber({ from }: Period): number {
  return civilOf(from).year;
}

function startsOn(day: Day): Date {
  return new Date(startOfDay(day));
}
