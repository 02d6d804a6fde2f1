/** What waits for a person's answer, one a person and chat: a command for its yes, a list for one of its numbers. */
import type { Db } from '../database.ts';

const groupPrefix = 'group:';

/** Keeps a command until it is answered or too old; an earlier question in the same chat is forgotten. */
export async function keepQuestion(
  db: Db,
  question: {
    readonly personId: number;
    readonly chat: string;
    readonly command: string;
    /** Milliseconds since the epoch. */
    readonly expiresAt: number;
  },
): Promise<void> {
  const { personId, chat, command } = question;
  const expiresAt = new Date(question.expiresAt);
  await db.confirmation.upsert({
    where: { personId_chat: { personId, chat } },
    create: { personId, chat, command, expiresAt },
    update: { command, expiresAt },
  });
}

/**
 * Takes the waiting command out, so that one yes answers it once. With `expiresAt` (milliseconds) only the question that
 * ends then: another one may have taken its place.
 */
export async function takeQuestion(
  db: Db,
  personId: number,
  chat: string,
  expiresAt?: number,
): Promise<{ readonly command: string; readonly expiresAt: number } | undefined> {
  const row = await db.confirmation.findUnique({ where: { personId_chat: { personId, chat } } });
  if (!row || (expiresAt !== undefined && row.expiresAt.getTime() !== expiresAt)) return undefined;
  const { count } = await db.confirmation.deleteMany({ where: { personId, chat, command: row.command } });
  return count === 1 ? { command: row.command, expiresAt: row.expiresAt.getTime() } : undefined;
}

/** Drops questions that nobody answered before an instant. */
export async function forgetQuestions(db: Db, before: number): Promise<void> {
  await db.confirmation.deleteMany({ where: { expiresAt: { lt: new Date(before) } } });
}

/** The groups of an account, by platform id, in which somebody's question waits at an instant. */
export async function groupsAsked(db: Db, accountId: number, now: number): Promise<readonly string[]> {
  const asked = await db.confirmation.findMany({
    where: { chat: { startsWith: groupPrefix }, expiresAt: { gte: new Date(now) } },
    select: { chat: true },
  });
  const aliases = await db.groupAlias.findMany({
    where: { accountId, groupId: { in: asked.map(({ chat }) => Number(chat.slice(groupPrefix.length))) } },
    select: { externalId: true },
  });
  return aliases.map(({ externalId }) => externalId);
}

/** The chat of a question asked in a group. */
export function questionChat(groupId: number): string {
  return `${groupPrefix}${groupId}`;
}

/** What waits for an answer at an instant, without taking it out. */
export async function waitingQuestion(
  db: Db,
  personId: number,
  chat: string,
  now: number,
): Promise<string | undefined> {
  const row = await db.confirmation.findUnique({ where: { personId_chat: { personId, chat } } });
  return row && row.expiresAt.getTime() >= now ? row.command : undefined;
}
