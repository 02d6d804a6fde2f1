import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import type { Database } from '../database.ts';
import { ensureAccount } from './accounts.ts';
import { administratorOfPerson, createAdministrator } from './administrators.ts';
import { openCode, prove } from './codes.ts';
import { setMark, toBeMarked } from './marks.ts';
import { mergePeople } from './merging.ts';
import { type Listed, recognise } from './recognition.ts';
import { addUnit } from './units.ts';

const youths = ['赵一', '马二', '曹三', '李四', '王五'];

/** A group in which 王敏 has proved to be an administrator in the first login. */
async function begin(database: Database) {
  const { db } = database;
  const accountId = await ensureAccount(db, 'wechat', 'test');
  const login = (name: string, mark?: string) => {
    const listed = (called: string): Listed => ({ id: `@${called}/${name}`, name: called });
    const members = [{ ...listed('王敏'), mark }, ...youths.map(listed)];
    return database.transaction((tx) =>
      recognise(
        tx,
        accountId,
        { login: name, friends: [], groups: [{ id: `@@1/${name}`, name: '一班', members }] },
        1_000,
      ),
    );
  };
  const idOf = async (externalId: string) =>
    (await db.personAlias.findFirstOrThrow({ where: { accountId, externalId } })).personId;
  await addUnit(db, '校团委', undefined);
  const { id: unitId } = await db.unit.findUniqueOrThrow({ where: { name: '校团委' } });
  let codes = 0;
  const proves = async (personId: number) => {
    const issuing = {
      now: 0,
      random: (bytes: number) => new Uint8Array(bytes).fill(++codes),
      hash: (text: string) => text,
    };
    const { code } = await createAdministrator(db, { name: '王敏', unitId }, issuing);
    const open = await openCode(db, code.replace('-', ''), 0);
    if (!open || !(await prove(db, open, personId, 0))) throw new Error('not proved');
  };
  await login('A');
  const administrator = await idOf('@王敏/A');
  await proves(administrator);
  return { db, accountId, login, idOf, proves, administrator };
}

describeOnBoth('an administrator after a login with new ids', (open) => {
  it('is never known by the name alone; a fresh code brings the rights to the new id', async () => {
    const database = await open();
    const { db, login, idOf, proves, administrator } = await begin(database);
    const zhao = await idOf('@赵一/A');
    await login('B');
    // The group was known again, and whose name was enough.
    expect(await idOf('@赵一/B')).toBe(zhao);
    const stranger = await idOf('@王敏/B');
    expect(stranger).not.toBe(administrator);
    expect(await administratorOfPerson(db, stranger)).toBeUndefined();
    expect(await administratorOfPerson(db, administrator)).toMatchObject({ name: '王敏' });

    await proves(stranger);
    await database.transaction((tx) => mergePeople(tx, administrator, stranger));
    expect(await administratorOfPerson(db, stranger)).toMatchObject({ name: '王敏', unit: '校团委' });
    expect(await db.person.count({ where: { id: administrator } })).toBe(0);
  });

  it('nor is an operator', async () => {
    const { db, login, idOf } = await begin(await open());
    const zhao = await idOf('@赵一/A');
    await db.operator.create({ data: { name: '机房', personId: zhao, createdAt: new Date(0) } });
    await login('B');
    const stranger = await idOf('@赵一/B');
    expect(stranger).not.toBe(zhao);
    expect(await db.operator.findFirst()).toMatchObject({ personId: zhao });
  });

  it('gets a mark, and is known by it', async () => {
    const { db, accountId, login, idOf, administrator } = await begin(await open());
    expect(await toBeMarked(db, accountId, [], 9)).toEqual([
      { personId: administrator, externalId: '@王敏/A' },
    ]);
    await setMark(db, administrator, 'K3X9');
    await login('B', 'K3X9');
    expect(await idOf('@王敏/B')).toBe(administrator);
  });
});
