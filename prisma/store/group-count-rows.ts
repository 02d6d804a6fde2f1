/**
 * The counts of groups, out of their rows: these are loaded for all at once, and counted by the rules themselves
 * (domain/presence/activity.ts), since who was a youth goes by the day.
 */
import { startOfDay } from '../../domain/calendar/day.ts';
import { type Period, quarterOf } from '../../domain/calendar/period.ts';
import { activitiesIn, metIn } from '../../domain/presence/activity.ts';
import type { Binding, Stint } from '../../domain/presence/bindings.ts';
import type { ActivityFacts, GroupFacts, Mark } from '../../domain/presence/facts.ts';
import type { Statements } from '../database.ts';
import { among, hourOf, hoursRead, packed, sql, within } from './packed.ts';

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

/** The counts by group. */
export async function countGroups(
  db: Statements,
  groups: readonly LedBy[],
  year: Period,
): Promise<ReadonlyMap<number, GroupCounts>> {
  const ids = groups.map(({ id }) => id);
  const members = await membersOf(db, ids);
  const bots = await botsOf(db, ids);
  const activities = await activitiesOf(db, ids, year);
  const confirmed = await confirmedOf(db, groups, year);
  const quarters = [0, 1, 2, 3].map((n) => quarterOf(year.from + n * 92));
  return new Map(
    groups.map(({ id, cadreId, personId, stints }) => {
      const robots = bots.get(id) ?? nobody;
      const roster = new Set(members.get(id));
      roster.delete(personId);
      for (const bot of robots) roster.delete(bot);
      const facts = factsOf(stints, robots, activities.get(id) ?? []);
      const met = metIn(facts, year);
      for (const person of confirmed.get(cadreId) ?? []) met.add(person);
      let here = 0;
      for (const person of met) if (roster.has(person)) here += 1;
      const [q1 = 0, q2 = 0, q3 = 0, q4 = 0] = quarters.map((quarter) => activitiesIn(facts, quarter));
      return [id, { roster: roster.size, met: here, held: [q1, q2, q3, q4] }];
    }),
  );
}

const nobody: ReadonlySet<number> = new Set();

/** Facts of activities alone. */
function factsOf(
  stints: readonly Stint[],
  bots: ReadonlySet<number>,
  activities: readonly ActivityFacts[],
): GroupFacts {
  return {
    bindings: bindingsOf(stints),
    bots,
    activities,
    presence: new Map(),
    addresses: new Map(),
    listening: 'all',
    topics: [],
  };
}

/** Bindings that these are the stints of: at the begin of the first day, and at the end of the day before each other. */
function bindingsOf(stints: readonly Stint[]): readonly Binding[] {
  return stints.map(({ cadre, from }, n) => ({
    at: startOfDay(from) - (n === 0 ? 0 : 1),
    eventId: '',
    cadre,
  }));
}

/** Who is in each group today. */
async function membersOf(
  db: Statements,
  groupIds: readonly number[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const rows = await packed(
    db,
    sql`
      SELECT string_agg(f."groupId" || ',' || f."people", ';') AS "text" FROM (
        SELECT m."groupId", string_agg(CAST(m."personId" AS TEXT), ' ') AS "people" FROM "Member" m
         WHERE ${among('m."groupId"', groupIds)} AND m."leftAt" IS NULL GROUP BY m."groupId") f`,
  );
  const found = new Map<number, readonly number[]>();
  while (rows.more) found.set(rows.number(), rows.numbers());
  return found;
}

/** The bots among those who are or were in each group. */
async function botsOf(
  db: Statements,
  groupIds: readonly number[],
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const rows = await packed(
    db,
    sql`
      SELECT string_agg(m."groupId" || ',' || m."personId", ';') AS "text"
        FROM "Person" p JOIN "Member" m ON m."personId" = p."id"
       WHERE p."bot" = ${true} AND ${among('m."groupId"', groupIds)}`,
  );
  const found = new Map<number, Set<number>>();
  while (rows.more) add(found, rows.number(), rows.number());
  return found;
}

/** The activities of a year by group, with their check-ins. Only the days of the instants are right. */
async function activitiesOf(
  db: Statements,
  groupIds: readonly number[],
  year: Period,
): Promise<ReadonlyMap<number, readonly ActivityFacts[]>> {
  const those = sql`${among('a."groupId"', groupIds)} AND ${within('a."startsAt"', year)}
                AND (a."closedAt" IS NULL OR a."note" IS NOT NULL)`;
  const dayIn = hoursRead();
  const marks = await packed(
    db,
    sql`
      SELECT string_agg(f."activityId" || ',' || f."hour" || ',' || f."people", ';') AS "text" FROM (
        SELECT i."activityId", ${hourOf('i."at"')} AS "hour", string_agg(CAST(i."personId" AS TEXT), ' ') AS "people"
          FROM "Activity" a JOIN "CheckIn" i ON i."activityId" = a."id" WHERE ${those}
         GROUP BY i."activityId", ${hourOf('i."at"')}) f`,
  );
  const checkIns = new Map<number, Mark[]>();
  while (marks.more) {
    const [activity, at] = [marks.number(), startOfDay(dayIn(marks.text()))];
    let all = checkIns.get(activity);
    if (all === undefined) {
      all = [];
      checkIns.set(activity, all);
    }
    for (const person of marks.numbers()) all.push({ person, at });
  }
  const rows = await packed(
    db,
    sql`
      SELECT string_agg(a."id" || ',' || a."groupId" || ',' || ${hourOf('a."startsAt"')} || ',' ||
                        CASE WHEN a."offline" THEN 1 ELSE 0 END || ',' ||
                        CASE WHEN a."closedAt" IS NULL OR a."note" IS NULL THEN 0 ELSE 1 END, ';') AS "text"
        FROM "Activity" a WHERE ${those}`,
  );
  const found = new Map<number, ActivityFacts[]>();
  while (rows.more) {
    const [id, group, day] = [rows.number(), rows.number(), dayIn(rows.text())];
    const activity = {
      id: String(id),
      at: startOfDay(day),
      offline: rows.number() === 1,
      closed: rows.number() === 1,
      checkIns: checkIns.get(id) ?? [],
    };
    const others = found.get(group);
    if (others) others.push(activity);
    else found.set(group, [activity]);
  }
  return found;
}

/** Who has confirmed a heart-talk or a visit of a year, by cadre. */
async function confirmedOf(
  db: Statements,
  groups: readonly LedBy[],
  year: Period,
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const cadres = [...new Set(groups.map(({ cadreId }) => cadreId))];
  const rows = await packed(
    db,
    sql`
      SELECT string_agg(d."cadreId" || ',' || k."personId", ';') AS "text"
        FROM "Deed" d JOIN "DeedConfirmation" k ON k."deedId" = d."id"
       WHERE ${among('d."cadreId"', cadres)} AND d."day" BETWEEN ${year.from} AND ${year.to}
         AND d."kind" IN ('heart_talk', 'visit') AND d."withdrawnAt" IS NULL`,
  );
  const found = new Map<number, Set<number>>();
  while (rows.more) add(found, rows.number(), rows.number());
  return found;
}

function add(to: Map<number, Set<number>>, key: number, one: number): void {
  const others = to.get(key);
  if (others) others.add(one);
  else to.set(key, new Set([one]));
}
