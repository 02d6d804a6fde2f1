/**
 * The counts of groups that changed hands within the year, or were active before they were bound: who was a youth goes by
 * the day. All of their rows are loaded at once, and counted by the rules themselves (domain/presence/activity.ts).
 */
import { startOfDay } from '../../domain/calendar/day.ts';
import { type Period, quarterOf } from '../../domain/calendar/period.ts';
import { activitiesIn, metIn } from '../../domain/presence/activity.ts';
import type { Binding, Stint } from '../../domain/presence/bindings.ts';
import type { ActivityFacts, GroupFacts, Mark } from '../../domain/presence/facts.ts';
import type { Statements } from '../statements.ts';
import type { GroupCounts, LedBy } from './group-counts.ts';
import { among, hourOf, hoursRead, packed, sql, within } from './packed.ts';

export async function changedCounts(
  db: Statements,
  groups: readonly LedBy[],
  year: Period,
): Promise<ReadonlyMap<number, GroupCounts>> {
  if (groups.length === 0) return new Map();
  const ids = groups.map(({ id }) => id);
  const members = await membersOf(db, ids);
  const activities = await activitiesOf(db, ids, year);
  const confirmed = await confirmedOf(db, groups, year);
  const quarters = [0, 1, 2, 3].map((n) => quarterOf(year.from + n * 92));
  return new Map(
    groups.map((group) => {
      const { here = new Set(), bots = none } = members.get(group.id) ?? {};
      const roster = new Set([...here].filter((person) => person !== group.personId));
      const facts = factsOf(group.stints, bots, activities.get(group.id) ?? []);
      const met = new Set([...metIn(facts, year), ...(confirmed.get(group.cadreId) ?? none)]);
      const [q1 = 0, q2 = 0, q3 = 0, q4 = 0] = quarters.map((quarter) => activitiesIn(facts, quarter));
      return [
        group.id,
        {
          roster: roster.size,
          met: [...met].filter((person) => roster.has(person)).length,
          held: [q1, q2, q3, q4],
        },
      ];
    }),
  );
}

const none: ReadonlySet<number> = new Set();

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

/** Who is in each group today, and which of those who ever were are bots. */
async function membersOf(db: Statements, groupIds: readonly number[]) {
  const rows = await packed(
    db,
    sql`
      SELECT string_agg(m."groupId" || ',' || m."personId" || ',' || CASE WHEN p."bot" THEN 1 ELSE 0 END, ';') AS "text"
        FROM "Member" m JOIN "Person" p ON p."id" = m."personId"
       WHERE ${among('m."groupId"', groupIds)} AND (p."bot" OR m."leftAt" IS NULL)`,
  );
  const found = new Map<number, { readonly here: Set<number>; readonly bots: Set<number> }>();
  while (rows.more) {
    const [group, person, bot] = [rows.number(), rows.number(), rows.number()];
    let members = found.get(group);
    if (!members) {
      members = { here: new Set(), bots: new Set() };
      found.set(group, members);
    }
    (bot === 1 ? members.bots : members.here).add(person);
  }
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
  const checkIns = new Map<number, Mark[]>();
  const marks = await packed(
    db,
    sql`
      SELECT string_agg(i."activityId" || ',' || i."personId" || ',' || ${hourOf('i."at"')}, ';') AS "text"
        FROM "Activity" a JOIN "CheckIn" i ON i."activityId" = a."id" WHERE ${those}`,
  );
  while (marks.more) {
    const activity = marks.number();
    const mark = { person: marks.number(), at: startOfDay(dayIn(marks.text())) };
    const others = checkIns.get(activity);
    if (others) others.push(mark);
    else checkIns.set(activity, [mark]);
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
  while (rows.more) {
    const [cadre, person] = [rows.number(), rows.number()];
    const others = found.get(cadre);
    if (others) others.add(person);
    else found.set(cadre, new Set([person]));
  }
  return found;
}
