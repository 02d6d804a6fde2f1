import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Day, dayFrom, dayOf, formatDay, startOfDay } from '../../domain/calendar/day.ts';
import { weekOf } from '../../domain/calendar/period.ts';
import { coverageOf, isFullyHeard } from '../../domain/presence/coverage.ts';
import { exchangeIn } from '../../domain/presence/exchange.ts';
import { cadreOf } from '../../domain/presence/facts.ts';
import { participation } from '../../domain/presence/topic.ts';
import { activeOn, voiceOn } from '../../domain/presence/voice.ts';
import type { Database } from '../../prisma/database.ts';
import { ensureAccount } from '../../prisma/store/accounts.ts';
import { loadFacts } from '../../prisma/store/facts.ts';
import { foldWeeks, groupsToFold } from '../../prisma/store/folding.ts';
import { findGroup } from '../../prisma/store/identity.ts';
import { done, putHeard, undone } from '../../prisma/store/inbox.ts';
import { addListening } from '../../prisma/store/listening.ts';
import { say } from '../../prisma/store/outbox.ts';
import { addMarks } from '../../prisma/store/presence.ts';
import { settle } from '../../prisma/store/sending.ts';
import { bindGroups } from '../../tests/support/bound-groups.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { eventLines } from '../../tests/support/event-lines.ts';
import { Intake } from '../intake/intake.ts';
import { silentLog } from '../log.ts';
import { importGroups } from '../replay/import.ts';
import { readEventFile } from '../replay/read.ts';
import { secretOf } from '../secret.ts';
import { housekeeping, presenceRetentionDays } from './housekeeping.ts';
import { JobRunner } from './runner.ts';

/** Monday 31 August 2026: the generated files run from the Friday before to the Sunday after. */
const monday = dayFrom(2026, 8, 31);
const now = Date.UTC(2026, 10, 1);
const hour = 3_600_000;

const fold = (database: Database, groupId: number, before: Day) =>
  database.transaction((tx) => foldWeeks(tx, groupId, before));

describeOnBoth('folding', (open) => {
  it('keeps the figures of the weeks it folds, and does nothing twice', async () => {
    const database = await open();
    const { db } = database;
    const accountId = await ensureAccount(db, 'test', 'bot');
    let run = 0;
    const seen = { days: 0, topics: 0, exchange: 0 };
    await fc.assert(
      fc.asyncProperty(eventLines, fc.constantFrom(monday, monday + 7), async (lines, before) => {
        const files = `${run++}-`;
        const bytes = lines
          .map((line) => JSON.stringify({ ...line, group: `${files}${line.group}` }))
          .join('\n');
        const file = await readEventFile(
          (async function* () {
            yield Buffer.from(bytes);
          })(),
        );
        await importGroups(database, accountId, file, now);
        for (const group of file.groups.keys()) {
          const groupId = (await findGroup(db, accountId, group))!;
          const facts = await loadFacts(db, groupId, { from: monday - 14, to: monday + 14 });
          const active = new Set([...facts.presence.keys()].map((day) => weekOf(day).from));
          for (const day of [before, before]) await fold(database, groupId, day);

          const days = await db.foldedDay.findMany({ where: { groupId } });
          for (const row of days)
            expect({ ...row, day: formatDay(row.day) }).toEqual({
              groupId,
              day: formatDay(row.day),
              voice: voiceOn(facts, row.day),
              active: activeOn(facts, row.day),
              covered: coverageOf(facts, row.day, row.day).heard,
              complete: isFullyHeard(facts, row.day),
            });
          const weeks = await db.foldedWeek.findMany({ where: { groupId } });
          for (const row of weeks) expect(row.exchange).toBe(exchangeIn(facts, weekOf(row.week)));
          const expected = [...active].filter((week) => week < before);
          expect(weeks.map(({ week }) => week)).toEqual(expect.arrayContaining(expected));
          for (const week of expected)
            for (let day = week; day < week + 7; day++)
              expect(days.some((row) => row.day === day)).toBe(cadreOf(facts, day) !== undefined);

          for (const topic of facts.topics)
            expect(await db.topic.findFirst({ where: { groupId, number: Number(topic.id) } })).toMatchObject(
              participation(facts, topic),
            );
          expect(await db.presence.count({ where: { groupId, day: { lt: before } } })).toBe(0);
          expect(await db.address.count({ where: { groupId, day: { lt: before } } })).toBe(0);
          expect((await loadFacts(db, groupId, { from: before, to: before + 14 })).presence).toEqual(
            new Map([...facts.presence].filter(([day]) => day >= before)),
          );
          seen.days += days.filter(({ active: count, voice }) => count > 0 && voice).length;
          seen.topics += facts.topics.filter((topic) => participation(facts, topic).clear > 0).length;
          seen.exchange += weeks.filter(({ exchange }) => exchange > 0).length;
        }
      }),
      { numRuns: database.dialect === 'sqlite' ? 40 : 15 },
    );
    // Fewer runs may happen to have nothing to fold.
    if (database.dialect === 'sqlite')
      for (const [what, often] of Object.entries(seen)) expect(often, what).toBeGreaterThan(0);
  });

  it('folds silent weeks of a bound group too, with what was heard of them', async () => {
    const database = await open();
    const { db } = database;
    const bound = startOfDay(monday) + 8 * hour;
    const accountId = await bindGroups(
      database,
      { platform: 'test', name: 'bot' },
      [{ group: 'g', cadre: 'c' }],
      bound,
    );
    const groupId = (await findGroup(db, accountId, 'g'))!;
    await addListening(db, accountId, { from: startOfDay(monday), until: startOfDay(monday + 9) });
    expect(await groupsToFold(db, accountId, monday + 6)).toEqual([]);
    expect(await groupsToFold(db, accountId, monday + 14)).toEqual([groupId]);
    await fold(database, groupId, monday + 14);
    expect(await groupsToFold(db, accountId, monday + 14)).toEqual([]);
    const days = await db.foldedDay.findMany({ orderBy: { day: 'asc' } });
    expect(days.map(({ voice, complete }) => `${voice}/${complete}`)).toEqual([
      // Bound at 8:00: what the account heard before was not of this group.
      'false/false',
      ...Array.from({ length: 8 }, () => 'false/true'),
      ...Array.from({ length: 5 }, () => 'false/false'),
    ]);
    expect(await db.foldedWeek.count()).toBe(2);
    // Groups of another account are for the process that holds that one.
    expect(await groupsToFold(db, await ensureAccount(db, 'test', 'other'), monday + 14)).toEqual([]);
  });

  it('drops marks that found no topic, and recounts a topic whose participants came late', async () => {
    const database = await open();
    const { db } = database;
    const bound = startOfDay(monday) + 8 * hour;
    const accountId = await bindGroups(
      database,
      { platform: 'test', name: 'bot' },
      [{ group: 'g', cadre: 'c' }],
      bound,
    );
    const groupId = (await findGroup(db, accountId, 'g'))!;
    const openedAt = new Date(bound + hour);
    await db.topic.create({
      data: {
        groupId,
        number: 1,
        title: 'x',
        text: 'x',
        openedAt,
        closesAt: openedAt,
        closedAt: new Date(bound + 9 * hour),
        clear: 0,
        inferred: 0,
      },
    });
    const mark = (key: string, personId: number) => ({ groupId, key, personId, at: bound + 2 * hour });
    const topicMarks = [mark('tag:1', 77), mark('tag:9', 78), mark('msg:om_x', 79)];
    await addMarks(db, { presence: [], addresses: [], topicMarks, seen: [] });
    await fold(database, groupId, monday + 7);
    expect(await db.topicMark.count()).toBe(0);
    expect(await db.topic.findFirst()).toMatchObject({ clear: 1, inferred: 0 });
  });

  it('seals a week: a message that comes later changes nothing and is counted as such', async () => {
    const database = await open();
    const { db } = database;
    const bound = startOfDay(monday) + 8 * hour;
    const accountId = await bindGroups(
      database,
      { platform: 'test', name: 'bot' },
      [{ group: 'g', cadre: 'c' }],
      bound,
    );
    const groupId = (await findGroup(db, accountId, 'g'))!;
    const intake = new Intake({
      database,
      accountId,
      secret: secretOf('for tests'),
      now: () => now,
      heardSomething() {},
    });
    const says = (id: string, day: Day, sender: string) =>
      intake.accept({
        type: 'message',
        id,
        at: startOfDay(day) + 9 * hour,
        chat: { kind: 'group', id: 'g' },
        sender: { id: sender },
        kind: 'text',
        text: '大家早上好',
        mentions: [],
        mentionsBot: false,
      });
    await says('m1', monday, 'c');
    await says('m2', monday + 7, 'c');
    await fold(database, groupId, monday + 7);
    const before = await db.foldedDay.findMany();
    expect(before.find(({ day }) => day === monday)).toMatchObject({ voice: true, active: 0 });

    intake.presence.forget();
    await says('m3', monday, 'u');
    await says('m4', monday + 6, 'c');
    await says('m5', monday + 7, 'u');
    expect(intake.presence.uncounted).toBe(2);
    expect(await db.foldedDay.findMany()).toEqual(before);
    expect(await db.presence.findMany({ select: { day: true } })).toEqual([
      { day: monday + 7 },
      { day: monday + 7 },
    ]);
    expect(dayOf(now)).toBeGreaterThan(monday);
  });
});

describeOnBoth('housekeeping', (open) => {
  it('at night folds what is old and drops what nobody will ask for again, and then what was known of it', async () => {
    const database = await open();
    const { db } = database;
    const bound = startOfDay(monday) + 8 * hour;
    const groups = [{ group: 'g', cadre: 'c' }];
    const accountId = await bindGroups(database, { platform: 'test', name: 'bot' }, groups, bound);
    const groupId = (await findGroup(db, accountId, 'g'))!;
    const presence = [monday, monday + 30].map((day) => ({ groupId, day, personId: 1, slots: 1 }));
    await addMarks(db, { presence, addresses: [], topicMarks: [], seen: [] });
    const today = monday + 7 + presenceRetentionDays;
    for (const [key, days] of [
      ['old', 36],
      ['new', 1],
    ] as const) {
      const then = startOfDay(today - days);
      await putHeard(db, accountId, [{ key, chat: 'x', body: '{}' }], then);
      const [row] = await undone(db, accountId, [], 1);
      await done(db, row!.id, then);
      await say(db, accountId, { key, kind: 'reply', body: '{}' }, then);
      const sent = await db.outbox.findUniqueOrThrow({ where: { key } });
      await settle(db, { ...sent, topicId: undefined }, 'sent', then);
    }
    await putHeard(db, accountId, [{ key: 'undone', chat: 'x', body: '{}' }], startOfDay(monday));

    let folded = 0;
    const clock = { time: startOfDay(today - 1) + 12 * hour };
    const tick = () =>
      new JobRunner({
        database,
        jobs: [housekeeping(accountId, () => folded++)],
        clock: { now: () => clock.time },
        log: silentLog,
        afterTick() {},
      }).tick();
    // The night was missed: it is caught up with, and has nothing to fold yet.
    await tick();
    expect([folded, await db.foldedWeek.count(), await db.presence.count()]).toEqual([0, 0, 2]);
    clock.time = startOfDay(today) + 3.4 * hour;
    await tick();
    expect(folded).toBe(0);
    clock.time = startOfDay(today) + 3.5 * hour;
    await tick();
    await tick();
    expect([folded, await db.foldedWeek.count(), await db.presence.count()]).toEqual([1, 1, 1]);
    const keys = async (rows: Promise<readonly { key: string }[]>) =>
      (await rows).map(({ key }) => key).toSorted();
    expect(await keys(db.inbox.findMany())).toEqual(['new', 'undone']);
    expect(await keys(db.outbox.findMany())).toEqual(['new']);
  });
});
