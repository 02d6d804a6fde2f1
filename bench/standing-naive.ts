/**
 * The ways that sets are measured against: a plain statement or a few for each requirement and group, as one writes them who
 * knows the rules and has one group before them; and all that `/进度` does for one cadre.
 */
import { groupProgress } from '../bot/standing.ts';
import { type Day, dayOf, halfHourOf, startOfDay } from '../domain/calendar/day.ts';
import { monthOf, quarterOf, weekOf, yearOf } from '../domain/calendar/period.ts';
import { kindsCounted } from '../domain/policy/adjust.ts';
import type { Requirement } from '../domain/policy/policy.ts';
import { xinjiang } from '../domain/policy/profiles/xinjiang.ts';
import { slotsBetween, slotsOfDay } from '../domain/presence/slots.ts';
import { inferredSlots } from '../domain/presence/topic.ts';
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

/** All requirements of the cadre of a group, each by itself: `id have`. */
export async function eachRequirement(db: Db, groupId: number): Promise<ReadonlyMap<string, number>> {
  const cadre = await db.cadre.findUniqueOrThrow({ where: { id: groupId } });
  const about = { id: groupId, personId: cadre.personId ?? 0, identityAt: cadre.identityAt };
  const found = new Map<string, number>();
  for (const requirement of xinjiang.requirements)
    if (requirement.subject === 'cadre') found.set(requirement.id, await countOne(db, requirement, about));
  return found;
}

interface About {
  /** Of the cadre and of the group. */
  readonly id: number;
  readonly personId: number;
  readonly identityAt: Date | null;
}

async function countOne(
  db: Db,
  requirement: Requirement,
  { id, personId, identityAt }: About,
): Promise<number> {
  const span = spanOf(requirement, xinjiang.semesters, today) ?? { from: today, to: today };
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
    case 'identity':
      return identityAt === null ? 0 : 1;
    case 'pairing':
      return db.pairing.count({ where: { cadreId: id, endedAt: null } });
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
             AND ((y."slots" & (c."slots" | (c."slots" << 1) | (c."slots" >> 1))) <> 0
                  OR EXISTS (SELECT 1 FROM "Address" a WHERE a."groupId" = c."groupId" AND a."day" = c."day"
                                AND (a."fromId" = y."personId" AND a."toId" = c."personId"
                                     OR a."fromId" = c."personId" AND a."toId" = y."personId")))`,
      );
    case 'topic':
      return topic(db, id, personId);
    case 'activity':
      return db.activity.count({
        where: {
          groupId: id,
          offline: true,
          note: { not: null },
          closedAt: { not: null },
          startsAt: instants(quarterOf(today)),
          checkIns: { some: { personId: { not: personId } } },
        },
      });
    case 'face-to-face':
      return faceToFace(db, id, personId);
    default:
      return db.member.count({
        where: { groupId: id, leftAt: null, personId: { not: personId }, person: { bot: false } },
      });
  }
}

/** How many took part in the month's topic in which most did. */
async function topic(db: Db, groupId: number, personId: number): Promise<number> {
  let most = 0;
  for (const one of await db.topic.findMany({ where: { groupId, openedAt: instants(monthOf(today)) } })) {
    const [at, until] = [one.openedAt.getTime(), (one.closedAt ?? one.closesAt).getTime()];
    const end = halfHourOf(at) + inferredSlots;
    const keys = [`tag:${one.number}`, `topic:${one.id}`, `msg:${one.messageId}`];
    const took = await counted(
      db.$queryRaw`
        SELECT COUNT(DISTINCT w."personId") AS "n" FROM (
          SELECT m."personId" FROM "TopicMark" m
           WHERE m."groupId" = ${groupId} AND m."key" IN (${keys[0]}, ${keys[1]}, ${keys[2]})
             AND m."at" BETWEEN ${at} AND ${until}
          UNION
          SELECT y."personId" FROM "Presence" y
           WHERE y."groupId" = ${groupId}
             AND (y."day" = ${dayOf(at)} AND (y."slots" & ${slotsBetween(halfHourOf(at), end)}) <> 0
                  OR y."day" = ${dayOf(at) + 1} AND (y."slots" & ${slotsBetween(0, end - slotsOfDay)}) <> 0)) w
          JOIN "Person" p ON p."id" = w."personId"
         WHERE NOT p."bot" AND p."id" <> ${personId}`,
    );
    most = Math.max(most, took);
  }
  return most;
}

/** Youths of the group met at an activity or by a talk or visit that they have confirmed. */
async function faceToFace(db: Db, groupId: number, personId: number): Promise<number> {
  const year = yearOf(today);
  const bindings = await db.binding.findMany({ where: { groupId }, orderBy: { at: 'asc' } });
  const led = (person: number, day: Day) =>
    bindings.findLast(({ at }) => at.getTime() < startOfDay(day))?.personId === person;
  const activities = await db.activity.findMany({
    where: {
      groupId,
      offline: true,
      startsAt: instants(year),
      OR: [{ closedAt: null }, { note: { not: null } }],
    },
    select: { checkIns: { select: { personId: true, at: true } } },
  });
  const confirmations = await db.deedConfirmation.findMany({
    where: {
      deed: {
        cadreId: groupId,
        kind: { in: ['heart_talk', 'visit'] },
        withdrawnAt: null,
        day: { gte: year.from, lte: year.to },
      },
    },
    select: { personId: true },
  });
  const checkedIn = activities
    .flatMap(({ checkIns }) => checkIns)
    .filter((one) => !led(one.personId, dayOf(one.at.getTime())));
  const met = new Set([...checkedIn, ...confirmations].map((one) => one.personId));
  return db.member.count({
    where: {
      groupId,
      leftAt: null,
      personId: { not: personId, in: [...met] },
      person: { bot: false },
    },
  });
}

function instants({ from, to }: { readonly from: Day; readonly to: Day }) {
  return { gte: new Date(startOfDay(from)), lt: new Date(startOfDay(to + 1)) };
}

async function counted(rows: PromiseLike<unknown>): Promise<number> {
  return Number(((await rows) as { n: unknown }[])[0]?.n);
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
