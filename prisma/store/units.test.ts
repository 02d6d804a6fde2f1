import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import type { Db } from '../database.ts';
import { administratorOfPerson, createAdministrator } from './administrators.ts';
import { cadreProfiles, createCadre, describeCadre } from './cadres.ts';
import { openCode, prove } from './codes.ts';
import {
  addUnit,
  allUnits,
  chooseManyYouths,
  chooseProfile,
  countUnits,
  moveUnit,
  setSemester,
} from './units.ts';

const issuing = (seed: number) => ({
  now: 0,
  random: (bytes: number) => Uint8Array.from({ length: bytes }, (_, i) => seed * 7 + i),
  hash: (text: string) => `#${text}`,
});
const idOf = async (db: Db, name: string) =>
  (await db.unit.findUniqueOrThrow({ where: { name }, select: { id: true } })).id;

describeOnBoth('units', (open) => {
  it('stand in a tree that never has a loop, with profile and semesters', async () => {
    const { db } = await open();
    expect(await addUnit(db, '校团委', undefined)).toBe(true);
    const top = await idOf(db, '校团委');
    expect(await addUnit(db, '学院团委', top)).toBe(true);
    expect(await addUnit(db, '学院团委', undefined)).toBe(false);
    const below = await idOf(db, '学院团委');
    expect(await moveUnit(db, top, below, 20_000)).toBe(false);
    expect(await moveUnit(db, top, top, 20_000)).toBe(false);
    await chooseProfile(db, top, 'chuzhou', 20_000);
    await setSemester(db, below, { key: '2026-autumn', from: 20_700, to: 20_800 });
    await setSemester(db, below, { key: '2026-autumn', from: 20_701, to: 20_801 });
    expect(await allUnits(db)).toEqual([
      {
        id: top,
        name: '校团委',
        parentId: undefined,
        profile: 'chuzhou',
        profileSince: 20_000,
        semesters: [],
      },
      {
        id: below,
        name: '学院团委',
        parentId: top,
        profile: undefined,
        semesters: [{ key: '2026-autumn', from: 20_701, to: 20_801 }],
      },
    ]);
    expect(await moveUnit(db, below, undefined, 20_000)).toBe(true);
    expect(await moveUnit(db, top, below, 20_000)).toBe(true);
  });

  it('note the day on which another profile begins to hold for them, by choice or by a move', async () => {
    const { db } = await open();
    for (const name of ['校团委', '附中团委', '学院团委']) await addUnit(db, name, undefined);
    const [top, other, unit] = [
      await idOf(db, '校团委'),
      await idOf(db, '附中团委'),
      await idOf(db, '学院团委'),
    ];
    const since = async () => (await allUnits(db)).find(({ id }) => id === unit)?.profileSince;
    await chooseProfile(db, top, 'xinjiang', 20_000);
    await chooseProfile(db, other, 'chuzhou', 20_000);
    expect((await allUnits(db)).map(({ profileSince }) => profileSince)).toEqual([
      undefined,
      20_000,
      undefined,
    ]);
    await moveUnit(db, unit, top, 20_001);
    expect(await since()).toBeUndefined();
    await moveUnit(db, unit, other, 20_002);
    expect(await since()).toBe(20_002);
    await chooseProfile(db, unit, 'chuzhou', 20_003);
    expect(await since()).toBe(20_002);
    await chooseProfile(db, unit, 'gqt', 20_004);
    expect(await since()).toBe(20_004);
    await chooseManyYouths(db, unit, false);
    expect((await allUnits(db)).map(({ manyYouths }) => manyYouths)).toEqual([undefined, undefined, false]);
  });

  it('have an administrator by a code that works once, and cadres with kind and links', async () => {
    const { db } = await open();
    await addUnit(db, '校团委', undefined);
    const unitId = await idOf(db, '校团委');
    const first = await createAdministrator(db, { name: '王敏', unitId }, issuing(1));
    const second = await createAdministrator(db, { name: '王敏', unitId }, issuing(2));
    expect([first.known, second.known]).toEqual(['no', 'unproved']);
    expect(await openCode(db, `#${first.code.replace('-', '')}`, 1)).toBeUndefined();
    const code = await openCode(db, `#${second.code.replace('-', '')}`, 1);
    expect(code).toMatchObject({ owner: { kind: 'administrator' }, name: '王敏', unit: '校团委' });
    const account = await db.account.create({ data: { platform: 'p', name: 'a' } });
    const person = await db.person.create({ data: { accountId: account.id } });
    if (!code) throw new Error('no code');
    expect(await prove(db, code, person.id, 2)).toBe(true);
    expect(await prove(db, code, person.id, 2)).toBe(false);
    expect(await administratorOfPerson(db, person.id)).toMatchObject({ name: '王敏', unitId });

    const { cadreId } = await createCadre(db, { name: '张晓', unit: '校团委', ...issuing(3) });
    await describeCadre(db, cadreId, { kind: 'seconded', branch: '计科2班团支部', exempt: '借调在外' });
    await describeCadre(db, cadreId, { club: '摄影社', organ: true, exempt: null });
    expect(await cadreProfiles(db, [unitId])).toEqual([
      {
        id: cadreId,
        name: '张晓',
        unitId,
        unit: '校团委',
        kind: 'seconded',
        branch: '计科2班团支部',
        club: '摄影社',
        organ: true,
        exempt: undefined,
        proved: false,
        identityAt: undefined,
      },
    ]);
    expect(await cadreProfiles(db, [])).toEqual([]);
    expect(await cadreProfiles(db)).toHaveLength(1);
  });

  it('are counted by grade within a period, without what was withdrawn', async () => {
    const { db } = await open();
    const { cadreId } = await createCadre(db, { name: '张晓', unit: '校团委', ...issuing(1) });
    await createCadre(db, { name: '李想', unit: '学院团委', ...issuing(2) });
    const deed = (number: number, day: number, grade: string, withdrawnAt: Date | null = null) => ({
      cadreId,
      number,
      day,
      grade,
      kind: 'visit',
      createdAt: new Date(0),
      withdrawnAt,
    });
    await db.deed.createMany({
      data: [
        deed(1, 10, 'verified'),
        deed(2, 20, 'stated'),
        deed(3, 21, 'stated'),
        deed(4, 9, 'stated'),
        deed(5, 15, 'documented', new Date(0)),
      ],
    });
    const [a, b] = [await idOf(db, '校团委'), await idOf(db, '学院团委')];
    const none = { cadres: 0, proved: 0, verified: 0, documented: 0, stated: 0 };
    expect(await countUnits(db, [a, b], { from: 10, to: 20 })).toEqual({
      ...none,
      cadres: 2,
      verified: 1,
      stated: 1,
    });
    expect(await countUnits(db, [b], { from: 10, to: 20 })).toEqual({ ...none, cadres: 1 });
    expect(await countUnits(db, [], { from: 10, to: 20 })).toEqual(none);
  });
});
