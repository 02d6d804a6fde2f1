/** How many youths are in a group, and how many of them its cadre met in person in a year (design.md, counting rule 7). */
import { type Day, startOfDay } from '../../domain/calendar/day.ts';
import type { Period } from '../../domain/calendar/period.ts';
import type { Db } from '../database.ts';
import { among, packed, sql } from './packed.ts';
import { rowsParameter } from './rows.ts';

/** A group with whom leads it: they are none of its youths. */
export interface LedBy {
  readonly id: number;
  readonly cadreId: number;
  readonly personId: number;
}

export interface GroupCounts {
  /** Who is in the group today, without its cadre and bots. */
  readonly roster: number;
  /** How many of the roster were met at an offline activity or have confirmed a heart-talk or a visit. */
  readonly met: number;
}

/** The counts by group; `bots`: the ids of all bots, for `json_each`. */
export async function groupCounts(
  db: Db,
  groups: readonly LedBy[],
  year: Period,
  bots: string,
): Promise<ReadonlyMap<number, GroupCounts>> {
  const ids = groups.map(({ id }) => id);
  const led = rowsParameter(groups.map(({ id, personId, cadreId }) => [id, personId, cadreId]));
  // One number for who is in which group: SQLite looks through all pairs for one that is not among them.
  const member = sql`(CAST(m."groupId" AS BIGINT) << 32) + m."personId"`;
  const youths = sql`"Member" m
       WHERE ${among('m."groupId"', ids)} AND m."leftAt" IS NULL
         AND m."personId" NOT IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${bots}))
         AND ${member} NOT IN (SELECT (l."g" << 32) + l."p" FROM "led" l)`;
  const rows = await packed(
    db,
    sql`
      WITH "led" AS MATERIALIZED (SELECT CAST(value->>0 AS BIGINT) AS "g", CAST(value->>1 AS INTEGER) AS "p",
                            CAST(value->>2 AS INTEGER) AS "c" FROM json_each(${led}))
      SELECT string_agg(r."groupId" || ',' || r."n" || ',' || COALESCE(x."n", 0), ';') AS "text"
        FROM (SELECT m."groupId", COUNT(*) AS "n" FROM ${youths} GROUP BY m."groupId") r
        LEFT JOIN (
          SELECT m."groupId", COUNT(*) AS "n" FROM ${youths}
             AND ${member} IN (
               SELECT (CAST(a."groupId" AS BIGINT) << 32) + i."personId" FROM "Activity" a JOIN "CheckIn" i ON i."activityId" = a."id"
                WHERE ${among('a."groupId"', ids)} AND a."offline" AND (a."closedAt" IS NULL OR a."note" IS NOT NULL)
                  AND a."startsAt" >= ${startsOn(year.from)} AND a."startsAt" < ${startsOn(year.to + 1)}
               UNION ALL
               SELECT (l."g" << 32) + k."personId" FROM "led" l
                 JOIN "Deed" d ON d."cadreId" = l."c" AND d."day" BETWEEN ${year.from} AND ${year.to}
                 JOIN "DeedConfirmation" k ON k."deedId" = d."id"
                WHERE d."kind" IN ('heart_talk', 'visit') AND d."withdrawnAt" IS NULL)
           GROUP BY m."groupId") x ON x."groupId" = r."groupId"`,
  );
  return new Map(
    rows.map(([group, roster, met]) => [Number(group), { roster: Number(roster), met: Number(met) }]),
  );
}

function startsOn(day: Day): Date {
  return new Date(startOfDay(day));
}
