/** What waits for a person's answer, one a person and chat: a command for its yes, a list for one of its numbers. */
import type { Db } from '../database.ts';

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

/** Takes the waiting command out, so that one yes answers it once. */
export async function takeQuestion(
  db: Db,
  personId: number,
  chat: string,
): Promise<{ readonly command: string; readonly expiresAt: number } | undefined> {
  const row = await db.confirmation.findUnique({ where: { personId_chat: { personId, chat } } });
  if (!row) return undefined;
  const { count } = await db.confirmation.deleteMany({ where: { personId, chat, command: row.command } });
  return count === 1 ? { command: row.command, expiresAt: row.expiresAt.getTime() } : undefined;
}

/** Drops questions that nobody answered before an instant. */
export async function forgetQuestions(db: Db, before: number): Promise<void> {
  await db.confirmation.deleteMany({ where: { expiresAt: { lt: new Date(before) } } });
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
