/**
 * What is known of all cadres of some units at once, for an administrator: the same facts and figures that commands
 * load for one cadre (standing.ts, facts.ts), counted by the database in a fixed number of statements a batch.
 */
import { z } from 'zod';
import { type Day, dayOf } from '../../domain/calendar/day.ts';
import { monthOf, quarterOf, weekOf, yearOf } from '../../domain/calendar/period.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { CadreFacts, Vacations } from '../../domain/standing/facts.ts';
import type { GroupFigures } from '../../domain/standing/presence.ts';
import type { Db } from '../database.ts';
import { groupCounts } from './group-counts.ts';
import { groupFigures } from './group-figures.ts';
import { groupsLed, type Led } from './groups-led.ts';
import { among, fromHour, hourOf, listed, packed, packedCounts, sql } from './packed.ts';
import { rowsParameter } from './rows.ts';
import { countedSteps, factsFrom } from './standing.ts';
import { talliesOf } from './tallies.ts';

/** A cadre who has proved who they are, with all that their standing needs. */
export interface CadreCounts {
  readonly cadreId: number;
  readonly personId: number;
  readonly facts: CadreFacts;
  /** Of each group that the cadre leads today. */
  readonly figures: readonly GroupFigures[];
  /** Groups that changed hands in the year, or had activities before: to be measured each by itself. */
  readonly changed: readonly number[];
}

/** What goes for all cadres that are counted together. */
interface Asked {
  readonly policy: Policy;
  readonly vacations: Vacations;
  readonly today: Day;
  /** All bots: their ids, and the same for `json_each`. */
  readonly bots: { readonly ids: ReadonlySet<number>; readonly rows: string };
}

/** Cadres in one batch: what is asked of the database stays small, and its time grows as their number does. */
const batch = 5_000;
/** Batches at a time: PostgreSQL counts each on a core of its own, and one is judged while the next is counted. */
const atOnce = 2;

/**
 * Counts the cadres of some units that go by one policy and have proved who they are, at `now` (milliseconds), and gives
 * them to `judge` a batch at a time. Returns what that made of them, in the order of the cadres' ids.
 */
export async function countCadres<T>(
  db: Db,
  unitIds: readonly number[],
  { policy, vacations }: { readonly policy: Policy; readonly vacations: Vacations },
  now: number,
  judge: (cadres: readonly CadreCounts[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const ids = await cadreIds(db, unitIds);
  // Few among all people: asked for once, so that no statement looks every member up.
  const robots = botRows
    .parse(await db.$queryRaw`SELECT "id" FROM "Person" WHERE "bot" = ${true}`)
    .map(({ id }) => id);
  const bots = { ids: new Set(robots), rows: rowsParameter(robots.map((id) => [id])) };
  const asked: Asked = { policy, vacations, today: dayOf(now), bots };
  const found: (readonly T[])[] = [];
  let next = 0;
  const work = async () => {
    for (let n = next++; n * batch < ids.length; n = next++)
      found[n] = await judge(await countBatch(db, ids.slice(n * batch, (n + 1) * batch), asked));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return found.flat();
}

const botRows = z.array(z.object({ id: z.coerce.number() }));

async function countBatch(db: Db, ids: readonly number[], asked: Asked): Promise<readonly CadreCounts[]> {
  const { policy, today, bots } = asked;
  const cadres = await cadresOf(db, ids, bots.ids);
  const led = await groupsLed(db, cadres, today);
  const counts = await groupCounts(db, led, yearOf(today));
  const periods = {
    today,
    week: weekOf(today),
    month: monthOf(today),
    quarter: quarterOf(today),
    year: yearOf(today),
  };
  const steady = led.flatMap(({ id, personId, steady: since }) =>
    since ? [{ id, personId, firstDay: since.firstDay }] : [],
  );
  const figures = await groupFigures(db, steady, counts, periods, bots.rows);
  const tallies = await talliesOf(db, ids, policy, today);
  const steps = await countedSteps(db, cadres, policy);
  const byCadre = groupedBy(led);
  const several = await severalGroups(db, byCadre, bots.rows);
  return cadres.map((row) => {
    const groups = byCadre.get(row.id) ?? [];
    const rosters = groups.map(({ id }) => counts.get(id)?.roster ?? 0);
    const { tally, linked } = tallies.of(row.id);
    const facts: CadreFacts = {
      ...factsFrom(row, [], asked, today),
      roster: {
        count: groups.length > 1 ? (several.get(row.id) ?? 0) : (rosters[0] ?? 0),
        grade: 'verified',
      },
      group: { count: Math.max(0, ...rosters), grade: 'verified', owner: undefined },
      links: {
        ...(row.branch !== '' || linked.branch ? { branch: [] } : {}),
        ...(row.club !== '' || linked.club ? { club: [] } : {}),
      },
      paired: { count: row.paired, grade: 'stated' },
      steps: steps.get(row.id),
      tallies: tally,
    };
    const counted = groups.flatMap(({ id }) => figures.get(id) ?? []);
    const changed = groups.flatMap(({ id }) => (figures.has(id) ? [] : [id]));
    return { cadreId: row.id, personId: row.personId, facts, figures: counted, changed };
  });
}

function groupedBy(led: readonly Led[]): ReadonlyMap<number, readonly Led[]> {
  const found = new Map<number, Led[]>();
  for (const group of led) {
    const others = found.get(group.cadreId);
    if (others) others.push(group);
    else found.set(group.cadreId, [group]);
  }
  return found;
}

/** The cadres of some units who have proved who they are. */
async function cadreIds(db: Db, unitIds: readonly number[]): Promise<readonly number[]> {
  const rows = await packed(
    db,
    sql`SELECT string_agg(CAST(c."id" AS TEXT), ';') AS "text" FROM "Cadre" c
         WHERE c."personId" IS NOT NULL AND c."unitId" IN (${listed(unitIds)})`,
  );
  return rows.map(([id]) => Number(id)).sort((a, b) => a - b);
}

/** Some cadres' own rows, in the order of the ids. */
async function cadresOf(db: Db, cadreIds: readonly number[], bots: ReadonlySet<number>) {
  const rows = await packed(
    db,
    sql`
      SELECT string_agg(c."id" || ',' || c."personId" || ',' || c."kind" || ',' || COALESCE(c."exempt", '') || ',' ||
               CASE WHEN c."branch" = '' THEN '' ELSE 'some' END || ',' ||
               CASE WHEN c."club" = '' THEN '' ELSE 'some' END || ',' ||
               COALESCE(${hourOf('c."identityAt"')}, '') || ',' || COALESCE(${hourOf('b."at"')}, '') || ',' ||
               CASE WHEN c."organ" THEN 'yes' ELSE '' END || ',' ||
               (SELECT COUNT(*) FROM "Pairing" r WHERE r."cadreId" = c."id" AND r."endedAt" IS NULL), ';') AS "text"
        FROM "Cadre" c
        LEFT JOIN (SELECT "cadreId", MIN("at") AS "at" FROM "Binding" GROUP BY "cadreId") b ON b."cadreId" = c."id"
       WHERE ${among('c."id"', cadreIds)} AND c."personId" IS NOT NULL`,
  );
  const wanted = new Set(cadreIds);
  return rows
    .map(
      ([
        id,
        personId,
        kind = '',
        exempt,
        branch = '',
        club = '',
        identity = '',
        bound = '',
        organ,
        paired,
      ]) => ({
        id: Number(id),
        personId: Number(personId),
        bot: bots.has(Number(personId)),
        kind,
        organ: organ === 'yes',
        exempt: exempt === '' || exempt === undefined ? null : exempt,
        branch,
        club,
        identityAt: identity === '' ? null : fromHour(identity),
        bindings: bound === '' ? [] : [{ at: fromHour(bound) }],
        paired: Number(paired),
      }),
    )
    .filter(({ id }) => wanted.has(id))
    .sort((a, b) => a.id - b.id);
}

/** Of cadres who lead several groups, how many different youths are in them. */
async function severalGroups(
  db: Db,
  byCadre: ReadonlyMap<number, readonly Led[]>,
  bots: string,
): Promise<ReadonlyMap<number, number>> {
  const led = [...byCadre.values()].filter((groups) => groups.length > 1).flat();
  if (led.length === 0) return new Map();
  const those = rowsParameter(led.map(({ id, cadreId, personId }) => [id, cadreId, personId]));
  return packedCounts(
    db,
    sql`
      WITH "led" AS MATERIALIZED (SELECT CAST(value->>0 AS INTEGER) AS "g", CAST(value->>1 AS INTEGER) AS "c",
                            CAST(value->>2 AS INTEGER) AS "p" FROM json_each(${those}))
      SELECT string_agg(r."c" || ',' || r."n", ';') AS "text" FROM (
        SELECT l."c", COUNT(DISTINCT m."personId") AS "n" FROM "led" l
          JOIN "Member" m ON m."groupId" = l."g" AND m."leftAt" IS NULL AND m."personId" <> l."p"
           AND m."personId" NOT IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${bots}))
         GROUP BY l."c") r`,
  );
}
