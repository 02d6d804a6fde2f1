/** Activities (每季度有线下活动), numbered in their group, and who checked in. */
import type { Db } from '../database.ts';
import { lockGroup } from './numbering.ts';

export interface ActivityRow {
  readonly id: number;
  readonly groupId: number;
  readonly number: number;
  readonly title: string;
  readonly place: string;
  /** Milliseconds since the epoch, as are the others. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly offline: boolean;
  /** What people type on the spot to check in. */
  readonly code: string;
  readonly closedAt: number | undefined;
  readonly note: string | undefined;
}

/** Adds an activity under the next number of its group. */
export async function addActivity(
  db: Db,
  activity: {
    readonly groupId: number;
    readonly title: string;
    readonly place: string;
    readonly startsAt: number;
    readonly endsAt: number;
    readonly offline: boolean;
    readonly code: string;
    readonly createdAt: number;
  },
): Promise<ActivityRow> {
  const { groupId } = activity;
  await lockGroup(db, groupId);
  const last = await db.activity.findFirst({
    where: { groupId },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  const row = await db.activity.create({
    data: {
      ...activity,
      number: (last?.number ?? 0) + 1,
      startsAt: new Date(activity.startsAt),
      endsAt: new Date(activity.endsAt),
      createdAt: new Date(activity.createdAt),
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

/** The activities of some groups that have no closing note yet and end after an instant, the earliest first. */
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

/** Closes an activity with its note. False: it was closed before. */
export async function closeActivity(db: Db, activityId: number, at: number, note: string): Promise<boolean> {
  const { count } = await db.activity.updateMany({
    where: { id: activityId, closedAt: null },
    data: { closedAt: new Date(at), note },
  });
  return count === 1;
}

/** Checks a person in. False: they had checked in before. */
export async function checkIn(db: Db, activityId: number, personId: number, at: number): Promise<boolean> {
  // A statement that may find its row there already; a failed INSERT would end a transaction of PostgreSQL.
  const added = await db.$executeRaw`
    INSERT INTO "CheckIn" ("activityId", "personId", "at") VALUES (${activityId}, ${personId}, ${new Date(at)})
    ON CONFLICT DO NOTHING`;
  return added === 1;
}

/** Who of these activities' people has checked in where, as one entry an activity. */
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
  readonly code: string;
  readonly closedAt: Date | null;
  readonly note: string | null;
}): ActivityRow {
  return {
    id: row.id,
    groupId: row.groupId,
    number: row.number,
    title: row.title,
    place: row.place,
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    offline: row.offline,
    code: row.code,
    closedAt: row.closedAt?.getTime(),
    note: row.note ?? undefined,
  };
}
