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

/**
 * Takes tokens out of a day's budget before they are used; false: so many are not left. In one statement: two calls at
 * once cannot both have the last ones, and what a killed process took stays taken.
 */
export async function reserveTokens(db: Db, day: Day, tokens: number, budget: number): Promise<boolean> {
  const changed = await db.$executeRaw`
    INSERT INTO "ModelUse" ("day", "tokens", "calls")
    SELECT CAST(${day} AS INTEGER), CAST(${tokens} AS INTEGER), 0
     WHERE CAST(${tokens} AS INTEGER) <= CAST(${budget} AS INTEGER)
    ON CONFLICT ("day") DO UPDATE SET "tokens" = "ModelUse"."tokens" + excluded."tokens"
     WHERE "ModelUse"."tokens" + excluded."tokens" <= CAST(${budget} AS INTEGER)`;
  return changed === 1;
}

/** Puts what a call really used in the place of what was reserved for it, and counts the call. */
export async function settleTokens(
  db: Db,
  day: Day,
  { reserved, used }: { readonly reserved: number; readonly used: number },
): Promise<void> {
  await db.$executeRaw`
    UPDATE "ModelUse" SET "tokens" = "tokens" + CAST(${used - reserved} AS INTEGER), "calls" = "calls" + 1
     WHERE "day" = CAST(${day} AS INTEGER)`;
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
