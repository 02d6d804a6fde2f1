/** The ways that sets are measured against: one statement a requirement and group, and all that `/进度` does for one cadre. */
import { groupProgress } from '../bot/standing.ts';
import { dayOf, startOfDay } from '../domain/calendar/day.ts';
import { quarterOf, weekOf } from '../domain/calendar/period.ts';
import { kindsCounted } from '../domain/policy/adjust.ts';
import type { Measure, Requirement } from '../domain/policy/policy.ts';
import { xinjiang } from '../domain/policy/profiles/xinjiang.ts';
import { cadreStandings } from '../domain/standing/evaluate.ts';
import { presenceStandings } from '../domain/standing/presence.ts';
import { spanOf } from '../domain/standing/span.ts';
import type { Standing } from '../domain/standing/standing.ts';
import type { Db } from '../prisma/database.ts';
import { cadreOfPerson, groupsLedBy } from '../prisma/store/cadres.ts';
import { policyOfCadre } from '../prisma/store/policies.ts';
import { cadreFacts } from '../prisma/store/standing.ts';
import { now } from './standing-year.ts';

const today = dayOf(now);

/** What one plain statement answers. Of topics and faces, which take several, nothing is asked: less than the whole. */
const plainMeasures: readonly Measure[] = [
  'records',
  'link',
  'voice',
  'interaction',
  'activity',
  'roster',
  'group',
];

/** Whether {@link eachRequirement} asks for it. */
export function isPlain({ measure }: Pick<Requirement, 'measure'>): boolean {
  return plainMeasures.includes(measure);
}

/** The plain requirements of the cadre of a group, in the order of presence first, a statement each: `id have`. */
export async function eachRequirement(db: Db, groupId: number): Promise<ReadonlyMap<string, number>> {
  const { personId } = await db.cadre.findUniqueOrThrow({
    where: { id: groupId },
    select: { personId: true },
  });
  const found = new Map<string, number>();
  for (const requirement of xinjiang.requirements)
    if (requirement.subject === 'cadre' && isPlain(requirement))
      found.set(requirement.id, await countOne(db, requirement, groupId, personId ?? 0));
  return found;
}

async function countOne(db: Db, requirement: Requirement, id: number, personId: number): Promise<number> {
  const span = spanOf(requirement, xinjiang.semesters, today) ?? { from: today, to: today };
  const counted = async (rows: Promise<unknown>) => Number((await (rows as Promise<{ n: unknown }[]>))[0]?.n);
  const range = { gte: span.from, lte: Math.min(span.to, today) };
  switch (requirement.measure) {
    case 'records': {
      const { kinds } = kindsCounted(requirement, span.from);
      return db.deed.count({
        where: { cadreId: id, kind: { in: [...kinds] }, day: range, withdrawnAt: null },
      });
    }
    case 'link': {
      const to = requirement.to === 'branch' ? { withBranch: true } : { withClub: true };
      return db.deed.count({ where: { cadreId: id, day: range, withdrawnAt: null, ...to } });
    }
    case 'voice':
      return db.presence.count({ where: { groupId: id, day: today, personId } });
    case 'interaction':
      return counted(
        db.$queryRaw`
          SELECT COUNT(DISTINCT y."personId") AS "n" FROM "Presence" c
            JOIN "Presence" y ON y."groupId" = c."groupId" AND y."day" = c."day" AND y."personId" <> c."personId"
            JOIN "Person" p ON p."id" = y."personId"
           WHERE c."groupId" = ${id} AND c."day" BETWEEN ${weekOf(today).from} AND ${today}
             AND c."personId" = ${personId} AND NOT p."bot"
             AND (y."slots" & (c."slots" | (c."slots" << 1) | (c."slots" >> 1))) <> 0`,
      );
    case 'activity': {
      const { from, to } = quarterOf(today);
      return db.activity.count({
        where: {
          groupId: id,
          offline: true,
          note: { not: null },
          closedAt: { not: null },
          startsAt: { gte: new Date(startOfDay(from)), lt: new Date(startOfDay(to + 1)) },
          checkIns: { some: { personId: { not: personId } } },
        },
      });
    }
    default:
      return db.member.count({
        where: { groupId: id, leftAt: null, personId: { not: personId }, person: { bot: false } },
      });
  }
}

/** All that `/进度` does for the cadre of a group. */
export async function eachByItself(db: Db, groupId: number): Promise<readonly Standing[]> {
  const { personId } = await db.cadre.findUniqueOrThrow({
    where: { id: groupId },
    select: { personId: true },
  });
  const cadre = await cadreOfPerson(db, personId ?? 0);
  if (!cadre) throw new Error('no such cadre');
  const unit = await policyOfCadre(db, cadre.id);
  const led = await groupsLedBy(db, cadre.personId, today);
  const facts = await cadreFacts(db, cadre, led, today, unit);
  const found = [...cadreStandings(unit.policy, facts, today)];
  for (const group of led) {
    const { progress } = await groupProgress(db, cadre, group, unit.policy, now);
    found.push(...presenceStandings(unit.policy, progress, facts));
  }
  return found;
}
