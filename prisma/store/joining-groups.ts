/** A group that was counted apart after a login: joined with the one of before, or taken as new. */
import { dayOf } from '../../domain/calendar/day.ts';
import { cadreOn } from '../../domain/presence/bindings.ts';
import { matchMembers } from '../../domain/recognition/members.ts';
import type { Db } from '../database.ts';
import { bindingsOf } from './bindings.ts';
import { changeIdentities } from './identities.ts';
import { joined, loginOf } from './identity.ts';
import { addListening } from './listening.ts';
import { knownMembers, knownUnder } from './looks.ts';
import { setMarks } from './marks.ts';
import { mergeAll } from './merging.ts';
import { ownerOf } from './owners.ts';
import { addMarks, sealedBefore } from './presence.ts';
import { setAside } from './private-things.ts';

/** It is none of the earlier ones: what was counted so far goes, since nobody had bound it. */
export async function takeAsNew(db: Db, groupId: number): Promise<void> {
  const { accountId } = await db.group.findUniqueOrThrow({ where: { id: groupId } });
  await changeIdentities(db, accountId);
  await db.group.update({ where: { id: groupId }, data: { unmatchedAt: null } });
  await dropCounts(db, groupId);
}

/** Unmatched groups that nobody told in time: their counts go as all old presence does. `before` in milliseconds. */
export async function giveUpUnmatched(db: Db, accountId: number, before: number): Promise<number> {
  const rows = await db.group.findMany({
    where: { accountId, unmatchedAt: { lt: new Date(before) } },
    select: { id: true },
  });
  for (const { id } of rows) await takeAsNew(db, id);
  return rows.length;
}

/**
 * The unmatched group is the earlier one: people, counts and ids of both are joined, and the unmatched one is no more.
 * Runs inside a transaction. Throws where it cannot be.
 */
export async function joinGroups(db: Db, unmatchedId: number, knownId: number): Promise<void> {
  const fresh = await db.group.findUniqueOrThrow({ where: { id: unmatchedId } });
  const known = await db.group.findUniqueOrThrow({ where: { id: knownId } });
  await changeIdentities(db, fresh.accountId);
  const login = await loginOf(db, fresh.accountId);
  if (fresh.unmatchedAt === null || fresh.accountId !== known.accountId)
    throw new Error('these groups cannot be one');
  if ((await db.groupAlias.count({ where: { groupId: knownId, login } })) > 0)
    throw new Error('that group is known again already');
  await joinMembers(db, unmatchedId, knownId, login);
  await moveCounts(db, unmatchedId, knownId);
  await moveListening(db, fresh.accountId, unmatchedId, knownId);
  await db.groupAlias.updateMany({ where: { groupId: unmatchedId }, data: { groupId: knownId } });
  await db.outbox.updateMany({ where: { groupId: unmatchedId }, data: { groupId: knownId } });
  await db.modelTask.updateMany({ where: { groupId: unmatchedId }, data: { groupId: knownId } });
  // Read now: whose word it was may have become somebody else's id above.
  const { ownerId, ownerSaid } = await ownerOf(db, known.ownerId === null ? unmatchedId : knownId);
  await db.group.update({
    where: { id: knownId },
    data: { name: fresh.name || known.name, leftAt: null, ownerId, ownerSaid },
  });
  await db.groupCount.deleteMany({ where: { groupId: unmatchedId } });
  await db.group.delete({ where: { id: unmatchedId } });
}

async function joinMembers(db: Db, unmatchedId: number, knownId: number, login: string): Promise<void> {
  const members = await db.member.findMany({
    where: { groupId: unmatchedId, leftAt: null },
    select: { person: { select: { id: true, name: true, bot: true, mark: true } } },
  });
  const matches = matchMembers(
    await knownMembers(db, knownId),
    members.map(({ person }) => ({ ...person, mark: person.mark ?? undefined })),
  );
  const there = await knownUnder(
    db,
    login,
    matches.map((match) => match.known),
  );
  const same = matches.filter((match) => match.known !== match.fresh && !there.has(match.known));
  await setAside(
    db,
    same.flatMap((match) => (match.by === 'name' ? [match.known] : [])),
  );
  await mergeAll(
    db,
    same.map((match) => ({ from: match.fresh, to: match.known })),
  );
  const marks = new Map(members.map(({ person }) => [person.id, person.mark]));
  await setMarks(
    db,
    same.flatMap(({ known: personId, fresh }) => {
      const mark = marks.get(fresh);
      return mark ? [{ personId, mark }] : [];
    }),
  );
  const now = await db.member.findMany({
    where: { groupId: unmatchedId, leftAt: null },
    select: { personId: true },
  });
  await joined(
    db,
    knownId,
    now.map(({ personId }) => personId),
    undefined,
  );
  await db.member.deleteMany({ where: { groupId: unmatchedId } });
}

/** Unions, so that nothing counts twice; of who addressed whom only what the rule keeps (design.md, The heart). */
async function moveCounts(db: Db, from: number, to: number): Promise<void> {
  const sealed = (await sealedBefore(db, [to])).get(to) ?? Number.NEGATIVE_INFINITY;
  const bindings = await bindingsOf(db, to);
  const cadreAt = (day: number) => (day < sealed ? undefined : cadreOn(bindings, day));
  const presence = await db.presence.findMany({ where: { groupId: from } });
  const addresses = await db.address.findMany({ where: { groupId: from } });
  const marks = await db.topicMark.findMany({ where: { groupId: from } });
  await addMarks(db, {
    presence: presence
      .filter(({ day }) => cadreAt(day) !== undefined)
      .map((row) => ({ ...row, groupId: to, slots: Number(row.slots) })),
    addresses: addresses
      .filter(({ day, fromId, toId }) => [fromId, toId].some((one) => one === cadreAt(day)))
      .map((row) => ({ ...row, groupId: to })),
    topicMarks: marks
      .filter(({ at }) => cadreAt(dayOf(Number(at))) !== undefined)
      .map((row) => ({ ...row, groupId: to, at: Number(row.at) })),
    seen: [],
  });
  await dropCounts(db, from);
}

async function moveListening(db: Db, accountId: number, from: number, to: number): Promise<void> {
  const rows = await db.listening.findMany({ where: { groupId: from }, orderBy: { fromMs: 'asc' } });
  await db.listening.deleteMany({ where: { groupId: from } });
  for (const { fromMs, untilMs } of rows)
    await addListening(db, accountId, { from: Number(fromMs), until: Number(untilMs) }, to);
}

async function dropCounts(db: Db, groupId: number): Promise<void> {
  await db.presence.deleteMany({ where: { groupId } });
  await db.address.deleteMany({ where: { groupId } });
  await db.topicMark.deleteMany({ where: { groupId } });
}
