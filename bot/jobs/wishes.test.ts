import { expect, it } from 'vitest';
import { decideWish, makeWish } from '../../domain/listening/wish.ts';
import { addWish, moveWish, wishNumbered } from '../../prisma/store/wishes.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { at, Evening, wednesday } from '../../tests/support/evening.ts';
import { housekeeping } from './housekeeping.ts';
import { wishes } from './wishes.ts';

describeOnBoth('wishes that wait', (open) => {
  it('are taken off kindly, put back when a claim comes to nothing, each told once and by daylight', async () => {
    const database = await open();
    const { db } = database;
    const evening = await Evening.begin(database);
    const { groupId, cadre } = evening;
    const [wisher, giver] = [await evening.person('u'), await evening.person('v')];
    const start = at(wednesday, '10:00');
    for (const [number, text] of [
      [1, '想看日出'],
      [2, '想借教材'],
    ] as const) {
      const made = makeWish(number, wisher, text, start);
      if (made.kind === 'fault') throw new Error(made.say);
      await addWish(db, groupId, made.wish, start);
    }
    const two = await wishNumbered(db, groupId, 2);
    if (!two) throw new Error('no wish');
    const claimed = decideWish(two, { step: 'claim', at: start, by: giver });
    if (claimed.kind === 'fault') throw new Error(claimed.say);
    await moveWish(db, two, claimed.wish);

    const told = async (personId: number) =>
      (await db.outbox.findMany({ where: { personId }, orderBy: { id: 'asc' } })).map(({ body }) =>
        String(body),
      );
    const hours = ['3:00', '10:00', '11:00', '20:00'];
    const dayOn = async (day: number) => {
      for (const hour of hours) await evening.tickAt(at(wednesday + day, hour), wishes(30));
    };
    await dayOn(13);
    expect(await db.outbox.count()).toBe(0);
    await dayOn(14);
    expect(await told(giver)).toEqual([expect.stringContaining('还顺利吗')]);
    await dayOn(22);
    expect(await told(cadre)).toEqual([]);
    await dayOn(23);
    await dayOn(24);
    expect(await told(cadre)).toEqual([expect.stringContaining('1 个心愿一周内就要到期了')]);
    await dayOn(28);
    expect(await wishNumbered(db, groupId, 2)).toMatchObject({ state: 'open', claimer: undefined });
    expect((await told(giver)).slice(1)).toEqual([expect.stringContaining('先放回墙上')]);
    expect(await told(wisher)).toEqual([expect.stringContaining('已经放回墙上接着等')]);
    await dayOn(30);
    expect((await told(wisher)).slice(1)).toEqual([expect.stringContaining('这次还没等到认领的人')]);
    expect(await wishNumbered(db, groupId, 1)).toMatchObject({ state: 'expired', text: '想看日出' });
    await evening.tickAt(
      at(wednesday + 220, '4:00'),
      housekeeping(evening.accountId, () => {}),
    );
    expect(await wishNumbered(db, groupId, 1)).toBeUndefined();
    expect(await wishNumbered(db, groupId, 2)).toMatchObject({ state: 'open' });
  });
});
