import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { unusedPhotos } from '../../prisma/store/deed-evidence.ts';
import { openStage } from '../commands/testing.ts';
import { Photos } from '../photos/photos.ts';
import { housekeeping } from './housekeeping.ts';

it('pictures of withdrawn deeds are deleted at night; those of deeds, and new ones, stay', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lianqing-dropped-'));
  const stage = await openStage();
  const cadre = await stage.cadre('李老师', await stage.group('一班'));
  const photos = new Photos(folder);
  const picture = await sharp({ create: { width: 3, height: 2, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  const record = async (what: string) => {
    await cadre.whispers(`/记 ${what}`);
    await cadre.whispers('是');
    const file = await photos.keep(picture);
    await cadre.shows({ kind: 'kept', file });
    return file;
  };
  const [kept, withdrawn] = [await record('走访 昨天 电气系宿舍'), await record('团课 昨天 讲党史')];
  await cadre.whispers('/记 撤回 2');
  await cadre.whispers('是');
  const old = Date.now() / 1000 - 2 * 86_400;
  for (const file of [kept, withdrawn]) await utimes(join(folder, file), old, old);
  const fresh = await photos.keep(picture);
  const night = housekeeping(stage.accountId, () => {}, photos);
  // A sandbox's clock far ahead makes nothing old.
  await night.run(stage.database, Date.now() + 400 * 86_400_000);
  expect((await readdir(folder)).toSorted()).toEqual([kept, fresh].toSorted());
  await stage.database.close();
  await rm(folder, { recursive: true });
});

it('a wish’s picture goes a week after it was fulfilled, but not the evidence of the cadre’s deed', async () => {
  const stage = await openStage();
  const group = await stage.group('一班');
  const cadre = await stage.cadre('李老师', group);
  const [wisher, friend] = [await stage.person('小明', group), await stage.person('小红', group)];
  const files = new Map([
    [cadre, `${'a'.repeat(32)}.jpg`],
    [friend, `${'b'.repeat(32)}.jpg`],
  ]);
  let number = 0;
  for (const [by, file] of files) {
    number++;
    await wisher.whispers(`/心愿 想借教材${number}`);
    await by.whispers(`/心愿 认领 ${number}`);
    await by.presses('认领');
    await by.whispers(`/心愿 实现 ${number} 放在服务台`);
    expect((await by.shows({ kind: 'kept', file })).to(wisher).all).toHaveLength(1);
  }
  const kept = async () => unusedPhotos(stage.database.db, [...files.values()]);
  const night = housekeeping(stage.accountId, () => {});
  await night.run(stage.database, stage.now + 7 * 86_400_000);
  expect(await kept()).toEqual([]);
  await night.run(stage.database, stage.now + 7 * 86_400_000 + 1);
  expect(await stage.database.db.wish.count({ where: { photo: { not: null } } })).toBe(0);
  expect(await kept()).toEqual([files.get(friend)]);
  await stage.database.close();
});
