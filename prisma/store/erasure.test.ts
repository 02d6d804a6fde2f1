import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { ensureAccount } from './accounts.ts';
import { joined, resolveGroup, resolvePeople } from './identity.ts';

/** The statements of docs/operations.md that erase a person, for a person of that id. */
function erasing(personId: number): readonly string[] {
  const manual = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const [, block = ''] = /```sql\n(BEGIN;[\s\S]*?COMMIT;)/.exec(manual) ?? [];
  return block
    .replace('WHERE "id" = 31', `WHERE "id" = ${personId}`)
    .replace(/^--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '' && statement !== 'BEGIN' && statement !== 'COMMIT');
}

describeOnBoth('the manual’s way to erase a person', (open) => {
  it('leaves nothing of theirs, and what is others’', async () => {
    const database = await open();
    const { db } = database;
    const accountId = await ensureAccount(db, 'p', 'a');
    const groupId = await resolveGroup(db, accountId, { id: 'g', name: '一班' }, 0);
    const people = await resolvePeople(db, accountId, [{ id: 'u' }, { id: 'v' }]);
    const [gone = 0, stays = 0] = ['u', 'v'].map((id) => people.get(id));
    await joined(db, groupId, [gone, stays], 0);
    const [createdAt, expiresAt] = [new Date(0), new Date(9)];
    for (const [number, askerId] of [
      [1, gone],
      [2, stays],
    ] as const) {
      const { id } = await db.demand.create({ data: { groupId, number, askerId, text: '热水', createdAt } });
      await db.demandSupport.create({ data: { demandId: id, personId: gone } });
      await db.demandSupport.create({ data: { demandId: id, personId: stays } });
      await db.inquiry.create({
        data: { groupId, number, askerId, inGroup: false, text: '几点', createdAt, answer: '七点' },
      });
      const help = { groupId, number, ownerId: askerId, direction: 'wanted', text: '伞' };
      const made = await db.help.create({ data: { ...help, createdAt, expiresAt } });
      const personId = askerId === gone ? stays : gone;
      await db.helpContact.create({ data: { helpId: made.id, personId, askedAt: createdAt } });
    }
    const wish = { groupId, text: '书', createdAt, expiresAt };
    for (const [number, wisherId, claimerId, state] of [
      [1, gone, stays, 'claimed'],
      [2, stays, gone, 'claimed'],
      [3, stays, gone, 'fulfilled'],
      [4, stays, null, 'open'],
    ] as const)
      await db.wish.create({ data: { ...wish, number, wisherId, claimerId, state, words: '好了' } });
    await db.inquiry.create({
      data: {
        groupId,
        number: 3,
        askerId: gone,
        inGroup: false,
        text: '几点',
        createdAt,
        answer: '七点',
        faq: '开放时间',
      },
    });
    await database.transaction(async (tx) => {
      for (const statement of erasing(gone)) await tx.$executeRawUnsafe(statement);
    });
    expect(await db.person.count({ where: { id: gone } })).toBe(0);
    expect(await db.demand.findMany({ select: { askerId: true } })).toEqual([{ askerId: stays }]);
    expect(await db.demandSupport.findMany({ select: { personId: true } })).toEqual([{ personId: stays }]);
    expect(
      await db.wish.findMany({
        select: { number: true, claimerId: true, state: true },
        orderBy: { number: 'asc' },
      }),
    ).toEqual([
      { number: 2, claimerId: null, state: 'open' },
      { number: 3, claimerId: null, state: 'fulfilled' },
      { number: 4, claimerId: null, state: 'open' },
    ]);
    expect(await db.help.findMany({ select: { ownerId: true } })).toEqual([{ ownerId: stays }]);
    expect(await db.helpContact.count()).toBe(0);
    expect(
      await db.inquiry.findMany({ select: { number: true, askerId: true }, orderBy: { number: 'asc' } }),
    ).toEqual([
      { number: 2, askerId: stays },
      { number: 3, askerId: null },
    ]);
  });
});
