/**
 * What is known of all cadres of some units at once, for an administrator: the same facts and figures that commands
 * load for one cadre (standing.ts, facts.ts), counted by the database in a fixed number of statements a batch.
 */
import { z } from 'zod';
import { type Day, dayOf, startOfDay } from '../../domain/calendar/day.ts';
import { monthOf, quarterOf, weekOf, yearOf } from '../../domain/calendar/period.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { CadreFacts, GroupFact, Vacations } from '../../domain/standing/facts.ts';
import { largestOwned, type OwnedGroup } from '../../domain/standing/group-owned.ts';
import type { GroupFigures } from '../../domain/standing/presence.ts';
import type { Statements } from '../database.ts';
import { digestAnew, digestColumn, digestJoined, noDigest } from './deed-digests.ts';
import { groupCounts } from './group-counts.ts';
import { groupFigures } from './group-figures.ts';
import { groupsLed, type Led } from './groups-led.ts';
import { among, hourOf, hoursRead, listed, packed, packedCounts, sql } from './packed.ts';
import { rowsParameter } from './rows.ts';
import { countedSteps, kept, recentDays, whoIs } from './standing.ts';
import { tallying } from './tallies.ts';

/** A cadre who has proved who they are, with all that their standing needs. */
export interface CadreCounts {
  readonly facts: CadreFacts;
  /** Of each group that the cadre leads today. */
  readonly figures: readonly GroupFigures[];
}

/** What goes for all cadres that are counted together. */
interface Asked {
  readonly policy: Policy;
  readonly today: Day;
  /** The first day whose records count. */
  readonly since: Day;
  /** All bots: their ids, and the same for `json_each`. */
  readonly bots: { readonly ids: ReadonlySet<number>; readonly rows: string };
  readonly factsOf: FactsOf;
}

/** Cadres in one batch: what is asked of the database stays small, and its time grows as their number does. */
const usualBatch = 5_000;
/** Batches at a time: while one is judged, others are counted. */
const atOnce = 3;

/**
 * Counts the cadres of some units that go by one policy and have proved who they are, at `now` (milliseconds), and gives
 * them to `judge` one after another. Returns what that made of them, in the order of the cadres' ids.
 */
export async function countCadres<T>(
  db: Statements,
  unitIds: readonly number[],
  { policy, vacations }: { readonly policy: Policy; readonly vacations: Vacations },
  now: number,
  judge: (cadre: CadreCounts) => T,
  batch = usualBatch,
): Promise<readonly T[]> {
  const ids = await cadreIds(db, unitIds);
  // Few among all people: asked for once, so that no statement looks every member up.
  const robots = botRows
    .parse(await db.$queryRaw(sql`SELECT "id" FROM "Person" WHERE "bot" = ${true}`))
    .map(({ id }) => id);
  const bots = { ids: new Set(robots), rows: rowsParameter(robots.map((id) => [id])) };
  const today = dayOf(now);
  const since = recentDays(today).from;
  const asked: Asked = { policy, today, since, bots, factsOf: factsUnder(policy, vacations, today, since) };
  const found: (readonly T[])[] = [];
  let next = 0;
  const work = async () => {
    for (let n = next++; n * batch < ids.length; n = next++)
      found[n] = await countBatch(db, ids.slice(n * batch, (n + 1) * batch), asked, judge);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return found.flat();
}

const botRows = z.array(z.object({ id: z.coerce.number() }));

async function countBatch<T>(
  db: Statements,
  ids: readonly number[],
  { policy, today, since, bots, factsOf }: Asked,
  judge: (cadre: CadreCounts) => T,
): Promise<readonly T[]> {
  const cadres = await cadresOf(db, ids, since);
  const led = await groupsLed(db, ids, today, yearOf(today));
  const counts = await groupCounts(db, led, yearOf(today));
  const periods = { today, week: weekOf(today), month: monthOf(today), quarter: quarterOf(today) };
  const figures = await groupFigures(db, led, counts, periods, bots);
  const steps = await countedSteps(db, cadres.map(stepsRow), policy);
  const byCadre = groupedBy(led);
  const several = await severalGroups(db, byCadre, bots.rows);
  return cadres.map((row) => {
    const found: GroupFigures[] = [];
    const owned: OwnedGroup[] = [];
    const groups = byCadre.get(row.id) ?? none;
    for (const { id, ownerId, ownerSaid } of groups) {
      const one = figures.get(id);
      if (one === undefined) continue;
      found.push(one);
      owned.push({ youths: one.roster, ownerId, ownerSaid });
    }
    const group = largestOwned(owned, groups[0]?.personId ?? 0);
    const roster = found.length > 1 ? (several.get(row.id) ?? 0) : group.count;
    return judge({ facts: factsOf(row, roster, group, steps.get(row.id)), figures: found });
  });
}

const none: readonly Led[] = [];

function groupedBy(led: readonly Led[]): ReadonlyMap<number, readonly Led[]> {
  const found = new Map<number, Led[]>();
  for (const group of led) {
    const others = found.get(group.cadreId);
    if (others) others.push(group);
    else found.set(group.cadreId, [group]);
  }
  return found;
}

/** The cadres of some units who have proved who they are, in order. */
async function cadreIds(db: Statements, unitIds: readonly number[]): Promise<readonly number[]> {
  const rows = await packed(
    db,
    sql`SELECT string_agg(CAST(c."id" AS TEXT), ';') AS "text" FROM "Cadre" c
         WHERE c."personId" IS NOT NULL AND c."unitId" IN (${listed(unitIds)})`,
  );
  const ids: number[] = [];
  while (rows.more) ids.push(rows.number());
  return ids.sort((a, b) => a - b);
}

interface CadreRow {
  readonly id: number;
  readonly kind: string;
  readonly organ: boolean;
  readonly exempt: string;
  readonly branch: boolean;
  readonly club: boolean;
  readonly identityOn: Day | undefined;
  readonly boundOn: Day | undefined;
  readonly paired: number;
  readonly digest: string;
}

/** Some cadres' own rows, in the order of the ids, with their records. */
async function cadresOf(
  db: Statements,
  cadreIds: readonly number[],
  since: Day,
): Promise<readonly CadreRow[]> {
  const rows = await packed(
    db,
    sql`
      SELECT string_agg(c."id" || ',' || c."kind" || ',' || CASE WHEN c."organ" THEN 1 ELSE 0 END || ',' ||
               COALESCE(c."exempt", '') || ',' ||
               CASE WHEN c."branch" = '' THEN 0 ELSE 1 END || ',' || CASE WHEN c."club" = '' THEN 0 ELSE 1 END || ',' ||
               COALESCE(${hourOf('c."identityAt"')}, '') || ',' || COALESCE(${hourOf('b."at"')}, '') || ',' ||
               COALESCE(r."n", 0) || ',' || ${digestColumn}, ';') AS "text"
        FROM "Cadre" c
        LEFT JOIN (SELECT "cadreId", MIN("at") AS "at" FROM "Binding" WHERE ${among('"cadreId"', cadreIds)}
                    GROUP BY "cadreId") b ON b."cadreId" = c."id"
        LEFT JOIN (SELECT "cadreId", COUNT(*) AS "n" FROM "Pairing"
                    WHERE ${among('"cadreId"', cadreIds)} AND "endedAt" IS NULL GROUP BY "cadreId") r ON r."cadreId" = c."id"
        ${digestJoined(cadreIds, since)}
       WHERE ${among('c."id"', cadreIds)} AND c."personId" IS NOT NULL`,
  );
  const wanted = new Set(cadreIds);
  const dayIn = hoursRead();
  const found: CadreRow[] = [];
  while (rows.more) {
    const id = rows.number();
    const [kind, organ, exempt] = [rows.text(), rows.number() === 1, rows.text()];
    const [branch, club] = [rows.number() === 1, rows.number() === 1];
    const [identity, bound, paired, digest] = [rows.text(), rows.text(), rows.number(), rows.text()];
    if (!wanted.has(id)) continue;
    const identityOn = identity === '' ? undefined : dayIn(identity);
    const boundOn = bound === '' ? undefined : dayIn(bound);
    found.push({ id, kind, organ, exempt, branch, club, identityOn, boundOn, paired, digest });
  }
  const stale = found.flatMap(({ id, digest }) => (digest === noDigest ? [id] : []));
  const anew = await digestAnew(db, stale, since);
  const whole =
    stale.length === 0 ? found : found.map((row) => ({ ...row, digest: anew.get(row.id) ?? row.digest }));
  return whole.sort((a, b) => a.id - b.id);
}

/** A cadre as their first steps are counted. */
function stepsRow({ id, organ, branch, club, identityOn, boundOn }: CadreRow) {
  return {
    id,
    organ,
    branch: branch ? 'some' : '',
    club: club ? 'some' : '',
    identityAt: identityOn === undefined ? null : new Date(startOfDay(identityOn)),
    bindings: boundOn === undefined ? [] : [{ at: new Date(startOfDay(boundOn)) }],
  };
}

type FactsOf = (row: CadreRow, roster: number, group: GroupFact, steps: CadreFacts['steps']) => CadreFacts;

/** Makes the facts of one cadre after another; what is the same for many is made once. */
function factsUnder(policy: Policy, vacations: Vacations, today: Day, since: Day): FactsOf {
  const tally = tallying(policy, today, since);
  const whoOf = remembered((key: string) => {
    const [kind = '', organ, exempt = ''] = key.split(',');
    return whoIs({ kind, organ: organ === 'true', exempt: exempt === '' ? null : exempt }, policy);
  });
  const recordsSince = remembered((day: Day) => ({ since: day, kept, all: [] }));
  // Field by field: of a hundred thousand, spreading an object would cost as much as all else here.
  return (row, roster, group, steps) => {
    const { kind, organ, exempt, branch, club, identityOn, boundOn = today, paired, digest } = row;
    const who = whoOf(`${kind},${organ},${exempt}`);
    const { tallies, linked } = tally(digest);
    return {
      kind: who.kind,
      organ: who.organ,
      manyYouths: who.manyYouths,
      exempt: who.exempt,
      since: boundOn,
      records: recordsSince(boundOn),
      roster: { count: roster, grade: 'verified' },
      group,
      identityOn,
      links: contacts[(branch || linked.branch ? 1 : 0) + (club || linked.club ? 2 : 0)],
      paired: { count: paired, grade: 'stated' },
      steps,
      vacations,
      tallies,
    };
  };
}

/** With branch and club, with one of them or neither: contacts are counted already, and whether there can be any is all that is looked at. */
const contacts: readonly CadreFacts['links'][] = [{}, { branch: [] }, { club: [] }, { branch: [], club: [] }];

function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}

/** Of cadres who lead several groups, how many different youths are in them. */
async function severalGroups(
  db: Statements,
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
