import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { reserveTokens, settleTokens } from './model.ts';

const day = 20_000;

describeOnBoth('the daily budget of tokens', (open) => {
  it('gives no two calls at once the last of it', async () => {
    const { db } = await open();
    const got = await Promise.all(Array.from({ length: 20 }, () => reserveTokens(db, day, 300, 1_000)));
    expect(got.filter(Boolean)).toHaveLength(3);
    expect(await db.modelUse.findMany()).toEqual([{ day, tokens: 900, calls: 0 }]);
    expect([await reserveTokens(db, day, 101, 1_000), await reserveTokens(db, day, 100, 1_000)]).toEqual([
      false,
      true,
    ]);
    expect(await reserveTokens(db, day + 1, 1_001, 1_000)).toBe(false);
    expect(await reserveTokens(db, day + 1, 1_000, 1_000)).toBe(true);
  });

  it('has back what a call did not use, and bears one that used more', async () => {
    const { db } = await open();
    await reserveTokens(db, day, 300, 1_000);
    await reserveTokens(db, day, 300, 1_000);
    await settleTokens(db, day, { reserved: 300, used: 40 });
    expect(await db.modelUse.findMany()).toEqual([{ day, tokens: 340, calls: 1 }]);
    await settleTokens(db, day, { reserved: 300, used: 1_500 });
    expect(await db.modelUse.findMany()).toEqual([{ day, tokens: 1_540, calls: 2 }]);
    expect(await reserveTokens(db, day, 1, 1_000)).toBe(false);
  });
});
