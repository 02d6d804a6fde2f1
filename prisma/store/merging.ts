/** Entries that are one person after all. */
import { z } from 'zod';
import { joinSignUps } from '../../domain/activities/sign-up.ts';
import type { Db } from '../database.ts';
import { unconfirm } from './deed-evidence.ts';
import { changeIdentities } from './identities.ts';
import { give, giveAnswers, type Move, moving, respondents } from './moves.ts';
import { listed, raw, sql } from './packed.ts';
import { dropOthersAddresses } from './presence.ts';
import { signUpsToChange } from './sign-ups.ts';
import { giveVoices } from './voices.ts';

/**
 * All that is kept of one person becomes another's, and the first is no more. Counts are united, so that nothing counts
 * twice. Runs inside a transaction.
 */
export function mergePeople(db: Db, from: number, to: number): Promise<void> {
  return mergeAll(db, [{ from, to }]);
}

/** The same for many at once, in as many statements as for one. Throws where anybody is in two of the pairs. */
export async function mergeAll(db: Db, pairs: readonly Move[]): Promise<void> {
  const moves = pairs.filter(({ from, to }) => from !== to);
  if (moves.length === 0) return;
  const [froms, tos] = [moves.map(({ from }) => from), moves.map(({ to }) => to)];
  if (new Set([...froms, ...tos]).size < 2 * moves.length)
    throw new Error('nobody can become two, nor two become one at once');
  const people = await db.person.findMany({ where: { id: { in: froms } }, select: { accountId: true } });
  if (people.length < moves.length) throw new Error('there is no such person to be joined with another');
  for (const accountId of new Set(people.map((one) => one.accountId))) await changeIdentities(db, accountId);
  await mergeCounts(db, moves);
  await mergeSignUps(db, moves);
  await db.$executeRaw`
    INSERT INTO "DeedConfirmation" ("deedId", "personId", "at")
    SELECT c."deedId", p."to", c."at"
      FROM ${moving(moves)} p JOIN "DeedConfirmation" c ON c."personId" = p."from" WHERE true ON CONFLICT DO NOTHING`;
  await mergeMembers(db, moves);
  const gone = { where: { personId: { in: froms } } };
  await db.deedConfirmation.deleteMany(gone);
  await db.confirmation.deleteMany(gone);
  await db.codeAttempt.deleteMany(gone);
  await give(db, ['Demand', 'askerId'], moves);
  await mergeSupports(db, moves);
  await mergeAnswers(db, moves);
  await give(db, ['PlannedTopic', 'personId'], moves);
  await give(db, ['ModelTask', 'personId'], moves);
  await giveVoices(db, moves);
  await sendOn(db, moves);
  await give(db, ['Outbox', 'personId'], moves);
  await give(db, ['Binding', 'personId'], moves);
  await give(db, ['Group', 'ownerId'], moves);
  await give(db, ['PersonAlias', 'personId'], moves);
  await db.$executeRaw`
    UPDATE "Person" SET "asideOfId" = CASE WHEN "Person"."id" = p."to" THEN NULL ELSE p."to" END
      FROM ${moving(moves)} p WHERE "Person"."asideOfId" = p."from"`;
  await mergeReminderSettings(db, moves);
  for (const role of ['Cadre', 'Administrator', 'Operator']) await giveRole(db, role, moves);
  await dropOwnConfirmations(db, tos);
  await dropOthersAddresses(db, tos);
  await db.person.deleteMany({ where: { id: { in: froms } } });
}

/** Presence, addresses, topic marks, check-ins: unions. A name that was ticked stays the cadre's word. */
async function mergeCounts(db: Db, moves: readonly Move[]): Promise<void> {
  const [froms, tos] = [moves.map(({ from }) => from), moves.map(({ to }) => to)];
  const gone = { where: { personId: { in: froms } } };
  await db.$executeRaw`
    INSERT INTO "Presence" ("groupId", "day", "personId", "slots")
    SELECT r."groupId", r."day", p."to", r."slots"
      FROM ${moving(moves)} p JOIN "Presence" r ON r."personId" = p."from" WHERE true
        ON CONFLICT ("groupId", "day", "personId") DO UPDATE SET "slots" = "Presence"."slots" | excluded."slots"`;
  await db.presence.deleteMany(gone);
  await db.$executeRaw`
    INSERT INTO "Address" ("groupId", "day", "fromId", "toId")
    SELECT a."groupId", a."day", COALESCE(f."to", a."fromId"), COALESCE(t."to", a."toId")
      FROM "Address" a LEFT JOIN ${moving(moves)} f ON f."from" = a."fromId"
                       LEFT JOIN ${moving(moves)} t ON t."from" = a."toId"
     WHERE f."to" IS NOT NULL OR t."to" IS NOT NULL ON CONFLICT DO NOTHING`;
  await db.address.deleteMany({ where: { OR: [{ fromId: { in: froms } }, { toId: { in: froms } }] } });
  await db.$executeRaw`DELETE FROM "Address" WHERE "fromId" = "toId" AND "fromId" IN (${listed(tos)})`;
  await db.$executeRaw`
    INSERT INTO "TopicMark" ("groupId", "key", "personId", "at")
    SELECT m."groupId", m."key", p."to", m."at"
      FROM ${moving(moves)} p JOIN "TopicMark" m ON m."personId" = p."from" WHERE true ON CONFLICT DO NOTHING`;
  await db.topicMark.deleteMany(gone);
  await db.$executeRaw`
    INSERT INTO "CheckIn" ("activityId", "personId", "at", "ticked")
    SELECT c."activityId", p."to", c."at", c."ticked"
      FROM ${moving(moves)} p JOIN "CheckIn" c ON c."personId" = p."from" WHERE true
        ON CONFLICT ("activityId", "personId")
        DO UPDATE SET "ticked" = "CheckIn"."ticked" AND excluded."ticked"`;
  await db.checkIn.deleteMany(gone);
}

/**
 * Sealed addresses cannot be changed, nor even found: who opens one with an earlier id is sent on. None leads past a login
 * that knew somebody by the name alone.
 */
async function sendOn(db: Db, moves: readonly Move[]): Promise<void> {
  const both = sql`${moving(moves)} p JOIN "Person" f ON f."id" = p."from" JOIN "Person" t ON t."id" = p."to"`;
  await db.$executeRaw`
    UPDATE "FormerPerson" SET "personId" = n."to", "toByName" = n."toByName"
      FROM (SELECT p."from", p."to", f."byName", t."byName" AS "toByName" FROM ${both}) n
     WHERE "FormerPerson"."personId" = n."from" AND "FormerPerson"."toByName" = n."byName"`;
  await db.formerPerson.deleteMany({ where: { personId: { in: moves.map(({ from }) => from) } } });
  await db.$executeRaw`
    INSERT INTO "FormerPerson" ("id", "byName", "personId", "toByName")
    SELECT p."from", f."byName", p."to", t."byName" FROM ${both}`;
}

async function mergeSignUps(db: Db, moves: readonly Move[]): Promise<void> {
  const goesOn = new Map(moves.map(({ from, to }) => [from, to]));
  const theirs = { personId: { in: moves.map(({ from }) => from) } };
  const changed = await db.signUp.findMany({
    where: theirs,
    distinct: ['activityId'],
    orderBy: { activityId: 'asc' },
  });
  for (const { activityId } of changed) {
    const all = await signUpsToChange(db, activityId);
    const data = all.flatMap(({ personId }) => {
      const to = goesOn.get(personId);
      if (to === undefined) return [];
      const both = all.filter((one) => [personId, to].includes(one.personId));
      const { state, at } = both.reduce(joinSignUps);
      return [{ activityId, personId: to, state, at: new Date(at) }];
    });
    const own = { personId: { in: data.map(({ personId }) => personId) } };
    await db.signUp.deleteMany({ where: { activityId, OR: [theirs, own] } });
    await db.signUp.createMany({ data });
  }
}

/** Whose own trouble it was all along feels nothing besides. */
async function mergeSupports(db: Db, moves: readonly Move[]): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "DemandSupport" ("demandId", "personId")
    SELECT s."demandId", p."to"
      FROM ${moving(moves)} p JOIN "DemandSupport" s ON s."personId" = p."from" WHERE true ON CONFLICT DO NOTHING`;
  await db.demandSupport.deleteMany({ where: { personId: { in: moves.map(({ from }) => from) } } });
  await db.$executeRaw`
    DELETE FROM "DemandSupport" WHERE "personId" IN (${listed(moves.map(({ to }) => to))})
       AND "personId" = (SELECT d."askerId" FROM "Demand" d WHERE d."id" = "DemandSupport"."demandId")`;
}

/** Of a survey by name that both have answered, the answers under the id that goes on. */
async function mergeAnswers(db: Db, moves: readonly Move[]): Promise<void> {
  const named = respondents(moves);
  await db.$executeRaw`
    DELETE FROM "SurveyAnswer" WHERE ("surveyId", "respondent") IN (
      SELECT theirs."surveyId", theirs."respondent"
        FROM ${named} p JOIN "SurveyAnswer" theirs ON theirs."respondent" = p."from"
                        JOIN "SurveyAnswer" own ON own."respondent" = p."to" AND own."surveyId" = theirs."surveyId")`;
  // What was held for somebody of the same name counts: it is known now whose it is.
  await db.$executeRaw`
    UPDATE "SurveyAnswer" SET "heldBy" = NULL
     WHERE "heldBy" IS NOT NULL AND "respondent" IN (SELECT p."from" FROM ${named} p)`;
  await giveAnswers(db, moves);
}

/** What cadres confirmed under another id before being known again is their own word, no evidence. */
async function dropOwnConfirmations(db: Db, people: readonly number[]): Promise<void> {
  const own = ownConfirmations.parse(
    await db.$queryRaw`
      SELECT f."deedId", f."personId"
        FROM "DeedConfirmation" f JOIN "Deed" d ON d."id" = f."deedId" JOIN "Cadre" c ON c."id" = d."cadreId"
       WHERE f."personId" = c."personId" AND f."personId" IN (${listed(people)})`,
  );
  for (const { deedId, personId } of own) await unconfirm(db, deedId, personId);
}

const ownConfirmations = z.array(z.object({ deedId: z.number(), personId: z.number() }));

async function mergeMembers(db: Db, moves: readonly Move[]): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "Member" ("groupId", "personId", "joinedAt", "leftAt")
    SELECT m."groupId", p."to", m."joinedAt", m."leftAt"
      FROM ${moving(moves)} p JOIN "Member" m ON m."personId" = p."from" WHERE true
        ON CONFLICT ("groupId", "personId")
        DO UPDATE SET "leftAt" = NULL WHERE "Member"."leftAt" IS NOT NULL AND excluded."leftAt" IS NULL`;
  await db.member.deleteMany({ where: { personId: { in: moves.map(({ from }) => from) } } });
}

/** What was last asked for under the id that goes on holds. */
async function mergeReminderSettings(db: Db, moves: readonly Move[]): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "ReminderSetting" ("personId", "minute", "weekly")
    SELECT p."to", s."minute", s."weekly"
      FROM ${moving(moves)} p JOIN "ReminderSetting" s ON s."personId" = p."from" WHERE true ON CONFLICT DO NOTHING`;
  await db.reminderSetting.deleteMany({ where: { personId: { in: moves.map(({ from }) => from) } } });
}

/** A person has one role of a kind: who goes on with one of their own keeps it, and the other is nobody's until a code. */
async function giveRole(db: Db, role: string, moves: readonly Move[]): Promise<void> {
  const table = raw(`"${role}"`);
  await db.$executeRaw`
    UPDATE ${table}
       SET "personId" = CASE WHEN EXISTS (SELECT 1 FROM ${table} o WHERE o."personId" = p."to") THEN NULL ELSE p."to" END
      FROM ${moving(moves)} p WHERE ${table}."personId" = p."from"`;
}
