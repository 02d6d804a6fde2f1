/** Topics that are to be opened at a time their cadre has chosen. */
import type { Db } from '../database.ts';

export interface PlannedRow {
  readonly id: number;
  readonly groupId: number;
  /** Who planned it. */
  readonly personId: number;
  readonly title: string;
  readonly text: string;
  readonly libraryId: string | undefined;
  readonly followUp: string | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Keeps a topic for its time. */
export async function planTopic(
  db: Db,
  topic: Omit<PlannedRow, 'id' | 'libraryId' | 'followUp'> & {
    readonly libraryId?: string | undefined;
    readonly followUp?: string | undefined;
  },
): Promise<void> {
  await db.plannedTopic.create({
    data: {
      ...topic,
      libraryId: topic.libraryId ?? null,
      followUp: topic.followUp ?? null,
      at: new Date(topic.at),
    },
  });
}

/** The topics that a group waits for, the next first. */
export async function plannedTopics(db: Db, groupId: number): Promise<readonly PlannedRow[]> {
  const rows = await db.plannedTopic.findMany({
    where: { groupId },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  return rows.map(plannedFrom);
}

/** All topics whose time has come. */
export async function duePlanned(db: Db, now: number): Promise<readonly PlannedRow[]> {
  const rows = await db.plannedTopic.findMany({
    where: { at: { lte: new Date(now) } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  return rows.map(plannedFrom);
}

/** Takes a planned topic out, to be posted or not at all. False: somebody else has. */
export async function cancelPlanned(db: Db, id: number): Promise<boolean> {
  return (await db.plannedTopic.deleteMany({ where: { id } })).count === 1;
}

function plannedFrom(row: {
  readonly id: number;
  readonly groupId: number;
  readonly personId: number;
  readonly title: string;
  readonly text: string;
  readonly libraryId: string | null;
  readonly followUp: string | null;
  readonly at: Date;
}): PlannedRow {
  return {
    ...row,
    libraryId: row.libraryId ?? undefined,
    followUp: row.followUp ?? undefined,
    at: row.at.getTime(),
  };
}
