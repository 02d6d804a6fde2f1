import fc from 'fast-check';
import { expect, it } from 'vitest';
import { union } from '../../domain/presence/slots.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { addMarks, addressesOf, type Marks, presenceOf, sealedBefore, sealedWeeks } from './presence.ts';

const small = fc.integer({ min: 1, max: 3 });
const marks: fc.Arbitrary<Marks> = fc.record({
  presence: fc.array(
    fc.record({
      groupId: small,
      day: small,
      personId: small,
      slots: fc.oneof(fc.constantFrom(1, 2 ** 47, 2 ** 48 - 1), fc.integer({ min: 0, max: 2 ** 48 - 1 })),
    }),
  ),
  addresses: fc.array(fc.record({ groupId: small, day: small, fromId: small, toId: small })),
  topicMarks: fc.array(
    fc.record({
      groupId: small,
      key: fc.constantFrom('tag:1', 'tag:2', 'msg:om_1', 'msg:\'"', 'topic:1'),
      personId: small,
      at: fc.constantFrom(1_788_000_000_000, 1_788_000_000_001, -62_135_510_400_000),
    }),
  ),
  seen: fc.array(fc.record({ groupId: fc.constant(1), personId: fc.constant(1) })),
});

describeOnBoth('the sets of a group', (open) => {
  it('are unions: whatever is added, in whatever parts and however often', async () => {
    const database = await open();
    const { db } = database;
    // Whoever is seen exists.
    await db.account.create({ data: { platform: 'test', name: 'bot' } });
    await db.group.create({ data: { accountId: 1, createdAt: new Date(0) } });
    await db.person.create({ data: { accountId: 1 } });
    const presence = new Map<string, number>();
    const others = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(marks, { maxLength: 4 }), async (batches) => {
        for (const batch of [...batches, ...batches.toReversed()]) await addMarks(db, batch);
        for (const batch of batches) {
          for (const { groupId, day, personId, slots } of batch.presence) {
            const key = `${groupId}/${day}/${personId}`;
            presence.set(key, union(presence.get(key) ?? 0, slots));
          }
          for (const row of batch.addresses)
            others.add(`a/${row.groupId}/${row.day}/${row.fromId}/${row.toId}`);
          for (const row of batch.topicMarks)
            others.add(`t/${row.groupId}/${row.key}/${row.personId}/${row.at}`);
        }
        const kept = new Map<string, number>();
        const keptOthers = new Set<string>();
        for (const groupId of [1, 2, 3]) {
          for (const { day, personId, slots } of await presenceOf(db, groupId, 1, 3))
            kept.set(`${groupId}/${day}/${personId}`, slots);
          for (const { day, fromId, toId } of await addressesOf(db, groupId, 1, 3))
            keptOthers.add(`a/${groupId}/${day}/${fromId}/${toId}`);
        }
        for (const row of await db.topicMark.findMany())
          keptOthers.add(`t/${row.groupId}/${row.key}/${row.personId}/${row.at}`);
        expect(kept).toEqual(presence);
        expect(keptOthers).toEqual(others);
      }),
      { numRuns: 15 },
    );
  });

  it('take writers side by side without losing a bit', async () => {
    const database = await open();
    const { db } = database;
    await Promise.all(
      Array.from({ length: 24 }, (_, i) =>
        database.transaction((tx) =>
          addMarks(tx, {
            presence: Array.from({ length: 20 }, (_, person) => ({
              groupId: 1,
              day: 1,
              personId: (person * 7 + i) % 20,
              slots: 2 ** (i * 2) + 2 ** (i * 2 + 1),
            })),
            addresses: [{ groupId: 1, day: 1, fromId: i % 3, toId: 9 }],
            topicMarks: [],
            seen: [],
          }),
        ),
      ),
    );
    const rows = await presenceOf(db, 1, 1, 1);
    expect(rows).toHaveLength(20);
    for (const row of rows) expect(row.slots).toBe(2 ** 48 - 1);
    expect(await addressesOf(db, 1, 1, 1)).toHaveLength(3);
  });

  it('are read only for the days asked about, and sealed up to the last folded week', async () => {
    const { db } = await open();
    const presence = [1, 2, 3].map((day) => ({ groupId: 1, day, personId: 1, slots: 1 }));
    await addMarks(db, { presence, addresses: [], topicMarks: [], seen: [] });
    expect((await presenceOf(db, 1, 2, 3)).map(({ day }) => day)).toEqual([2, 3]);
    expect(await sealedBefore(db, [1, 2])).toEqual(new Map());
    await db.foldedWeek.createMany({ data: [4, 25, 11].map((week) => ({ groupId: 1, week, exchange: 0 })) });
    expect(await sealedBefore(db, [1, 2])).toEqual(new Map([[1, 32]]));
    expect(await sealedWeeks(db, 1)).toEqual(new Set([4, 11, 25]));
  });
});
