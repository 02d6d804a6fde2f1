/**
 * Where an anonymous asker is answered: their person and their word, encrypted with the program's key. No address leads past
 * a login that knew its person by the name alone: whoever bears the name now may be another. Two of the same
 * person look nothing alike. Opened in two places: the sender, which needs the person, and whoever writes a card with
 * buttons for the asker, who needs the word and does not learn the person.
 */
import { z } from 'zod';
import type { Db } from '../prisma/database.ts';
import type { Secret } from './secret.ts';

const purpose = 'reply-address';
const shape = z.object({ person: z.int(), byName: z.int(), word: z.string() });

/** Seals where to answer; `word` is empty where nothing has been asked for yet. */
export async function sealedAddress(
  db: Db,
  secret: Pick<Secret, 'seal'>,
  personId: number,
  word = '',
): Promise<string> {
  return secret.seal(
    purpose,
    JSON.stringify({ person: personId, byName: await byNameOf(db, personId), word }),
  );
}

/** The word by which its asker is known; undefined where the address was sealed with another key. */
export function wordIn(secret: Pick<Secret, 'open'>, sealed: string): string | undefined {
  return read(secret, sealed)?.word;
}

/**
 * Whose address it is, by the id they have now; undefined where it was sealed with another key, or nothing but a name told
 * since then who they are.
 */
export async function personBehind(
  db: Db,
  secret: Pick<Secret, 'open'>,
  sealed: string,
): Promise<number | undefined> {
  const address = read(secret, sealed);
  if (!address) return undefined;
  const former = await db.formerPerson.findUnique({ where: { id: address.person } });
  if (former && former.byName !== address.byName) return undefined;
  const [id, byName] = former ? [former.personId, former.toByName] : [address.person, address.byName];
  return (await byNameOf(db, id)) === byName ? id : undefined;
}

async function byNameOf(db: Db, id: number): Promise<number | undefined> {
  return (await db.person.findUnique({ where: { id }, select: { byName: true } }))?.byName;
}

function read(secret: Pick<Secret, 'open'>, sealed: string): z.infer<typeof shape> | undefined {
  const text = secret.open(purpose, sealed);
  return text === undefined ? undefined : shape.parse(JSON.parse(text));
}
