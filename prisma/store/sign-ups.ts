/** Who signed up for an activity (报名), in the order of the line. */
import { movingUp, type SignUp, type SignUpState, signUpStates } from '../../domain/activities/sign-up.ts';
import type { Db } from '../database.ts';
import type { ActivityRow } from './activities.ts';

/** The sign-ups of an activity, which is held until the transaction ends, so that no place is given away twice. */
export async function signUpsToChange(db: Db, activityId: number): Promise<readonly SignUp[]> {
  await db.activity.updateMany({ where: { id: activityId }, data: { number: { increment: 0 } } });
  return signUpsOf(db, activityId);
}

/** The sign-ups of an activity, the earliest first. */
export async function signUpsOf(db: Db, activityId: number): Promise<readonly SignUp[]> {
  const rows = await db.signUp.findMany({
    where: { activityId },
    orderBy: [{ at: 'asc' }, { personId: 'asc' }],
  });
  return rows.map(({ personId, state, at }) => ({ personId, state: stateFrom(state), at: at.getTime() }));
}

/** Keeps somebody's sign-up, instead of an earlier one. */
export async function keepSignUp(
  db: Db,
  activityId: number,
  { personId, state, at: instant }: SignUp,
): Promise<void> {
  const at = new Date(instant);
  await db.signUp.upsert({
    where: { activityId_personId: { activityId, personId } },
    create: { activityId, personId, state, at },
    update: { state, at },
  });
}

/** Moves up whoever a free place falls to, and returns them. */
export async function moveUp(
  db: Db,
  activity: Pick<ActivityRow, 'id' | 'capacity'>,
): Promise<readonly number[]> {
  const up = movingUp(activity, await signUpsOf(db, activity.id));
  await db.signUp.updateMany({
    where: { activityId: activity.id, personId: { in: [...up] } },
    data: { state: 'in' },
  });
  return up;
}

/** Somebody who signed up for an activity of some day, and where to tell them. */
export interface Expected {
  readonly personId: number;
  readonly accountId: number;
  readonly number: number;
  readonly groupId: number;
  readonly title: string;
  readonly place: string;
  readonly startsAt: number;
  readonly endsAt: number;
}

/** Everybody with a place at an activity that begins between two instants (the second excluded) and is neither closed nor cancelled. */
export async function expectedBetween(db: Db, from: number, until: number): Promise<readonly Expected[]> {
  const rows = await db.signUp.findMany({
    where: {
      state: 'in',
      activity: {
        closedAt: null,
        startsAt: { gte: new Date(from), lt: new Date(until) },
        group: { leftAt: null },
      },
    },
    include: { activity: { include: { group: { select: { accountId: true } } } } },
    orderBy: [{ personId: 'asc' }, { activity: { startsAt: 'asc' } }],
  });
  return rows.map(({ personId, activity }) => ({
    personId,
    accountId: activity.group.accountId,
    number: activity.number,
    groupId: activity.groupId,
    title: activity.title,
    place: activity.place,
    startsAt: activity.startsAt.getTime(),
    endsAt: activity.endsAt.getTime(),
  }));
}

/** An activity of somebody's: what they signed up for or came to. */
export interface MyActivity {
  readonly number: number;
  readonly title: string;
  readonly group: string;
  readonly kind: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly cancelled: boolean;
  readonly state: SignUpState | undefined;
  readonly came: boolean;
}

/** What a person signed up for or came to, the latest first. */
export async function activitiesOfPerson(
  db: Db,
  personId: number,
  limit: number,
): Promise<readonly MyActivity[]> {
  const rows = await db.activity.findMany({
    where: { OR: [{ signUps: { some: { personId } } }, { checkIns: { some: { personId } } }] },
    include: {
      group: { select: { name: true } },
      signUps: { where: { personId } },
      checkIns: { where: { personId } },
    },
    orderBy: [{ startsAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
  return rows.map((row) => ({
    number: row.number,
    title: row.title,
    group: row.group.name,
    kind: row.kind,
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    cancelled: row.closedAt !== null && row.note === null,
    state: row.signUps[0] && stateFrom(row.signUps[0].state),
    came: row.checkIns.length > 0,
  }));
}

function stateFrom(stored: string): SignUpState {
  const state = signUpStates.find((known) => known === stored);
  if (!state) throw new Error('a sign-up is in an unknown state');
  return state;
}
