/**
 * Where an anonymous asker is answered: their person and their word, encrypted with the program's key. Two of the same
 * person look nothing alike. Opened in two places: the sender, which needs the person, and whoever writes a card with
 * buttons for the asker, who needs the word and does not learn the person.
 */
import { z } from 'zod';
import type { Db } from '../prisma/database.ts';
import type { Secret } from './secret.ts';

const purpose = 'reply-address';
const shape = z.object({ person: z.int(), word: z.string() });

/** Seals where to answer; `word` is empty where nothing has been asked for yet. */
export function sealAddress(secret: Pick<Secret, 'seal'>, personId: number, word = ''): string {
  return secret.seal(purpose, JSON.stringify({ person: personId, word }));
}

/** The word by which its asker is known; undefined where the address was sealed with another key. */
export function wordIn(secret: Pick<Secret, 'open'>, sealed: string): string | undefined {
  return read(secret, sealed)?.word;
}

/** Whose address it is, by the id they have now; undefined where it was sealed with another key. */
export async function personBehind(
  db: Db,
  secret: Pick<Secret, 'open'>,
  sealed: string,
): Promise<number | undefined> {
  const id = read(secret, sealed)?.person;
  if (id === undefined) return undefined;
  const former = await db.formerPerson.findUnique({ where: { id }, select: { personId: true } });
  return former?.personId ?? id;
}

function read(secret: Pick<Secret, 'open'>, sealed: string): z.infer<typeof shape> | undefined {
  const text = secret.open(purpose, sealed);
  return text === undefined ? undefined : shape.parse(JSON.parse(text));
}
