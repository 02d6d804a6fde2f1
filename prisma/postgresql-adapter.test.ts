import { expect, it } from 'vitest';
import { describeOnBoth } from '../tests/support/databases.ts';

describeOnBoth('a transaction', (open) => {
  it('asks one thing after another, also where one row has several relations', async () => {
    const warnings: string[] = [];
    const note = ({ message }: Error) => warnings.push(message);
    process.on('warning', note);
    const { db, transaction } = await open();
    const { id: accountId } = await db.account.create({ data: { platform: 'test', name: 'a' } });
    const group = { create: { accountId, name: '一班', createdAt: new Date(0) } };
    const person = { create: { accountId, name: '张晓' } };
    const several = { group: { include: { members: true, aliases: true } }, person: true } as const;
    await transaction(async (tx) => {
      await tx.member.create({ data: { group, person } });
      const found = await tx.member.findFirst({ include: several });
      expect(found).toMatchObject({ group: { name: '一班', aliases: [] }, person: { name: '张晓' } });
    });
    // What failed stands in nobody's way.
    await expect(transaction((tx) => tx.$queryRaw`SELECT * FROM "Nothing"`)).rejects.toThrow();
    await transaction((tx) => tx.account.findFirst({ include: { groups: true, people: true } }));
    await new Promise(setImmediate);
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });
});
