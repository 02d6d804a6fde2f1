/** The five “有” of many groups at once, counted by the database (design.md, counting rules 2–7). */
import { z } from 'zod';
import { type Day, dayOf, halfHourOf, startOfDay } from '../../domain/calendar/day.ts';
import type { Period } from '../../domain/calendar/period.ts';
import { slotsBetween, slotsOfDay } from '../../domain/presence/slots.ts';
import { inferredSlots } from '../../domain/presence/topic.ts';
import type { GroupFigures } from '../../domain/standing/presence.ts';
import type { Raw } from '../raw.ts';
import { rowsParameter } from './rows.ts';

/** A group whose cadre has been one and the same person since its first counted day, or all year. */
export interface SteadyGroup {
  readonly id: number;
  readonly cadreId: number;
  readonly personId: number;
  readonly firstDay: Day;
  readonly roster: number;
}

/** The day asked about, and the periods that it lies in. */
export interface Periods {
  readonly today: Day;
  readonly week: Period;
  readonly month: Period;
  readonly quarter: Period;
  readonly year: Period;
}

const counts = z.array(z.object({ of: z.coerce.number(), n: z.coerce.number() }));
const byNumber = (rows: unknown) => new Map(counts.parse(rows).map(({ of, n }) => [of, n]));

/**
 * The figures by group; `bots`: the ids of all bots, for `json_each`. A group with activities before its first binding is left out: it is counted by
 * itself.
 */
export async function groupFigures(
  db: Raw,
  groups: readonly SteadyGroup[],
  periods: Periods,
  bots: string,
): Promise<ReadonlyMap<number, GroupFigures>> {
  const led = rowsParameter(
    groups.map(({ id, personId, cadreId, firstDay }) => [id, personId, cadreId, firstDay]),
  );
  const voice = await voices(db, led, periods.today);
  const exchange = await exchanges(db, led, periods.week, bots);
  const early = await boundLate(db, groups, periods.year);
  const held = await activitiesHeld(db, led, periods.quarter, bots);
  const met = await facesMet(db, led, periods.year, bots);
  const topics = await topicsOf(db, groups, led, periods.month, bots);
  return new Map(
    groups.flatMap(({ id, roster }): [number, GroupFigures][] =>
      early.has(id)
        ? []
        : [
            [
              id,
              {
                voice: voice.has(id),
                exchange: exchange.get(id) ?? 0,
                topics: topics.get(id) ?? [],
                held: held.get(id) ?? 0,
                met: met.get(id) ?? 0,
                roster,
              },
            ],
          ],
    ),
  );
}

/** Rule 2, on one day. */
async function voices(db: Raw, led: string, today: Day): Promise<ReadonlyMap<number, number>> {
  return byNumber(
    await db.$queryRaw`
      WITH "led" AS MATERIALIZED (SELECT CAST(value->>0 AS INTEGER) AS "g", CAST(value->>1 AS INTEGER) AS "p"
                       FROM json_each(${led}))
      SELECT l."g" AS "of", 1 AS "n" FROM "led" l
        JOIN "Presence" c ON c."groupId" = l."g" AND c."day" = ${today} AND c."personId" = l."p"
       WHERE c."slots" <> 0`,
  );
}

/** Rules 3 and 4: youths with half-hours that touch the cadre's, or who mentioned or quoted one another. */
async function exchanges(
  db: Raw,
  led: string,
  { from, to }: Period,
  bots: string,
): Promise<ReadonlyMap<number, number>> {
  return byNumber(
    await db.$queryRaw`
      WITH "led" AS MATERIALIZED (SELECT CAST(value->>0 AS INTEGER) AS "g", CAST(value->>1 AS INTEGER) AS "p",
                            CAST(value->>3 AS INTEGER) AS "first" FROM json_each(${led}))
      SELECT l."g" AS "of", COUNT(DISTINCT y."personId") AS "n" FROM "led" l
        JOIN "Presence" c ON c."groupId" = l."g" AND c."day" BETWEEN ${from} AND ${to} AND c."personId" = l."p"
        JOIN "Presence" y ON y."groupId" = c."groupId" AND y."day" = c."day" AND y."personId" <> c."personId"
       WHERE c."day" >= l."first" AND c."slots" <> 0 AND y."slots" <> 0
         AND y."personId" NOT IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${bots}))
         AND ((y."slots" & (c."slots" | (c."slots" << 1) | (c."slots" >> 1))) <> 0
              OR EXISTS (SELECT 1 FROM "Address" a WHERE a."groupId" = c."groupId" AND a."day" = c."day"
                            AND a."fromId" = y."personId" AND a."toId" = c."personId")
              OR EXISTS (SELECT 1 FROM "Address" a WHERE a."groupId" = c."groupId" AND a."day" = c."day"
                            AND a."fromId" = c."personId" AND a."toId" = y."personId"))
       GROUP BY l."g"`,
  );
}

/** Rule 6, for the quarter. */
async function activitiesHeld(
  db: Raw,
  led: string,
  quarter: Period,
  bots: string,
): Promise<ReadonlyMap<number, number>> {
  return byNumber(
    await db.$queryRaw`
      WITH "led" AS MATERIALIZED (SELECT CAST(value->>0 AS INTEGER) AS "g", CAST(value->>1 AS INTEGER) AS "p"
                       FROM json_each(${led}))
      SELECT l."g" AS "of", COUNT(*) AS "n" FROM "led" l JOIN "Activity" a ON a."groupId" = l."g"
       WHERE a."startsAt" >= ${startsOn(quarter.from)} AND a."startsAt" < ${startsOn(quarter.to + 1)}
         AND a."offline" AND a."closedAt" IS NOT NULL AND a."note" IS NOT NULL
         AND EXISTS (SELECT 1 FROM "CheckIn" i WHERE i."activityId" = a."id" AND i."personId" <> l."p"
                        AND i."personId" NOT IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${bots})))
       GROUP BY l."g"`,
  );
}

const groupRows = z.array(z.object({ of: z.coerce.number() }));

/** Of groups that were first bound in the year, those with an activity or a check-in of it before that. */
async function boundLate(
  db: Raw,
  groups: readonly SteadyGroup[],
  year: Period,
): Promise<ReadonlySet<number>> {
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

/** Rule 7: who is in the group today and was met at an offline activity, or has confirmed a heart-talk or a visit. */
async function facesMet(
  db: Raw,
  led: string,
  year: Period,
  bots: string,
): Promise<ReadonlyMap<number, number>> {
  return byNumber(
    await db.$queryRaw`
      WITH "led" AS MATERIALIZED (SELECT CAST(value->>0 AS INTEGER) AS "g", CAST(value->>1 AS INTEGER) AS "p",
                            CAST(value->>2 AS INTEGER) AS "c" FROM json_each(${led})),
      "met" AS (
        SELECT l."g", l."p", i."personId" FROM "led" l
          JOIN "Activity" a ON a."groupId" = l."g" JOIN "CheckIn" i ON i."activityId" = a."id"
         WHERE a."offline" AND (a."closedAt" IS NULL OR a."note" IS NOT NULL)
           AND a."startsAt" >= ${startsOn(year.from)} AND a."startsAt" < ${startsOn(year.to + 1)}
        UNION
        SELECT l."g", l."p", k."personId" FROM "led" l
          JOIN "Deed" d ON d."cadreId" = l."c" AND d."day" BETWEEN ${year.from} AND ${year.to}
          JOIN "DeedConfirmation" k ON k."deedId" = d."id"
         WHERE d."kind" IN ('heart_talk', 'visit') AND d."withdrawnAt" IS NULL)
      SELECT x."g" AS "of", COUNT(*) AS "n" FROM "met" x
        JOIN "Member" m ON m."groupId" = x."g" AND m."personId" = x."personId"
       WHERE m."leftAt" IS NULL AND x."personId" <> x."p"
         AND x."personId" NOT IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${bots}))
       GROUP BY x."g"`,
  );
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
  db: Raw,
  groups: readonly SteadyGroup[],
  led: string,
  month: Period,
  bots: string,
): Promise<ReadonlyMap<number, GroupFigures['topics']>> {
  const known = new Map(groups.map((group) => [group.id, group]));
  const rows = topicRows.parse(
    await db.$queryRaw`
      SELECT t."id", t."groupId", t."number", t."messageId", t."openedAt",
             COALESCE(t."closedAt", t."closesAt") AS "closesAt"
        FROM (SELECT CAST(value->>0 AS INTEGER) AS "g" FROM json_each(${led})) l
        JOIN "Topic" t ON t."groupId" = l."g"
       WHERE t."openedAt" >= ${startsOn(month.from)} AND t."openedAt" < ${startsOn(month.to + 1)}
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
  const clear = byNumber(
    await db.$queryRaw`
      WITH "topic" AS MATERIALIZED (
        SELECT CAST(value->>0 AS INTEGER) AS "id", CAST(value->>1 AS INTEGER) AS "g", CAST(value->>2 AS INTEGER) AS "p",
               value->>3 AS "tag", value->>4 AS "button", value->>5 AS "message", CAST(value->>6 AS BIGINT) AS "at",
               CAST(value->>7 AS BIGINT) AS "until" FROM json_each(${asked}))
      SELECT t."id" AS "of", COUNT(DISTINCT m."personId") AS "n" FROM "topic" t
        JOIN "TopicMark" m ON m."groupId" = t."g" AND m."key" IN (t."tag", t."button", t."message")
       WHERE m."at" BETWEEN t."at" AND t."until" AND m."personId" <> t."p"
         AND m."personId" NOT IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${bots}))
       GROUP BY t."id"`,
  );
  const inferred = byNumber(
    await db.$queryRaw`
      WITH "topic" AS MATERIALIZED (
        SELECT CAST(value->>0 AS INTEGER) AS "id", CAST(value->>1 AS INTEGER) AS "g", CAST(value->>2 AS INTEGER) AS "p",
               value->>3 AS "tag", value->>4 AS "button", value->>5 AS "message", CAST(value->>6 AS BIGINT) AS "at",
               CAST(value->>7 AS BIGINT) AS "until", CAST(value->>8 AS INTEGER) AS "day",
               CAST(value->>9 AS BIGINT) AS "slots", CAST(value->>10 AS BIGINT) AS "next" FROM json_each(${asked}))
      SELECT t."id" AS "of", COUNT(DISTINCT y."personId") AS "n" FROM "topic" t
        JOIN "Presence" y ON y."groupId" = t."g" AND y."day" BETWEEN t."day" AND t."day" + 1
       WHERE y."personId" <> t."p"
         AND y."personId" NOT IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${bots}))
         AND (y."slots" & CASE WHEN y."day" = t."day" THEN t."slots" ELSE t."next" END) <> 0
         AND NOT EXISTS (SELECT 1 FROM "TopicMark" m WHERE m."groupId" = t."g"
                            AND m."key" IN (t."tag", t."button", t."message") AND m."personId" = y."personId"
                            AND m."at" BETWEEN t."at" AND t."until")
       GROUP BY t."id"`,
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
