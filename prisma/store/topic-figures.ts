/** 每月有话题 of many groups at once (design.md, counting rule 5). */
import { dayOf, halfHourOf } from '../../domain/calendar/day.ts';
import type { Period } from '../../domain/calendar/period.ts';
import type { Stint } from '../../domain/presence/bindings.ts';
import { slotsBetween, slotsOfDay } from '../../domain/presence/slots.ts';
import { inferredSlots } from '../../domain/presence/topic.ts';
import type { GroupFigures } from '../../domain/standing/presence.ts';
import type { Statements } from '../database.ts';
import { among, empty, fromInstant, instantOf, packed, raw, sql, within } from './packed.ts';
import { rowsParameter } from './rows.ts';

/** A topic of the month that was posted on a counted day. */
interface Topic {
  readonly id: number;
  readonly group: StintsOfGroup;
  /** From the posting until it ends, milliseconds. */
  readonly at: number;
  readonly until: number;
}

/** A group with who has led it from when until when. */
export interface StintsOfGroup {
  readonly id: number;
  readonly stints: readonly Stint[];
}

/** The month's topics by group, with who took part by deed and by being there; `bots`: their ids for `json_each`. */
export async function topicFigures(
  db: Statements,
  groups: readonly StintsOfGroup[],
  month: Period,
  bots: string,
): Promise<ReadonlyMap<number, GroupFigures['topics']>> {
  const found = new Map<number, GroupFigures['topics'][number][]>();
  const topics = await topicsOf(db, groups, month);
  if (topics.length === 0) return found;
  const took = await participations(db, topics, bots);
  for (const { id, group, at } of topics) {
    const one = { at, took: took.get(id) ?? { clear: 0, inferred: 0 } };
    const others = found.get(group.id);
    if (others) others.push(one);
    else found.set(group.id, [one]);
  }
  return found;
}

async function topicsOf(
  db: Statements,
  groups: readonly StintsOfGroup[],
  month: Period,
): Promise<readonly Topic[]> {
  const known = new Map(groups.map((group) => [group.id, group]));
  const rows = await packed(
    db,
    sql`
      SELECT string_agg(t."id" || ',' || t."groupId" || ',' || ${instantOf('t."openedAt"')} || ',' ||
                        ${instantOf('COALESCE(t."closedAt", t."closesAt")')}, ';') AS "text"
        FROM "Topic" t WHERE ${among('t."groupId"', [...known.keys()])} AND ${within('t."openedAt"', month)}`,
  );
  const found: Topic[] = [];
  while (rows.more) {
    const id = rows.number();
    const group = known.get(rows.number());
    const [at, until] = [fromInstant(rows.text()), fromInstant(rows.text())];
    if (group && dayOf(at) >= (group.stints[0]?.from ?? Number.POSITIVE_INFINITY))
      found.push({ id, group, at, until });
  }
  return found.sort((a, b) => a.id - b.id);
}

/** How many youths took part: whoever was the cadre on the day is none, nor is a bot. */
async function participations(
  db: Statements,
  topics: readonly Topic[],
  bots: string,
): Promise<ReadonlyMap<number, GroupFigures['topics'][number]['took']>> {
  const asked: (number | string)[][] = [];
  const handovers: number[][] = [];
  for (const { id, group, at, until } of topics) {
    const day = dayOf(at);
    const last = Math.max(day + 1, dayOf(until));
    const stints = group.stints.filter((stint) => stint.from <= last && day <= stint.until);
    const first = halfHourOf(at);
    const end = first + inferredSlots;
    const slots = [slotsBetween(first, end), slotsBetween(0, end - slotsOfDay)];
    const lastSlots = end > slotsOfDay ? day + 1 : day;
    asked.push([id, stints.length === 1 ? (stints[0]?.cadre ?? 0) : 0, at, until, day, lastSlots, ...slots]);
    if (stints.length > 1)
      for (const { cadre, from, until: to } of stints)
        handovers.push([id, cadre, Math.max(from, day), Math.min(to, last)]);
  }
  const wasCadre = (person: string, day: string) =>
    handovers.length === 0
      ? empty
      : sql`AND NOT EXISTS (SELECT 1 FROM "handover" h WHERE h."id" = t."id" AND h."p" = ${raw(person)}
                               AND ${raw(day)} BETWEEN h."from" AND h."until")`;
  const rows = await packed(
    db,
    sql`
      WITH "asked" AS MATERIALIZED (
        SELECT CAST(value->>0 AS INTEGER) AS "id", CAST(value->>1 AS INTEGER) AS "p", CAST(value->>2 AS BIGINT) AS "at",
               CAST(value->>3 AS BIGINT) AS "until", CAST(value->>4 AS INTEGER) AS "day",
               CAST(value->>5 AS INTEGER) AS "last", CAST(value->>6 AS BIGINT) AS "slots",
               CAST(value->>7 AS BIGINT) AS "next"
          FROM json_each(${rowsParameter(asked)})),
      "handover" AS MATERIALIZED (
        SELECT CAST(value->>0 AS INTEGER) AS "id", CAST(value->>1 AS INTEGER) AS "p", CAST(value->>2 AS INTEGER) AS "from",
               CAST(value->>3 AS INTEGER) AS "until" FROM json_each(${rowsParameter(handovers)})),
      "posted" AS MATERIALIZED (
        SELECT q.*, o."groupId" AS "g", 'tag:' || o."number" AS "tag", 'topic:' || o."id" AS "button",
               CASE WHEN o."messageId" IS NULL THEN 'topic:' || o."id" ELSE 'msg:' || o."messageId" END AS "message"
          FROM "asked" q JOIN "Topic" o ON o."id" = q."id")
      SELECT string_agg(f."id" || ',' || f."clear" || ',' || f."inferred", ';') AS "text" FROM (
        SELECT w."id", SUM(w."clear") AS "clear", SUM(1 - w."clear") AS "inferred" FROM (
          SELECT v."id", v."personId", MAX(v."clear") AS "clear" FROM (
            SELECT t."id", m."personId", 1 AS "clear" FROM "posted" t
              JOIN "TopicMark" m ON m."groupId" = t."g" AND m."key" IN (t."tag", t."button", t."message")
             WHERE m."at" BETWEEN t."at" AND t."until" AND m."personId" <> t."p"
               AND m."personId" NOT IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${bots}))
               ${wasCadre('m."personId"', '((m."at" + 28800000) / 86400000)')}
            UNION ALL
            SELECT t."id", y."personId", 0 FROM "posted" t
              JOIN "Presence" y ON y."groupId" = t."g" AND y."day" BETWEEN t."day" AND t."last"
             WHERE y."personId" <> t."p"
               AND y."personId" NOT IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${bots}))
               AND (y."slots" & CASE WHEN y."day" = t."day" THEN t."slots" ELSE t."next" END) <> 0
               ${wasCadre('y."personId"', 'y."day"')}) v
           GROUP BY v."id", v."personId") w
         GROUP BY w."id") f`,
  );
  const found = new Map<number, GroupFigures['topics'][number]['took']>();
  while (rows.more) found.set(rows.number(), { clear: rows.number(), inferred: rows.number() });
  return found;
}
