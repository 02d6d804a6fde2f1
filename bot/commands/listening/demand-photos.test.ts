import { expect, it } from 'vitest';
import { unusedPhotos } from '../../../prisma/store/deed-evidence.ts';
import { cadre, group, stage, youth } from '../scene.ts';

const file = (letter: string) => `${letter.repeat(32)}.jpg`;
const kept = (letter: string) => ({ kind: 'kept', file: file(letter) }) as const;
const files = async () => (await stage.database.db.demandPhoto.findMany()).map((row) => row.file);

it('pictures sent after a demand go to it, the cadre hears of them once and sees them', async () => {
  expect((await youth.whispers('/诉求 热水器漏水')).to(youth).text).toContain(
    '有照片的话，半小时内直接发给我',
  );
  const said = await youth.shows(kept('a'));
  expect(said.to(youth).text).toContain('照片放进第 1 号了（共 1 张）');
  expect(said.to(cadre).text).toContain('“一班”第 1 号诉求补了照片');
  expect((await youth.shows(kept('b'))).to(cadre).all).toEqual([]);
  const seen = await cadre.whispers('/问题清单 查看 1');
  expect(seen.all.map(({ draft }) => draft)).toMatchObject([
    { type: 'card' },
    { type: 'photo', file: file('a'), alt: '第 1 号诉求的照片 1' },
    { type: 'photo', file: file('b'), alt: '第 1 号诉求的照片 2' },
  ]);
  expect(await unusedPhotos(stage.database.db, [file('a'), file('c')])).toEqual([file('c')]);
});

it('can be added later to one’s own, three at most, and taken away', async () => {
  await youth.says('/诉求 热水器漏水');
  expect((await youth.shows(kept('a'))).text).toContain('这张照片我没有留');
  expect((await youth.whispers('/诉求 照片 1')).text).toContain('30 分钟内都算它的');
  for (const letter of ['a', 'b', 'c']) await youth.shows(kept(letter));
  expect((await youth.shows(kept('d'))).text).toContain('最多 3 张');
  expect(await files()).toHaveLength(3);
  expect((await youth.whispers('/诉求 删照片 1')).text).toContain('3 张照片去掉了');
  expect((await youth.whispers('/诉求 删照片 1')).text).toContain('没有照片');
  expect(await files()).toEqual([]);
});

it('go with a withdrawal; what cannot be kept says why; nobody else’s is touched', async () => {
  await youth.whispers('/诉求 热水器漏水');
  expect((await youth.shows({ kind: 'fault', say: '这不是我认得的照片' })).text).toContain(
    '不是我认得的照片',
  );
  await youth.shows(kept('a'));
  const other = await stage.person('小红', group);
  expect((await other.whispers('/诉求 照片 1')).text).toContain('你没有第 1 号诉求');
  expect((await other.whispers('/诉求 删照片 1')).text).toContain('你没有第 1 号诉求');
  expect((await other.shows(kept('b'))).text).toContain('这张照片我没有留');
  await youth.whispers('/我的 撤回 1');
  expect(await files()).toEqual([]);
  expect((await youth.shows(kept('c'))).text).toContain('已经不在办了');
  expect((await youth.whispers('/诉求 照片 1')).text).toContain('已经不在办了');
  stage.now += 31 * 60_000;
  expect((await youth.shows(kept('c'))).text).toContain('这张照片我没有留');
  expect(await files()).toEqual([]);
});
