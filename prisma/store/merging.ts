/** Two entries that are one person after all. */
import { joinSignUps } from '../../domain/activities/sign-up.ts';
import { union } from '../../domain/presence/slots.ts';
import type { Db } from '../database.ts';
import { unconfirm } from './deed-evidence.ts';
import { changeIdentities } from './identities.ts';
import { dropOthersAddresses } from './presence.ts';
import { keepSignUp, signUpsToChange } from './sign-ups.ts';
import { giveVoices } from './voices.ts';

/**
 * All that is kept of one person becomes another's, and the first is no more. Counts are united, so that nothing counts
 * twice. Runs inside a transaction.
 */
export async function mergePeople(db: Db, from: number, to: number): Promise<void> {
  if (from === to) return;
  const { accountId } = await db.person.findUniqueOrThrow({ where: { id: from } });
  await changeIdentities(db, accountId);
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
    INSERT INTO "CheckIn" ("activityId", "personId", "at", "ticked")
    SELECT "activityId", ${to}, "at", "ticked" FROM "CheckIn" WHERE "personId" = ${from}
        ON CONFLICT ("activityId", "personId")
        DO UPDATE SET "ticked" = "CheckIn"."ticked" AND excluded."ticked"`;
  await db.checkIn.deleteMany({ where: { personId: from } });
  await mergeSignUps(db, from, to);
  await mergeConfirmations(db, from, to);
  await mergeMembers(db, from, to);
  await db.confirmation.deleteMany({ where: { personId: from } });
  await db.codeAttempt.deleteMany({ where: { personId: from } });
  await db.demand.updateMany({ where: { askerId: from }, data: { askerId: to } });
  await mergeSupports(db, from, to);
  await mergeAnswers(db, from, to);
  await db.plannedTopic.updateMany({ where: { personId: from }, data: { personId: to } });
  await db.modelTask.updateMany({ where: { personId: from }, data: { personId: to } });
  await giveVoices(db, from, to);
  await sendOn(db, from, to);
  await db.outbox.updateMany({ where: { personId: from }, data: { personId: to } });
  await db.binding.updateMany({ where: { personId: from }, data: { personId: to } });
  await db.personAlias.updateMany({ where: { personId: from }, data: { personId: to } });
  await db.person.updateMany({ where: { asideOfId: from, id: { not: to } }, data: { asideOfId: to } });
  await db.person.updateMany({ where: { asideOfId: from }, data: { asideOfId: null } });
  await mergeReminderSetting(db, from, to);
  await mergeCadre(db, from, to);
  await mergeAdministrator(db, from, to);
  await mergeOperator(db, from, to);
  await dropOwnConfirmations(db, to);
  await dropOthersAddresses(db, to);
  await db.person.delete({ where: { id: from } });
}

/**
 * Sealed addresses cannot be changed, nor even found: who opens one with an earlier id is sent on. None leads past a login
 * that knew somebody by the name alone.
 */
async function sendOn(db: Db, from: number, to: number): Promise<void> {
  const byNameOf = async (id: number) =>
    (await db.person.findUniqueOrThrow({ where: { id }, select: { byName: true } })).byName;
  const [byName, toByName] = [await byNameOf(from), await byNameOf(to)];
  await db.formerPerson.updateMany({
    where: { personId: from, toByName: byName },
    data: { personId: to, toByName },
  });
  await db.formerPerson.deleteMany({ where: { personId: from } });
  await db.formerPerson.create({ data: { id: from, byName, personId: to, toByName } });
}

async function mergeSignUps(db: Db, from: number, to: number): Promise<void> {
  for (const { activityId } of await db.signUp.findMany({ where: { personId: from } })) {
    const both = (await signUpsToChange(db, activityId)).filter(({ personId }) =>
      [from, to].includes(personId),
    );
    await keepSignUp(db, activityId, { ...both.reduce(joinSignUps), personId: to });
  }
  await db.signUp.deleteMany({ where: { personId: from } });
}

async function mergeConfirmations(db: Db, from: number, to: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "DeedConfirmation" ("deedId", "personId", "at")
    SELECT "deedId", ${to}, "at" FROM "DeedConfirmation" WHERE "personId" = ${from} ON CONFLICT DO NOTHING`;
  await db.deedConfirmation.deleteMany({ where: { personId: from } });
}

/** Whose own trouble it was all along feels nothing besides. */
async function mergeSupports(db: Db, from: number, to: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "DemandSupport" ("demandId", "personId")
    SELECT "demandId", ${to} FROM "DemandSupport" WHERE "personId" = ${from} ON CONFLICT DO NOTHING`;
  await db.demandSupport.deleteMany({ where: { personId: from } });
  await db.demandSupport.deleteMany({ where: { personId: to, demand: { askerId: to } } });
}

/** Of a survey by name that both have answered, the answers under the id that goes on. */
async function mergeAnswers(db: Db, from: number, to: number): Promise<void> {
  const [theirs, own] = [`person:${from}`, `person:${to}`];
  const answered = await db.surveyAnswer.findMany({
    where: { respondent: own },
    select: { surveyId: true },
  });
  await db.surveyAnswer.deleteMany({
    where: { respondent: theirs, surveyId: { in: answered.map(({ surveyId }) => surveyId) } },
  });
  // What was held for somebody of the same name counts: it is known now whose it is.
  await db.surveyAnswer.updateMany({
    where: { respondent: theirs },
    data: { respondent: own, heldBy: null },
  });
  await db.surveyAnswer.updateMany({ where: { heldBy: theirs }, data: { heldBy: own } });
}

/** What a cadre confirmed under another id before being known again is their own word, no evidence. */
async function dropOwnConfirmations(db: Db, personId: number): Promise<void> {
  const own = await db.deedConfirmation.findMany({ where: { personId, deed: { cadre: { personId } } } });
  for (const { deedId } of own) await unconfirm(db, deedId, personId);
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

/** What was last asked for under the id that goes on holds. */
async function mergeReminderSetting(db: Db, from: number, to: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "ReminderSetting" ("personId", "minute", "weekly")
    SELECT ${to}, "minute", "weekly" FROM "ReminderSetting" WHERE "personId" = ${from} ON CONFLICT DO NOTHING`;
  await db.reminderSetting.deleteMany({ where: { personId: from } });
}

async function mergeCadre(db: Db, from: number, to: number): Promise<void> {
  const theirs = await db.cadre.findUnique({ where: { personId: from }, select: { id: true } });
  if (!theirs) return;
  const own = await db.cadre.findUnique({ where: { personId: to }, select: { id: true } });
  await db.cadre.update({ where: { id: theirs.id }, data: { personId: own ? null : to } });
}

async function mergeAdministrator(db: Db, from: number, to: number): Promise<void> {
  const theirs = await db.administrator.findUnique({ where: { personId: from }, select: { id: true } });
  if (!theirs) return;
  const own = await db.administrator.findUnique({ where: { personId: to }, select: { id: true } });
  await db.administrator.update({ where: { id: theirs.id }, data: { personId: own ? null : to } });
}

async function mergeOperator(db: Db, from: number, to: number): Promise<void> {
  const theirs = await db.operator.findUnique({ where: { personId: from }, select: { id: true } });
  if (!theirs) return;
  const own = await db.operator.findUnique({ where: { personId: to }, select: { id: true } });
  await db.operator.update({ where: { id: theirs.id }, data: { personId: own ? null : to } });
}
