import { expect, it, vi } from 'vitest';
import type { Adapter } from '../../adapters/adapter.ts';
import { dayFrom } from '../../domain/calendar/day.ts';
import { mute } from '../../prisma/store/mutes.ts';
import { openTopic } from '../../prisma/store/topics.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { at, Evening, wednesday } from '../../tests/support/evening.ts';
import { silentLog } from '../log.ts';
import { Sender } from '../outbox/sender.ts';
import { secretOf } from '../secret.ts';
import { publicCalendar } from '../work-calendar.ts';
import { reminders as remindersUnder } from './reminders.ts';

const reminders = remindersUnder(publicCalendar());

const thursday = wednesday + 1;
const tickAt = (evening: Evening, clock: string, day = wednesday) =>
  evening.tickAt(at(day, clock), reminders);

/** The evening of a day that was heard in full and on which the cadre was silent. */
async function silent(database: Parameters<typeof Evening.begin>[0], day = wednesday): Promise<Evening> {
  const evening = await Evening.begin(database, day);
  await evening.hears(at(day - 2, '0:00'), at(day, '20:00'));
  return evening;
}

describeOnBoth('reminders', (open) => {
  it('say once at 20:00 that there was no voice, over many ticks and restarts', async () => {
    const database = await open();
    const evening = await silent(database);
    // Its stage of three weeks is on 10 August.
    await mute(database.db, { cadreId: 1 }, 'semester-report');
    for (const clock of ['8:00', '12:00', '19:55', '19:59']) await tickAt(evening, clock);
    expect(await evening.said()).toEqual([]);
    for (const clock of ['20:00', '20:01', '20:05', '20:06']) await tickAt(evening, clock);
    await evening.hears(at(wednesday, '20:00'), at(wednesday, '22:00'));
    for (const clock of ['20:30', '21:00', '21:55', '22:00', '23:30']) await tickAt(evening, clock);
    const rows = await database.db.outbox.findMany();
    expect(rows).toMatchObject([
      {
        key: 'digest/1/2026-08-05',
        kind: 'reminder',
        personId: evening.cadre,
        accountId: evening.accountId,
        state: 'pending',
        expiresAt: new Date(at(wednesday, '22:00')),
      },
    ]);
    expect((await evening.said())[0]).toMatch(/声音|冒泡|今天/);
    expect(await database.db.reminder.findMany()).toMatchObject([
      { requirement: 'voice', period: '2026-08-05' },
    ]);
    // The next evening is another one; and one with a voice has nothing to say.
    await evening.hears(at(wednesday, '22:00'), at(wednesday + 5, '22:00'));
    await evening.writes('c', at(wednesday + 5, '9:00'));
    await tickAt(evening, '20:00', wednesday + 5);
    expect(await database.db.outbox.count()).toBe(1);
    await tickAt(evening, '20:00', wednesday + 6);
    expect(await database.db.outbox.count()).toBe(1);
    await evening.hears(at(wednesday + 5, '22:00'), at(wednesday + 6, '21:00'));
    await tickAt(evening, '21:00', wednesday + 6);
    expect(await database.db.outbox.count()).toBe(2);
  });

  it('speak of what always holds once a quarter, of the cadre and no group, and not once it is done', async () => {
    const database = await open();
    const july = dayFrom(2026, 7, 15);
    const evening = await Evening.begin(database, july - 10);
    await tickAt(evening, '20:00', july);
    const [text] = (await evening.said()).slice(-1);
    expect(text).toContain('“亮明身份”还没有在群里亮过');
    const identity = { requirement: 'identity', period: '2026-Q3', stage: 'standing', groupId: 0 };
    expect(await database.db.reminder.findMany({ where: { requirement: 'identity' } })).toMatchObject([
      identity,
    ]);
    await tickAt(evening, '20:00', july + 1);
    expect(await database.db.reminder.count({ where: { requirement: 'identity' } })).toBe(1);
    await database.db.cadre.updateMany({ data: { identityAt: new Date(at(july + 2, '9:00')) } });
    // The year's duties press more: what has time comes the evening after.
    await tickAt(evening, '20:00', dayFrom(2026, 10, 15));
    await tickAt(evening, '20:00', dayFrom(2026, 10, 16));
    expect(await database.db.reminder.findMany({ where: { requirement: 'roster-100' } })).toHaveLength(2);
    expect(await database.db.reminder.count({ where: { requirement: 'identity' } })).toBe(1);
  });

  it('say nothing on a public holiday', async () => {
    const database = await open();
    const evening = await silent(database, dayFrom(2026, 10, 1));
    await tickAt(evening, '20:00', dayFrom(2026, 10, 1));
    expect(await evening.said()).toEqual([]);
  });

  it('say once in seven days that nobody has told us of the year’s holidays', async () => {
    const database = await open();
    const monday = dayFrom(2099, 3, 2);
    const evening = await Evening.begin(database, monday);
    const told: number[] = [];
    for (let day = monday; day < monday + 15; day++) {
      await evening.hears(at(day - 1, '22:00'), at(day, '22:00'));
      const topic = { groupId: evening.groupId, title: 'x', text: 'x', followUp: '后来呢？' };
      await openTopic(database.db, {
        ...topic,
        openedAt: at(day - 1, '9:00'),
        closesAt: at(day + 6, '9:00'),
      });
      const before = (await evening.said()).length;
      for (const clock of ['20:00', '20:30']) await tickAt(evening, clock, day);
      const said = (await evening.said()).slice(before);
      // Something waits for the cadre on every evening, so that there is a message to say it in.
      expect(said).toHaveLength(1);
      if (said[0]?.includes('2099 年的放假安排还没有告诉我')) told.push(day - monday);
    }
    expect(told).toEqual([0, 7, 14]);
  });

  it('exist once when several processes look at the same moment', async () => {
    const database = await open();
    const evening = await silent(database);
    await Promise.all(Array.from({ length: 5 }, () => tickAt(evening, '20:00')));
    expect(await database.db.outbox.count()).toBe(1);
    expect(await database.db.reminder.count()).toBe(1);
    // Nobody failed over it: the run is noted as done.
    expect(await database.db.jobRun.findMany()).toMatchObject([{ dueAt: new Date(at(wednesday, '20:00')) }]);
  });

  it('come together with their digest or not at all, and are tried again', async () => {
    const database = await open();
    const evening = await silent(database);
    const failing = {
      ...database,
      transaction: (work: Parameters<typeof database.transaction>[0]) =>
        database.transaction(async (tx) => {
          await work(tx);
          throw new Error('the process ended');
        }),
    };
    await expect(reminders.run(failing as typeof database, at(wednesday, '20:00'))).rejects.toThrow();
    expect([await database.db.outbox.count(), await database.db.reminder.count()]).toEqual([0, 0]);
    await tickAt(evening, '20:01');
    expect([await database.db.outbox.count(), await database.db.reminder.count()]).toEqual([1, 1]);
  });

  it('leave a cadre alone who muted them, and remind the others', async () => {
    const database = await open();
    const evening = await silent(database);
    await mute(database.db, { cadreId: 1 }, 'voice');
    await tickAt(evening, '20:00');
    expect(await evening.said()).toEqual([]);
    await database.db.mute.deleteMany();
    await database.db.mute.create({
      data: { cadreId: 1, requirement: '*', until: new Date(at(wednesday, '20:30')) },
    });
    await tickAt(evening, '20:25');
    expect(await evening.said()).toEqual([]);
    await evening.hears(at(wednesday, '20:00'), at(wednesday, '20:30'));
    await tickAt(evening, '20:30');
    expect(await evening.said()).toHaveLength(1);
  });

  it('of one cadre that fail keep no other from theirs', async () => {
    const database = await open();
    const evening = await silent(database);
    // Three more groups with cadres; the first cadre’s facts cannot be loaded.
    for (const [cadre, group] of [
      ['c2', 'g2'],
      ['c3', 'g3'],
    ] as const) {
      const personId = await evening.person(cadre);
      const made = await database.db.cadre.create({
        data: { name: cadre, unitId: 1, personId, createdAt: new Date(0), kind: 'part_time' },
      });
      const { id: groupId } = await database.db.group.create({
        data: { accountId: evening.accountId, name: group, createdAt: new Date(0) },
      });
      const boundAt = new Date(at(wednesday - 2, '9:00'));
      await database.db.binding.create({
        data: { groupId, cadreId: made.id, personId, at: boundAt, eventKey: group },
      });
    }
    let first = true;
    const transaction = vi.fn((work: Parameters<typeof database.transaction>[0]) => {
      if (!first) return database.transaction(work);
      first = false;
      return Promise.reject(new Error('a fault'));
    });
    const faulty = { ...database, transaction } as unknown as typeof database;
    await expect(reminders.run(faulty, at(wednesday, '20:00'))).rejects.toThrow('a fault');
    expect(await database.db.outbox.count()).toBe(2);
    await tickAt(evening, '20:01');
    expect(await database.db.outbox.count()).toBe(3);
  });

  it('hold three lines to say on an evening without a voice, and yesterday’s topic’s next question', async () => {
    const database = await open();
    const evening = await silent(database);
    const openedAt = at(wednesday - 1, '12:00');
    const topic = { groupId: evening.groupId, title: '食堂点将', text: 'x', openedAt };
    await openTopic(database.db, { ...topic, followUp: '尝过了吗？', closesAt: openedAt + 7 * 86_400_000 });
    await tickAt(evening, '20:00');
    const [text = ''] = await evening.said();
    expect(text.split('\n').filter((line) => line.startsWith('· '))).toHaveLength(3);
    expect(text).toContain('可以在群里接着问一句：尝过了吗？');
    const rows = await database.db.outbox.findMany();
    // One private message, and nothing in the group: the bot never speaks in the cadre's place.
    expect(rows).toMatchObject([{ personId: evening.cadre, groupId: null }]);
    await tickAt(evening, '20:05');
    expect(await database.db.outbox.count()).toBe(1);
  });

  it('hold no lines on an evening with a voice', async () => {
    const database = await open();
    const evening = await silent(database, thursday);
    await evening.writes('c', at(thursday, '9:00'));
    await tickAt(evening, '20:00', thursday);
    expect((await evening.said())[0]).not.toContain('· ');
  });

  it('say nothing of a voice on a day with a gap', async () => {
    const database = await open();
    const evening = await Evening.begin(database);
    await evening.hears(at(wednesday, '0:00'), at(wednesday, '12:10'));
    await evening.hears(at(wednesday, '12:20'), at(wednesday, '22:00'));
    await tickAt(evening, '20:00');
    expect(await evening.said()).toEqual([]);
    // Its history was fetched: there was none.
    await evening.hears(at(wednesday, '12:00'), at(wednesday, '12:30'));
    await tickAt(evening, '20:05');
    expect(await evening.said()).toHaveLength(1);
  });

  it('catch up after downtime in the same evening, never at night; the week’s on the next day', async () => {
    const database = await open();
    const evening = await silent(database, thursday);
    // Down from 19:50: at 22:30 it is too late for today.
    await tickAt(evening, '22:30', thursday);
    await tickAt(evening, '7:00', thursday + 1);
    expect(await evening.said()).toEqual([]);
    await evening.hears(at(thursday + 1, '0:00'), at(thursday + 1, '19:50'));
    await tickAt(evening, '21:40', thursday + 1);
    const [text] = await evening.said();
    expect(text).toContain('有来有往');
    expect(await database.db.reminder.findMany()).toMatchObject([
      { requirement: 'interaction', period: '2026-W32' },
    ]);
  });

  it('that could not be sent until 22:00 are not sent at all', async () => {
    const database = await open();
    const evening = await silent(database);
    const sent: string[] = [];
    const send = async (_: unknown, content: { type: string }) => {
      sent.push(content.type);
      return {};
    };
    const adapter = { abilities: { paceMs: 0, deduplicatesSends: false }, send } as unknown as Adapter;
    const { accountId } = evening;
    const sender = () =>
      new Sender({
        database,
        accountId,
        adapter,
        clock: { now: () => evening.now },
        log: silentLog,
        secret: secretOf('for tests'),
      });
    await evening.hears(at(wednesday, '20:00'), at(wednesday, '21:59'));
    await tickAt(evening, '21:59');
    evening.now = at(wednesday, '22:00') + 1;
    const late = sender();
    late.wake();
    await late.stop();
    expect(sent).toEqual([]);
    expect(await database.db.outbox.findMany()).toMatchObject([{ state: 'expired', body: null }]);

    await evening.hears(at(wednesday, '20:00'), at(wednesday + 5, '20:00'));
    await tickAt(evening, '20:00', wednesday + 5);
    const inTime = sender();
    inTime.wake();
    await inTime.stop();
    expect(sent).toEqual(['card']);
  });
});
