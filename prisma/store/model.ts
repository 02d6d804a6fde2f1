/** What the language model is asked, and how many tokens it has used. */
import type { Day } from '../../domain/calendar/day.ts';
import type { Db } from '../database.ts';

/** A question that waits for the model. */
export interface TaskRow {
  readonly id: number;
  readonly purpose: string;
  /** Whom the answer is for. */
  readonly personId: number;
  readonly groupId: number | undefined;
  /** What is asked, as JSON. */
  readonly body: string;
}

/** Puts a question; it is answered outside of the transaction. */
export async function addTask(
  db: Db,
  task: {
    readonly accountId: number;
    readonly purpose: string;
    readonly personId: number;
    readonly groupId?: number | undefined;
    readonly body: string;
  },
  now: number,
): Promise<void> {
  await db.modelTask.create({
    data: { ...task, groupId: task.groupId ?? null, createdAt: new Date(now) },
  });
}

/** The oldest question of an account that has no answer. */
export async function nextTask(db: Db, accountId: number): Promise<TaskRow | undefined> {
  const row = await db.modelTask.findFirst({
    where: { accountId, doneAt: null },
    orderBy: { id: 'asc' },
  });
  if (!row) return undefined;
  const { id, purpose, personId, groupId, body } = row;
  return { id, purpose, personId, groupId: groupId ?? undefined, body: body ?? '{}' };
}

/** Notes that a question is answered and wipes it; gives whom the answer is for by now. Undefined: it was before. */
export async function finishTask(db: Db, id: number, now: number): Promise<number | undefined> {
  const { count } = await db.modelTask.updateMany({
    where: { id, doneAt: null },
    data: { doneAt: new Date(now), body: null },
  });
  if (count === 0) return undefined;
  return (await db.modelTask.findUniqueOrThrow({ where: { id }, select: { personId: true } })).personId;
}

/** Drops the empty rows of answered questions. */
export async function forgetTasks(db: Db, before: number): Promise<void> {
  await db.modelTask.deleteMany({ where: { doneAt: { lt: new Date(before) } } });
}

/** Tokens used on a day. */
export async function tokensUsed(db: Db, day: Day): Promise<number> {
  return (await db.modelUse.findUnique({ where: { day } }))?.tokens ?? 0;
}

/** Counts a call and its tokens. */
export async function useTokens(db: Db, day: Day, tokens: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "ModelUse" ("day", "tokens", "calls") VALUES (${day}, ${tokens}, 1)
    ON CONFLICT ("day") DO UPDATE
    SET "tokens" = "ModelUse"."tokens" + excluded."tokens", "calls" = "ModelUse"."calls" + 1`;
}

/** The names of the people of a group, to be taken out of what is sent. */
export async function namesIn(db: Db, groupId: number): Promise<readonly string[]> {
  const members = await db.member.findMany({
    where: { groupId },
    select: { person: { select: { name: true } } },
  });
  const cadres = await db.cadre.findMany({ select: { name: true } });
  return [...members.map(({ person }) => person.name), ...cadres.map(({ name }) => name)];
}
