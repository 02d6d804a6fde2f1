/** What is due to a cadre and to a unit's administrator this evening, out of the store. */
import { dayOf } from '../../domain/calendar/day.ts';
import type { WorkCalendar } from '../../domain/calendar/workdays.ts';
import { isOverdue } from '../../domain/listening/overdue.ts';
import type { GroupFacts } from '../../domain/presence/facts.ts';
import { dueReminders, type Reminder } from '../../domain/reminders/due.ts';
import { dutyReminders } from '../../domain/reminders/duties.ts';
import { escalations, isEscalationTime, overdueAmong } from '../../domain/reminders/escalation.ts';
import { followUpDue } from '../../domain/reminders/follow-up.ts';
import { withoutHeldElsewhere } from '../../domain/reminders/several-groups.ts';
import { isMonthCardTime, type Waiting, waitingReminders } from '../../domain/reminders/waiting.ts';
import { cadreOverdue, cadreStandings, unitOverdue, unitStandings } from '../../domain/standing/evaluate.ts';
import { presenceStandings } from '../../domain/standing/presence.ts';
import { unitsWithin } from '../../domain/units/unit.ts';
import type { Tx } from '../../prisma/database.ts';
import type { AdministratorOfPerson } from '../../prisma/store/administrators.ts';
import { type CadreOfPerson, groupsLedBy } from '../../prisma/store/cadres.ts';
import { personOf } from '../../prisma/store/demand-rows.ts';
import { demandsInHand } from '../../prisma/store/demands.ts';
import { recordsOfUnits } from '../../prisma/store/escalation.ts';
import { waitingInquiries } from '../../prisma/store/inquiries.ts';
import { mutesOf } from '../../prisma/store/mutes.ts';
import { wasSaid } from '../../prisma/store/outbox.ts';
import {
  policiesOfUnits,
  policyOfCadre,
  policyOfUnitOffice,
  type UnitPolicy,
} from '../../prisma/store/policies.ts';
import { cadreFacts, unitFacts } from '../../prisma/store/standing.ts';
import { topicsToFollow } from '../../prisma/store/topics.ts';
import { allUnits } from '../../prisma/store/units.ts';
import { waningWishes } from '../../prisma/store/wishes.ts';
import { monthKey, monthOfGroup, monthToTell } from '../commands/listening/month.ts';
import { calendarOf, groupProgress, withVacations } from '../standing.ts';

/** An administrator, with the instant since which they are one (milliseconds). */
export type Administrator = AdministratorOfPerson & { readonly createdAt: number };

/** What is due to a cadre: of each of their groups, and of themselves. None to who leads no group. */
export async function cadreReminders(
  tx: Tx,
  cadre: CadreOfPerson,
  now: number,
  publicCalendar: WorkCalendar,
  sent: ReadonlySet<string>,
  digestFrom?: number | undefined,
): Promise<readonly Reminder[]> {
  const today = dayOf(now);
  const groups = await groupsLedBy(tx, cadre.personId, today);
  if (groups.length === 0) return [];
  const unit = withVacations(await policyOfCadre(tx, cadre.id), publicCalendar);
  const { policy } = unit;
  const calendar = calendarOf(publicCalendar, unit);
  const facts = await cadreFacts(tx, cadre, groups, today, unit);
  const mutes = await mutesOf(tx, { cadreId: cadre.id }, now);
  const common = { cadreId: cadre.id, mutes, sent, calendar, since: facts.since, digestFrom };
  const due: Reminder[] = [];
  const led: GroupFacts[] = [];
  for (const group of groups) {
    const here = {
      ...common,
      exempt: facts.exempt,
      person: cadre.personId,
      groupId: group.id,
      groupName: group.name,
    };
    const { heard, progress } = await groupProgress(tx, cadre, group, policy, now);
    led.push(heard);
    const standings = presenceStandings(policy, progress, facts);
    // Who is exempt, or whom a requirement does not bind, hears nothing of it.
    const barred = new Set(
      standings.flatMap(({ requirement, why }) =>
        why === 'exempt' || why === 'not_bound' ? [requirement.id] : [],
      ),
    );
    due.push(...dueReminders(heard, policy, now, here).filter(({ requirement }) => !barred.has(requirement)));
    const followUp = followUpDue(await topicsToFollow(tx, group.id, now), now, here);
    if (followUp) due.push(followUp);
    due.push(...waitingReminders(await waitingIn(tx, group.id, calendar, now), now, here));
    const faces = standings.filter(({ requirement }) => requirement.measure === 'face-to-face');
    due.push(...dutyReminders(policy, faces, [], now, here));
  }
  due.push(
    ...dutyReminders(policy, cadreStandings(policy, facts, today), cadreOverdue(policy, facts, today), now, {
      ...common,
      groupId: 0,
      groupName: '',
    }),
  );
  return withoutHeldElsewhere(due, led, policy, today);
}

/** What waits for the cadre of a group; not looked for on an evening on which nothing is said anyhow. */
async function waitingIn(tx: Tx, groupId: number, calendar: WorkCalendar, now: number): Promise<Waiting> {
  const month = monthToTell(now);
  const isNews = isMonthCardTime(calendar, dayOf(now)) && !(await wasSaid(tx, monthKey(groupId, month.key)));
  return {
    demands: (await demandsInHand(tx, groupId))
      .filter((row) => isOverdue({ ...row, dayOnly: personOf(row) === undefined }, now))
      .map(({ number }) => number),
    inquiries: await waitingInquiries(tx, groupId, now),
    wishes: await waningWishes(tx, groupId, now),
    month: isNews ? await monthOfGroup(tx, groupId, month) : undefined,
  };
}

/**
 * What is due to an administrator: their unit's own duties, and how many cadres have something overdue. `records`: they
 * are a cadre of that unit too, and can record what it did.
 */
export async function unitReminders(
  tx: Tx,
  { id, unitId, createdAt }: Administrator,
  now: number,
  publicCalendar: WorkCalendar,
  sent: ReadonlySet<string>,
  digestFrom?: number | undefined,
  records = false,
): Promise<readonly Reminder[]> {
  const today = dayOf(now);
  const unit = withVacations(await policyOfUnitOffice(tx, unitId), publicCalendar);
  const { policy } = unit;
  const since = dayOf(createdAt);
  const about = {
    administrator: true,
    cadreId: id,
    groupId: 0,
    groupName: '',
    since,
    mutes: await mutesOf(tx, { administratorId: id }, now),
    sent,
    calendar: calendarOf(publicCalendar, unit),
    digestFrom,
    records,
  } as const;
  const facts = await unitFacts(tx, unitId, since, today, unit.vacations);
  return [
    ...dutyReminders(
      policy,
      unitStandings(policy, facts, today),
      unitOverdue(policy, facts, today),
      now,
      about,
    ),
    ...(await overdueReminders(tx, unitId, now, publicCalendar, about)),
  ];
}

async function overdueReminders(
  tx: Tx,
  unitId: number,
  now: number,
  publicCalendar: WorkCalendar,
  about: Parameters<typeof escalations>[3],
): Promise<readonly Reminder[]> {
  const today = dayOf(now);
  const within = [...unitsWithin(await allUnits(tx), unitId)];
  const policies = new Map<number, UnitPolicy>();
  for (const [id, unit] of await policiesOfUnits(tx, within))
    policies.set(id, withVacations(unit, publicCalendar));
  if (
    !isEscalationTime(
      [...policies.values()].map(({ policy }) => policy),
      today,
    )
  )
    return [];
  const cadres = (await recordsOfUnits(tx, policies, today)).flatMap((cadre) => {
    const policy = policies.get(cadre.unitId)?.policy;
    return policy ? [{ ...cadre, policy }] : [];
  });
  return escalations(overdueAmong(cadres, today), cadres.length, now, about);
}
