/** The problem list as a whole, with what is merged and what is anonymous: nobody in it is left without an answer. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DemandStep, decide, inHand, lapseMs } from '../../domain/listening/demand.ts';
import { type Database, openDatabase } from '../database.ts';
import { ensureAccount } from './accounts.ts';
import type { DemandRow } from './demand-rows.ts';
import { unmerge, waitingFor } from './demand-waiting.ts';
import { addDemand, demandNumbered, lapsing, latestDemands, moveDemand } from './demands.ts';
import { resolveGroup } from './identity.ts';

const begun = Date.parse('2026-09-02T10:00:00+08:00');
const count = 4;

/** A list of demands, two by name and two anonymous, and who has been told an answer since they last asked for one. */
class List {
  readonly #database: Database;
  readonly #groupId: number;
  readonly #told = new Set<string>();
  now = begun;

  private constructor(database: Database, groupId: number) {
    this.#database = database;
    this.#groupId = groupId;
  }

  static async begin(database: Database, name: string): Promise<List> {
    const accountId = await ensureAccount(database.db, 'test', 'bot');
    const groupId = await database.transaction((tx) => resolveGroup(tx, accountId, { id: name }, begun));
    const list = new List(database, groupId);
    for (let number = 1; number <= count; number++)
      await addDemand(
        database.db,
        {
          groupId,
          ...(number % 2 === 0
            ? { askerId: number }
            : { address: `sealed-${number}`, ticket: `${name}/${number}` }),
        },
        { number, text: `第 ${number} 件`, createdAt: begun },
      );
    return list;
  }

  async row(number: number): Promise<DemandRow> {
    const row = await demandNumbered(this.#database.db, this.#groupId, number);
    if (!row) throw new Error(`demand ${number} is lost`);
    return row;
  }

  /** Takes a step as the commands and the jobs do. */
  async take(number: number, step: DemandStep): Promise<void> {
    const { db } = this.#database;
    const before = await this.row(number);
    const decision = decide(before, step);
    if (decision.kind === 'fault') return expect(decision.say).not.toBe('') as undefined;
    expect(await moveDemand(db, before, decision.demand)).toBe(true);
    if (step.step === 'withdraw') await unmerge(db, before);
    if (step.step === 'reopen') this.#told.delete(JSON.stringify(before.asker));
    if (step.step === 'answer' || step.step === 'explain')
      for (const { asker } of await waitingFor(db, await this.row(number)))
        this.#told.add(JSON.stringify(asker));
  }

  /** The job that closes what nobody has objected to. */
  async lapse(): Promise<void> {
    this.now += lapseMs;
    for (const { number } of await lapsing(this.#database.db, this.now))
      await this.take(number, { step: 'lapse', at: this.now });
  }

  /** What holds whatever has happened. */
  async check(): Promise<void> {
    for (let number = 1; number <= count; number++) {
      const row = await this.row(number);
      if (row.state === 'withdrawn') {
        expect([row.text, row.reply]).toEqual(['', undefined]);
        continue;
      }
      expect([row.text, row.asker === undefined]).toEqual([`第 ${number} 件`, false]);
      const root = await this.#rootOf(row);
      // Somebody can bring it to an answer, or its asker has one; and whoever answers the root reaches this asker.
      if (!inHand.includes(root.state)) {
        expect(root.reply?.length).toBeGreaterThan(0);
        expect([number, this.#told.has(JSON.stringify(row.asker))]).toEqual([number, true]);
        expect(decide(row, { step: 'reopen', at: this.now }).kind).toBe('demand');
      }
      const waiting = await waitingFor(this.#database.db, root);
      expect(waiting).toContainEqual({ asker: row.asker, number });
    }
    expect((await latestDemands(this.#database.db, this.#groupId, 100)).length).toBeLessThanOrEqual(count);
  }

  async #rootOf(row: DemandRow): Promise<DemandRow> {
    let root = row;
    for (let hops = 0; root.state === 'merged'; hops++) {
      expect(hops).toBeLessThan(count);
      root = await this.row(root.mergedInto ?? 0);
    }
    expect(root.state).not.toBe('withdrawn');
    return root;
  }
}

const number = fc.integer({ min: 1, max: count });
const steps = fc.oneof(
  fc.constantFrom(
    { step: 'accept' },
    { step: 'progress', reply: '在看了' },
    { step: 'answer', reply: '好了' },
    { step: 'explain', reply: '要等' },
    { step: 'refer' },
    { step: 'consent', yes: true },
    { step: 'consent', yes: false },
    { step: 'confirm' },
    { step: 'reopen' },
    { step: 'withdraw' },
    { step: 'lapse' },
  ),
  // Merges come often, so that chains arise.
  number.map((into) => ({ step: 'merge', into })),
  number.map((into) => ({ step: 'merge', into })),
);

it('no path through a list with merged chains and anonymous askers leaves anybody without an answer', async () => {
  const database = await openDatabase('file::memory:');
  let lists = 0;
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(number, steps), { minLength: 5, maxLength: 40 }), async (taken) => {
        const list = await List.begin(database, `g${++lists}`);
        for (const [which, what] of taken) {
          if (what.step === 'lapse') await list.lapse();
          else if ('into' in what) {
            const { number: into, state } = await list.row(what.into);
            await list.take(which, { step: 'merge', at: list.now, into: { number: into, state } });
          } else await list.take(which, { ...what, at: list.now } as DemandStep);
          await list.check();
        }
      }),
      { numRuns: 60 },
    );
  } finally {
    await database.close();
  }
}, 60_000);
