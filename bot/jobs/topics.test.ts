import { expect, it } from 'vitest';
import { addMarks } from '../../prisma/store/presence.ts';
import { openTopic } from '../../prisma/store/topics.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { at, Evening, wednesday } from '../../tests/support/evening.ts';
import { closeTopics } from './topics.ts';

const day = 86_400_000;

describeOnBoth('topics whose time is over', (open) => {
  it('are closed as of their end, with their two counts, once', async () => {
    const database = await open();
    const { db } = database;
    const evening = await Evening.begin(database);
    const { groupId } = evening;
    const openedAt = at(wednesday, '23:40');
    const topic = await openTopic(db, {
      groupId,
      title: 'x',
      text: 'x',
      openedAt,
      closesAt: openedAt + 7 * day,
    });
    const other = await openTopic(db, {
      groupId,
      title: 'y',
      text: 'y',
      openedAt,
      closesAt: openedAt + 8 * day,
    });
    await evening.writes('u', at(wednesday + 1, '0:50'));
    await evening.writes('v', at(wednesday + 1, '1:40'));
    const mark = async (person: string, when: number) => ({
      groupId,
      key: `tag:${topic.number}`,
      personId: await evening.person(person),
      at: when,
    });
    const topicMarks = [
      await mark('w', openedAt + 7 * day),
      await mark('x', openedAt + 7 * day + 1),
      await mark('c', openedAt + day),
    ];
    await addMarks(db, { presence: [], addresses: [], topicMarks, seen: [] });

    await evening.tickAt(openedAt + 7 * day, closeTopics);
    expect(await db.topic.count({ where: { closedAt: null } })).toBe(2);
    // The bot was away for hours: the topic ended when it ended.
    await evening.tickAt(openedAt + 7 * day + 5 * 3_600_000, closeTopics);
    const closed = { closedAt: new Date(openedAt + 7 * day), clear: 1, inferred: 1 };
    expect(await db.topic.findUnique({ where: { id: topic.id } })).toMatchObject(closed);
    expect(await db.topic.findUnique({ where: { id: other.id } })).toMatchObject({
      closedAt: null,
      clear: null,
    });

    await db.topicMark.deleteMany();
    await evening.tickAt(openedAt + 7 * day + 6 * 3_600_000, closeTopics);
    expect(await db.topic.findUnique({ where: { id: topic.id } })).toMatchObject(closed);
  });

  it('that nobody joined, or that were over long ago, are closed without a word into the group', async () => {
    const database = await open();
    const { db } = database;
    const evening = await Evening.begin(database);
    const { groupId } = evening;
    const openedAt = at(wednesday, '12:00');
    for (const title of ['x', 'y'])
      await openTopic(db, { groupId, title, text: title, openedAt, closesAt: openedAt + 7 * day });
    const personId = await evening.person('u');
    const topicMarks = [{ groupId, key: 'tag:1', personId, at: openedAt }];
    await addMarks(db, { presence: [], addresses: [], topicMarks, seen: [] });
    await evening.tickAt(openedAt + 8 * day + 60_000, closeTopics);
    expect(await db.topic.count({ where: { closedAt: null } })).toBe(0);
    expect(await db.topic.findFirst({ where: { number: 1 } })).toMatchObject({ clear: 1 });
    expect(await db.outbox.count({ where: { updates: null } })).toBe(0);
  });
});
