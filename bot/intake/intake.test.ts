import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageEvent } from '../../adapters/adapter.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { keepQuestion, questionChat } from '../../prisma/store/confirmations.ts';
import { findGroup, resolveGroup, resolvePeople } from '../../prisma/store/identity.ts';
import { bindGroups } from '../../tests/support/bound-groups.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { Totals } from '../../tests/support/totals.ts';
import { Intake } from './intake.ts';

const morning = Date.UTC(2026, 2, 2, 1);
const minute = 60_000;
const now = morning + 3 * 24 * 60 * minute;
const groups = [
  { group: 'g1', cadre: 'g1-0' },
  { group: 'g2', cadre: 'g2-0' },
];

async function begin(database: Database) {
  const accountId = await bindGroups(
    database,
    { platform: 'test', name: 'bot' },
    groups,
    morning - 60 * minute,
  );
  let heard = 0;
  const intake = new Intake({
    database,
    accountId,
    now: () => now,
    heardSomething: () => heard++,
  });
  return { accountId, intake, accept: intake.accept, heard: () => heard };
}

let count = 0;
function message(text: string, more: Partial<MessageEvent> = {}): MessageEvent {
  return {
    type: 'message',
    id: `m${++count}`,
    at: morning,
    chat: { kind: 'group', id: 'g1' },
    sender: { id: 'g1-1' },
    kind: 'text',
    text,
    mentions: [],
    mentionsBot: false,
    ...more,
  };
}

describeOnBoth('the intake', (open) => {
  it('keeps what must happen once, in order and once, and counts what people wrote', async () => {
    const database = await open();
    const { accept, accountId, heard } = await begin(database);
    const commands = Array.from({ length: 20 }, (_, n) => message(`/诉求 第 ${n} 件`, { id: `c${n}` }));
    await Promise.all([...commands, ...commands, message('今天人多吗'), message('收到')].map(accept));
    await Promise.all(commands.map(accept));
    const rows = await database.db.inbox.findMany({ orderBy: { id: 'asc' } });
    expect(rows.map(({ key }) => key)).toEqual(commands.map(({ id }) => `m:${id}`));
    expect(rows[0]).toMatchObject({ accountId, chat: 'group:g1', doneAt: null, attempts: 0 });
    expect(rows[0]?.receivedAt).toBeInstanceOf(Date);
    expect(JSON.parse(rows[3]?.body ?? '')).toEqual(commands[3]);
    expect(heard()).toBeGreaterThan(0);
    expect(await database.db.presence.findMany()).toMatchObject([{ slots: 1n << 18n }]);
  });

  it('makes an unknown person once, whoever asks at the same moment', async () => {
    const database = await open();
    const { accept, accountId } = await begin(database);
    const ids = ['甲', '乙', '丙', 'o’\\"n', 'u\u0001'];
    const speak = ids.flatMap((id) =>
      [0, 1].map(() => accept(message('今天人多吗', { sender: { id, name: id } }))),
    );
    const resolve = [0, 1, 2, 3].map((turn) =>
      database.transaction((tx) =>
        resolvePeople(
          tx,
          accountId,
          (turn % 2 ? [...ids].reverse() : ids).map((id) => ({ id, name: `${id}\0\ud800`, bot: turn > 1 })),
        ),
      ),
    );
    const [first, ...others] = await Promise.all(resolve);
    await Promise.all(speak);
    for (const other of others) expect(other).toEqual(first);
    expect(new Set(first?.values()).size).toBe(ids.length);
    const { db } = database;
    expect(await db.person.count()).toBe(ids.length + groups.length);
    expect(await db.personAlias.count()).toBe(ids.length + groups.length);
    expect((await db.person.findMany()).every(({ name }) => !/[\0\ud800]/.test(name))).toBe(true);
  });

  it('keeps a name that no database could', async () => {
    const database = await open();
    const { accountId } = await begin(database);
    await database.transaction((tx) =>
      resolveGroup(tx, accountId, { id: 'g1', name: '一\0班\udc00' }, morning),
    );
    expect(await database.db.group.findFirst({ where: { name: '一班' } })).not.toBeNull();
  });

  it('acknowledges after the commit, not before', async () => {
    const database = await open();
    const { accept } = await begin(database);
    await accept(message('今天人多吗'));
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const locked = database.transaction(async (tx) => {
      if (database.dialect === 'postgresql') await tx.$executeRawUnsafe('LOCK TABLE "Presence", "Inbox"');
      await held;
    });
    const settled: string[] = [];
    const writes = [
      accept(message('再说一句', { at: morning + 30 * minute })).then(() => settled.push('presence')),
      accept(message('/进度')).then(() => settled.push('command')),
    ];
    await accept(message('已经知道的一刻'));
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(settled).toEqual([]);
    release();
    await Promise.all([locked, ...writes]);
    expect(await database.db.presence.findMany()).toMatchObject([{ slots: 3n << 18n }]);
    expect(await database.db.inbox.count()).toBe(1);
  });

  it('rejects what could not be written, and takes it when it comes again', async () => {
    const database = await open();
    const { accept } = await begin(database);
    await accept(message('收到'));
    await database.db.$executeRawUnsafe('ALTER TABLE "Presence" RENAME TO "Away"');
    const lost = message('今天人多吗', { mentions: ['g1-0'] });
    await expect(accept(lost)).rejects.toThrow();
    await database.db.$executeRawUnsafe('ALTER TABLE "Away" RENAME TO "Presence"');
    await accept(lost);
    expect(await database.db.presence.count()).toBe(1);
    expect(await database.db.address.count()).toBe(1);
  });
});

describeOnBoth('messages behind what may bind their group', (open) => {
  const chat = { kind: 'group', id: 'g3' } as const;
  const binding = message('/绑定 ABCD-1234', { id: 'binding', chat });

  async function unbound() {
    const database = await open();
    const stage = await begin(database);
    await stage.accept(message('还没绑定', { chat }));
    const { db } = database;
    const bind = async () => {
      const group = await database.transaction((tx) => resolveGroup(tx, stage.accountId, chat, morning));
      const { id, personId } = await db.cadre.findFirstOrThrow();
      const at = new Date(morning);
      await db.binding.create({
        data: { groupId: group, cadreId: id, personId: personId ?? 0, at, eventKey: 'e' },
      });
      await db.inbox.updateMany({ data: { doneAt: at } });
    };
    /** Whether a promise settles while nothing else happens. */
    const settles = (promise: Promise<void>) =>
      Promise.race([promise.then(() => true), db.inbox.count().then(() => false)]);
    return { database, bind, settles, ...stage };
  }

  it.each([
    binding,
    message('@联青 ／ＢＩＮＤ', { id: 'bind', chat }),
    message('是。', { id: 'yes', chat }),
    { ...message(''), type: 'press', id: 'press', chat, command: '/是', values: {} } as const,
  ])('wait until $id is done, and are counted', async (event) => {
    const { database, intake, accept, bind, settles } = await unbound();
    const heard = accept(event);
    const behind = [
      accept(message('大家好呀', { chat })),
      accept(message('@联青 你好', { chat, mentionsBot: true, sender: { id: 'g1-2' } })),
    ];
    await heard;
    for (const waiting of behind) expect(await settles(waiting)).toBe(false);
    // Nobody else waits for it.
    await accept(message('今天人多吗'));
    await bind();
    await intake.done(event);
    await Promise.all(behind);
    expect(await database.db.presence.count()).toBe(3);
    expect(intake.presence.accept(message('又一句', { chat }))).toBeUndefined();
  });

  it('wait for what is done already, heard again, no longer than it takes to see that', async () => {
    const { database, intake, accept, bind } = await unbound();
    await accept(binding);
    await bind();
    await intake.done(binding);
    await Promise.all([accept(binding), accept(message('大家好呀', { chat }))]);
    expect(await database.db.presence.count()).toBe(1);
  });

  it('are rejected when the binding could not be kept, or the bot stops, and come again', async () => {
    const { database, intake, accept } = await unbound();
    await database.db.$executeRawUnsafe('ALTER TABLE "Inbox" RENAME TO "Away"');
    const lost = [accept(binding), accept(message('大家好呀', { chat }))];
    for (const { status } of await Promise.allSettled(lost)) expect(status).toBe('rejected');
    await database.db.$executeRawUnsafe('ALTER TABLE "Away" RENAME TO "Inbox"');
    await accept(binding);
    const behind = accept(message('大家好呀', { chat }));
    intake.stopWaiting();
    await expect(behind).rejects.toThrow('stops');
    await intake.drained();
  });
});

describe('everyday words', () => {
  it('are kept as answers only where the bot has just dealt with something, also after a restart', async () => {
    const database = await openDatabase('file::memory:');
    const { intake, accept, accountId } = await begin(database);
    const kept = async () => (await database.db.inbox.findMany()).map(({ key }) => key);
    const says = (accepts: Intake['accept'], id: string, group: string) =>
      accepts(message('好的', { id, chat: { kind: 'group', id: group } }));
    await says(accept, 'before', 'g1');
    await intake.done(message('/活动', { id: 'x' }));
    await says(accept, 'after', 'g1');
    await says(accept, 'elsewhere', 'g2');
    expect(await kept()).toEqual(['m:after']);

    const groupId = (await findGroup(database.db, accountId, 'g2')) ?? 0;
    const asked = { personId: 1, command: '/活动', expiresAt: now + minute };
    await keepQuestion(database.db, { ...asked, chat: questionChat(groupId) });
    await keepQuestion(database.db, { ...asked, chat: 'private' });
    const next = new Intake({ database, accountId, now: () => now, heardSomething: () => undefined });
    await next.start();
    await says(next.accept, 'over', 'g1');
    await says(next.accept, 'asked', 'g2');
    expect(await kept()).toEqual(['m:after', 'm:asked']);
    await database.close();
  });
});

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
    await accept(message('好', { quotes: { id: 'ours', sender: 'robot' } }));
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
