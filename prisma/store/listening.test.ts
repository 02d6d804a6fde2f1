import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinIntervals } from '../../domain/presence/interval.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { ensureAccount } from './accounts.ts';
import { addListening, listeningOf } from './listening.ts';

const at = 1_788_000_000_000;

describeOnBoth('listening', (open) => {
  it('of a connection that stays up is one row, however it is told', async () => {
    const { db } = await open();
    const account = await ensureAccount(db, 'test', 'bot');
    for (const [from, until] of [
      [0, 10],
      [10, 20],
      [15, 30],
      [5, 8],
      [0, 30],
      [-5, 1],
    ] as const)
      await addListening(db, account, { from: at + from, until: at + until });
    expect(await db.listening.findMany()).toMatchObject([
      { fromMs: BigInt(at - 5), untilMs: BigInt(at + 30) },
    ]);
    // After a gap a new one begins; what lies before it is kept too.
    await addListening(db, account, { from: at + 31, until: at + 40 });
    await addListening(db, account, { from: at - 100, until: at - 50 });
    expect(await db.listening.count()).toBe(3);
  });

  it('is the union of all that was told: of the group and of the whole account, not of others', async () => {
    const { db } = await open();
    const other = await ensureAccount(db, 'test', 'other');
    await addListening(db, other, { from: 0, until: 1_000 });
    let run = 0;
    const interval = fc
      .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }), fc.constantFrom(null, 1, 2))
      .map(([from, length, groupId]) => ({ from, until: from + length, groupId }));
    await fc.assert(
      fc.asyncProperty(fc.array(interval, { maxLength: 12 }), async (told) => {
        const account = await ensureAccount(db, 'test', `bot${run++}`);
        for (const { groupId, ...one } of told) await addListening(db, account, one, groupId);
        for (const groupId of [1, 2]) {
          const ours = told.filter((one) => one.groupId === null || one.groupId === groupId);
          const stored = await listeningOf(db, account, groupId, { from: 0, until: 100 }, 0);
          expect(joinIntervals(stored)).toEqual(joinIntervals(ours));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is asked for by what touches a span', async () => {
    const { db } = await open();
    const account = await ensureAccount(db, 'test', 'bot');
    for (const from of [0, 100, 200]) await addListening(db, account, { from, until: from + 50 });
    const spans = async (from: number, until: number) =>
      (await listeningOf(db, account, 1, { from, until }, 0))
        .map((one) => one.from)
        .toSorted((a, b) => a - b);
    expect(await spans(60, 90)).toEqual([]);
    expect(await spans(40, 110)).toEqual([0, 100]);
    expect(await spans(110, 120)).toEqual([100]);
  });
});
