import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { bindGroups } from '../support/bound-groups.ts';
import { newSqliteFile } from '../support/databases.ts';
import { randomFrom } from '../support/random.ts';
import { Totals } from '../support/totals.ts';
import { compileChild } from './compile.ts';
import { beginning, groups, StandIn } from './stand-in.ts';
import { account } from './talk.ts';

let program: string;
const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);

beforeAll(() => {
  program = compileChild('crash');
}, 60_000);

let place: Awaited<ReturnType<typeof newSqliteFile>>;
let accountId: number;
let standIn: StandIn;
beforeEach(async () => {
  place = await newSqliteFile();
  const database = await openDatabase(place.url);
  accountId = await bindGroups(database, account, groups, beginning - 3_600_000);
  // Counts, beside the program, how often each row of the inbox is marked done.
  await database.db.$executeRawUnsafe('CREATE TABLE "Ran" ("key" TEXT)');
  await database.db.$executeRawUnsafe(
    'CREATE TRIGGER "ran" AFTER UPDATE OF "doneAt" ON "Inbox" BEGIN INSERT INTO "Ran" VALUES (NEW."key"); END',
  );
  await database.close();
});
afterEach(async () => {
  await standIn.close();
  await place.remove();
});

function begin(removesDuplicates: boolean): StandIn {
  console.log(`seed ${seed}: run again with CRASH_SEED=${seed}`);
  standIn = new StandIn({ program, databaseUrl: place.url, removesDuplicates, random: randomFrom(seed) });
  return standIn;
}

async function withDatabase(look: (database: Database) => Promise<void>): Promise<void> {
  const database = await openDatabase(place.url);
  try {
    await look(database);
  } finally {
    await database.close();
  }
}

/** Everything written is there, every command ran once and has its answers; returns the outbox by state. */
async function expectNothingLostOrTwice(database: Database): Promise<Map<string, string[]>> {
  const { db } = database;
  const totals = new Totals((group) => groups.find((bound) => bound.group === group)?.cadre);
  for (const event of standIn.written) totals.add(event);
  await totals.compare(database);

  const commands = standIn.written.filter((event) => totals.commands.has(event.id));
  expect(await db.inbox.count({ where: { OR: [{ doneAt: null }, { fault: { not: null } }] } })).toBe(0);
  const ran = await db.$queryRawUnsafe<{ key: string }[]>('SELECT "key" FROM "Ran"');
  expect(ran.map(({ key }) => key).sort()).toEqual(commands.map(({ id }) => `m:${id}`).sort());
  const demands = await db.demand.findMany();
  expect(demands.map(({ text }) => `/诉求 ${text}`).sort()).toEqual(commands.map(({ text }) => text).sort());
  expect(await db.audit.count({ where: { action: 'demand.send' } })).toBe(commands.length);

  const outbox = await db.outbox.findMany({ where: { kind: { not: 'reminder' } } });
  const answers = commands.flatMap(({ id }) => [`reply/${accountId}/${id}/0`, `reply/${accountId}/${id}/1`]);
  expect(outbox.map(({ key }) => key).sort()).toEqual(answers.sort());
  return byState(outbox);
}

function byState(rows: readonly { readonly state: string; readonly key: string }[]): Map<string, string[]> {
  const states = new Map<string, string[]>();
  for (const { state, key } of rows) states.set(state, [...(states.get(state) ?? []), key]);
  return states;
}

describe('killed in the middle of its work', () => {
  it('loses nothing, does nothing twice, and says nothing twice where the platform would', async () => {
    begin(false);
    for (let kill = 0; kill < 50; kill++) await standIn.crash();
    expect(await standIn.finish()).toBe(0);
    expect(standIn.acknowledged.size).toBe(standIn.written.length);
    await withDatabase(async (database) => {
      const {
        sent,
        uncertain = [],
        ...others
      } = Object.fromEntries(await expectNothingLostOrTwice(database));
      expect(others).toEqual({});
      expect(sent?.filter((key) => standIn.received.get(key) !== 1)).toEqual([]);
      expect(uncertain.filter((key) => (standIn.received.get(key) ?? 0) > 1)).toEqual([]);
      console.log(
        `${standIn.kills} kills, ${standIn.written.length} messages, ${sent?.length} sent, ${uncertain.length} uncertain`,
      );
    });
  }, 400_000);

  it('says everything where the platform removes duplicates', async () => {
    begin(true);
    for (let kill = 0; kill < 10; kill++) await standIn.crash();
    expect(await standIn.finish()).toBe(0);
    await withDatabase(async (database) => {
      const states = await expectNothingLostOrTwice(database);
      expect([...states.keys()]).toEqual(['sent']);
      expect(states.get('sent')?.filter((key) => !standIn.received.has(key))).toEqual([]);
    });
  }, 200_000);
});

describe('asked to end', () => {
  it('does and says everything that it acknowledged, but what the platform was too busy for', async () => {
    begin(false);
    expect(await standIn.terminate(100)).toBe(0);
    await withDatabase(async ({ db }) => {
      const kept = await db.inbox.findMany();
      expect(kept.length).toBeGreaterThan(0);
      expect(kept.filter(({ doneAt }) => doneAt === null)).toEqual([]);
      const commands = standIn.written.filter(
        ({ id, text }) => standIn.acknowledged.has(id) && text.startsWith('/'),
      );
      expect(commands.filter(({ id }) => !kept.some(({ key }) => key === `m:${id}`))).toEqual([]);
      const outbox = await db.outbox.findMany({ where: { kind: { not: 'reminder' } } });
      expect(outbox).toHaveLength(kept.length * 2);
      const unsaid = outbox.filter(({ key }) => standIn.received.get(key) !== 1);
      expect(outbox.filter(({ state }) => state !== 'sent')).toEqual(unsaid);
      expect(unsaid.filter(({ state, fault }) => state !== 'pending' || fault !== 'too busy')).toEqual([]);
    });
    expect(await standIn.finish()).toBe(0);
    await withDatabase(async (database) => {
      const states = await expectNothingLostOrTwice(database);
      expect([...states.keys()]).toEqual(['sent']);
    });
  }, 150_000);
});
