import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { peopleColumns } from '../../tests/support/people-columns.ts';
import type { Database } from '../database.ts';
import { ensureAccount } from './accounts.ts';
import { addActivity, checkIn, countCheckIns } from './activities.ts';
import { administratorOfPerson, createAdministrator } from './administrators.ts';
import { createCadre } from './cadres.ts';
import { confirmDeed, confirmedBy } from './deed-evidence.ts';
import { addDeed, deedNumbered } from './deeds.ts';
import { resolveGroup } from './identity.ts';
import { mergePeople } from './merging.ts';
import { keepSignUp, signUpsOf } from './sign-ups.ts';
import { addUnit } from './units.ts';

const issuing = { now: 0, random: (bytes: number) => new Uint8Array(bytes), hash: (text: string) => text };

async function begin({ db }: Database) {
  const accountId = await ensureAccount(db, 'p', 'a');
  const groupId = await resolveGroup(db, accountId, { id: 'g', name: '一班' }, 0);
  const activity = (number: number) =>
    addActivity(
      db,
      groupId,
      {
        number,
        title: '夜跑',
        place: '操场',
        startsAt: 1_000,
        endsAt: 2_000,
        offline: true,
        kind: 'exchange',
        capacity: undefined,
        closedAt: undefined,
        note: undefined,
      },
      0,
    );
  const person = async () => (await db.person.create({ data: { accountId } })).id;
  const { cadreId } = await createCadre(db, { ...issuing, name: '李老师', unit: '团委' });
  const deed = () =>
    addDeed(
      db,
      cadreId,
      {
        kind: 'visit',
        day: 100,
        at: undefined,
        partner: '302 寝室',
        topic: '',
        participants: undefined,
        messages: false,
        withBranch: false,
        withClub: false,
      },
      0,
    );
  return { groupId, activity, deed, cadreId, from: await person(), to: await person() };
}

describeOnBoth('two entries that are one person', (open) => {
  it('count once at an activity, and a name that was ticked stays the cadre’s word', async () => {
    const database = await open();
    const { activity, from, to } = await begin(database);
    const { db } = database;
    const [ticked, coded, both] = [await activity(1), await activity(2), await activity(3)];
    await checkIn(db, ticked.id, from, 1_000, true);
    await checkIn(db, coded.id, from, 1_000);
    await checkIn(db, both.id, from, 1_000);
    await checkIn(db, both.id, to, 1_500, true);
    await database.transaction((tx) => mergePeople(tx, from, to));
    expect(await countCheckIns(db, ticked.id)).toEqual({ byCode: 0, ticked: 1 });
    expect(await countCheckIns(db, coded.id)).toEqual({ byCode: 1, ticked: 0 });
    expect(await countCheckIns(db, both.id)).toEqual({ byCode: 1, ticked: 0 });
    expect(await db.checkIn.count({ where: { personId: from } })).toBe(0);
  });

  it('keep one sign-up: the later word on coming, the better place', async () => {
    const database = await open();
    const { activity, from, to } = await begin(database);
    const { db } = database;
    const [only, places, left] = [await activity(1), await activity(2), await activity(3)];
    await keepSignUp(db, only.id, { personId: from, state: 'in', at: 1 });
    await keepSignUp(db, places.id, { personId: from, state: 'waiting', at: 1 });
    await keepSignUp(db, places.id, { personId: to, state: 'in', at: 2 });
    await keepSignUp(db, left.id, { personId: from, state: 'leave', at: 2 });
    await keepSignUp(db, left.id, { personId: to, state: 'in', at: 1 });
    await database.transaction((tx) => mergePeople(tx, from, to));
    expect(await signUpsOf(db, only.id)).toEqual([{ personId: to, state: 'in', at: 1 }]);
    expect(await signUpsOf(db, places.id)).toEqual([{ personId: to, state: 'in', at: 1 }]);
    expect(await signUpsOf(db, left.id)).toEqual([{ personId: to, state: 'leave', at: 2 }]);
  });

  it('confirm a deed once, and a cadre’s own confirmation is none', async () => {
    const database = await open();
    const { deed, cadreId, from, to } = await begin(database);
    const { db } = database;
    const { id } = await deed();
    await confirmDeed(db, id, from, 0, false);
    await confirmDeed(db, id, to, 0, false);
    await database.transaction((tx) => mergePeople(tx, from, to));
    expect(await confirmedBy(db, to, 9)).toHaveLength(1);
    expect(await deedNumbered(db, cadreId, 1)).toMatchObject({ confirmations: 1, grade: 'verified' });

    // The one who confirmed turns out to be the cadre.
    const before = await db.person.create({ data: { accountId: 1 } });
    await db.cadre.update({ where: { id: cadreId }, data: { personId: before.id } });
    await database.transaction((tx) => mergePeople(tx, before.id, to));
    expect(await deedNumbered(db, cadreId, 1)).toMatchObject({ confirmations: 0, grade: 'stated' });
  });

  it('stay the administrator, unless the other one is one of their own', async () => {
    const database = await open();
    const { from, to } = await begin(database);
    const { db } = database;
    await addUnit(db, '校团委', undefined);
    const { id: unitId } = await db.unit.findUniqueOrThrow({ where: { name: '校团委' } });
    let codes = 0;
    const administrator = async (name: string, personId: number) => {
      const random = (bytes: number) => new Uint8Array(bytes).fill(++codes);
      await createAdministrator(db, { name, unitId }, { ...issuing, random });
      await db.administrator.updateMany({ where: { name }, data: { personId } });
    };
    await administrator('王敏', from);
    await database.transaction((tx) => mergePeople(tx, from, to));
    expect(await administratorOfPerson(db, to)).toMatchObject({ name: '王敏' });

    const other = await db.person.create({ data: { accountId: 1 } });
    await administrator('赵敏', other.id);
    await database.transaction((tx) => mergePeople(tx, other.id, to));
    expect(await administratorOfPerson(db, to)).toMatchObject({ name: '王敏' });
    expect(await db.administrator.findFirst({ where: { name: '赵敏' } })).toMatchObject({ personId: null });
  });

  it('leave nothing behind under the id that is no more, in any table', async () => {
    const database = await open();
    const { activity, deed, cadreId, from } = await begin(database);
    const { db } = database;
    const at = new Date(0);
    const groupId = 1;
    const { id: activityId } = await activity(1);
    const { id: deedId } = await deed();
    const { id: demandId } = await db.demand.create({
      data: { groupId, number: 1, askerId: 99, text: '', createdAt: at },
    });
    const survey = await db.survey.create({
      data: { groupId, number: 1, title: '', form: '{}', anonymous: false, createdAt: at },
    });
    const { id: unitId } = await db.unit.findFirstOrThrow();
    const { id: helpId } = await db.help.create({
      data: { groupId, number: 1, direction: 'offered', ownerId: 99, text: '', createdAt: at, expiresAt: at },
    });
    const keep = async (id: number) => {
      const personId = id;
      await db.personAlias.create({ data: { accountId: 1, externalId: `@${id}`, personId } });
      await db.member.create({ data: { groupId, personId } });
      await db.codeAttempt.create({ data: { personId, count: 1, since: at } });
      await db.binding.create({ data: { groupId, cadreId, personId, at, eventKey: `${id}` } });
      await db.presence.create({ data: { groupId, day: 1, personId, slots: 1n } });
      await db.address.createMany({
        data: [
          { groupId, day: 1, fromId: id, toId: 77 },
          { groupId, day: 1, fromId: 77, toId: id },
        ],
      });
      await db.topicMark.create({ data: { groupId, key: 'tag:1', personId, at: 1n } });
      await db.outbox.create({
        data: { accountId: 1, key: `${id}`, kind: 'notice', personId, createdAt: at, notBefore: at },
      });
      await db.plannedTopic.create({ data: { groupId, personId, title: '', text: '', at } });
      await db.modelTask.create({ data: { accountId: 1, purpose: 'draft', personId, createdAt: at } });
      await db.demand.create({ data: { groupId, number: id + 1, askerId: id, text: '', createdAt: at } });
      await db.demandSupport.create({ data: { demandId, personId } });
      await db.checkIn.create({ data: { activityId, personId, at } });
      await db.signUp.create({ data: { activityId, personId, state: 'in', at } });
      await db.deedConfirmation.create({ data: { deedId, personId, at } });
      await db.reminderSetting.create({ data: { personId, minute: 1230 } });
      await db.formerPerson.create({ data: { id: id + 5000, personId } });
      await db.person.create({ data: { accountId: 1, asideOfId: id } });
      const asked = { groupId, number: id + 1, text: '', createdAt: at };
      await db.wish.create({ data: { ...asked, wisherId: id, expiresAt: at } });
      await db.wish.create({
        data: { ...asked, number: id + 1001, wisherId: 99, claimerId: id, expiresAt: at },
      });
      await db.help.create({ data: { ...asked, direction: 'wanted', ownerId: id, expiresAt: at } });
      await db.helpContact.create({ data: { helpId, personId, askedAt: at } });
      await db.inquiry.create({ data: { ...asked, askerId: id, inGroup: false } });
      await db.confirmation.create({ data: { personId, chat: 'private', command: '', expiresAt: at } });
      await db.surveyAnswer.create({
        data: { surveyId: survey.id, respondent: `person:${id}`, answers: '{}' },
      });
    };
    const { id: to } = await db.person.create({ data: { accountId: 1 } });
    await keep(from);
    await db.cadre.update({ where: { id: cadreId }, data: { personId: from } });
    await db.administrator.create({ data: { name: '王敏', unitId, personId: from, createdAt: at } });
    await db.operator.create({ data: { name: '李工', personId: from, createdAt: at } });
    await db.group.update({ where: { id: groupId }, data: { ownerId: from } });
    const columns = peopleColumns();
    const count = (id: number) =>
      Promise.all(
        columns.map(async ([model, field]) => {
          const rows = (db as unknown as Record<string, { count(query: object): Promise<number> }>)[
            model.charAt(0).toLowerCase() + model.slice(1)
          ];
          return [`${model}.${field}`, await rows?.count({ where: { [field]: id } })];
        }),
      );
    // A new table that holds people is to be thought of here, and in the merging.
    expect((await count(from)).filter(([, rows]) => rows === 0)).toEqual([]);
    await database.transaction((tx) => mergePeople(tx, from, to));
    expect((await count(from)).filter(([, rows]) => rows !== 0)).toEqual([]);
    expect(await db.surveyAnswer.count({ where: { respondent: `person:${to}` } })).toBe(1);
    expect(await db.plannedTopic.findFirst()).toMatchObject({ personId: to });

    // Both had it all: what counts, counts once.
    const { id: third } = await db.person.create({ data: { accountId: 1 } });
    await keep(third);
    await database.transaction((tx) => mergePeople(tx, third, to));
    expect((await count(third)).filter(([, rows]) => rows !== 0)).toEqual([]);
    for (const rows of [db.presence, db.checkIn, db.demandSupport, db.surveyAnswer, db.topicMark])
      expect(await (rows as typeof db.presence).count()).toBe(1);
  });

  it('keep their wishes, help and questions; what they took on from themselves is no claim', async () => {
    const database = await open();
    const { groupId, from, to } = await begin(database);
    const { db } = database;
    const [createdAt, expiresAt] = [new Date(0), new Date(9)];
    const wish = { groupId, text: '书', createdAt, expiresAt, state: 'claimed' };
    await db.wish.create({ data: { ...wish, number: 1, wisherId: from, claimerId: to } });
    await db.wish.create({ data: { ...wish, number: 2, wisherId: 99, claimerId: from } });
    const help = { groupId, direction: 'wanted', text: '伞', createdAt, expiresAt };
    const own = await db.help.create({ data: { ...help, number: 1, ownerId: from } });
    const others = await db.help.create({ data: { ...help, number: 2, ownerId: 99 } });
    for (const [helpId, personId] of [
      [own.id, to],
      [others.id, from],
      [others.id, to],
    ] as const)
      await db.helpContact.create({ data: { helpId, personId, askedAt: createdAt } });
    await db.inquiry.create({
      data: { groupId, number: 1, askerId: from, inGroup: false, text: '几点', createdAt },
    });
    await database.transaction((tx) => mergePeople(tx, from, to));
    expect(await db.wish.findMany({ orderBy: { number: 'asc' } })).toMatchObject([
      { wisherId: to, claimerId: null, state: 'open' },
      { wisherId: 99, claimerId: to, state: 'claimed' },
    ]);
    expect(await db.help.findFirst({ where: { number: 1 } })).toMatchObject({ ownerId: to });
    expect(await db.helpContact.findMany()).toMatchObject([{ helpId: others.id, personId: to }]);
    expect(await db.inquiry.findFirst()).toMatchObject({ askerId: to });
  });
});
