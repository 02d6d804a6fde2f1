import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Database } from '../../prisma/database.ts';
import { findGroup } from '../../prisma/store/identity.ts';
import { joinGroups, takeAsNew } from '../../prisma/store/joining-groups.ts';
import { mergePeople } from '../../prisma/store/merging.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { firstLogin } from '../../tests/support/logins.ts';

const halfHour = 1_800_000;

/** Rows whose group or person is no more. */
async function dangling({ db }: Database): Promise<readonly unknown[]> {
  const groups = (await db.group.findMany()).map(({ id }) => id);
  const people = (await db.person.findMany()).map(({ id }) => id);
  return [
    ...(await db.presence.findMany({
      where: { OR: [{ groupId: { notIn: groups } }, { personId: { notIn: people } }] },
    })),
    ...(await db.topicMark.findMany({
      where: { OR: [{ groupId: { notIn: groups } }, { personId: { notIn: people } }] },
    })),
    ...(await db.address.findMany({
      where: {
        OR: [{ groupId: { notIn: groups } }, { fromId: { notIn: people } }, { toId: { notIn: people } }],
      },
    })),
  ];
}

describeOnBoth('messages around the joining of groups and people', (open) => {
  /** A second login in which the group is not sure, so that it is counted apart. */
  async function apart() {
    const stage = await firstLogin(await open());
    const { database, db, accountId, intake, clock, person, directory, members, cadrePerson } = stage;
    await db.person.update({ where: { id: cadrePerson }, data: { mark: 'K3X9' } });
    clock.now += 60_000;
    const changed = [
      ...members('B', 'K3X9').slice(0, 3),
      ...['甲', '乙', '丙'].map((name) => person('B', name)),
    ];
    await intake.accept(
      directory('B', [{ id: '@@1/B', name: '一班', members: changed }], [person('B', '张晓', 'K3X9')]),
    );
    const unmatched = (await findGroup(db, accountId, '@@1/B')) ?? 0;
    return {
      ...stage,
      unmatched,
      join: () => database.transaction((tx) => joinGroups(tx, unmatched, stage.groupId)),
    };
  }

  it('count for the group that goes on, although the intake was not told', async () => {
    const { database, db, says, person, clock, join, groupId } = await apart();
    await says('@@1/B', person('B', '赵一'));
    await says('@@1/B', person('B', '甲'));
    await join();
    clock.now += halfHour;
    await says('@@1/B', person('B', '赵一'), '来 #话题3', { mentions: [person('B', '张晓').id] });
    await says('@@1/B', person('B', '甲'));
    expect(await dangling(database)).toEqual([]);
    const rows = await db.presence.findMany({ where: { groupId } });
    expect(rows.map(({ slots }) => slots.toString(2).replace(/0+$/, ''))).toEqual(['11', '11']);
    expect(await db.address.count({ where: { groupId } })).toBe(1);
    expect(await db.topicMark.count({ where: { groupId } })).toBe(1);
  });

  it('count for the person who goes on, although the intake was not told', async () => {
    const { database, db, says, person, clock, idOf, groupId } = await firstLogin(await open());
    await says('@@1/A', person('A', '赵一'));
    await says('@@1/A', person('A', '马二'));
    const [zhao, ma] = [(await idOf('@赵一/A')) ?? 0, (await idOf('@马二/A')) ?? 0];
    await database.transaction((tx) => mergePeople(tx, zhao, ma));
    clock.now += halfHour;
    await says('@@1/A', person('A', '赵一'));
    expect(await dangling(database)).toEqual([]);
    const rows = await db.presence.findMany({ where: { groupId } });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ personId: ma });
    expect(rows[0]?.slots.toString(2).replace(/0+$/, '')).toBe('11');
  });

  it('keep who addressed a cadre who is not known again yet, and nobody else once they are', async () => {
    const stage = await firstLogin(await open());
    const { database, db, intake, clock, says, person, directory, members, cadrePerson, groupId, idOf } =
      stage;
    clock.now += 60_000;
    // Enough people for the group to be known by their names alone; nobody bears the cadre's mark.
    const many = Array.from({ length: 12 }, (_, n) => `同学${n}`);
    await intake.accept(
      directory('A', [
        { id: '@@1/A', name: '一班', members: [...members('A'), ...many.map((n) => person('A', n))] },
      ]),
    );
    await intake.accept(
      directory('B', [
        { id: '@@1/B', name: '一班', members: [...members('B'), ...many.map((n) => person('B', n))] },
      ]),
    );
    expect(await findGroup(db, 1, '@@1/B')).toBe(groupId);
    await says('@@1/B', person('B', '赵一'), '老师您在吗', { mentions: [person('B', '张晓').id] });
    await says('@@1/B', person('B', '赵一'), '马二你在吗', { mentions: [person('B', '马二').id] });
    const proved = (await idOf('@张晓/B')) ?? 0;
    await database.transaction((tx) => mergePeople(tx, cadrePerson, proved));
    const zhao = await idOf('@赵一/B');
    expect(await db.address.findMany()).toMatchObject([{ groupId, fromId: zhao, toId: proved }]);
    // From now on nothing else is kept.
    await intake.presence.refresh('@@1/B');
    await says('@@1/B', person('B', '赵一'), '马二来吃饭', { mentions: [person('B', '马二').id] });
    expect(await db.address.count()).toBe(1);
  });

  it('are dropped with a group that is none of before, and nothing is counted until it is bound', async () => {
    const { database, db, says, person, clock, unmatched } = await apart();
    await says('@@1/B', person('B', '赵一'));
    await database.transaction((tx) => takeAsNew(tx, unmatched));
    clock.now += halfHour;
    await says('@@1/B', person('B', '赵一'));
    expect(await db.presence.count()).toBe(0);
  });

  it('wait for an address book that is being taken up', async () => {
    const stage = await firstLogin(await open());
    const { db, intake, clock, says, person, directory, members, cadrePerson, groupId } = stage;
    await db.person.update({ where: { id: cadrePerson }, data: { mark: 'K3X9' } });
    clock.now += 60_000;
    const group = { id: '@@1/B', name: '一班', members: members('B', 'K3X9') };
    const taking = intake.accept(directory('B', [group], [person('B', '张晓', 'K3X9')]));
    await Promise.all([taking, says('@@1/B', person('B', '赵一'))]);
    expect(await db.presence.findMany()).toMatchObject([{ groupId }]);
  });

  it('count once each, whenever the joining comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            who: fc.constantFrom('赵一', '马二', '甲', '乙'),
            when: fc.nat(5),
            pause: fc.boolean(),
          }),
          { minLength: 4, maxLength: 24 },
        ),
        fc.nat(24),
        async (messages, joinedAt) => {
          const { database, db, says, person, join, groupId, clock, idOf } = await apart();
          const waiting: Promise<unknown>[] = [];
          const start = clock.now;
          for (const [n, { who, when, pause }] of messages.entries()) {
            if (n === joinedAt % messages.length) waiting.push(join());
            if (pause) await new Promise(setImmediate);
            waiting.push(says('@@1/B', person('B', who), undefined, { at: start + when * halfHour }));
          }
          await Promise.all(waiting);
          expect(await dangling(database)).toEqual([]);
          const want = new Map<number, Set<number>>();
          for (const { who, when } of messages) {
            const id = (await idOf(`@${who}/B`)) ?? 0;
            want.set(id, (want.get(id) ?? new Set()).add(when));
          }
          const rows = await db.presence.findMany({ where: { groupId } });
          const bits = (slots: bigint) => slots.toString(2).replaceAll('0', '').length;
          expect(new Map(rows.map(({ personId, slots }) => [personId, bits(slots)]))).toEqual(
            new Map([...want].map(([id, halves]) => [id, halves.size])),
          );
        },
      ),
      { numRuns: 6 },
    );
  }, 60_000);
});
