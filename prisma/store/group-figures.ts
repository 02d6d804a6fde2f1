/** The five “有” of many groups at once, counted by the database (design.md, counting rules 2–7). */
import { z } from 'zod';
import { type Day, dayOf, halfHourOf, startOfDay } from '../../domain/calendar/day.ts';
import type { Period } from '../../domain/calendar/period.ts';
import { slotsBetween, slotsOfDay } from '../../domain/presence/slots.ts';
import { inferredSlots } from '../../domain/presence/topic.ts';
import type { GroupFigures } from '../../domain/standing/presence.ts';
import type { Db } from '../database.ts';
import type { GroupCounts } from './group-counts.ts';
import { among, packed, packedCounts, sql } from './packed.ts';
import { rowsParameter } from './rows.ts';

/** A group whose cadre has been one and the same person since its first counted day, or all year. */
export interface SteadyGroup {
  readonly id: number;
  readonly personId: number;
  readonly firstDay: Day;
}

/** The day asked about, and the periods that it lies in. */
export interface Periods {
  readonly today: Day;
  readonly week: Period;
  readonly month: Period;
  readonly quarter: Period;
  readonly year: Period;
}

/**
 * The figures by group; `counts`: the roster and who was met, `bots`: the ids of all bots, for `json_each`. A group with
 * activities before its first binding is left out: it is counted by itself.
 */
export async function groupFigures(
  db: Db,
  groups: readonly SteadyGroup[],
  counts: ReadonlyMap<number, GroupCounts>,
  periods: Periods,
  bots: string,
): Promise<ReadonlyMap<number, GroupFigures>> {
  const led = rowsParameter(groups.map(({ id, personId, firstDay }) => [id, personId, firstDay]));
  const heard = await voices(db, led, periods, bots);
  const early = await boundLate(db, groups, periods.year);
  const held = await activitiesHeld(db, led, periods.quarter, bots);
  const topics = await topicsOf(db, groups, periods.month, bots);
  return new Map(
    groups
      .filter(({ id }) => !early.has(id))
      .map(({ id }) => {
        const { roster, met } = counts.get(id) ?? { roster: 0, met: 0 };
        const { voice = false, exchange = 0 } = heard.get(id) ?? {};
        return [id, { voice, exchange, topics: topics.get(id) ?? [], held: held.get(id) ?? 0, met, roster }];
      }),
  );
}

/**
 * Rule 2, today; and rules 3 and 4, this week: youths with half-hours that touch the cadre's, or who mentioned or quoted
 * one another.
 */
async function voices(
  db: Db,
  led: string,
  { today, week }: Periods,
  bots: string,
): Promise<ReadonlyMap<number, Pick<GroupFigures, 'voice' | 'exchange'>>> {
  const rows = await packed(
    db,
    sql`
      WITH "led" AS MATERIALIZED (SELECT CAST(value->>0 AS INTEGER) AS "g", CAST(value->>1 AS INTEGER) AS "p",
                            CAST(value->>2 AS INTEGER) AS "first" FROM json_each(${led}))
      SELECT string_agg(f."g" || ',' || f."voice" || ',' || f."exchange", ';') AS "text" FROM (
        SELECT l."g", MAX(CASE WHEN c."day" = ${today} THEN 1 ELSE 0 END) AS "voice",
               COUNT(DISTINCT y."personId") AS "exchange" FROM "led" l
          JOIN "Presence" c ON c."groupId" = l."g" AND c."day" BETWEEN ${week.from} AND ${week.to}
                           AND c."personId" = l."p"
          LEFT JOIN "Presence" y ON y."groupId" = c."groupId" AND y."day" = c."day" AND y."personId" <> c."personId"
           AND c."day" >= l."first" AND y."slots" <> 0
           AND y."personId" NOT IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${bots}))
           AND ((y."slots" & (c."slots" | (c."slots" << 1) | (c."slots" >> 1))) <> 0
                OR EXISTS (SELECT 1 FROM "Address" a WHERE a."groupId" = c."groupId" AND a."day" = c."day"
                              AND a."fromId" = y."personId" AND a."toId" = c."personId")
                OR EXISTS (SELECT 1 FROM "Address" a WHERE a."groupId" = c."groupId" AND a."day" = c."day"
                              AND a."fromId" = c."personId" AND a."toId" = y."personId"))
         WHERE c."slots" <> 0
         GROUP BY l."g") f`,
  );
  return new Map(
    rows.map(([group, voice, exchange]) => [
      Number(group),
      { voice: voice === '1', exchange: Number(exchange) },
    ]),
  );
}

/** Rule 6, for the quarter. */
function activitiesHeld(
  db: Db,
  led: string,
  quarter: Period,
  bots: string,
): Promise<ReadonlyMap<number, number>> {
  return packedCounts(
    db,
    sql`
      WITH "led" AS MATERIALIZED (SELECT CAST(value->>0 AS INTEGER) AS "g", CAST(value->>1 AS INTEGER) AS "p"
                       FROM json_each(${led}))
      SELECT string_agg(h."g" || ',' || h."n", ';') AS "text" FROM (
        SELECT l."g", COUNT(*) AS "n" FROM "led" l JOIN "Activity" a ON a."groupId" = l."g"
         WHERE a."startsAt" >= ${startsOn(quarter.from)} AND a."startsAt" < ${startsOn(quarter.to + 1)}
           AND a."offline" AND a."closedAt" IS NOT NULL AND a."note" IS NOT NULL
           AND EXISTS (SELECT 1 FROM "CheckIn" i WHERE i."activityId" = a."id" AND i."personId" <> l."p"
                          AND i."personId" NOT IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${bots})))
         GROUP BY l."g") h`,
  );
}

const groupRows = z.array(z.object({ of: z.coerce.number() }));

/** Of groups that were first bound in the year, those with an activity or a check-in of it before that. */
async function boundLate(db: Db, groups: readonly SteadyGroup[], year: Period): Promise<ReadonlySet<number>> {
  const late = groups.filter(({ firstDay }) => firstDay >= year.from);
  if (late.length === 0) return new Set();
  const those = rowsParameter(late.map(({ id }) => [id]));
  const rows = await db.$queryRaw`
    WITH "first" AS (
      SELECT b."groupId" AS "g", MIN(b."at") AS "at" FROM "Binding" b
       WHERE b."groupId" IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${those})) GROUP BY b."groupId")
    SELECT DISTINCT f."g" AS "of" FROM "first" f JOIN "Activity" a ON a."groupId" = f."g"
     WHERE a."startsAt" >= ${startsOn(year.from)} AND a."startsAt" < ${startsOn(year.to + 1)}
       AND (a."startsAt" < f."at"
            OR EXISTS (SELECT 1 FROM "CheckIn" i WHERE i."activityId" = a."id" AND i."at" < f."at"))`;
  return new Set(groupRows.parse(rows).map(({ of }) => of));
}

const topicRows = z.array(
  z.object({
    id: z.coerce.number(),
    groupId: z.coerce.number(),
    number: z.coerce.number(),
    messageId: z.string().nullable(),
    openedAt: z.coerce.date(),
    closesAt: z.coerce.date(),
  }),
);

/** Rule 5: the month's topics by group, with who took part by deed and by being there. */
async function topicsOf(
  db: Db,
  groups: readonly SteadyGroup[],
  month: Period,
  bots: string,
): Promise<ReadonlyMap<number, GroupFigures['topics']>> {
  const known = new Map(groups.map((group) => [group.id, group]));
  const rows = topicRows.parse(
    await db.$queryRaw`
      SELECT t."id", t."groupId", t."number", t."messageId", t."openedAt",
             COALESCE(t."closedAt", t."closesAt") AS "closesAt"
        FROM "Topic" t
       WHERE ${among('t."groupId"', [...known.keys()])}
         AND t."openedAt" >= ${startsOn(month.from)} AND t."openedAt" < ${startsOn(month.to + 1)}
       ORDER BY t."id"`,
  );
  const counted = rows.filter(
    ({ groupId, openedAt }) =>
      dayOf(openedAt.getTime()) >= (known.get(groupId)?.firstDay ?? Number.POSITIVE_INFINITY),
  );
  const asked = rowsParameter(
    counted.map(({ id, groupId, number, messageId, openedAt, closesAt }) => {
      const at = openedAt.getTime();
      const first = halfHourOf(at);
      const end = first + inferredSlots;
      return [
        id,
        groupId,
        known.get(groupId)?.personId ?? 0,
        `tag:${number}`,
        `topic:${id}`,
        messageId === null ? `topic:${id}` : `msg:${messageId}`,
        at,
        closesAt.getTime(),
        dayOf(at),
        slotsBetween(first, end),
        slotsBetween(0, end - slotsOfDay),
      ];
    }),
  );
  const clear = await packedCounts(
    db,
    sql`
      WITH "topic" AS MATERIALIZED (
        SELECT CAST(value->>0 AS INTEGER) AS "id", CAST(value->>1 AS INTEGER) AS "g", CAST(value->>2 AS INTEGER) AS "p",
               value->>3 AS "tag", value->>4 AS "button", value->>5 AS "message", CAST(value->>6 AS BIGINT) AS "at",
               CAST(value->>7 AS BIGINT) AS "until" FROM json_each(${asked}))
      SELECT string_agg(f."id" || ',' || f."n", ';') AS "text" FROM (
      SELECT t."id", COUNT(DISTINCT m."personId") AS "n" FROM "topic" t
        JOIN "TopicMark" m ON m."groupId" = t."g" AND m."key" IN (t."tag", t."button", t."message")
       WHERE m."at" BETWEEN t."at" AND t."until" AND m."personId" <> t."p"
         AND m."personId" NOT IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${bots}))
       GROUP BY t."id") f`,
  );
  const inferred = await packedCounts(
    db,
    sql`
      WITH "topic" AS MATERIALIZED (
        SELECT CAST(value->>0 AS INTEGER) AS "id", CAST(value->>1 AS INTEGER) AS "g", CAST(value->>2 AS INTEGER) AS "p",
               value->>3 AS "tag", value->>4 AS "button", value->>5 AS "message", CAST(value->>6 AS BIGINT) AS "at",
               CAST(value->>7 AS BIGINT) AS "until", CAST(value->>8 AS INTEGER) AS "day",
               CAST(value->>9 AS BIGINT) AS "slots", CAST(value->>10 AS BIGINT) AS "next" FROM json_each(${asked}))
      SELECT string_agg(f."id" || ',' || f."n", ';') AS "text" FROM (
      SELECT t."id", COUNT(DISTINCT y."personId") AS "n" FROM "topic" t
        JOIN "Presence" y ON y."groupId" = t."g" AND y."day" BETWEEN t."day" AND t."day" + 1
       WHERE y."personId" <> t."p"
         AND y."personId" NOT IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${bots}))
         AND (y."slots" & CASE WHEN y."day" = t."day" THEN t."slots" ELSE t."next" END) <> 0
         AND NOT EXISTS (SELECT 1 FROM "TopicMark" m WHERE m."groupId" = t."g"
                            AND m."key" IN (t."tag", t."button", t."message") AND m."personId" = y."personId"
                            AND m."at" BETWEEN t."at" AND t."until")
       GROUP BY t."id") f`,
  );
  const found = new Map<number, GroupFigures['topics'][number][]>();
  for (const { id, groupId, openedAt } of counted) {
    const took = { clear: clear.get(id) ?? 0, inferred: inferred.get(id) ?? 0 };
    found.set(groupId, [...(found.get(groupId) ?? []), { at: openedAt.getTime(), took }]);
  }
  return found;
}

function startsOn(day: Day): Date {
  return new Date(startOfDay(day));
}
