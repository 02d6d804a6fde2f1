/**
 * What somebody did knowingly and for themselves alone: demands, the same trouble felt, wishes, offers of help, questions,
 * answers to surveys, confirmed deeds. No name opens it: where a login knew its owner by the name alone, it stays behind
 * with an entry of its own, for whom nobody speaks until a mark or the owner's word joins the two again.
 */
import { z } from 'zod';
import type { Db } from '../database.ts';
import { loginOf } from './identity.ts';
import { mergePeople } from './merging.ts';
import { give, giveAnswers } from './moves.ts';
import { listed, sql } from './packed.ts';
import { giveVoices } from './voices.ts';

/** Leaves all that is private of people behind, before whoever bears the same names goes on as them. */
export async function setAside(db: Db, personIds: readonly number[]): Promise<void> {
  if (personIds.length === 0) return;
  const theirs = { id: { in: [...personIds] } };
  const people = await db.person.findMany({ where: theirs });
  await db.confirmation.deleteMany({ where: { personId: { in: [...personIds] } } });
  await db.person.updateMany({
    where: theirs,
    // What they answered without a name is under a hash that nobody comes to again.
    data: { mark: null, recallHash: null, byName: { increment: 1 } },
  });
  const owners = await whoHasPrivateThings(db, personIds);
  const aside = people.filter(
    ({ id, mark, recallHash }) => owners.has(id) || mark !== null || recallHash !== null,
  );
  if (aside.length === 0) return;
  const made = await db.person.createManyAndReturn({
    data: aside.map(({ id, accountId, name, mark, recallHash }) => ({
      accountId,
      name,
      mark,
      recallHash,
      asideOfId: id,
    })),
    select: { id: true, asideOfId: true },
  });
  const moves = made.flatMap(({ id, asideOfId }) =>
    asideOfId === null ? [] : [{ from: asideOfId, to: id }],
  );
  await give(db, ['Demand', 'askerId'], moves);
  await give(db, ['DemandSupport', 'personId'], moves);
  await give(db, ['DeedConfirmation', 'personId'], moves);
  await giveAnswers(db, moves);
  await giveVoices(db, moves);
  await give(db, ['Outbox', 'personId'], moves, sql`"Outbox"."settledAt" IS NULL`);
}

const ownerRows = z.array(z.object({ id: z.number() }));

async function whoHasPrivateThings(db: Db, personIds: readonly number[]): Promise<ReadonlySet<number>> {
  const people = listed(personIds);
  const rows = await db.$queryRaw`
    SELECT "askerId" AS "id" FROM "Demand" WHERE "askerId" IN (${people})
     UNION SELECT "personId" FROM "DemandSupport" WHERE "personId" IN (${people})
     UNION SELECT "personId" FROM "DeedConfirmation" WHERE "personId" IN (${people})
     UNION SELECT p."id" FROM "Person" p JOIN "SurveyAnswer" a ON a."respondent" = 'person:' || p."id" WHERE p."id" IN (${people})
     UNION SELECT "wisherId" FROM "Wish" WHERE "wisherId" IN (${people})
     UNION SELECT "claimerId" FROM "Wish" WHERE "claimerId" IN (${people})
     UNION SELECT "ownerId" FROM "Help" WHERE "ownerId" IN (${people})
     UNION SELECT "personId" FROM "HelpContact" WHERE "personId" IN (${people})
     UNION SELECT "askerId" FROM "Inquiry" WHERE "askerId" IN (${people})
     UNION SELECT "personId" FROM "Outbox" WHERE "personId" IN (${people}) AND "settledAt" IS NULL`;
  return new Set(ownerRows.parse(rows).map(({ id }) => id));
}

/**
 * By what a person is told from others where their answers are kept without a name: another one each time that a name
 * alone told who they are, so that nobody comes to the answers of a namesake.
 */
export async function anonymousKey(db: Db, personId: number): Promise<string> {
  const { byName } = await db.person.findUniqueOrThrow({
    where: { id: personId },
    select: { byName: true },
  });
  return anonymousKeyAt(personId, byName);
}

function anonymousKeyAt(personId: number, byName: number): string {
  return byName === 0 ? `${personId}` : `${personId}/${byName}`;
}

/** Whether a name alone has told who a person is: somebody else may have borne it before. */
export async function isKnownByName(db: Db, personId: number): Promise<boolean> {
  return (await anonymousKey(db, personId)) !== anonymousKeyAt(personId, 0);
}

/**
 * By what a person was told from others before, where answers are kept without a name: one for each time that a name alone
 * told who they are, and those of entries that were joined with theirs.
 */
export async function earlierAnonymousKeys(db: Db, personId: number): Promise<readonly string[]> {
  const { byName } = await db.person.findUniqueOrThrow({
    where: { id: personId },
    select: { byName: true },
  });
  const former = await db.formerPerson.findMany({ where: { personId }, select: { id: true, byName: true } });
  const keysOf = (id: number, count: number) =>
    Array.from({ length: count }, (_, n) => anonymousKeyAt(id, n));
  return [...keysOf(personId, byName), ...former.flatMap((one) => keysOf(one.id, one.byName + 1))];
}

/** The entries that hold what stayed behind when a name alone told who a person is. */
export async function leftBehindBy(db: Db, personId: number): Promise<readonly number[]> {
  const rows = await db.person.findMany({ where: { asideOfId: personId }, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** Keeps the hash of a person's word, unless they have one. False: they have. */
export async function keepRecall(db: Db, personId: number, hash: string): Promise<boolean> {
  const { count } = await db.person.updateMany({
    where: { id: personId, recallHash: null },
    data: { recallHash: hash },
  });
  return count === 1;
}

/**
 * Gives a person what their word opens; it opens nothing a second time. False: it is nobody's of this account, or of
 * somebody who is known under the present login, or of a cadre, an administrator or an operator, whose rights a code alone gives.
 */
export async function recall(db: Db, personId: number, hash: string): Promise<boolean> {
  const owner = await db.person.findUnique({
    where: { recallHash: hash },
    include: { aliases: true, cadre: true, administrator: true, operator: true },
  });
  const { accountId } = await db.person.findUniqueOrThrow({ where: { id: personId } });
  if (!owner || owner.id === personId || owner.accountId !== accountId) return false;
  if (owner.cadre || owner.administrator || owner.operator) return false;
  const login = await loginOf(db, accountId);
  if (owner.aliases.some((alias) => alias.login === login)) return false;
  await mergePeople(db, owner.id, personId);
  return true;
}
