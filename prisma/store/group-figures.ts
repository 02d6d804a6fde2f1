/** The five “有” of many groups at once, counted by the database (design.md, counting rules 2–7). */
import { civilOf, type Day } from '../../domain/calendar/day.ts';
import type { Period } from '../../domain/calendar/period.ts';
import type { GroupFigures } from '../../domain/standing/presence.ts';
import type { Statements } from '../database.ts';
import type { GroupCounts } from './group-count-rows.ts';
import { packed, sql } from './packed.ts';
import { rowsParameter } from './rows.ts';
import { type StintsOfGroup, topicFigures } from './topic-figures.ts';

/** The day asked about, and the periods that it lies in. */
export interface Periods {
  readonly today: Day;
  readonly week: Period;
  readonly month: Period;
  readonly quarter: Period;
}

/** All bots: their ids, and the same for `json_each`. */
export interface Bots {
  readonly ids: ReadonlySet<number>;
  readonly rows: string;
}

/** The figures by group; `counts`: the roster, who was met and what was held. */
export async function groupFigures(
  db: Statements,
  groups: readonly StintsOfGroup[],
  counts: ReadonlyMap<number, GroupCounts>,
  periods: Periods,
  bots: Bots,
): Promise<ReadonlyMap<number, GroupFigures>> {
  const heard = await voices(db, groups, periods, bots);
  const topics = await topicFigures(db, groups, periods.month, bots.rows);
  const quarter = Math.floor((civilOf(periods.quarter.from).month - 1) / 3);
  return new Map(
    groups.map(({ id }) => {
      const { roster = 0, met = 0, held } = counts.get(id) ?? {};
      const { voice = false, exchange = 0 } = heard.get(id) ?? {};
      return [id, { voice, exchange, topics: topics.get(id) ?? [], held: held?.[quarter] ?? 0, met, roster }];
    }),
  );
}

/**
 * Rule 2, today; and rules 3 and 4, this week: youths with half-hours that touch the cadre's, or who mentioned or quoted
 * one another. Each day has its own cadre; a bot has no voice.
 */
async function voices(
  db: Statements,
  groups: readonly StintsOfGroup[],
  { today, week }: Periods,
  bots: Bots,
): Promise<ReadonlyMap<number, Pick<GroupFigures, 'voice' | 'exchange'>>> {
  const led: number[][] = [];
  for (const { id, stints } of groups)
    for (const { cadre, from, until } of stints) {
      const [first, last] = [Math.max(from, week.from), Math.min(until, week.to)];
      if (first <= last && !bots.ids.has(cadre)) led.push([id, cadre, first, last]);
    }
  const rows = await packed(
    db,
    sql`
      WITH "led" AS MATERIALIZED (
        SELECT CAST(value->>0 AS INTEGER) AS "g", CAST(value->>1 AS INTEGER) AS "p", CAST(value->>2 AS INTEGER) AS "from",
               CAST(value->>3 AS INTEGER) AS "until" FROM json_each(${rowsParameter(led)}))
      SELECT string_agg(f."g" || ',' || f."voice" || ',' || f."exchange", ';') AS "text" FROM (
        SELECT l."g", MAX(CASE WHEN c."day" = ${today} THEN 1 ELSE 0 END) AS "voice",
               COUNT(DISTINCT y."personId") AS "exchange" FROM "led" l
          JOIN "Presence" c ON c."groupId" = l."g" AND c."day" BETWEEN l."from" AND l."until" AND c."personId" = l."p"
          LEFT JOIN "Presence" y ON y."groupId" = c."groupId" AND y."day" = c."day" AND y."personId" <> c."personId"
           AND y."slots" <> 0
           AND y."personId" NOT IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${bots.rows}))
           AND ((y."slots" & (c."slots" | (c."slots" << 1) | (c."slots" >> 1))) <> 0
                OR EXISTS (SELECT 1 FROM "Address" a WHERE a."groupId" = c."groupId" AND a."day" = c."day"
                              AND a."fromId" = y."personId" AND a."toId" = c."personId")
                OR EXISTS (SELECT 1 FROM "Address" a WHERE a."groupId" = c."groupId" AND a."day" = c."day"
                              AND a."fromId" = c."personId" AND a."toId" = y."personId"))
         WHERE c."slots" <> 0
         GROUP BY l."g") f`,
  );
  const found = new Map<number, Pick<GroupFigures, 'voice' | 'exchange'>>();
  while (rows.more) found.set(rows.number(), { voice: rows.number() === 1, exchange: rows.number() });
  return found;
}
