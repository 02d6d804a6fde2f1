import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../prisma/database.ts';
import { resolveGroup } from '../../prisma/store/identity.ts';
import { begin, message, minute, morning } from '../../tests/support/intake.ts';
import { Totals } from '../../tests/support/totals.ts';
import { secretOf } from '../secret.ts';
import { Intake } from './intake.ts';

describe('ordinary messages', () => {
  async function inMemory() {
    const database = await openDatabase('file::memory:');
    return { database, ...(await begin(database)) };
  }

  it('need no write when every mark of them is known', async () => {
    const { database, intake, accept } = await inMemory();
    const first = message('今天人多吗', { mentions: ['g1-0'], quotes: { id: 'q', sender: 'g1-0' } });
    await accept(message('我先说', { sender: { id: 'g1-0' } }));
    expect(intake.presence.accept(first)).toBeInstanceOf(Promise);
    await accept(first);
    expect(intake.presence.accept(message('同一个半小时', { mentions: ['g1-0'] }))).toBeUndefined();
    expect(intake.presence.accept(message('收到'))).toBeUndefined();
    const later = message('下一个半小时', { at: morning + 30 * minute });
    expect(intake.presence.accept(later)).toBeInstanceOf(Promise);
    await accept(later);
    intake.presence.forget();
    await accept(first);
    expect(await database.db.presence.count()).toBe(2);
    await database.close();
  });

  it('leave a sign of a quoted message or a tag, but not of quoting a person', async () => {
    const { database, accept } = await inMemory();
    await accept(message('我先说', { id: 'human', sender: { id: 'g1-2' } }));
    await accept(message('好', { quotes: { id: 'human', sender: 'g1-2' } }));
    await accept(message('好', { quotes: { id: 'ours' } }));
    // The bot is nobody who is addressed, and no platform has such an id.
    await accept(message('好', { quotes: { id: 'bot', sender: 'the bot', bot: true } }));
    await accept(message('好', { quotes: { id: 'x'.repeat(201), sender: 'robot' } }));
    await accept(message(`来 #话题${'9'.repeat(20_000)}`));
    expect(await database.db.personAlias.findFirst({ where: { externalId: 'the bot' } })).toBeNull();
    await accept(message('来 ＃话题12，#话题7', { at: morning + 1 }));
    await accept(message('来 ＃话题12，#话题7', { at: morning + 1 }));
    const marks = await database.db.topicMark.findMany({ orderBy: { key: 'asc' } });
    expect(marks.map(({ key, at }) => [key, Number(at)])).toEqual([
      ['msg:bot', morning],
      ['msg:ours', morning],
      ['tag:12', morning + 1],
      ['tag:7', morning + 1],
    ]);
    await database.close();
  });

  it('are not counted from a bot, an unbound group, before the binding, or from a clock far ahead', async () => {
    const { database, intake, accept } = await inMemory();
    await accept(message('我是机器人', { sender: { id: 'robot', bot: true } }));
    await accept(message('没人绑定的群', { chat: { kind: 'group', id: 'g9' } }));
    await accept(message('昨天', { at: morning - 24 * 60 * minute }));
    await accept(message('下个月', { at: morning + 40 * 24 * 60 * minute }));
    expect(await database.db.presence.count()).toBe(0);
    expect(intake.presence.uncounted).toBe(1);
    await database.close();
  });

  it('are counted from the binding on, also when it comes while the group is looked up', async () => {
    const { database, accountId } = await inMemory();
    const { db } = database;
    const groupId = await database.transaction((tx) => resolveGroup(tx, accountId, { id: 'g3' }, morning));
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const asked: string[] = [];
    /** Holds back the answer to the last question of a lookup. */
    const slow = new Proxy(db, {
      get: (target, name) =>
        name !== 'foldedWeek'
          ? Reflect.get(target, name)
          : {
              groupBy: async (query: Parameters<typeof target.foldedWeek.groupBy>[0]) => {
                const found = await target.foldedWeek.groupBy(query);
                asked.push('sealed weeks');
                await held;
                return found;
              },
            },
    });
    const intake = new Intake({
      database: { ...database, db: slow },
      secret: secretOf('for tests'),
      accountId,
      now: () => morning,
      heardSomething() {},
    });
    const early = intake.accept(message('刚好', { chat: { kind: 'group', id: 'g3' } }));
    while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const cadre = await db.cadre.findFirstOrThrow();
    await db.binding.create({
      data: {
        groupId,
        cadreId: cadre.id,
        personId: cadre.personId ?? 0,
        at: new Date(morning),
        eventKey: 'e',
      },
    });
    await intake.presence.refresh('g3');
    release();
    await early;
    expect(await db.presence.count({ where: { groupId } })).toBe(1);
    await database.close();
  });

  it('are counted from the binding on where nobody had bound before', async () => {
    const { database, intake, accountId, accept } = await inMemory();
    const { db } = database;
    await accept(message('还没绑定', { chat: { kind: 'group', id: 'g3' } }));
    const groupId = await database.transaction((tx) => resolveGroup(tx, accountId, { id: 'g3' }, morning));
    const cadre = await db.cadre.findFirstOrThrow();
    await db.binding.create({
      data: {
        groupId,
        cadreId: cadre.id,
        personId: cadre.personId ?? 0,
        at: new Date(morning),
        eventKey: 'e',
      },
    });
    await intake.presence.refresh('g3');
    await accept(message('绑定了', { chat: { kind: 'group', id: 'g3' } }));
    expect(await db.presence.count({ where: { groupId } })).toBe(1);
    await database.close();
  });

  const said = fc.record({
    text: fc.constantFrom('今天人多吗', '收到', '/进度', '[微笑]', '来一句', '@甲 /帮助'),
    group: fc.constantFrom('g1', 'g2'),
    member: fc.nat(4),
    minutes: fc.nat(2 * 24 * 60 - 1),
    mentions: fc.array(fc.nat(4), { maxLength: 2 }),
    quoted: fc.option(fc.nat(4), { nil: undefined }),
  });

  it('give the same rows however they are repeated, shuffled and delivered', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(said, { minLength: 1, maxLength: 60 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        async (things, order) => {
          const { database, accept } = await inMemory();
          const totals = new Totals((group) => `${group}-0`);
          const events = things.map((thing, n) =>
            message(thing.text, {
              id: `p${n}`,
              at: morning + thing.minutes * minute,
              chat: { kind: 'group', id: thing.group },
              sender: { id: `${thing.group}-${thing.member}` },
              mentions: thing.mentions.map((member) => `${thing.group}-${member}`),
              quotes:
                thing.quoted === undefined
                  ? undefined
                  : { id: 'q', sender: `${thing.group}-${thing.quoted}` },
            }),
          );
          for (const event of events) totals.add(event);
          const deliveries = [...events, ...events.filter((_, n) => n % 3 === 0)]
            .map((event) => ({ event, order: order.next().value }))
            .sort((a, b) => a.order - b.order);
          const half = Math.floor(deliveries.length / 2);
          await Promise.all(deliveries.slice(0, half).map(({ event }) => accept(event)));
          for (const { event } of deliveries.slice(half)) await accept(event);
          await totals.compare(database);
          await database.close();
        },
      ),
      { numRuns: 12 },
    ));
});
