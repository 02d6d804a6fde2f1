/** What may go wrong around the bot: nothing acknowledged is lost, and what cannot be kept is not acknowledged. */

import Driver from 'libsql';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { MessageEvent, PlatformEvent } from '../../adapters/adapter.ts';
import { dayFrom, startOfDay } from '../../domain/calendar/day.ts';
import { noHolidays } from '../../domain/calendar/workdays.ts';
import { usualLimits } from '../../domain/listening/limits.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { asDatabaseError } from '../../prisma/database-error.ts';
import { bindGroups } from '../../tests/support/bound-groups.ts';
import { describeOnBoth, newSqliteFile } from '../../tests/support/databases.ts';
import { systemClock } from '../clock.ts';
import { silentLog } from '../log.ts';
import { secretOf } from '../secret.ts';
import { Intake } from './intake.ts';
import { apologiseFor, reactTo } from './react.ts';
import { Worker } from './worker.ts';

const day = dayFrom(2026, 9, 2);
const now = startOfDay(day) + 20 * 3_600_000;

const message = (id: string, rest: Partial<MessageEvent> = {}): MessageEvent => ({
  type: 'message',
  id,
  at: now,
  chat: { kind: 'group', id: 'g', name: '一群' },
  sender: { id: 'u', name: '小青' },
  kind: 'text',
  text: '大家晚上好',
  mentions: [],
  mentionsBot: false,
  ...rest,
});
const command = (id: string, text = '/帮助', rest: Partial<MessageEvent> = {}) =>
  message(id, { text, ...rest });

async function begin(database: Database) {
  const groups = [{ group: 'g', cadre: 'c' }];
  const accountId = await bindGroups(
    database,
    { platform: 'test', name: 'bot' },
    groups,
    startOfDay(day - 1),
  );
  const intake = new Intake({
    database,
    accountId,
    secret: secretOf('for tests'),
    now: () => now,
    heardSomething() {},
  });
  /** Whether an event was acknowledged; what a person would be told otherwise. */
  const taken = async (event: PlatformEvent): Promise<true | string | undefined> => {
    try {
      await intake.accept(event);
      return true;
    } catch (fault) {
      return asDatabaseError(fault)?.forPerson;
    }
  };
  const kept = async () => {
    const rows = await database.db.inbox.findMany({ orderBy: { id: 'asc' }, select: { key: true } });
    const presence = await database.db.presence.findMany();
    return { inbox: rows.map(({ key }) => key), presence: presence.length };
  };
  return { accountId, intake, taken, kept };
}

describe('when SQLite cannot write', () => {
  let database: Database;
  let url = '';
  let remove = async () => {};
  beforeEach(async () => {
    const place = await newSqliteFile();
    url = place.url;
    remove = place.remove;
    database = await openDatabase(url);
  });
  afterEach(async () => {
    await database.close();
    await remove();
  });

  /** Sends commands and messages of people who are new, as they come and as often as they must. */
  const stream = (from: number, to: number): PlatformEvent[] =>
    Array.from({ length: to - from }, (_, i) => from + i).map((i) =>
      i % 2 === 0
        ? command(`${i}`, `/诉求 ${'长'.repeat(2_000)}`)
        : message(`${i}`, { sender: { id: `u${i}` } }),
    );

  it('because the disk is full, acknowledges only what is there, and goes on when there is room', async () => {
    const { taken, kept } = await begin(database);
    const [size] = await database.db.$queryRaw<{ page_count: bigint }[]>`PRAGMA page_count`;
    await database.db.$queryRawUnsafe(`PRAGMA max_page_count = ${Number(size?.page_count) + 20}`);
    const events = stream(0, 60);
    const outcomes: (true | string | undefined)[] = [];
    for (const event of events) outcomes.push(await taken(event));
    const refused = outcomes.filter((outcome) => outcome !== true);
    expect(refused.length).toBeGreaterThan(10);
    for (const said of refused) expect(said).toMatch(/^磁盘满了/);
    const before = await kept();
    const acknowledged = events
      .filter((_, i) => outcomes[i] === true)
      .map((event) => (event as MessageEvent).id);
    expect(before.inbox).toEqual(acknowledged.filter((id) => Number(id) % 2 === 0).map((id) => `m:${id}`));
    expect(before.presence).toBe(acknowledged.length - before.inbox.length);

    await database.db.$queryRawUnsafe('PRAGMA max_page_count = 1000000');
    for (const event of events) expect(await taken(event)).toBe(true);
    const after = await kept();
    expect(after.inbox.toSorted()).toEqual(
      events
        .filter((_, i) => i % 2 === 0)
        .map((_, i) => `m:${i * 2}`)
        .toSorted(),
    );
    expect(after.presence).toBe(30);
  });

  it('because another program holds it, acknowledges nothing until it is free', async () => {
    const { taken, kept } = await begin(database);
    await database.db.$queryRawUnsafe('PRAGMA busy_timeout = 50');
    const other = new Driver(url.slice('file:'.length));
    onTestFinished(() => {
      other.close();
    });
    other.exec('BEGIN EXCLUSIVE');
    for (const event of stream(0, 2)) expect(await taken(event)).toMatch(/^数据库正被另一个程序占用/);
    other.exec('ROLLBACK');
    expect(await kept()).toEqual({ inbox: [], presence: 0 });
    for (const event of stream(0, 2)) expect(await taken(event)).toBe(true);
    expect(await kept()).toEqual({ inbox: ['m:0'], presence: 1 });
  });

  it('because the file may only be read, acknowledges nothing', async () => {
    const { taken, kept } = await begin(database);
    await database.db.$executeRaw`PRAGMA query_only = ON`;
    for (const event of stream(0, 2)) expect(await taken(event)).toMatch(/^数据库文件只能读/);
    const listening = { type: 'listening', from: now - 60_000, until: now } as const;
    expect(await taken(listening)).toMatch(/^数据库文件只能读/);
    await database.db.$executeRaw`PRAGMA query_only = OFF`;
    expect(await kept()).toEqual({ inbox: [], presence: 0 });
    expect(await taken(listening)).toBe(true);
  });
});

describeOnBoth('events as they should not be', (open) => {
  it('of no known kind, or without what they need, are not acknowledged and leave nothing', async () => {
    const database = await open();
    const { intake, kept } = await begin(database);
    const odd = [
      { type: 'dance', id: 'x', at: now, chat: { kind: 'group', id: 'g' } },
      { ...command('x'), sender: { id: '' } },
      { ...command('x'), at: Number.NaN },
      { ...command('x'), chat: { kind: 'channel', id: 'g' } },
      { type: 'join', id: 'x', at: now, chat: { kind: 'group', id: 'g' }, members: [{ name: '无名' }] },
    ] as unknown as PlatformEvent[];
    for (const event of odd) await expect((async () => intake.accept(event))()).rejects.toThrow();
    expect(await kept()).toEqual({ inbox: [], presence: 0 });
    // One that is as it should be is taken all the same.
    await intake.accept(command('y'));
    expect((await kept()).inbox).toEqual(['m:y']);
  });

  it('of a clock that is wrong are acknowledged, and counted on no day that they cannot be of', async () => {
    const database = await open();
    const { intake, kept } = await begin(database);
    const days = 86_400_000;
    for (const at of [now + 2 * days, Date.UTC(9999, 0, 1), now - 300 * days, 0, -62_135_596_800_000])
      await intake.accept(message(`${at}`, { at }));
    expect(await kept()).toEqual({ inbox: [], presence: 0 });
    await intake.accept(message('now'));
    expect(await kept()).toEqual({ inbox: [], presence: 1 });
  });

  it('of a megabyte, with controls and directions in names, are handled like any other', async () => {
    const database = await open();
    const { accountId, intake, kept } = await begin(database);
    const surroundings = {
      accountId,
      now: () => now,
      secret: secretOf('for tests'),
      random: (bytes: number) => new Uint8Array(bytes),
      abilities: { cards: true, updates: false },
      helpLines: '有危险请打 120。',
      limits: usualLimits,
      calendar: noHolidays,
    };
    const worker = new Worker({
      secret: secretOf('for tests'),
      database,
      accountId,
      handle: reactTo(surroundings),
      apologise: apologiseFor(surroundings),
      clock: systemClock,
      log: silentLog,
      after: async () => {},
      waitMs: 0,
    });
    const megabyte = '长'.repeat(350_000);
    const name = '\u202e小\u0000青\ud800\n\u2066';
    const chat = { kind: 'group', id: 'g', name: '一\u0000群\u202e' } as const;
    for (const event of [
      message('1', { text: megabyte, sender: { id: 'u1', name } }),
      command('2', `/诉求 ${megabyte}`, { sender: { id: 'u1', name }, chat }),
      command('3', '/诉求 \u0000热水\u202e停了', { sender: { id: 'u1', name }, chat }),
      command('4', `/${'帮'.repeat(350_000)}`),
      command('5', '/帮助', { chat: { kind: 'private', id: 'u1' }, sender: { id: 'u1', name } }),
      { type: 'join', id: '6', at: now, chat, members: [{ id: 'u2', name: name.repeat(1_000) }] } as const,
    ])
      await intake.accept(event);
    worker.wake();
    await worker.idle();
    expect((await kept()).presence).toBe(1);
    // Each was handled: none was given up, and every command was answered.
    const rows = await database.db.inbox.findMany({ orderBy: { id: 'asc' } });
    expect(rows.map(({ key, fault, body }) => [key, fault, body])).toEqual([
      ...['m:2', 'm:3', 'm:4', 'm:5', 'e:6'].map((key) => [key, null, null]),
    ]);
    const said = await database.db.outbox.findMany();
    expect(said.filter(({ kind }) => kind === 'reply')).toHaveLength(4);
    for (const { body } of said) expect(body).not.toMatch(/[\u202e\u2066]|\\u0000|\\ud800/);
    expect(await database.db.demand.count()).toBeGreaterThan(0);
  });
});
