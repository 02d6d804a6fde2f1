import { expect, it } from 'vitest';
import { decideWish, makeWish, type WishStep } from '../../domain/listening/wish.ts';
import { bindGroups } from '../../tests/support/bound-groups.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import type { Database } from '../database.ts';
import { unusedPhotos } from './deed-evidence.ts';
import { findGroup, resolvePeople } from './identity.ts';
import {
  addWish,
  addWishPhoto,
  countWishes,
  forgetWishes,
  moveWish,
  nextWishNumber,
  overdueWishes,
  slowWishes,
  type WishRow,
  waningWishes,
  wishesOf,
  wishNumbered,
} from './wishes.ts';

const now = Date.parse('2026-09-02T15:00:00+08:00');
const dayMs = 86_400_000;

async function begin(database: Database) {
  const { db } = database;
  const groups = [{ group: 'g', cadre: 'c' }];
  const accountId = await bindGroups(database, { platform: 'test', name: 'bot' }, groups, now);
  const groupId = (await findGroup(db, accountId, 'g')) ?? 0;
  const people = await resolvePeople(
    db,
    accountId,
    ['u', 'v', 'w'].map((id) => ({ id })),
  );
  const [u = 0, v = 0, w = 0] = ['u', 'v', 'w'].map((id) => people.get(id) ?? 0);
  const wish = (text: string) =>
    database.transaction(async (tx) => {
      const decision = makeWish(await nextWishNumber(tx, groupId), u, text, now);
      if (decision.kind === 'fault') throw new Error(decision.say);
      return addWish(tx, groupId, decision.wish, now);
    });
  const take = async (row: WishRow, step: WishStep) => {
    const decision = decideWish(row, step);
    if (decision.kind === 'fault') throw new Error(decision.say);
    return database.transaction((tx) => moveWish(tx, row, decision.wish));
  };
  const read = async (number: number) => {
    const row = await wishNumbered(db, groupId, number);
    if (!row) throw new Error('no such wish');
    return row;
  };
  return { groupId, u, v, w, wish, take, read };
}

describeOnBoth('wishes', (open) => {
  it('made at once get numbers of their own; claimed at once, one person has one', async () => {
    const database = await open();
    const { groupId, v, w, wish, take, read } = await begin(database);
    const rows = await Promise.all(['书', '伞', '球'].map(wish));
    expect(rows.map(({ number }) => number).toSorted()).toEqual([1, 2, 3]);
    const row = await read(1);
    const claims = await Promise.all([v, w].map((by) => take(row, { step: 'claim', at: now, by })));
    expect(claims.toSorted()).toEqual([false, true]);
    expect((await read(1)).claimer).toBe(claims[0] ? v : w);
    expect(await countWishes(database.db, groupId, now)).toEqual({ open: 2, claimed: 1, fulfilled: 0 });
  });

  it('keep their words and picture until they are taken back', async () => {
    const database = await open();
    const { db } = database;
    const { groupId, u, v, wish, take, read } = await begin(database);
    await wish('书');
    await take(await read(1), { step: 'claim', at: now, by: v });
    expect(await addWishPhoto(db, await read(1), 'a.jpg', now)).toBe(false);
    await take(await read(1), { step: 'fulfil', at: now, by: v, words: '好了' });
    expect(await addWishPhoto(db, await read(1), 'a.jpg', now)).toBe(true);
    expect(await addWishPhoto(db, await read(1), 'b.jpg', now)).toBe(false);
    expect(await unusedPhotos(db, ['a.jpg', 'b.jpg'])).toEqual(['b.jpg']);
    expect(await wishesOf(db, v, 5)).toMatchObject([{ number: 1, words: '好了', photo: 'a.jpg' }]);
    expect((await countWishes(db, groupId, now)).fulfilled).toBe(1);
    await take(await read(1), { step: 'withdraw', at: now });
    expect(await read(1)).toMatchObject({ text: '', words: undefined, photo: undefined, claimer: undefined });
    expect(await unusedPhotos(db, ['a.jpg'])).toEqual(['a.jpg']);
    expect(await wishesOf(db, v, 5)).toEqual([]);
    expect(await wishesOf(db, u, 5)).toHaveLength(1);
  });

  it('are found when their time is over, and forgotten long after', async () => {
    const database = await open();
    const { db } = database;
    const { groupId, v, wish, take, read } = await begin(database);
    for (const text of ['书', '伞', '球']) await wish(text);
    await take(await read(2), { step: 'claim', at: now, by: v });
    const numbers = (rows: readonly WishRow[]) => rows.map(({ number }) => number);
    expect(await waningWishes(db, groupId, now + 22 * dayMs)).toEqual([]);
    expect(await waningWishes(db, groupId, now + 23 * dayMs)).toEqual([1, 3]);
    expect(numbers(await slowWishes(db, now + 14 * dayMs))).toEqual([2]);
    expect(numbers((await overdueWishes(db, now + 28 * dayMs)).lapsing)).toEqual([2]);
    expect(numbers((await overdueWishes(db, now + 30 * dayMs)).expiring)).toEqual([1, 3]);
    await take(await read(1), { step: 'expire', at: now + 30 * dayMs });
    await forgetWishes(db, now + 30 * dayMs);
    expect(await db.wish.count()).toBe(3);
    await forgetWishes(db, now + 31 * dayMs);
    expect(await db.wish.findMany({ select: { number: true }, orderBy: { number: 'asc' } })).toEqual([
      { number: 2 },
      { number: 3 },
    ]);
  });
});
