import { expect, it } from 'vitest';
import { dayOf } from '../../domain/calendar/day.ts';
import { externalGroup, externalPerson, findGroup } from '../../prisma/store/identity.ts';
import { giveUpUnmatched, joinGroups } from '../../prisma/store/joining-groups.ts';
import { unmatchedGroupsOf } from '../../prisma/store/looks.ts';
import { setMark, toBeMarked } from '../../prisma/store/marks.ts';
import { mergePeople } from '../../prisma/store/merging.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { begun, firstLogin } from '../../tests/support/logins.ts';

describeOnBoth('after a login with new ids', (open) => {
  const begin = async () => firstLogin(await open());

  it('a group and its members are known again, and the count goes on', async () => {
    const {
      db,
      accountId,
      intake,
      clock,
      person,
      directory,
      says,
      members,
      groupId,
      idOf,
      cadrePerson,
      woken,
    } = await begin();
    await says('@@1/A', person('A', '赵一'));
    await setMark(db, cadrePerson, 'K3X9');
    const zhao = await idOf('@赵一/A');
    clock.now += 3_600_000;
    const event = directory(
      'B',
      [{ id: '@@1/B', name: '软件一班', members: members('B', 'K3X9') }],
      [person('B', '张晓', 'K3X9')],
    );
    await intake.accept(event);
    await intake.accept(event);
    expect(woken()).toBe(3);
    expect(await findGroup(db, accountId, '@@1/B')).toBe(groupId);
    expect(await idOf('@赵一/B')).toBe(zhao);
    expect(await idOf('@张晓/B')).toBe(cadrePerson);
    await says('@@1/B', person('B', '赵一'));
    const rows = await db.presence.findMany();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ groupId, personId: zhao, day: dayOf(begun) });
    // What is said goes to the new ids.
    expect(await externalGroup(db, groupId)).toEqual({ id: '@@1/B', name: '软件一班' });
    expect((await externalPerson(db, cadrePerson))?.id).toBe('@张晓/B');
    expect(await db.person.count()).toBe(members('A').length + 1);
    expect(await db.group.count()).toBe(1);
  });

  it('nobody becomes the cadre by a name, and nobody takes a marked person’s place', async () => {
    const { db, intake, clock, person, directory, members, idOf, cadrePerson, groupId } = await begin();
    clock.now += 3_600_000;
    await intake.accept(directory('B', [{ id: '@@1/B', name: '一班', members: members('B') }]));
    const stranger = await idOf('@张晓/B');
    expect(stranger).not.toBe(cadrePerson);
    expect(await db.cadre.findFirst()).toMatchObject({ personId: cadrePerson });
    // Until they prove it, the cadre of before has not left.
    expect(await db.member.findFirst({ where: { groupId, personId: cadrePerson } })).toMatchObject({
      leftAt: null,
    });
    expect(await externalPerson(db, cadrePerson)).toBeUndefined();
    // A fresh code proves it: everything of theirs is one person's again.
    const before = await db.binding.count({ where: { personId: cadrePerson } });
    await db.$transaction((tx) => mergePeople(tx, cadrePerson, stranger ?? 0));
    expect(await db.cadre.findFirst()).toMatchObject({ personId: stranger });
    expect(await db.binding.count({ where: { personId: stranger ?? 0 } })).toBe(before);
    expect((await toBeMarked(db, 1, [], 9)).map(({ externalId }) => externalId)).toEqual([
      person('B', '张晓').id,
    ]);
  });

  it('a group that is not sure is counted apart, its cadre is asked, and both are joined without counting twice', async () => {
    const {
      database,
      db,
      accountId,
      intake,
      clock,
      person,
      directory,
      says,
      members,
      groupId,
      idOf,
      cadrePerson,
      slots,
    } = await begin();
    await setMark(db, cadrePerson, 'K3X9');
    await says('@@1/A', person('A', '赵一'));
    await says('@@1/A', person('A', '马二'));
    clock.now += 60_000;
    // Half of the people have other names now.
    const changed = [
      ...members('B', 'K3X9').slice(0, 3),
      ...['甲', '乙', '丙'].map((name) => person('B', name)),
    ];
    await intake.accept(
      directory('B', [{ id: '@@1/B', name: '一班', members: changed }], [person('B', '张晓', 'K3X9')]),
    );
    const unmatched = (await findGroup(db, accountId, '@@1/B')) ?? 0;
    expect(unmatched).not.toBe(groupId);
    const asked = await db.outbox.findMany({ where: { personId: cadrePerson } });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.body).toContain(`/认群 ${unmatched} ${groupId}`);

    await says('@@1/B', person('B', '赵一'));
    await says('@@1/B', person('B', '甲'), '我在', { mentions: [person('B', '张晓').id] });
    await says('@@1/B', person('B', '张晓'), '收到啦大家');
    expect((await slots()).filter((row) => row.startsWith(`${unmatched}/`))).toHaveLength(3);
    const [asking] = await unmatchedGroupsOf(db, accountId, cadrePerson);
    expect(asking).toMatchObject({ id: unmatched, candidates: [{ id: groupId }] });

    await database.transaction((tx) => joinGroups(tx, unmatched, groupId));
    intake.presence.forget();
    const [zhao, ma, jia] = [await idOf('@赵一/A'), await idOf('@马二/A'), await idOf('@甲/B')];
    expect(await idOf('@赵一/B')).toBe(zhao);
    const rows = await db.presence.findMany({ orderBy: { personId: 'asc' } });
    expect(rows.map(({ groupId: group, personId }) => [group, personId])).toEqual(
      [cadrePerson, zhao, ma, jia].sort((a, b) => (a ?? 0) - (b ?? 0)).map((id) => [groupId, id]),
    );
    expect(new Set(rows.map(({ slots: bits }) => bits)).size).toBe(1);
    expect(await db.address.findMany()).toEqual([
      { groupId, day: dayOf(begun), fromId: jia, toId: cadrePerson },
    ]);
    expect(await db.group.count()).toBe(1);
    expect(await findGroup(db, accountId, '@@1/B')).toBe(groupId);
    expect(await unmatchedGroupsOf(db, accountId, cadrePerson)).toEqual([]);
  });

  it('what nobody tells in time goes as all old presence does', async () => {
    const { database, accountId, intake, clock, person, directory, says, members, slots } = await begin();
    const changed = [...members('B').slice(0, 3), person('B', '甲'), person('B', '乙')];
    await intake.accept(directory('B', [{ id: '@@1/B', name: '一班', members: changed }]));
    await says('@@1/B', person('B', '赵一'));
    expect(await slots()).toHaveLength(1);
    await database.transaction((tx) => giveUpUnmatched(tx, accountId, clock.now - 1));
    expect(await slots()).toHaveLength(1);
    await database.transaction((tx) => giveUpUnmatched(tx, accountId, clock.now + 1));
    expect(await slots()).toEqual([]);
  });
});
