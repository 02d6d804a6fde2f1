/** Activities (每季度有线下活动), numbered in their group, and who checked in. */
import { type Activity, checkInHours } from '../../domain/activities/activity.ts';
import { asDeedKind } from '../../domain/deeds/kinds.ts';
import type { Db } from '../database.ts';
import { lockGroup } from './numbering.ts';

/** An activity as it lies in the database. */
export interface ActivityRow extends Activity {
  readonly id: number;
  readonly groupId: number;
}

/** The number of a group's next activity; the group is held until the transaction ends, so that nobody else gets it. */
export async function nextActivityNumber(db: Db, groupId: number): Promise<number> {
  await lockGroup(db, groupId);
  const last = await db.activity.findFirst({
    where: { groupId },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  return (last?.number ?? 0) + 1;
}

/** Adds an activity to its group, at an instant in milliseconds. */
export async function addActivity(
  db: Db,
  groupId: number,
  activity: Activity,
  createdAt: number,
): Promise<ActivityRow> {
  const { number, title, place, offline, kind, capacity } = activity;
  const row = await db.activity.create({
    data: {
      groupId,
      number,
      title,
      place,
      offline,
      kind,
      capacity: capacity ?? null,
      startsAt: new Date(activity.startsAt),
      endsAt: new Date(activity.endsAt),
      createdAt: new Date(createdAt),
    },
  });
  return activityFrom(row);
}

/** The activity with that number in the group. */
export async function activityNumbered(
  db: Db,
  groupId: number,
  number: number,
): Promise<ActivityRow | undefined> {
  const row = await db.activity.findUnique({ where: { groupId_number: { groupId, number } } });
  return row ? activityFrom(row) : undefined;
}

/** The latest activities of a group, the newest first. */
export async function latestActivities(
  db: Db,
  groupId: number,
  limit: number,
): Promise<readonly ActivityRow[]> {
  const rows = await db.activity.findMany({ where: { groupId }, orderBy: { number: 'desc' }, take: limit });
  return rows.map(activityFrom);
}

/** The activities of some groups that are neither closed nor cancelled and end after an instant, the earliest first. */
export async function unfinishedActivities(
  db: Db,
  groupIds: readonly number[],
  endingAfter: number,
): Promise<readonly ActivityRow[]> {
  const rows = await db.activity.findMany({
    where: { groupId: { in: [...groupIds] }, closedAt: null, endsAt: { gte: new Date(endingAfter) } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(activityFrom);
}

/** The activities of a group that are neither closed nor cancelled (and began before an instant), the newest first. */
export async function openActivities(
  db: Db,
  groupId: number,
  beganBefore?: number,
): Promise<readonly ActivityRow[]> {
  const rows = await db.activity.findMany({
    where: {
      groupId,
      closedAt: null,
      ...(beganBefore === undefined ? {} : { startsAt: { lte: new Date(beganBefore) } }),
    },
    orderBy: [{ startsAt: 'desc' }, { id: 'desc' }],
  });
  return rows.map(activityFrom);
}

/** Keeps an activity's end: its closing note, or that it was cancelled. False: it was closed before. */
export async function keepClosing(db: Db, activityId: number, after: Activity): Promise<boolean> {
  const { count } = await db.activity.updateMany({
    where: { id: activityId, closedAt: null },
    data: {
      closedAt: after.closedAt === undefined ? null : new Date(after.closedAt),
      note: after.note ?? null,
    },
  });
  return count === 1;
}

/** Keeps an activity's new time. */
export async function keepTime(db: Db, activityId: number, after: Activity): Promise<void> {
  const { startsAt, endsAt } = after;
  await db.activity.update({
    where: { id: activityId },
    data: { startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
  });
  await db.checkIn.deleteMany({ where: { activityId, ...outside(after) } });
}

/** How many checked in outside the hours of an activity's new time: they did not come to what it is then. */
export function countOutside(
  db: Db,
  activityId: number,
  after: Pick<Activity, 'startsAt' | 'endsAt'>,
): Promise<number> {
  return db.checkIn.count({ where: { activityId, ...outside(after) } });
}

function outside(after: Pick<Activity, 'startsAt' | 'endsAt'>) {
  const { from, until } = checkInHours(after);
  return { OR: [{ at: { lt: new Date(from) } }, { at: { gt: new Date(until) } }] };
}

/** Checks a person in, who gave the code or whose name the cadre `ticked`. False: they had checked in before. */
export async function checkIn(
  db: Db,
  activityId: number,
  personId: number,
  at: number,
  ticked = false,
): Promise<boolean> {
  // A statement that may find its row there already; a failed INSERT would end a transaction of PostgreSQL.
  const added = await db.$executeRaw`
    INSERT INTO "CheckIn" ("activityId", "personId", "at", "ticked")
    VALUES (${activityId}, ${personId}, ${new Date(at)}, ${ticked})
    ON CONFLICT DO NOTHING`;
  return added === 1;
}

/** How many checked in by the code, and how many names the cadre ticked. */
export async function countCheckIns(
  db: Db,
  activityId: number,
): Promise<{ readonly byCode: number; readonly ticked: number }> {
  const rows = await db.checkIn.groupBy({ by: ['ticked'], where: { activityId }, _count: { _all: true } });
  const count = (ticked: boolean) => rows.find((row) => row.ticked === ticked)?._count._all ?? 0;
  return { byCode: count(false), ticked: count(true) };
}

/** Who has checked in at an activity. */
export async function checkedIn(db: Db, activityId: number): Promise<readonly number[]> {
  const rows = await db.checkIn.findMany({ where: { activityId }, select: { personId: true } });
  return rows.map(({ personId }) => personId);
}

function activityFrom(row: {
  readonly id: number;
  readonly groupId: number;
  readonly number: number;
  readonly title: string;
  readonly place: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly offline: boolean;
  readonly kind: string;
  readonly capacity: number | null;
  readonly closedAt: Date | null;
  readonly note: string | null;
}): ActivityRow {
  const kind = asDeedKind(row.kind);
  if (!kind) throw new Error(`activity ${row.id} is of an unknown kind`);
  return {
    id: row.id,
    groupId: row.groupId,
    number: row.number,
    title: row.title,
    place: row.place,
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    offline: row.offline,
    kind,
    capacity: row.capacity ?? undefined,
    closedAt: row.closedAt?.getTime(),
    note: row.note ?? undefined,
  };
}
