import { expect, it } from 'vitest';
import { ensureAccount } from '../prisma/store/accounts.ts';
import { addDemand, support, supportersOf } from '../prisma/store/demands.ts';
import { resolveGroup } from '../prisma/store/identity.ts';
import { mergePeople } from '../prisma/store/merging.ts';
import { describeOnBoth } from '../tests/support/databases.ts';
import { personBehind, sealAddress, wordIn } from './sealed-address.ts';
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
    const one = await addDemand(db, { groupId, askerId: third }, demand);
    const other = await addDemand(db, { groupId, askerId: third }, { ...demand, number: 2 });
    for (const who of [first, second]) await support(db, one.id, who);
    await support(db, other.id, first);
    const secret = secretOf('for tests');
    const address = sealAddress(secret, first, 'ABCD');
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
    expect(sealAddress(secret, first, 'ABCD')).not.toBe(address);
  });
});
