import { expect, it } from 'vitest';
import { ensureAccount } from '../prisma/store/accounts.ts';
import { support, supportersOf } from '../prisma/store/demand-waiting.ts';
import { addDemand } from '../prisma/store/demands.ts';
import { resolveGroup } from '../prisma/store/identity.ts';
import { mergePeople } from '../prisma/store/merging.ts';
import { setAside } from '../prisma/store/private-things.ts';
import { describeOnBoth } from '../tests/support/databases.ts';
import { personBehind, sealedAddress, wordIn } from './sealed-address.ts';
import { secretOf } from './secret.ts';

describeOnBoth('a sealed address', (open) => {
  it('leads to its person, also after two entries were found to be one person, who then hears every answer', async () => {
    const database = await open();
    const { db } = database;
    const accountId = await ensureAccount(db, 'p', 'a');
    const groupId = await resolveGroup(db, accountId, { id: 'g', name: '一班' }, 0);
    const person = async () => (await db.person.create({ data: { accountId } })).id;
    const [first, second, third] = [await person(), await person(), await person()];
    const demand = { number: 1, text: 'x', createdAt: 0 };
    const asker = await person();
    const one = await addDemand(db, { groupId, askerId: asker }, demand);
    const other = await addDemand(db, { groupId, askerId: asker }, { ...demand, number: 2 });
    for (const who of [first, second]) await support(db, one.id, who);
    await support(db, other.id, first);
    const secret = secretOf('for tests');
    const address = await sealedAddress(db, secret, first, 'ABCD');
    expect([await personBehind(db, secret, address), wordIn(secret, address)]).toEqual([first, 'ABCD']);
    await database.transaction((tx) => mergePeople(tx, first, second));
    await database.transaction((tx) => mergePeople(tx, second, third));
    expect(await personBehind(db, secret, address)).toBe(third);
    expect([await supportersOf(db, one.id), await supportersOf(db, other.id)]).toEqual([[third], [third]]);
    const stranger = secretOf('another');
    expect([await personBehind(db, stranger, address), wordIn(stranger, address)]).toEqual([
      undefined,
      undefined,
    ]);
    const again = await sealedAddress(db, secret, third, 'ABCD');
    expect(await sealedAddress(db, secret, third, 'ABCD')).not.toBe(again);
    // A name alone told who they are: a namesake gets nobody's answers, neither at the old address nor at the new one.
    await database.transaction((tx) => setAside(tx, [third]));
    expect([await personBehind(db, secret, address), await personBehind(db, secret, again)]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
