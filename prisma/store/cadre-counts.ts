/**
 * What is known of all cadres of some units at once, for an administrator: the same facts and figures that commands
 * load for one cadre (standing.ts, facts.ts), counted by the database in a fixed number of statements a batch.
 */
import { z } from 'zod';
import { type Day, dayOf } from '../../domain/calendar/day.ts';
import { monthOf, quarterOf, weekOf, yearOf } from '../../domain/calendar/period.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import {
  type Binding,
  cadreOn,
  cadreSince,
  firstCountedDay,
  orderBindings,
} from '../../domain/presence/bindings.ts';
import type { CadreFacts, Vacations } from '../../domain/standing/facts.ts';
import type { GroupFigures } from '../../domain/standing/presence.ts';
import type { Raw } from '../raw.ts';
import type { CadreOfPerson, GroupRow } from './cadres.ts';
import { groupFigures } from './group-figures.ts';
import { rowsParameter } from './rows.ts';
import { factsFrom } from './standing.ts';
import { talliesOf } from './tallies.ts';

/** A cadre who has proved who they are, with all that their standing needs. */
export interface CadreCounts {
  readonly cadre: CadreOfPerson & { readonly unitId: number };
  readonly facts: CadreFacts;
  /** Of each group that the cadre leads today. */
  readonly figures: readonly GroupFigures[];
  /** Groups that changed hands in the year, or had activities before: to be measured each by itself. */
  readonly changed: readonly GroupRow[];
}

/** A group that a cadre leads, and who has been its cadre as far back as figures go; undefined where that changed. */
interface Led extends GroupRow {
  readonly cadreId: number;
  readonly personId: number;
  readonly steady: { readonly firstDay: Day } | undefined;
}

/** All bots: their ids, and the same for `json_each`. */
interface Bots {
  readonly ids: ReadonlySet<number>;
  readonly rows: string;
}

/** Cadres in one batch: what is asked of the database stays small, and its time grows as their number does. */
const batch = 10_000;

/** The cadres of some units that go by one policy, who have proved who they are, at `now` (milliseconds). */
export async function countCadres(
  db: Raw,
  unitIds: readonly number[],
  unit: { readonly policy: Policy; readonly vacations: Vacations },
  now: number,
): Promise<readonly CadreCounts[]> {
  const rows = await cadresOf(db, unitIds);
  // Few among all people: asked for once, so that no statement looks every member up.
  const robots = ids.parse(await db.$queryRaw`SELECT "id" FROM "Person" WHERE "bot"`).map(({ id }) => id);
  const bots = { ids: new Set(robots), rows: rowsParameter(robots.map((id) => [id])) };
  const found: CadreCounts[] = [];
  for (let from = 0; from < rows.length; from += batch)
    found.push(...(await countBatch(db, rows.slice(from, from + batch), unit, now, bots)));
  return found;
}

async function countBatch(
  db: Raw,
  cadres: readonly CadreOfUnits[],
  unit: { readonly policy: Policy; readonly vacations: Vacations },
  now: number,
  bots: Bots,
): Promise<readonly CadreCounts[]> {
  const today = dayOf(now);
  const led = await groupsLed(db, cadres, today);
  const rosters = await rostersOf(db, led, bots);
  const steady = led.flatMap(({ id, cadreId, personId, steady: since }) =>
    since ? [{ id, cadreId, personId, firstDay: since.firstDay, roster: rosters.byGroup.get(id) ?? 0 }] : [],
  );
  const figures = await groupFigures(
    db,
    steady,
    {
      today,
      week: weekOf(today),
      month: monthOf(today),
      quarter: quarterOf(today),
      year: yearOf(today),
    },
    bots.rows,
  );
  const tallies = await talliesOf(
    db,
    cadres.map(({ id }) => id),
    unit.policy,
    today,
  );
  const paired = await pairedWith(db, cadres);
  const byCadre = groupedBy(led);
  return cadres.map((row) => {
    const groups = byCadre.get(row.id) ?? [];
    const { tally, linked } = tallies.of(row.id);
    const bare = factsFrom({ ...row, bindings: row.boundAt ? [{ at: row.boundAt }] : [] }, [], unit, today);
    const facts: CadreFacts = {
      ...bare,
      roster: { count: rosters.byCadre.get(row.id) ?? 0, grade: 'verified' },
      group: {
        count: Math.max(0, ...groups.map(({ id }) => rosters.byGroup.get(id) ?? 0)),
        grade: 'verified',
        owner: undefined,
      },
      links: {
        ...(row.branch !== '' || linked.branch ? { branch: [] } : {}),
        ...(row.club !== '' || linked.club ? { club: [] } : {}),
      },
      paired: { count: paired.get(row.id) ?? 0, grade: 'stated' },
      tallies: tally,
    };
    const counted = groups.flatMap(({ id }) => figures.get(id) ?? []);
    const changed = groups.filter(({ id }) => !figures.has(id)).map(({ id, name }) => ({ id, name }));
    const { id, personId, name, unitName, unitId } = row;
    return { cadre: { id, personId, name, unit: unitName, unitId }, facts, figures: counted, changed };
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

const ids = z.array(z.object({ id: z.coerce.number() }));
const instant = z.union([z.null(), z.coerce.date()]);
const cadreRows = z.array(
  z.object({
    id: z.coerce.number(),
    unitId: z.coerce.number(),
    unitName: z.string(),
    personId: z.coerce.number(),
    name: z.string(),
    kind: z.string(),
    exempt: z.string().nullable(),
    branch: z.string(),
    club: z.string(),
    identityAt: instant,
    boundAt: instant,
    bot: z.coerce.boolean(),
  }),
);
type CadreOfUnits = z.output<typeof cadreRows>[number];

async function cadresOf(db: Raw, unitIds: readonly number[]): Promise<readonly CadreOfUnits[]> {
  const units = rowsParameter(unitIds.map((id) => [id]));
  return cadreRows.parse(
    await db.$queryRaw`
      SELECT c."id", c."unitId", u."name" AS "unitName", c."personId", c."name", c."kind", c."exempt", c."branch",
             c."club", c."identityAt", p."bot",
             (SELECT MIN(b."at") FROM "Binding" b WHERE b."cadreId" = c."id") AS "boundAt"
        FROM "Cadre" c JOIN "Unit" u ON u."id" = c."unitId" JOIN "Person" p ON p."id" = c."personId"
       WHERE c."unitId" IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${units}))
       ORDER BY c."id"`,
  );
}

const bindingRows = z.array(
  z.object({
    groupId: z.coerce.number(),
    name: z.string(),
    cadreId: z.coerce.number(),
    personId: z.coerce.number(),
    at: z.coerce.date(),
    eventKey: z.string(),
    proved: z.coerce.boolean(),
  }),
);
type BindingOfGroup = z.output<typeof bindingRows>[number];

/** The groups that some cadres lead on a day (counting rule 9). */
async function groupsLed(db: Raw, cadres: readonly CadreOfUnits[], today: Day): Promise<readonly Led[]> {
  const wanted = rowsParameter(cadres.map(({ id }) => [id]));
  const rows = bindingRows.parse(
    await db.$queryRaw`
      SELECT b."groupId", g."name", b."cadreId", b."personId", b."at", b."eventKey",
             CASE WHEN c."personId" IS NULL THEN 0 ELSE 1 END AS "proved"
        FROM "Binding" b JOIN "Group" g ON g."id" = b."groupId" JOIN "Cadre" c ON c."id" = b."cadreId"
       WHERE g."leftAt" IS NULL AND b."groupId" IN (
         SELECT o."groupId" FROM "Binding" o
          WHERE o."cadreId" IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${wanted})))
       ORDER BY b."groupId"`,
  );
  const byGroup = new Map<number, BindingOfGroup[]>();
  for (const row of rows) {
    const others = byGroup.get(row.groupId);
    if (others) others.push(row);
    else byGroup.set(row.groupId, [row]);
  }
  const known = new Map(cadres.map((cadre) => [cadre.id, cadre]));
  // Nothing before these days is in any figure.
  const since = Math.min(yearOf(today).from, weekOf(today).from);
  return [...byGroup].flatMap(([id, bindings]): Led[] => {
    // Whose cadre has not proved who they are (an imported file names them) leads nothing, but was the cadre.
    const proved = orderBindings(
      bindings.flatMap((row, index) => (row.proved ? [bindingOf(row, index)] : [])),
    );
    const holding = bindings[cadreOn(proved, today) ?? -1];
    const cadre = holding && known.get(holding.cadreId);
    if (!holding || !cadre) return [];
    const all = orderBindings(bindings.map((row) => bindingOf(row, row.personId)));
    const firstDay = firstCountedDay(all);
    const isSteady = cadreSince(all, since, today) === cadre.personId && !cadre.bot;
    const { personId } = cadre;
    const steady = isSteady && firstDay !== undefined ? { firstDay } : undefined;
    return [{ id, name: holding.name, cadreId: cadre.id, personId, steady }];
  });
}

function bindingOf({ at, eventKey }: BindingOfGroup, cadre: number): Binding {
  return { at: at.getTime(), eventId: eventKey, cadre };
}

const counts = z.array(z.object({ of: z.coerce.number(), n: z.coerce.number() }));

/** With how many youths each cadre is paired. */
async function pairedWith(db: Raw, cadres: readonly CadreOfUnits[]): Promise<ReadonlyMap<number, number>> {
  const wanted = rowsParameter(cadres.map(({ id }) => [id]));
  const rows = await db.$queryRaw`
    SELECT "cadreId" AS "of", COUNT(*) AS "n" FROM "Pairing"
     WHERE "endedAt" IS NULL AND "cadreId" IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${wanted}))
     GROUP BY "cadreId"`;
  return new Map(counts.parse(rows).map(({ of, n }) => [of, n]));
}

/** How many youths are in each group, and how many different ones with each cadre. */
async function rostersOf(db: Raw, led: readonly Led[], bots: Bots) {
  const groups = rowsParameter(led.map(({ id }) => [id]));
  const people = await db.$queryRaw`
    SELECT m."groupId" AS "of", COUNT(*) AS "n" FROM "Member" m
     WHERE m."groupId" IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${groups})) AND m."leftAt" IS NULL
     GROUP BY m."groupId"`;
  const byGroup = new Map(counts.parse(people).map(({ of, n }) => [of, n]));
  // The bots and the cadre are few: they are taken off, so that no member is looked up among them.
  const robots = await db.$queryRaw`
    SELECT m."groupId" AS "of", COUNT(*) AS "n" FROM "Member" m
     WHERE m."personId" IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${bots.rows}))
       AND m."groupId" IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${groups})) AND m."leftAt" IS NULL
     GROUP BY m."groupId"`;
  const cadres = rowsParameter(
    led.filter(({ personId }) => !bots.ids.has(personId)).map(({ id, personId }) => [id, personId]),
  );
  const themselves = await db.$queryRaw`
    WITH "led" AS MATERIALIZED (SELECT CAST(value->>0 AS INTEGER) AS "g", CAST(value->>1 AS INTEGER) AS "p"
                                  FROM json_each(${cadres}))
    SELECT l."g" AS "of", 1 AS "n" FROM "led" l
      JOIN "Member" m ON m."groupId" = l."g" AND m."personId" = l."p" WHERE m."leftAt" IS NULL`;
  for (const { of, n } of [...counts.parse(robots), ...counts.parse(themselves)])
    byGroup.set(of, (byGroup.get(of) ?? 0) - n);
  const byCadre = new Map<number, number>();
  const several = new Set<number>();
  for (const { id, cadreId } of led) {
    if (byCadre.has(cadreId)) several.add(cadreId);
    byCadre.set(cadreId, byGroup.get(id) ?? 0);
  }
  if (several.size > 0) {
    const those = rowsParameter(
      led
        .filter(({ cadreId }) => several.has(cadreId))
        .map(({ id, cadreId, personId }) => [id, cadreId, personId]),
    );
    const rows = await db.$queryRaw`
      WITH "led" AS MATERIALIZED (SELECT CAST(value->>0 AS INTEGER) AS "g", CAST(value->>1 AS INTEGER) AS "c",
                            CAST(value->>2 AS INTEGER) AS "p" FROM json_each(${those}))
      SELECT l."c" AS "of", COUNT(DISTINCT m."personId") AS "n"
        FROM "led" l JOIN "Member" m ON m."groupId" = l."g"
       WHERE m."leftAt" IS NULL AND m."personId" <> l."p"
         AND m."personId" NOT IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(${bots.rows}))
       GROUP BY l."c"`;
    for (const cadreId of several) byCadre.set(cadreId, 0);
    for (const { of, n } of counts.parse(rows)) byCadre.set(of, n);
  }
  return { byGroup, byCadre };
}
