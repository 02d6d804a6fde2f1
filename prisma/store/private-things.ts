/**
 * What somebody did knowingly and for themselves alone: demands, the same trouble felt, wishes, offers of help, questions,
 * answers to surveys, confirmed deeds. No name opens it: where a login knew its owner by the name alone, it stays behind
 * with an entry of its own, for whom nobody speaks until a mark or the owner's word joins the two again.
 */
import type { Db } from '../database.ts';
import { loginOf } from './identity.ts';
import { mergePeople } from './merging.ts';
import { giveVoices } from './voices.ts';

/** Leaves all that is private of a person behind, before whoever bears the same name goes on as them. */
export async function setAside(db: Db, personId: number): Promise<void> {
  const person = await db.person.findUniqueOrThrow({ where: { id: personId } });
  await db.confirmation.deleteMany({ where: { personId } });
  await db.person.update({
    where: { id: personId },
    // What they answered without a name is under a hash that nobody comes to again.
    data: { mark: null, recallHash: null, byName: { increment: 1 } },
  });
  if (!(await hasPrivateThings(db, personId)) && person.mark === null && person.recallHash === null) return;
  const { accountId, name, mark, recallHash } = person;
  const { id } = await db.person.create({ data: { accountId, name, mark, recallHash, asideOfId: personId } });
  await db.demand.updateMany({ where: { askerId: personId }, data: { askerId: id } });
  await db.demandSupport.updateMany({ where: { personId }, data: { personId: id } });
  await db.deedConfirmation.updateMany({ where: { personId }, data: { personId: id } });
  await db.surveyAnswer.updateMany({
    where: { respondent: `person:${personId}` },
    data: { respondent: `person:${id}` },
  });
  await db.surveyAnswer.updateMany({
    where: { heldBy: `person:${personId}` },
    data: { heldBy: `person:${id}` },
  });
  await giveVoices(db, personId, id);
  await db.outbox.updateMany({ where: { personId, settledAt: null }, data: { personId: id } });
}

async function hasPrivateThings(db: Db, personId: number): Promise<boolean> {
  const counts = [
    await db.demand.count({ where: { askerId: personId } }),
    await db.demandSupport.count({ where: { personId } }),
    await db.deedConfirmation.count({ where: { personId } }),
    await db.surveyAnswer.count({ where: { respondent: `person:${personId}` } }),
    await db.wish.count({ where: { OR: [{ wisherId: personId }, { claimerId: personId }] } }),
    await db.help.count({ where: { ownerId: personId } }),
    await db.helpContact.count({ where: { personId } }),
    await db.inquiry.count({ where: { askerId: personId } }),
    await db.outbox.count({ where: { personId, settledAt: null } }),
  ];
  return counts.some((count) => count > 0);
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
 * somebody who is known under the present login, or of a cadre or an administrator, whose rights a code alone gives.
 */
export async function recall(db: Db, personId: number, hash: string): Promise<boolean> {
  const owner = await db.person.findUnique({
    where: { recallHash: hash },
    include: { aliases: true, cadre: true, administrator: true },
  });
  const { accountId } = await db.person.findUniqueOrThrow({ where: { id: personId } });
  if (!owner || owner.id === personId || owner.accountId !== accountId) return false;
  if (owner.cadre || owner.administrator) return false;
  const login = await loginOf(db, accountId);
  if (owner.aliases.some((alias) => alias.login === login)) return false;
  await mergePeople(db, owner.id, personId);
  return true;
}
