import { expect, it } from 'vitest';
import type { DeedWords } from '../../domain/deeds/deed.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import type { Database } from '../database.ts';
import { createCadre } from './cadres.ts';
import {
  addPhoto,
  confirmDeed,
  confirmedBy,
  deedToConfirm,
  openToConfirm,
  photosOf,
  unconfirm,
  unusedPhotos,
} from './deed-evidence.ts';
import { deedFacts, metByDeeds } from './deed-facts.ts';
import {
  addDeed,
  changeDeed,
  countDeeds,
  type DeedFindings,
  deedNumbered,
  deedsOf,
  reflect,
  withdrawDeed,
} from './deeds.ts';

const lecture = (more: Partial<DeedWords & DeedFindings> = {}): DeedWords & DeedFindings => ({
  kind: 'league_lecture',
  day: 100,
  at: undefined,
  partner: '计科2班',
  topic: '五四精神',
  participants: 32,
  messages: false,
  withBranch: true,
  withClub: false,
  ...more,
});

async function people({ db }: Database) {
  const cadre = async (name: string, seed: number) =>
    (
      await createCadre(db, {
        name,
        unit: '校团委',
        now: 0,
        random: (bytes) => Uint8Array.from({ length: bytes }, (_, i) => seed + i),
        hash: (text) => text,
      })
    ).cadreId;
  const account = await db.account.create({ data: { platform: 'p', name: 'a' } });
  const youth = async () => (await db.person.create({ data: { accountId: account.id } })).id;
  return {
    one: await cadre('张晓', 1),
    other: await cadre('李想', 2),
    youths: [await youth(), await youth()],
  };
}

describeOnBoth('deeds', (open) => {
  it('are numbered in their cadre, also when they are added at once', async () => {
    const database = await open();
    const { one, other } = await people(database);
    const add = (cadreId: number) => database.transaction((tx) => addDeed(tx, cadreId, lecture(), 1));
    const added = await Promise.all([add(one), add(one), add(one), add(other)]);
    expect(
      added
        .slice(0, 3)
        .map(({ number }) => number)
        .sort(),
    ).toEqual([1, 2, 3]);
    expect(added[3]).toMatchObject({ ...plainOf(lecture()), number: 1, grade: 'stated', photos: 0 });
    expect(await deedNumbered(database.db, other, 2)).toBeUndefined();
  });

  it('have the grade that all their evidence gives, however it comes and goes', async () => {
    const database = await open();
    const { db } = database;
    const { one, youths } = await people(database);
    const [youth = 0] = youths;
    const { id } = await addDeed(db, one, lecture(), 1);
    const grade = async () => (await deedNumbered(db, one, 1))?.grade;
    await Promise.all([
      database.transaction((tx) => addPhoto(tx, id, 'a.jpg', 1, 9)),
      database.transaction((tx) => confirmDeed(tx, id, youth, 1, false)),
    ]);
    expect(await grade()).toBe('verified');
    expect(await confirmDeed(db, id, youth, 2, false)).toBe(false);
    await unconfirm(db, id, youth);
    expect(await grade()).toBe('documented');
    expect(await addPhoto(db, id, 'b.jpg', 1, 1)).toBe(false);
    expect(await photosOf(db, id)).toEqual(['a.jpg']);
    expect(await unusedPhotos(db, ['a.jpg', 'b.jpg'])).toEqual(['b.jpg']);
    await changeDeed(db, id, lecture({ kind: 'exchange', messages: true }));
    expect(await grade()).toBe('verified');
    await changeDeed(db, id, lecture());
    expect(await grade()).toBe('documented');
  });

  it('are confirmed by a code in its time; a correction ends what was confirmed', async () => {
    const database = await open();
    const { db } = database;
    const { one, youths } = await people(database);
    const [first = 0, second = 0] = youths;
    const { id } = await addDeed(db, one, lecture({ kind: 'heart_talk' }), 1);
    await openToConfirm(db, id, '#code', 1_000);
    expect(await deedToConfirm(db, '#code', 1_000)).toBeUndefined();
    expect(await deedToConfirm(db, '#code', 999)).toMatchObject({
      id,
      cadre: '张晓',
      cadrePersonId: undefined,
    });
    await confirmDeed(db, id, first, 5, true);
    expect(await deedToConfirm(db, '#code', 6)).toBeUndefined();
    expect(await confirmedBy(db, first, 5)).toEqual([
      { deedId: id, kind: 'heart_talk', day: 100, cadre: '张晓' },
    ]);
    expect(await confirmedBy(db, second, 5)).toEqual([]);
    expect(await metByDeeds(db, one, { from: 100, to: 100 })).toEqual(new Set([first]));
    expect(await metByDeeds(db, one, { from: 101, to: 110 })).toEqual(new Set());
    await changeDeed(db, id, lecture());
    expect(await confirmedBy(db, first, 5)).toEqual([]);
  });

  it('leave nothing but their number when they are withdrawn', async () => {
    const database = await open();
    const { db } = database;
    const { one, youths } = await people(database);
    const [youth = 0] = youths;
    const { id } = await addDeed(db, one, lecture(), 1);
    await addPhoto(db, id, 'a.jpg', 1, 9);
    await confirmDeed(db, id, youth, 1, false);
    await reflect(db, id, '讲得还不够生动');
    expect(await deedNumbered(db, one, 1)).toMatchObject({ reflection: '讲得还不够生动' });
    await withdrawDeed(db, id, 2);
    expect(await deedNumbered(db, one, 1)).toBeUndefined();
    expect(JSON.stringify(await db.deed.findMany({ omit: { at: true } }))).not.toMatch(/计科|五四|生动|32/);
    expect(await db.deedPhoto.count()).toBe(0);
    expect(await db.deedConfirmation.count()).toBe(0);
    expect(await addDeed(db, one, lecture(), 3)).toMatchObject({ number: 2 });
  });

  it('are facts of a period, of some cadres or of all', async () => {
    const database = await open();
    const { db } = database;
    const { one, other } = await people(database);
    for (const day of [99, 100, 110, 111]) await addDeed(db, one, lecture({ day }), 1);
    await addDeed(
      db,
      other,
      lecture({ day: 105, kind: 'visit', participants: undefined, messages: true }),
      1,
    );
    await withdrawDeed(db, (await deedNumbered(db, one, 2))?.id ?? 0, 2);
    const period = { from: 100, to: 110 };
    const mine = {
      cadreId: one,
      kind: 'league_lecture',
      day: 110,
      grade: 'stated',
      participants: 32,
      withBranch: true,
      withClub: false,
    };
    const theirs = {
      ...mine,
      cadreId: other,
      kind: 'visit',
      day: 105,
      grade: 'verified',
      participants: undefined,
    };
    expect(await deedFacts(db, period)).toEqual([mine, theirs]);
    expect(await deedFacts(db, period, [other])).toEqual([theirs]);
    expect(await deedFacts(db, period, [])).toEqual([]);
    expect(await countDeeds(db, other, period)).toEqual({ verified: 1, documented: 0, stated: 0 });
    expect((await deedsOf(db, one, { from: 0, to: 200 }, 2)).map(({ day }) => day)).toEqual([111, 110]);
  });
});

function plainOf({ messages: _, ...words }: DeedWords & DeedFindings): DeedWords {
  return words;
}
