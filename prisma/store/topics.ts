/** Topics (每月有话题), numbered in their group. */
import type { Db } from '../database.ts';
import { lockGroup } from './numbering.ts';

export interface TopicRow {
  readonly id: number;
  readonly groupId: number;
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly libraryId: string | undefined;
  /** Milliseconds since the epoch, as are the others. */
  readonly openedAt: number;
  readonly closesAt: number;
  readonly closedAt: number | undefined;
  readonly messageId: string | undefined;
  /** Participants, known once it is closed (design.md, counting rule 5). */
  readonly clear: number | undefined;
  readonly inferred: number | undefined;
}

/** Opens a topic under the next number of its group. */
export async function openTopic(
  db: Db,
  topic: {
    readonly groupId: number;
    readonly title: string;
    readonly text: string;
    readonly libraryId?: string | undefined;
    readonly openedAt: number;
    readonly closesAt: number;
  },
): Promise<TopicRow> {
  const { groupId, title, text } = topic;
  await lockGroup(db, groupId);
  const last = await db.topic.findFirst({
    where: { groupId },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  const row = await db.topic.create({
    data: {
      groupId,
      number: (last?.number ?? 0) + 1,
      title,
      text,
      libraryId: topic.libraryId ?? null,
      openedAt: new Date(topic.openedAt),
      closesAt: new Date(topic.closesAt),
    },
  });
  return topicFrom(row);
}

/** The topic with that number in the group. */
export async function topicNumbered(db: Db, groupId: number, number: number): Promise<TopicRow | undefined> {
  const row = await db.topic.findUnique({ where: { groupId_number: { groupId, number } } });
  return row ? topicFrom(row) : undefined;
}

/** The latest topics of a group, the newest first. */
export async function latestTopics(db: Db, groupId: number, limit: number): Promise<readonly TopicRow[]> {
  const rows = await db.topic.findMany({ where: { groupId }, orderBy: { number: 'desc' }, take: limit });
  return rows.map(topicFrom);
}

/**
 * The newest topic of a group that is open at an instant and has the same words, or came from the same topic of the
 * library. The group is held until the transaction ends: whoever posts the same at the same moment is seen.
 */
export async function openTopicLike(
  db: Db,
  groupId: number,
  like: { readonly text: string; readonly libraryId: string | undefined },
  now: number,
): Promise<TopicRow | undefined> {
  await lockGroup(db, groupId);
  const { text, libraryId } = like;
  const row = await db.topic.findFirst({
    where: {
      groupId,
      closedAt: null,
      closesAt: { gte: new Date(now) },
      OR: [{ text }, ...(libraryId === undefined ? [] : [{ libraryId }])],
    },
    orderBy: { number: 'desc' },
  });
  return row ? topicFrom(row) : undefined;
}

/** Which of the library's topics a group has had. */
export async function libraryTopicsOf(db: Db, groupId: number): Promise<readonly string[]> {
  const rows = await db.topic.findMany({
    where: { groupId, libraryId: { not: null } },
    orderBy: { number: 'asc' },
    select: { libraryId: true },
  });
  return rows.flatMap(({ libraryId }) => (libraryId === null ? [] : [libraryId]));
}

/** Titles of a group's topics by their number, as facts name topics. */
export async function topicTitles(db: Db, groupId: number): Promise<ReadonlyMap<string, string>> {
  const rows = await db.topic.findMany({ where: { groupId }, select: { number: true, title: true } });
  return new Map(rows.map(({ number, title }) => [String(number), title]));
}

/** Closes a topic with its two participant counts. False: it was closed before. */
export async function closeTopic(
  db: Db,
  topicId: number,
  at: number,
  participants: { readonly clear: number; readonly inferred: number },
): Promise<boolean> {
  const { clear, inferred } = participants;
  const { count } = await db.topic.updateMany({
    where: { id: topicId, closedAt: null },
    data: { closedAt: new Date(at), clear, inferred },
  });
  return count === 1;
}

/** Notes a clear participation by the topic's button, once a person. False: it was noted before. */
export async function joinTopic(
  db: Db,
  topic: { readonly id: number; readonly groupId: number },
  personId: number,
  at: number,
): Promise<boolean> {
  const key = `topic:${topic.id}`;
  const before = await db.topicMark.findFirst({
    where: { groupId: topic.groupId, key, personId },
    select: { at: true },
  });
  if (before) return false;
  await db.topicMark.create({ data: { groupId: topic.groupId, key, personId, at: BigInt(at) } });
  return true;
}

function topicFrom(row: {
  readonly id: number;
  readonly groupId: number;
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly libraryId: string | null;
  readonly openedAt: Date;
  readonly closesAt: Date;
  readonly closedAt: Date | null;
  readonly messageId: string | null;
  readonly clear: number | null;
  readonly inferred: number | null;
}): TopicRow {
  return {
    ...row,
    libraryId: row.libraryId ?? undefined,
    openedAt: row.openedAt.getTime(),
    closesAt: row.closesAt.getTime(),
    closedAt: row.closedAt?.getTime(),
    messageId: row.messageId ?? undefined,
    clear: row.clear ?? undefined,
    inferred: row.inferred ?? undefined,
  };
}

/** Topics that are open although their time is over. */
export async function overdueTopics(db: Db, now: number): Promise<readonly TopicRow[]> {
  const rows = await db.topic.findMany({ where: { closedAt: null, closesAt: { lt: new Date(now) } } });
  return rows.map(topicFrom);
}
