import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import type { Database } from '../database.ts';
import { eraseOwn, ownData } from './own-data.ts';

const now = 1_000_000;
const respondentOf = (survey: { readonly id: number; readonly anonymous: boolean }) =>
  survey.anonymous ? `hash-${survey.id}` : 'person:me';

async function scene({ db }: Database) {
  const account = await db.account.create({ data: { platform: 'p', name: 'a' } });
  const group = await db.group.create({
    data: { accountId: account.id, name: '一班', createdAt: new Date(0) },
  });
  const [me, other] = [
    await db.person.create({ data: { accountId: account.id, name: '小明' } }),
    await db.person.create({ data: { accountId: account.id, name: '小红' } }),
  ];
  await db.member.createMany({
    data: [me.id, other.id].map((personId) => ({ groupId: group.id, personId })),
  });
  const activity = (number: number, closed: boolean) =>
    db.activity.create({
      data: {
        groupId: group.id,
        number,
        title: `活动${number}`,
        startsAt: new Date(now + (closed ? -10 : 10)),
        endsAt: new Date(now + 20),
        createdAt: new Date(0),
        closedAt: closed ? new Date(now) : null,
      },
    });
  return {
    db,
    account,
    group,
    me: me.id,
    other: other.id,
    over: await activity(1, true),
    next: await activity(2, false),
  };
}

describeOnBoth('one’s own data', (open) => {
  it('are erased but for numbers, and nobody else’s are touched', async () => {
    const database = await open();
    const { db, group, me, other, over, next } = await scene(database);
    for (const personId of [me, other])
      for (const { id } of [over, next])
        await db.checkIn.create({ data: { activityId: id, personId, at: new Date(now + personId) } });
    for (const [number, state] of [
      'closed',
      'merged',
      'unsolved',
      'open',
      'accepted',
      'answered',
      'referred',
      'withdrawn',
    ].entries())
      for (const askerId of [me, other])
        await db.demand.create({
          data: {
            groupId: group.id,
            number: number * 2 + (askerId === me ? 0 : 1),
            askerId,
            text: '热水',
            reply: '修好了',
            state,
            createdAt: new Date(0),
          },
        });
    const survey = (number: number, anonymous: boolean) =>
      db.survey.create({
        data: {
          groupId: group.id,
          number,
          title: `问卷${number}`,
          form: '{}',
          anonymous,
          state: 'open',
          createdAt: new Date(0),
        },
      });
    const [hidden, named] = [await survey(1, true), await survey(2, false)];
    await db.surveyAnswer.createMany({
      data: [
        { surveyId: hidden.id, respondent: `hash-${hidden.id}`, answers: '甲' },
        { surveyId: hidden.id, respondent: 'hash-x', answers: '乙' },
        { surveyId: named.id, respondent: 'person:me', answers: '丙' },
      ],
    });
    const wish = {
      groupId: group.id,
      text: '想要一个热水袋',
      createdAt: new Date(0),
      expiresAt: new Date(now * 2),
    };
    await db.wish.createMany({
      data: [
        { ...wish, number: 1, wisherId: me, state: 'open' },
        {
          ...wish,
          number: 2,
          wisherId: me,
          state: 'thanked',
          words: '送到了',
          claimerId: other,
          thanks: '谢谢',
        },
        { ...wish, number: 3, wisherId: other, state: 'claimed', claimerId: me },
      ],
    });
    await db.help.create({ data: { ...wish, number: 1, ownerId: me, direction: 'wanted' } });
    await db.inquiry.create({
      data: {
        groupId: group.id,
        number: 1,
        askerId: me,
        inGroup: false,
        text: '热水袋',
        createdAt: new Date(0),
      },
    });
    for (const personId of [me, other]) {
      await db.presence.create({ data: { groupId: group.id, day: 1, personId, slots: 1n } });
      await db.topicMark.create({ data: { groupId: group.id, key: 'tag:1', personId, at: 1n } });
    }
    expect(await ownData(db, me, respondentOf)).toMatchObject({
      name: '小明',
      demands: { length: 8 },
      activities: [{ title: '活动1' }, { title: '活动2' }],
      presence: [{ group: '一班', day: 1, slots: 1 }],
      answers: [{ answers: '甲' }, { answers: '丙' }],
      topicMarks: 1,
    });
    await database.transaction((tx) => eraseOwn(tx, me, { now, random: randomBytes, respondentOf }));
    const mine = await ownData(db, me, respondentOf);
    expect(mine).toMatchObject({
      name: '小明',
      demands: [],
      activities: [],
      presence: [],
      answers: [],
      topicMarks: 0,
    });
    const gone = await db.demand.findMany({ where: { askerId: 0 }, orderBy: { number: 'asc' } });
    expect(gone.map(({ state }) => state)).toEqual([
      'closed',
      'merged',
      'unsolved',
      ...Array(5).fill('withdrawn'),
    ]);
    expect(gone.every(({ text, reply }) => !text.includes('热水') && reply === null)).toBe(true);
    expect(await ownData(db, other, () => 'nobody')).toMatchObject({
      demands: { length: 8 },
      activities: { length: 2 },
      topicMarks: 1,
    });
    expect(await db.wish.findMany({ orderBy: { number: 'asc' } })).toMatchObject([
      { wisherId: 0, text: '', state: 'withdrawn' },
      { wisherId: 0, text: '', state: 'thanked', words: null, thanks: null },
      { wisherId: other, text: '想要一个热水袋', state: 'open', claimerId: null },
    ]);
    expect(await db.help.findMany()).toMatchObject([{ ownerId: 0, text: '', state: 'withdrawn' }]);
    expect(await db.inquiry.findMany()).toMatchObject([{ askerId: null, text: '', state: 'withdrawn' }]);
    // What is over keeps its number without the person and the minute; what is not could be done again.
    const [nameless, kept] = await db.checkIn.findMany({
      where: { activityId: over.id },
      orderBy: { personId: 'asc' },
    });
    expect(nameless?.personId).toBeLessThan(0);
    expect(nameless?.at).toEqual(over.startsAt);
    expect(kept?.personId).toBe(other);
    expect(await db.checkIn.count({ where: { activityId: next.id } })).toBe(1);
    // Again, and of who has left, the name too.
    await db.member.updateMany({ where: { personId: me }, data: { leftAt: new Date(now) } });
    await database.transaction((tx) => eraseOwn(tx, me, { now, random: randomBytes, respondentOf }));
    expect(await db.member.count({ where: { personId: me } })).toBe(0);
    expect((await db.person.findUniqueOrThrow({ where: { id: me } })).name).toBe('');
    expect(await db.demand.count({ where: { askerId: 0 } })).toBe(8);
  });

  it('a message that waits for them is not said any more; one that was said cannot be said again', async () => {
    const database = await open();
    const { db, account, me } = await scene(database);
    const row = (key: string, state: string) =>
      db.outbox.create({
        data: {
          accountId: account.id,
          key,
          kind: 'reminder',
          personId: me,
          body: '热水',
          state,
          createdAt: new Date(0),
          notBefore: new Date(0),
        },
      });
    await row('waits', 'pending');
    await row('said', 'sent');
    await database.transaction((tx) => eraseOwn(tx, me, { now, random: randomBytes, respondentOf }));
    expect((await db.outbox.findMany()).map(({ key }) => key)).toEqual(['said']);
  });
});
