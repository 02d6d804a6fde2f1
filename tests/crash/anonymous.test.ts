/** The anonymous path with the bot killed between hearing, sealing, filing, answering and passing on. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { MessageEvent } from '../../adapters/adapter.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { bindGroups } from '../support/bound-groups.ts';
import { newPostgresDatabase, newSqliteFile } from '../support/databases.ts';
import { at, wednesday } from '../support/evening.ts';
import { randomFrom } from '../support/random.ts';
import { compileChild } from './compile.ts';
import { account, type FromBot, type ToBot } from './talk.ts';

const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
const random = randomFrom(seed);
/** So often in each stage. */
let killed = 0;
const [asker, other, cadre] = ['ou_asker', 'ou_other', 'ou_cadre'] as const;
const text = '三楼的热水晚上十点就停了';
const hour = 3_600_000;

let program: string;
beforeAll(() => {
  program = compileChild('anonymous');
}, 60_000);

/** What reached the platform: under each key, the texts and to whom. It removes duplicates by the key. */
const received = new Map<string, { readonly chat: string; readonly texts: string[] }>();
let place: Awaited<ReturnType<typeof newSqliteFile>>;
/** The clock of the bots: it never goes back from one to the next. */
const began = Date.now();
let passed = 0;
const now = () => at(wednesday, '9:00') + passed + Date.now() - began;
let next: { readonly process: ChildProcess; readonly loaded: Promise<unknown> };

async function open(newPlace: typeof newSqliteFile, kills: number): Promise<void> {
  killed = kills;
  console.log(`seed ${seed}: run again with CRASH_SEED=${seed}`);
  received.clear();
  place = await newPlace();
  const database = await openDatabase(place.url);
  await bindGroups(database, account, [{ group: 'g', cadre }], at(wednesday - 1, '9:00'));
  await database.close();
}
beforeEach(() => {
  next = load();
});
afterEach(async () => {
  const exit = once(next.process, 'exit');
  next.process.kill('SIGKILL');
  await exit;
  await place.remove();
});

function load() {
  const process = fork(program, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return { process, loaded: once(process, 'message') };
}

/** A bot at work on the database, at the time of now. */
async function begin(): Promise<ChildProcess> {
  const { process, loaded } = next;
  await loaded;
  next = load();
  const tell = (message: ToBot) => process.send(message, () => {});
  process.on('message', (message: FromBot) => {
    if (message.type !== 'send') return;
    const { key, chat } = message;
    const before = received.get(key) ?? { chat, texts: [] };
    received.set(key, { chat, texts: [...before.texts, message.text] });
    setTimeout(() => tell({ type: 'took', send: message.send, outcome: 'sent' }), random() * 10);
  });
  tell({ type: 'go', databaseUrl: place.url, removesDuplicates: true, now: now() });
  return process;
}

const heard = (bot: ChildProcess, type: FromBot['type']) =>
  new Promise<FromBot>((resolve) => {
    bot.on('message', (message: FromBot) => {
      if (message.type === type) resolve(message);
    });
  });

/** Somebody says something to bots that are killed again and again, delivered until one has acknowledged it. */
async function says(sender: string, said: string, id: string, group = false): Promise<void> {
  const event: MessageEvent = {
    type: 'message',
    id,
    at: now(),
    chat: group ? { kind: 'group', id: 'g' } : { kind: 'private', id: sender },
    sender: { id: sender, name: `名字${sender}` },
    kind: 'text',
    text: said,
    mentions: [],
    mentionsBot: false,
  };
  await throughKills((bot) => bot.send({ type: 'event', delivery: 0, event } satisfies ToBot, () => {}));
}

/** Time goes by; what is due then is done by bots that are killed again and again. */
async function pass(hours: number): Promise<void> {
  passed += hours * hour;
  await throughKills(() => undefined);
}

async function throughKills(act: (bot: ChildProcess) => void): Promise<void> {
  for (let kill = 0; kill <= killed; kill++) {
    const bot = await begin();
    const exit = once(bot, 'exit');
    const listening = heard(bot, 'listening');
    if (kill < killed) {
      // Some while they start, some a moment after they have heard.
      if (random() < 0.8) {
        await listening;
        act(bot);
        await pause(random() * 60);
      } else await pause(random() * 250);
      bot.kill('SIGKILL');
      await exit;
      continue;
    }
    await listening;
    const settled = heard(bot, 'settled');
    act(bot);
    if (act.length > 0) expect(await settled).toMatchObject({ taken: true });
    bot.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  }
}

async function look<T>(at: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(place.url);
  try {
    return await at(database);
  } finally {
    await database.close();
  }
}

/** What somebody was told with certain words: each key once. Under one key it is the same every time. */
function told(whom: string, words: string): readonly string[] {
  const to = [...received.values()].filter(({ chat }) => chat === `private:${whom}`);
  for (const { texts } of to) expect(new Set(texts).size).toBe(1);
  return to.map(({ texts }) => texts[0] ?? '').filter((one) => one.includes(words));
}

/** How often a text stands in the database: in SQLite’s file, and in all rows of PostgreSQL. */
function standing(what: string): Promise<number> {
  return look(async ({ db, dialect }) => {
    if (dialect === 'sqlite') {
      const [path] = await db.$queryRawUnsafe<{ file: string }[]>('PRAGMA database_list');
      const bytes = readFileSync(path?.file ?? '').toString('latin1');
      return bytes.split(Buffer.from(what).toString('latin1')).length - 1;
    }
    const tables = await db.$queryRaw<{ table: string }[]>`
      SELECT tablename AS "table" FROM pg_tables WHERE schemaname = 'public'`;
    let count = 0;
    for (const { table } of tables)
      for (const { row } of await db.$queryRawUnsafe<{ row: string }[]>(
        `SELECT CAST(t AS TEXT) AS "row" FROM "${table}" t`,
      ))
        count += row.split(what).length - 1;
    return count;
  });
}

it.each([
  ['SQLite', 3, newSqliteFile],
  ['PostgreSQL', 2, newPostgresDatabase],
] as const)(
  'on %s keeps one demand, one word and one answer, and nowhere whose they are',
  async (_, kills, newPlace) => {
    await open(newPlace, kills);
    // Both have been seen in the group, nothing more.
    await says(other, '/同感 99', 'm1', true);
    await says(asker, '/同感 99', 'm2', true);
    const before = [await standing(asker), await standing(other)];

    await says(asker, `/匿名 ${text}`, 'm3');
    const [receipt, another] = told(asker, '你的凭据');
    expect(another).toBeUndefined();
    const word = /凭据：(\S+)/u.exec(receipt ?? '')?.[1] ?? '';
    expect(word).toMatch(/^\w{4}-\w{4}$/);
    await look(async ({ db }) => {
      expect(await db.sealedSlip.count()).toBe(1);
      expect(await db.demand.count()).toBe(0);
      expect(await db.dayCount.findMany()).toMatchObject([{ count: 1 }]);
    });
    expect(await standing(text)).toBe(0);

    await pass(24);
    expect(told(cadre, text)).toHaveLength(1);
    await look(async ({ db }) => {
      expect(await db.sealedSlip.count()).toBe(0);
      expect(await db.demand.findMany()).toMatchObject([{ number: 1, text, askerId: null, state: 'open' }]);
      expect(await db.audit.count({ where: { action: 'demand.send' } })).toBe(1);
    });

    await says(cadre, '/问题清单 办结 1 已经报修', 'm4');
    await pass(3);
    expect(told(asker, '已经报修')).toHaveLength(1);
    await says(asker, `/匿名 重开 ${word}`, 'm5');
    await pass(24);
    expect(told(cadre, '没有解决').length + told(cadre, '还没解决').length).toBeGreaterThan(0);
    await look(async ({ db }) => {
      expect(await db.demand.findMany()).toMatchObject([{ number: 1, text, state: 'accepted' }]);
      expect(await db.audit.count({ where: { action: 'demand.answer' } })).toBe(1);
      // All that was heard and said privately is done, and of it is left neither who nor what.
      expect(
        await db.inbox.findMany({ where: { OR: [{ doneAt: null }, { fault: { not: null } }] } }),
      ).toEqual([]);
      expect(
        await db.inbox.findMany({ where: { OR: [{ body: { not: null } }, { chat: { not: '' } }] } }),
      ).toEqual([]);
      expect(
        await db.outbox.findMany({ where: { OR: [{ body: { not: null } }, { sealed: { not: null } }] } }),
      ).toEqual([]);
      expect(
        await db.outbox.findMany({ where: { personId: { not: null }, kind: { not: 'reminder' } } }),
      ).toEqual([]);
      const mine = await db.personAlias.findFirstOrThrow({ where: { externalId: asker } });
      expect(
        await db.audit.count({
          where: { actor: `person:${mine.personId}`, at: { gt: new Date(at(wednesday, '9:00')) } },
        }),
      ).toBe(0);
    });
    expect([await standing(asker), await standing(other)]).toEqual(before);
    expect(before[0]).toBe(before[1]);
    expect(await standing(word)).toBe(0);
  },
  400_000,
);
