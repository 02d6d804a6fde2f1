/**
 * Attacks on who brought an anonymous demand, by somebody who holds the database, its files and the log, but not the key.
 * Two worlds are lived through that differ in nothing but who asked: whatever differs between what is left of them could
 * tell. The same attack finds who asked by name. What was found stands in docs/privacy.md.
 */
import { expect, it } from 'vitest';
import { describeOnBoth } from '../support/databases.ts';
import { asBytes, text, World, type Youth, youths } from './world.ts';

const asker: Youth = 'ou_chen';
const other: Youth = 'ou_deng';

/** What is drawn by lot, or cannot be told from it without the key; of sealed texts the length stays. */
const random: Readonly<Record<string, readonly string[]>> = {
  Demand: ['ticket', 'address'],
  SealedSlip: ['ticket', 'body', 'dueAt'],
  DayCount: ['name'],
  // A lease, and when it ends by the system's clock.
  Account: ['leaseHolder', 'leaseUntil'],
  // The clock is looked at every minute of the system's.
  JobRun: ['dueAt', 'ranAt'],
  _prisma_migrations: ['id', 'started_at', 'finished_at'],
};

function shown(table: string, { xmin: _, ...row }: Record<string, unknown>): unknown {
  // A sealed message waits for a time drawn by lot.
  const drawn =
    table === 'Outbox' && row.sealed !== null ? ['sealed', 'body', 'notBefore'] : (random[table] ?? []);
  const entries = Object.entries(row).map(([column, value]) => {
    if (drawn.includes(column)) return [column, typeof value === 'string' ? value.length : typeof value];
    // A ticket is drawn by lot, too.
    return [
      column,
      table === 'Outbox' && column === 'key' ? String(value).replace(/[0-9a-f]{64}/u, '*') : value,
    ];
  });
  return Object.fromEntries(entries);
}

interface Left {
  readonly rows: Awaited<ReturnType<World['dump']>>;
  /** How often each youth's id, and what was written, stand in the files. */
  readonly inBytes: Readonly<Record<string, number>>;
}

/** One asks, another one asks for help at about the same time, and the demand lives its life. */
async function live(world: World, { asks, helps, how }: { asks: Youth; helps: Youth; how: string }) {
  await world.begin();
  const left: Record<string, Left> = {};
  const look = async (stage: string) => {
    const bytes = await world.bytes();
    const times = [...youths, text].map((what) => [what, bytes.split(asBytes(what)).length - 1]);
    left[stage] = { rows: await world.dump(shown), inBytes: Object.fromEntries(times) };
  };
  await world.hears('ou_an', '/帮助');
  await world.hears(asks, `${how} ${text}`);
  const word = /凭据：(\S+)/u.exec(world.toldTo(asks))?.[1] ?? '';
  await world.hears(helps, '/帮助');
  await look('written');
  await world.pass(13);
  await look('filed');
  await world.hears('ou_cadre', '/问题清单 受理 1');
  await world.hears('ou_cadre', '/问题清单 办结 1 已报修');
  await look('answered');
  await world.pass(3);
  const answered = world.toldTo(asks);
  await look('told');
  await world.hears(asks, word === '' ? '/我的 重开 1' : `/匿名 重开 ${word}`);
  await world.hears(helps, '/帮助');
  await world.pass(13);
  await look('reopened');
  await world.hears(asks, word === '' ? '/我的 撤回 1' : `/匿名 撤回 ${word}`);
  await world.hears(helps, '/帮助');
  await look('withdrawn');
  await world.pass(13);
  await look('told of the withdrawal');
  await world.stop();
  return { left, word, answered };
}

describeOnBoth('who asked', (open) => {
  const worlds = async (how: string) => {
    const [one, two] = [new World(await open()), new World(await open())];
    const first = await live(one, { asks: asker, helps: other, how });
    const second = await live(two, { asks: other, helps: asker, how });
    return { one, first, second, logs: [one.logged, two.logged] as const };
  };

  it('is in no row, no file and no line of the log, at no stage', { timeout: 120_000 }, async () => {
    const { first, second, logs, one } = await worlds('/诉求 匿名');
    expect(first.answered).toContain('已报修');
    expect(second.answered).toContain('已报修');
    for (const [stage, { rows, inBytes }] of Object.entries(first.left)) {
      expect([stage, rows]).toEqual([stage, second.left[stage]?.rows]);
      // Who asked stands in the files as often as those who have never said anything to the bot alone.
      expect([stage, inBytes[asker]]).toEqual([stage, inBytes.ou_bei]);
      expect(['written', 'withdrawn', 'told of the withdrawal'].includes(stage) && inBytes[text]).toBeFalsy();
    }
    expect(logs[0]).toEqual(logs[1]);
    for (const line of logs[0]) expect(line).not.toMatch(/ou_|热水|[0-9A-Z]{4}-[0-9A-Z]{4}/u);
    // Nor is the word, by which alone the asker is known, anywhere but with the asker.
    const bytes = await one.bytes();
    for (const word of [first.word, first.word.replace('-', '')])
      expect(JSON.stringify(first.left).includes(word) || bytes.includes(word)).toBe(false);
  });

  it('is told by the same attack where the demand is by name', { timeout: 120_000 }, async () => {
    const { first, second } = await worlds('/诉求');
    for (const stage of ['written', 'answered', 'told of the withdrawal'])
      expect(first.left[stage]?.rows).not.toEqual(second.left[stage]?.rows);
  });

  it('is not told by what was written in one transaction with the demand or its slip', async () => {
    const world = new World(await open());
    await world.begin();
    await world.hears(asker, `/匿名 ${text}`);
    const { id } = await world.database.db.personAlias
      .findFirstOrThrow({ where: { externalId: asker }, select: { personId: true } })
      .then(({ personId }) => ({ id: personId }));
    const together = async (table: string) => {
      if (world.database.dialect === 'sqlite') return [];
      const [{ xmin } = { xmin: '' }] = await world.rows(table);
      const found: string[] = [];
      for (const name of Object.keys(await world.dump(() => 0)))
        for (const row of await world.rows(name))
          if (row.xmin === xmin) found.push(JSON.stringify({ name, row }));
      return found;
    };
    const ofSlip = await together('SealedSlip');
    await world.pass(13);
    const ofDemand = await together('Demand');
    for (const row of [...ofSlip, ...ofDemand])
      expect(row).not.toMatch(new RegExp(`ou_|"personId":${id}\\b|person:${id}\\b`, 'u'));
    if (world.database.dialect === 'postgresql')
      expect([ofSlip.length, ofDemand.length].every(Boolean)).toBe(true);
    await world.stop();
  });

  it('is not told by the order of the numbers', async () => {
    const world = new World(await open());
    await world.begin();
    const written: string[] = [];
    for (let round = 0; round < 3; round++)
      for (const youth of youths) {
        written.push(`第 ${written.length} 件`);
        await world.hears(youth, `/匿名 ${written.at(-1)}`);
      }
    await world.pass(13);
    const rows = await world.database.db.demand.findMany({ orderBy: { number: 'asc' } });
    expect(rows.map((row) => row.text).sort()).toEqual([...written].sort());
    // In one order out of 15!, which is no chance.
    expect(rows.map((row) => row.text)).not.toEqual(written);
    expect(new Set(rows.map(({ createdAt }) => createdAt.getTime() % 86_400_000))).toEqual(
      new Set([16 * 3_600_000]),
    );
    await world.stop();
  });

  it('is not told by what waits to be worked on: who has written is there, what is not', async () => {
    const world = new World(await open());
    await world.begin();
    const stuck = world.database.transaction;
    Object.assign(world.database, { transaction: () => Promise.reject(new Error('stuck')) });
    const before = world.logged.length;
    void world.hears(asker, `/匿名 ${text}`);
    await expect
      .poll(async () => (await world.database.db.inbox.findMany()).filter((row) => row.body !== null))
      .toHaveLength(1);
    const [row] = (await world.database.db.inbox.findMany()).filter(({ body }) => body !== null);
    expect(row?.chat).toBe(`private:${asker}`);
    expect(row?.body).toMatch(/^[\w-]+$/);
    expect((await world.bytes()).includes(asBytes(text))).toBe(false);
    Object.assign(world.database, { transaction: stuck });
    await expect.poll(() => world.toldTo(asker), { timeout: 10_000 }).toContain('收到');
    expect(world.logged.slice(before).join()).not.toMatch(/ou_|热水/u);
    await world.stop();
  });
});
