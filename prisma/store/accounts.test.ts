import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { ensureAccount, holderOf, lease, release } from './accounts.ts';

const at = 1_788_000_000_000;
const lengthMs = 30_000;

describeOnBoth('the lease of an account', (open) => {
  it('is one holder’s at a time, until it runs out or is given back', async () => {
    const { db } = await open();
    const id = await ensureAccount(db, 'test', 'bot');
    expect(await ensureAccount(db, 'test', 'bot')).toBe(id);
    expect(await lease(db, id, 'one', at, lengthMs)).toBe(true);
    expect(await lease(db, id, 'two', at + lengthMs, lengthMs)).toBe(false);
    expect(await lease(db, id, 'one', at + 10_000, lengthMs)).toBe(true);
    expect(await lease(db, id, 'two', at + lengthMs + 1, lengthMs)).toBe(false);
    expect(await lease(db, id, 'two', at + 10_000 + lengthMs + 1, lengthMs)).toBe(true);
    expect(await holderOf(db, id)).toBe('two');
    // Who lost it neither renews it nor gives it back.
    expect(await lease(db, id, 'one', at + lengthMs + 20_000, lengthMs)).toBe(false);
    await release(db, id, 'one');
    expect(await holderOf(db, id)).toBe('two');
    await release(db, id, 'two');
    expect(await lease(db, id, 'one', at + lengthMs + 20_000, lengthMs)).toBe(true);
  });

  it('is one’s only, of many who ask at once, again and again', async () => {
    const { db } = await open();
    const id = await ensureAccount(db, 'test', 'bot');
    for (let round = 0; round < 10; round++) {
      const now = at + round * 2 * lengthMs;
      const got = await Promise.all(
        Array.from({ length: 8 }, (_, i) => lease(db, id, `${round}/${i}`, now, lengthMs)),
      );
      expect(got.filter(Boolean)).toHaveLength(1);
    }
  });
});
