/** Signing up for an activity (报名), its waiting list, and leave (请假). All of it of one's own will; nothing follows from a no. */
import type { Activity, ActivityFault } from './activity.ts';

/** `in`: has a place; `waiting`: gets one when one is free; `leave`: had signed up and does not come. */
export const signUpStates = ['in', 'waiting', 'leave'] as const;
export type SignUpState = (typeof signUpStates)[number];

/** Somebody's sign-up; `at` (milliseconds since the epoch) gives their place in the line. */
export interface SignUp {
  readonly personId: number;
  readonly state: SignUpState;
  readonly at: number;
}

/** What of an activity its sign-up depends on. `capacity`: places, as many as come where undefined. */
export type Signable = Pick<Activity, 'title' | 'number' | 'startsAt' | 'closedAt' | 'note' | 'capacity'>;

/** The state somebody gets who signs up now, or why they cannot. */
export function decideSignUp(
  activity: Signable,
  all: readonly SignUp[],
  personId: number,
  now: number,
): { readonly kind: 'ok'; readonly state: 'in' | 'waiting' } | ActivityFault {
  const over = notOpen(activity, now);
  if (over) return over;
  const mine = all.find((one) => one.personId === personId)?.state;
  if (mine === 'in')
    return fault(`“${activity.title}”你已经报名了。来不了的话，发 /请假 ${activity.number} 就行。`);
  if (mine === 'waiting') return fault(`“${activity.title}”你已经在候补里了，有空位我马上告诉你。`);
  return { kind: 'ok', state: free(activity, all) > 0 ? 'in' : 'waiting' };
}

/** Whether somebody who does not come after all can say so. No reason is asked for. */
export function decideLeave(
  activity: Signable,
  all: readonly SignUp[],
  personId: number,
  now: number,
): { readonly kind: 'ok'; readonly state: 'leave' } | ActivityFault {
  const over = notOpen(activity, now);
  if (over) return over;
  const mine = all.find((one) => one.personId === personId)?.state;
  if (mine === undefined || mine === 'leave')
    return fault(`“${activity.title}”你没有报名，不用请假，来不来都随你。`);
  return { kind: 'ok', state: 'leave' };
}

/** Who moves up from the waiting list, the earliest first. */
export function movingUp(activity: Pick<Activity, 'capacity'>, all: readonly SignUp[]): readonly number[] {
  return all
    .filter(({ state }) => state === 'waiting')
    .sort((a, b) => a.at - b.at || a.personId - b.personId)
    .slice(0, Math.max(0, free(activity, all)))
    .map(({ personId }) => personId);
}

/** Two sign-ups of somebody who was taken for two: the later word on coming stands, with the better place. */
export function joinSignUps(one: SignUp, other: SignUp): SignUp {
  const [earlier, later] = one.at <= other.at ? [one, other] : [other, one];
  if (earlier.state === 'leave' || later.state === 'leave') return later;
  return { ...earlier, state: [one, other].some(({ state }) => state === 'in') ? 'in' : 'waiting' };
}

function free({ capacity }: Pick<Activity, 'capacity'>, all: readonly SignUp[]): number {
  return (capacity ?? Number.POSITIVE_INFINITY) - all.filter(({ state }) => state === 'in').length;
}

function notOpen(activity: Signable, now: number): ActivityFault | undefined {
  const { title, closedAt, note, startsAt } = activity;
  if (closedAt !== undefined) return fault(`“${title}”${note === undefined ? '取消了' : '已经结束了'}。`);
  return now >= startsAt ? fault(`“${title}”已经开始了，想来可以直接来，到了签到就行。`) : undefined;
}

function fault(say: string): ActivityFault {
  return { kind: 'fault', say };
}
