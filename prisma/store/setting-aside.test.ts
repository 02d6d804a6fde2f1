/** What a login that knew somebody by the name alone leaves behind, table by table. */
import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { peopleColumns } from '../../tests/support/people-columns.ts';
import type { Database, Db } from '../database.ts';
import { ensureAccount } from './accounts.ts';
import { createCadre } from './cadres.ts';
import { resolveGroup } from './identity.ts';
import { addListening } from './listening.ts';
import { setAside } from './private-things.ts';
import { addUnit } from './units.ts';
import { voicesKeptOf } from './voices.ts';

/**
 * Every column that holds a person's id: `behind` stays with who it was, `gone` is dropped, and what goes on with whoever
 * bears the name says why nobody's secret is in it. A new table fails here until it is thought of.
 */
const fate: Readonly<Record<string, 'behind' | 'gone' | { readonly goesOn: string }>> = {
  'Demand.askerId': 'behind',
  'DemandSupport.personId': 'behind',
  'DeedConfirmation.personId': 'behind',
  'Wish.wisherId': 'behind',
  'Wish.claimerId': 'behind',
  'Help.ownerId': 'behind',
  'HelpContact.personId': 'behind',
  'Inquiry.askerId': 'behind',
  'Outbox.personId': 'behind',
  'Confirmation.personId': 'gone',
  'PersonAlias.personId': { goesOn: 'by what the platform knows them in each login' },
  'Member.personId': { goesOn: 'the group shows who is in it' },
  'Presence.personId': { goesOn: 'which half-hours, shown to nobody as anybody’s' },
  'Address.fromId': { goesOn: 'counted, shown to nobody as anybody’s' },
  'Address.toId': { goesOn: 'counted, shown to nobody as anybody’s' },
  'TopicMark.personId': { goesOn: 'said in the group; counted' },
  'CheckIn.personId': { goesOn: 'met in person under that name; the cadre sees it' },
  'SignUp.personId': { goesOn: 'the cadre’s list shows it; nothing but in, waiting or leave' },
  'CodeAttempt.personId': { goesOn: 'so that guessing does not begin anew' },
  'Cadre.personId': { goesOn: 'cadres are never known by the name (prisma/store/recognition.ts)' },
  'Administrator.personId': { goesOn: 'administrators are never known by the name' },
  'Operator.personId': { goesOn: 'operators are never known by the name' },
  'Person.asideOfId': { goesOn: 'leads from what stayed behind to the name, never back' },
  'Binding.personId': { goesOn: 'a cadre’s' },
  'Group.ownerId': { goesOn: 'a cadre’s word, or as the platform reports it' },
  'PlannedTopic.personId': { goesOn: 'a cadre’s' },
  'ReminderSetting.personId': { goesOn: 'a cadre’s or an administrator’s: an hour and a number' },
  'ModelTask.personId': { goesOn: 'a cadre’s, wiped when answered' },
  'FormerPerson.personId': {
    goesOn: 'leads to an entry only where its count of names agrees (bot/sealed-address.ts)',
  },
};

const at = new Date(1_000);

async function begin({ db }: Database) {
  const accountId = await ensureAccount(db, 'p', 'a');
  const groupId = await resolveGroup(db, accountId, { id: 'g', name: '一班' }, 0);
  await addListening(db, accountId, { from: 0, until: 1 });
  await addUnit(db, '团委', undefined);
  const { cadreId } = await createCadre(db, {
    now: 0,
    random: (bytes: number) => new Uint8Array(bytes),
    hash: (text: string) => text,
    name: '李老师',
    unit: '团委',
  });
  const person = async (name: string) => (await db.person.create({ data: { accountId, name } })).id;
  return { accountId, groupId, cadreId, zhao: await person('赵一'), other: await person('马二') };
}

/** A row in every table for a person. */
async function everything(db: Db, all: Awaited<ReturnType<typeof begin>>, personId: number): Promise<void> {
  const { accountId, groupId, cadreId, other } = all;
  const asked = { groupId, text: '书', createdAt: at };
  const waiting = { ...asked, expiresAt: at };
  await db.demand.create({ data: { ...asked, number: 1, askerId: personId } });
  const theirs = await db.demand.create({ data: { ...asked, number: 2, askerId: other } });
  await db.demandSupport.create({ data: { demandId: theirs.id, personId } });
  const deed = await db.deed.create({
    data: { cadreId, number: 1, kind: 'visit', day: 1, partner: '', topic: '', createdAt: at },
  });
  await db.deedConfirmation.create({ data: { deedId: deed.id, personId, at } });
  await db.wish.create({ data: { ...waiting, number: 1, wisherId: personId } });
  await db.wish.create({
    data: { ...waiting, number: 2, wisherId: other, claimerId: personId, state: 'claimed' },
  });
  await db.help.create({ data: { ...waiting, number: 1, ownerId: personId, direction: 'wanted' } });
  const offered = await db.help.create({
    data: { ...waiting, number: 2, ownerId: other, direction: 'offered' },
  });
  await db.helpContact.create({ data: { helpId: offered.id, personId, askedAt: at } });
  await db.inquiry.create({ data: { ...asked, number: 1, askerId: personId, inGroup: false } });
  await db.outbox.create({
    data: { accountId, key: 'k', kind: 'notice', personId, body: '{}', createdAt: at, notBefore: at },
  });
  await db.confirmation.create({ data: { personId, chat: 'private', command: '/诉求 秘密', expiresAt: at } });
  const survey = await db.survey.create({
    data: { groupId, number: 1, title: '', form: '{}', anonymous: false, createdAt: at },
  });
  await db.surveyAnswer.create({
    data: { surveyId: survey.id, respondent: `person:${personId}`, answers: '{}' },
  });
  await db.personAlias.create({ data: { accountId, externalId: '@赵一', personId } });
  await db.member.create({ data: { groupId, personId } });
  await db.presence.create({ data: { groupId, day: 1, personId, slots: 1n } });
  await db.address.create({ data: { groupId, day: 1, fromId: personId, toId: other } });
  await db.address.create({ data: { groupId, day: 1, fromId: other, toId: personId } });
  await db.topicMark.create({ data: { groupId, key: 'tag:1', personId, at: 1n } });
  const activity = await db.activity.create({
    data: {
      groupId,
      number: 1,
      title: '',
      place: '',
      startsAt: at,
      endsAt: at,
      offline: true,
      createdAt: at,
    },
  });
  await db.checkIn.create({ data: { activityId: activity.id, personId, at } });
  await db.signUp.create({ data: { activityId: activity.id, personId, state: 'in', at } });
  await db.codeAttempt.create({ data: { personId, count: 1, since: at } });
  await db.cadre.update({ where: { id: cadreId }, data: { personId } });
  const { id: unitId } = await db.unit.findFirstOrThrow();
  await db.administrator.create({ data: { name: '王敏', unitId, personId, createdAt: at } });
  await db.operator.create({ data: { name: '赵敏', personId, createdAt: at } });
  await db.person.create({ data: { accountId, asideOfId: personId } });
  await db.group.update({ where: { id: groupId }, data: { ownerId: personId } });
  await db.binding.create({ data: { groupId, cadreId, personId, at, eventKey: 'e' } });
  await db.plannedTopic.create({ data: { groupId, personId, title: '', text: '', at } });
  await db.reminderSetting.create({ data: { personId, minute: 1230 } });
  await db.modelTask.create({ data: { accountId, purpose: 'draft', personId, createdAt: at } });
  await db.formerPerson.create({ data: { id: 5_000, personId } });
}

describeOnBoth('somebody who is known by the name alone', (open) => {
  it('comes to nothing private in any table, old or new', async () => {
    const database = await open();
    const { db } = database;
    const all = await begin(database);
    await everything(db, all, all.zhao);
    const columns = peopleColumns();
    expect(columns.map(([model, field]) => `${model}.${field}`).sort()).toEqual(Object.keys(fate).sort());
    const count = async (id: number) => {
      const found: Record<string, number> = {};
      for (const [model, field] of columns) {
        const table = model.charAt(0).toLowerCase() + model.slice(1);
        const rows = (db as unknown as Record<string, { count(query: object): Promise<number> }>)[table];
        found[`${model}.${field}`] = (await rows?.count({ where: { [field]: id } })) ?? 0;
      }
      return found;
    };
    expect(Object.entries(await count(all.zhao)).filter(([, rows]) => rows === 0)).toEqual([]);
    await database.transaction((tx) => setAside(tx, [all.zhao]));
    const { id: behind } = await db.person.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(behind).not.toBe(all.zhao);
    const [mine, left] = [await count(all.zhao), await count(behind)];
    for (const [column, what] of Object.entries(fate)) {
      expect([column, (mine[column] ?? 0) > 0]).toEqual([column, typeof what === 'object']);
      expect([column, left[column]]).toEqual([column, what === 'behind' ? 1 : 0]);
    }
    expect(await db.surveyAnswer.findFirst()).toMatchObject({ respondent: `person:${behind}` });
    expect(await db.personAlias.count({ where: { personId: behind } })).toBe(0);
  });

  it.each([
    [
      'a wish',
      (db: Db, groupId: number, of: number) =>
        db.wish.create({
          data: { groupId, number: 1, wisherId: of, text: '书', createdAt: at, expiresAt: at },
        }),
    ],
    [
      'a wish taken on',
      (db: Db, groupId: number, of: number) =>
        db.wish.create({
          data: {
            groupId,
            number: 1,
            wisherId: 99,
            claimerId: of,
            state: 'claimed',
            text: '书',
            createdAt: at,
            expiresAt: at,
          },
        }),
    ],
    [
      'help',
      (db: Db, groupId: number, of: number) =>
        db.help.create({
          data: {
            groupId,
            number: 1,
            ownerId: of,
            direction: 'wanted',
            text: '伞',
            createdAt: at,
            expiresAt: at,
          },
        }),
    ],
    [
      'a question',
      (db: Db, groupId: number, of: number) =>
        db.inquiry.create({
          data: { groupId, number: 1, askerId: of, inGroup: false, text: '几点', createdAt: at },
        }),
    ],
  ])('has %s set aside even where there is nothing else', async (_, make) => {
    const database = await open();
    const { db } = database;
    const { groupId, zhao } = await begin(database);
    await make(db, groupId, zhao);
    expect(await voicesKeptOf(db, zhao)).toHaveLength(1);
    await database.transaction((tx) => setAside(tx, [zhao]));
    expect(await voicesKeptOf(db, zhao)).toEqual([]);
    const behind = await db.person.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(await voicesKeptOf(db, behind.id)).toHaveLength(1);
    expect(behind).toMatchObject({ name: '赵一', mark: null, recallHash: null });
    // Said a second time, nothing more is left.
    await database.transaction((tx) => setAside(tx, [zhao]));
    expect(await db.person.count()).toBe(3);
  });
});
