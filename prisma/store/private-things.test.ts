import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { firstLogin } from '../../tests/support/logins.ts';
import { support } from './demand-waiting.ts';
import { addDemand, demandsOfAsker } from './demands.ts';
import { externalPerson } from './identity.ts';
import { setMark, toBeMarked } from './marks.ts';
import { say } from './outbox.ts';
import { anonymousKey, keepRecall, recall } from './private-things.ts';

describeOnBoth('what is private, after a login that knew its owner by the name alone', (open) => {
  async function begin() {
    const stage = await firstLogin(await open());
    const { db, accountId, intake, directory, members, person, cadrePerson, groupId, idOf } = stage;
    await setMark(db, cadrePerson, 'K3X9');
    const zhao = (await idOf('@赵一/A')) ?? 0;
    const ask = (askerId: number, number: number) =>
      addDemand(db, { groupId, askerId }, { number, text: `第 ${number} 件`, createdAt: stage.clock.now });
    await ask(zhao, 1);
    await stage.says('@@1/A', person('A', '赵一'));
    /** The next login; the youth bears the name of before, and perhaps the mark. */
    const next = (login: string, mark?: string) => {
      const listed = members(login, 'K3X9').map((one) =>
        one.name === '赵一' && mark ? { ...one, mark } : one,
      );
      const cadre = person(login, '张晓', 'K3X9');
      return intake.accept(
        directory(login, [{ id: `@@1/${login}`, name: '一班', members: listed }], [cadre]),
      );
    };
    const mine = async (personId: number) =>
      (await demandsOfAsker(db, personId, 9)).map(({ number }) => number);
    return { ...stage, accountId, zhao, ask, next, mine };
  }

  it('stays behind, while presence goes on', async () => {
    const { db, accountId, zhao, next, mine, says, person, clock, idOf, ask } = await begin();
    await say(
      db,
      accountId,
      { key: 'k', kind: 'notice', personId: zhao, body: '第 1 号有答复了' },
      clock.now,
    );
    await db.confirmation.create({
      data: {
        personId: zhao,
        chat: 'private',
        command: '/诉求 秘密',
        expiresAt: new Date(clock.now + 1_000),
      },
    });
    const key = await anonymousKey(db, zhao);
    await next('B');
    expect(await idOf('@赵一/B')).toBe(zhao);
    await says('@@1/B', person('B', '赵一'));
    expect(await db.presence.count()).toBe(1);
    expect(await mine(zhao)).toEqual([]);
    expect(await db.confirmation.count()).toBe(0);
    expect(await anonymousKey(db, zhao)).not.toBe(key);
    const askerId = (await db.demand.findFirstOrThrow()).askerId ?? 0;
    expect((await db.outbox.findFirstOrThrow()).personId).toBe(askerId);
    expect(await externalPerson(db, askerId)).toBeUndefined();
    expect(await db.person.findUnique({ where: { id: askerId } })).toMatchObject({ name: '赵一' });
    // The same login again sets nothing aside a second time.
    await next('B');
    await ask(zhao, 2);
    await next('B');
    expect(await mine(zhao)).toEqual([2]);
    // Nothing private, nobody made.
    expect(await db.person.count({ where: { name: '马二' } })).toBe(1);
  });

  it('comes back with the mark, even where that is seen after the name', async () => {
    const { db, zhao, next, mine, intake, directory, person, idOf } = await begin();
    await setMark(db, zhao, 'A1B2');
    await next('B', 'A1B2');
    expect(await mine(zhao)).toEqual([1]);
    await next('C');
    const byName = (await idOf('@赵一/C')) ?? 0;
    expect(await mine(byName)).toEqual([]);
    await intake.accept(directory('C', [], [person('C', '赵一', 'A1B2')]));
    expect(await idOf('@赵一/C')).toBe(byName);
    expect(await mine(byName)).toEqual([1]);
    expect(await db.person.findUnique({ where: { id: byName } })).toMatchObject({ mark: 'A1B2' });
    expect(await db.presence.count()).toBe(1);
  });

  it('is not opened by a mark that two people bear', async () => {
    const { db, zhao, intake, directory, person, mine, idOf } = await begin();
    await setMark(db, zhao, 'A1B2');
    const copied = ['甲', '乙'].map((name) => person('B', name, 'A1B2'));
    await intake.accept(directory('B', [{ id: '@@9/B', name: '二班', members: copied }]));
    for (const name of ['甲', '乙']) expect(await mine((await idOf(`@${name}/B`)) ?? 0)).toEqual([]);
  });

  it('comes back with its owner’s word, once, and with nobody else’s', async () => {
    const { database, db, zhao, next, mine, idOf, cadrePerson } = await begin();
    expect(await keepRecall(db, zhao, 'hash')).toBe(true);
    expect(await keepRecall(db, zhao, 'another')).toBe(false);
    const ma = (await idOf('@马二/A')) ?? 0;
    const by = (personId: number, hash: string) => database.transaction((tx) => recall(tx, personId, hash));
    // Known in this login: nobody else is that person.
    expect(await by(ma, 'hash')).toBe(false);
    await next('B');
    expect(await by(zhao, 'wrong')).toBe(false);
    expect(await by(zhao, 'hash')).toBe(true);
    expect(await mine(zhao)).toEqual([1]);
    expect(await by(ma, 'hash')).toBe(false);
    // No word gives what a code alone gives.
    await db.person.update({ where: { id: cadrePerson }, data: { recallHash: 'cadre' } });
    await db.personAlias.deleteMany({ where: { personId: cadrePerson } });
    expect(await by(zhao, 'cadre')).toBe(false);
  });

  it('marks who feels the same, too, who wishes, gives or asks', async () => {
    const { db, accountId, idOf, groupId } = await begin();
    const { id } = await db.demand.findFirstOrThrow();
    const ma = (await idOf('@马二/A')) ?? 0;
    await support(db, id, ma);
    const [wisher, giver, asker] = [await idOf('@曹三/A'), await idOf('@李四/A'), await idOf('@王五/A')];
    const kept = { groupId, number: 1, text: '书', createdAt: new Date(0) };
    await db.wish.create({
      data: {
        ...kept,
        wisherId: wisher ?? 0,
        claimerId: giver ?? 0,
        state: 'claimed',
        expiresAt: new Date(1),
      },
    });
    await db.inquiry.create({ data: { ...kept, askerId: asker ?? 0, inGroup: false } });
    const marked = (await toBeMarked(db, accountId, [], 9)).map(({ personId }) => personId);
    expect(marked).toEqual(expect.arrayContaining([ma, wisher, giver, asker]));
  });
});
