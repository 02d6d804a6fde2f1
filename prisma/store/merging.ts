/** Two entries that are one person after all. */
import { union } from '../../domain/presence/slots.ts';
import type { Db } from '../database.ts';

/**
 * All that is kept of one person becomes another's, and the first is no more. Counts are united, so that nothing counts
 * twice. Runs inside a transaction.
 */
export async function mergePeople(db: Db, from: number, to: number): Promise<void> {
  if (from === to) return;
  for (const row of await db.presence.findMany({ where: { personId: from } })) {
    const { groupId, day } = row;
    const mine = { groupId_day_personId: { groupId, day, personId: to } };
    const own = await db.presence.findUnique({ where: mine });
    if (own)
      await db.presence.update({
        where: mine,
        data: { slots: BigInt(union(Number(own.slots), Number(row.slots))) },
      });
    else await db.presence.create({ data: { ...row, personId: to } });
  }
  await db.presence.deleteMany({ where: { personId: from } });
  await db.$executeRaw`
    INSERT INTO "Address" ("groupId", "day", "fromId", "toId")
    SELECT "groupId", "day", CASE WHEN "fromId" = ${from} THEN ${to} ELSE "fromId" END,
           CASE WHEN "toId" = ${from} THEN ${to} ELSE "toId" END
      FROM "Address" WHERE "fromId" = ${from} OR "toId" = ${from} ON CONFLICT DO NOTHING`;
  await db.address.deleteMany({ where: { OR: [{ fromId: from }, { toId: from }] } });
  await db.$executeRaw`DELETE FROM "Address" WHERE "fromId" = "toId"`;
  await db.$executeRaw`
    INSERT INTO "TopicMark" ("groupId", "key", "personId", "at")
    SELECT "groupId", "key", ${to}, "at" FROM "TopicMark" WHERE "personId" = ${from} ON CONFLICT DO NOTHING`;
  await db.topicMark.deleteMany({ where: { personId: from } });
  await db.$executeRaw`
    INSERT INTO "CheckIn" ("activityId", "personId", "at")
    SELECT "activityId", ${to}, "at" FROM "CheckIn" WHERE "personId" = ${from} ON CONFLICT DO NOTHING`;
  await db.checkIn.deleteMany({ where: { personId: from } });
  await mergeMembers(db, from, to);
  await db.confirmation.deleteMany({ where: { personId: from } });
  await db.codeAttempt.deleteMany({ where: { personId: from } });
  await db.demand.updateMany({ where: { askerId: from }, data: { askerId: to } });
  await db.outbox.updateMany({ where: { personId: from }, data: { personId: to } });
  await db.binding.updateMany({ where: { personId: from }, data: { personId: to } });
  await db.personAlias.updateMany({ where: { personId: from }, data: { personId: to } });
  await mergeCadre(db, from, to);
  await db.person.delete({ where: { id: from } });
}

async function mergeMembers(db: Db, from: number, to: number): Promise<void> {
  for (const { groupId, joinedAt, leftAt } of await db.member.findMany({ where: { personId: from } })) {
    const mine = { groupId_personId: { groupId, personId: to } };
    const own = await db.member.findUnique({ where: mine });
    if (!own) await db.member.create({ data: { groupId, personId: to, joinedAt, leftAt } });
    else if (own.leftAt !== null && leftAt === null)
      await db.member.update({ where: mine, data: { leftAt: null } });
  }
  await db.member.deleteMany({ where: { personId: from } });
}

async function mergeCadre(db: Db, from: number, to: number): Promise<void> {
  const theirs = await db.cadre.findUnique({ where: { personId: from }, select: { id: true } });
  if (!theirs) return;
  const own = await db.cadre.findUnique({ where: { personId: to }, select: { id: true } });
  await db.cadre.update({ where: { id: theirs.id }, data: { personId: own ? null : to } });
}
