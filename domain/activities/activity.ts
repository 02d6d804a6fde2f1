/** An activity (活动): its words, its check-in (签到) and its end. Nobody is made to come, and nothing follows from not coming. */

import type { DeedKind } from '../deeds/kinds.ts';

/** An activity as far as its life goes; instants are milliseconds since the epoch. `number` counts within its group. */
export interface Activity {
  readonly number: number;
  readonly title: string;
  readonly place: string;
  readonly startsAt: number;
  readonly endsAt: number;
  /** Only offline activities count for the quarter and the year (design.md, counting rules 6 and 7). */
  readonly offline: boolean;
  /** What kind of deed it is. */
  readonly kind: DeedKind;
  /** Places; as many as come where undefined. */
  readonly capacity: number | undefined;
  readonly closedAt: number | undefined;
  /** The closing note (design.md, counting rule 6). One that was closed without it was cancelled. */
  readonly note: string | undefined;
}

/** Something that cannot be done, said to whoever wants it. */
export interface ActivityFault {
  readonly kind: 'fault';
  readonly say: string;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long before the start and after the end check-in is open, in milliseconds. */
export const checkInMarginMs = 30 * minuteMs;

/** How long an activity is taken to last when its end is not named, in milliseconds. */
const usualLengthMs = 2 * hourMs;

/** Said of a code that is wrong, or was copied too long ago. */
export const wrongCodeSay = '签到码不对，或者已经换了：请看看现场此刻的四位数字再试一次。';

const mostPlaces = 9_999;
const longestTitle = 60;
const longestNote = 1000;
const longestActivityMs = 7 * 24 * hourMs;
const furthestMs = 366 * 24 * hourMs;

/** What a cadre says of a new activity. Instants are milliseconds since the epoch; without an end it lasts two hours. */
export interface ActivityPlan {
  readonly title: string;
  readonly place: string;
  readonly startsAt: number;
  readonly endsAt: number | undefined;
  readonly offline: boolean;
  readonly kind: DeedKind;
  readonly capacity: number | undefined;
}

/** What can be read of an announcement alone. */
export type AnnouncedPlan = Omit<ActivityPlan, 'kind' | 'capacity'>;

/**
 * A new activity with the next number of its group. It has a title, begins after `now` and within a year, and lasts
 * at most seven days.
 */
export function planActivity(
  number: number,
  plan: ActivityPlan,
  now: number,
): { readonly kind: 'activity'; readonly activity: Activity } | ActivityFault {
  const { startsAt, offline, kind, capacity } = plan;
  const endsAt = plan.endsAt ?? startsAt + usualLengthMs;
  const [title, place] = [plan.title.trim(), plan.place.trim()];
  if (title === '') return fault('活动叫什么名字？比如：/活动 发布 周五下午3点 图书馆门口 旧书交换');
  if ([...title].length > longestTitle || [...place].length > longestTitle) {
    return fault(`名称和地点各请收到 ${longestTitle} 字以内。`);
  }
  if (capacity !== undefined && (capacity < 1 || capacity > mostPlaces))
    return fault(`名额要在 1 到 ${mostPlaces} 之间。`);
  if (startsAt <= now) return fault('这个时间已经过去了，请写一个还没到的时间。');
  if (startsAt > now + furthestMs) return fault('这个时间在一年以后，请看看年份是不是写错了。');
  if (endsAt <= startsAt) return fault('结束时间要晚于开始时间，请写成“14:00-16:00”这样。');
  if (endsAt - startsAt > longestActivityMs) return fault('一次活动最长七天，更长的请分成几次发布。');
  return {
    kind: 'activity',
    activity: {
      number,
      title,
      place,
      startsAt,
      endsAt,
      offline,
      kind,
      capacity,
      closedAt: undefined,
      note: undefined,
    },
  };
}

/** From when until when (both included, milliseconds since the epoch) people can check in: 30 minutes around the activity. */
export function checkInHours(activity: Pick<Activity, 'startsAt' | 'endsAt'>): {
  readonly from: number;
  readonly until: number;
} {
  return { from: activity.startsAt - checkInMarginMs, until: activity.endsAt + checkInMarginMs };
}

/** Whether people can check in at an instant, in milliseconds since the epoch. */
export function isCheckInOpen(activity: Pick<Activity, 'startsAt' | 'endsAt'>, at: number): boolean {
  const { from, until } = checkInHours(activity);
  return from <= at && at <= until;
}

/**
 * Whether somebody checks in at `now`. `right`: the code they said is; `already`: they have before. Once a person, in its hours only;
 * a wrong code tells nothing of the right one.
 */
export function decideCheckIn(
  activity: Activity,
  right: boolean,
  now: number,
  already: boolean,
): { readonly kind: 'ok' } | ActivityFault {
  const { from, until } = checkInHours(activity);
  if (already) return fault(`“${activity.title}”你已经签到过了，不用再签。`);
  if (isCancelled(activity)) return fault(`“${activity.title}”取消了，不用签到。`);
  if (now < from) return fault(`“${activity.title}”还没开始签到，开始前 30 分钟可以签。`);
  if (now > until || activity.closedAt !== undefined) return fault(`“${activity.title}”的签到已经结束了。`);
  if (!right) return fault(wrongCodeSay);
  return { kind: 'ok' };
}

/** The activity at another time, which is to come; or why not. Its length stays where no end is named. */
export function moveActivity(
  activity: Activity,
  time: { readonly startsAt: number; readonly endsAt: number | undefined },
  now: number,
): { readonly kind: 'activity'; readonly activity: Activity } | ActivityFault {
  if (activity.closedAt !== undefined) return closedBefore(activity);
  if (now >= activity.startsAt) return fault(`“${activity.title}”已经开始了，不能再改期。`);
  const endsAt = time.endsAt ?? time.startsAt + activity.endsAt - activity.startsAt;
  const planned = planActivity(activity.number, { ...activity, startsAt: time.startsAt, endsAt }, now);
  if (planned.kind === 'fault') return planned;
  if (time.startsAt === activity.startsAt && endsAt === activity.endsAt)
    return fault('新的时间和原来一样，不用改。');
  return planned;
}

/** How long an activity lasts, in hours, to the half. */
export function hoursOf({ startsAt, endsAt }: Pick<Activity, 'startsAt' | 'endsAt'>): number {
  return Math.round((endsAt - startsAt) / (hourMs / 2)) / 2;
}

/** The activity with its closing note of 1 to 1000 characters, once it has begun; or why not. */
export function closeActivity(
  activity: Activity,
  note: string,
  now: number,
): { readonly kind: 'activity'; readonly activity: Activity } | ActivityFault {
  const trimmed = note.trim();
  const length = [...trimmed].length;
  const early = notToEnd(activity, now);
  if (early) return early;
  if (length === 0)
    return fault(`请带一句小结，比如：/活动 结束 ${activity.number} 来了二十多位，交换了 60 本书`);
  if (length > longestNote) return fault(`小结有 ${length} 个字，请收到 ${longestNote} 字以内。`);
  return { kind: 'activity', activity: { ...activity, closedAt: now, note: trimmed } };
}

/** Why an activity cannot be ended at `now`, whatever the note; undefined when it can. */
export function notToEnd(activity: Activity, now: number): ActivityFault | undefined {
  if (activity.closedAt !== undefined) return closedBefore(activity);
  if (now >= activity.startsAt) return undefined;
  return fault(`“${activity.title}”还没开始，办完再来结束。不办了就发 /活动 取消 ${activity.number}`);
}

/** The activity cancelled at `now`: closed without a note, it never counts. Or why not: what is over stays as it is. */
export function cancelActivity(
  activity: Activity,
  now: number,
): { readonly kind: 'activity'; readonly activity: Activity } | ActivityFault {
  if (activity.closedAt !== undefined) return closedBefore(activity);
  return { kind: 'activity', activity: { ...activity, closedAt: now, note: undefined } };
}

/** Whether an activity was cancelled. */
export function isCancelled({ closedAt, note }: Pick<Activity, 'closedAt' | 'note'>): boolean {
  return closedAt !== undefined && note === undefined;
}

/** Why a closed activity is not closed again, said to the cadre. */
export function closedBefore(activity: Activity): ActivityFault {
  return fault(
    isCancelled(activity)
      ? `活动${activity.number}已经取消了。要办的话，请重新发布一个。`
      : `活动${activity.number}已经结束并写过小结了。`,
  );
}

function fault(say: string): ActivityFault {
  return { kind: 'fault', say };
}
