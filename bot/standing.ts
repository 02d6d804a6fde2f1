/** What binds a cadre and where their groups stand, put together out of the store for commands and reminders alike. */
import { dayOf } from '../domain/calendar/day.ts';
import { yearOf } from '../domain/calendar/period.ts';
import type { WorkCalendar } from '../domain/calendar/workdays.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { GroupFacts } from '../domain/presence/facts.ts';
import { judgeOf } from '../domain/standing/many.ts';
import { daysNeeded, measureProgress } from '../domain/standing/measure.ts';
import type { Progress } from '../domain/standing/progress.ts';
import type { StandingsOfCadre } from '../domain/standing/summary.ts';
import type { Db } from '../prisma/database.ts';
import { countCadres } from '../prisma/store/cadre-counts.ts';
import type { CadreOfPerson, GroupRow } from '../prisma/store/cadres.ts';
import { metByDeeds } from '../prisma/store/deed-facts.ts';
import { loadFacts } from '../prisma/store/facts.ts';
import { youthsOf } from '../prisma/store/identity.ts';
import { policiesOfUnits, type UnitPolicy } from '../prisma/store/policies.ts';
import { topicTitles } from '../prisma/store/topics.ts';

/** A unit's policy with the vacations of the holidays' file beside its own. */
export function withVacations<P extends Pick<UnitPolicy, 'vacations'>>(unit: P, calendar: WorkCalendar): P {
  return { ...unit, vacations: [...calendar.vacations, ...unit.vacations] };
}

/** The calendar of a unit: its vacations are quiet too. */
export function calendarOf(
  calendar: WorkCalendar,
  { vacations }: Pick<UnitPolicy, 'vacations'>,
): WorkCalendar {
  return { ...calendar, vacations };
}

/** Where a group stands at `now` (milliseconds since the epoch) under its cadre's policy, and what that rests on. */
export async function groupProgress(
  db: Db,
  cadre: CadreOfPerson,
  group: GroupRow,
  policy: Policy,
  now: number,
): Promise<{ readonly heard: GroupFacts; readonly progress: Progress }> {
  const heard = await loadFacts(db, group.id, daysNeeded(now));
  const progress = measureProgress(heard, policy, now, {
    group: group.name,
    cadre: cadre.name,
    unit: cadre.unit,
    roster: new Set(await youthsOf(db, group.id, cadre.personId)),
    topicTitles: await topicTitles(db, group.id),
    met: await metByDeeds(db, cadre.id, yearOf(dayOf(now))),
  });
  return { heard, progress };
}

/**
 * Where every cadre of some units who has proved who they are stands at `now` (milliseconds): what `/进度` shows each of
 * them, out of one set of statements for all that go by the same policy.
 */
export async function standingsOfUnits(
  db: Db,
  unitIds: readonly number[],
  now: number,
  calendar: WorkCalendar,
): Promise<readonly StandingsOfCadre[]> {
  const found: StandingsOfCadre[] = [];
  for (const { units, policy: inherited } of samePolicies(await policiesOfUnits(db, unitIds))) {
    const unit = withVacations(inherited, calendar);
    const judge = judgeOf(unit.policy, dayOf(now));
    found.push(
      ...(await countCadres(db, units, unit, now, ({ facts, figures }) => ({
        own: judge.cadre(facts),
        groups: figures.map((one) => judge.group(one, facts)),
      }))),
    );
  }
  return found;
}

/** Units that go by one and the same policy, together. */
function samePolicies(policies: ReadonlyMap<number, UnitPolicy>) {
  const found = new Map<string, { readonly units: number[]; readonly policy: UnitPolicy }>();
  for (const [id, policy] of policies) {
    const key = JSON.stringify([policy.policy, policy.vacations]);
    const same = found.get(key);
    if (same) same.units.push(id);
    else found.set(key, { units: [id], policy });
  }
  return found.values();
}
