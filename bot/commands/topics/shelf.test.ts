/** Shelves of units, as administrators and cadres meet them. */
import { describe, expect, it } from 'vitest';
import { addUnit } from '../../../prisma/store/units.ts';
import { cadre, group, stage, youth } from '../scene.ts';
import type { Actor } from '../testing.ts';

const ours = '信息工程学院委员会';

/** An administrator of a unit, which is put under another where one is named. */
async function administratorOf(name: string, unit: string, above?: string): Promise<Actor> {
  const { db } = stage.database;
  const idOf = async (named: string) => (await db.unit.findUniqueOrThrow({ where: { name: named } })).id;
  if (above !== undefined) {
    await addUnit(db, above, undefined);
    await addUnit(db, unit, undefined);
    await db.unit.update({ where: { name: unit }, data: { parentId: await idOf(above) } });
  }
  const actor = await stage.person(name);
  await actor.whispers(`/绑定 ${(await stage.administratorCode(name, unit)).code}`);
  return actor;
}

const film = '/推送 上架 https://example.com/film 一部纪录片 二十五分钟';

describe('the shelf of a unit', () => {
  it('is filled by its administrator, and its cadres see and pick', async () => {
    const administrator = await administratorOf('王敏', ours);
    expect((await administrator.whispers('/推送 架上')).text).toContain('书架上还没有东西');
    expect((await administrator.whispers(film)).text).toContain('1. 一部纪录片：二十五分钟');
    expect((await cadre.whispers('/推送 书架')).text).toContain('1. 一部纪录片：二十五分钟');
    await cadre.whispers('/推送 选 1 我看了两遍');
    expect((await cadre.presses('是')).in(group.id).text).toContain('我看了两遍\nhttps://example.com/film');
    await administrator.whispers('/推送 架上');
    expect((await administrator.whispers('/推送 下架 1')).text).toContain('1 号拿下来了');
    expect((await cadre.whispers('/推送 书架')).text).toContain('书架上还没有东西');
    expect((await administrator.whispers('/推送 下架 1')).text).toContain('没有 1 号');
  });

  it('is seen below, neither beside nor above; a picked piece may be gone by the yes', async () => {
    const school = await administratorOf('校团委', '某某大学团委');
    const other = await administratorOf('隔壁', '机械学院委员会', '某某大学团委');
    const own = await administratorOf('王敏', ours, '某某大学团委');
    await other.whispers(film);
    expect((await cadre.whispers('/推送 书架')).text).toContain('书架上还没有东西');
    expect((await cadre.whispers('/推送 选 1 好看')).text).toContain('书架上没有 1 号');
    expect((await own.whispers('/推送 架上')).text).toContain('书架上还没有东西');
    expect((await own.whispers('/推送 下架 1')).text).toContain('没有 1 号');
    await school.whispers(film);
    expect((await cadre.whispers('/推送 书架')).text).toContain('2. 一部纪录片');
    expect((await own.whispers('/推送 下架 2')).text).toContain('上级放的由上级拿');
    await cadre.whispers('/推送 选 2 好看');
    expect((await school.whispers('/推送 架上')).text).toContain('1. 一部纪录片（机械学院委员会）');
    expect((await school.whispers('/推送 下架 1')).text).toContain('拿下来了');
    await school.whispers('/推送 下架 2');
    expect((await cadre.whispers('是')).text).toContain('书架上没有 2 号');
    expect(await stage.database.db.push.count()).toBe(0);
  });

  it('takes no link that hides where it leads, and says when it is full', async () => {
    const administrator = await administratorOf('王敏', ours);
    expect((await administrator.whispers('/推送 上架 一部纪录片 好看')).text).toContain(
      '例如：/推送 上架 https',
    );
    expect((await administrator.whispers('/推送 上架 http://localhost/x 题 说明')).text).toContain(
      '不像能打开的网址',
    );
    for (let n = 0; n < 100; n++) await administrator.whispers(film);
    expect((await administrator.whispers(film)).text).toContain('书架放满了（100 件）');
    await administrator.whispers('/推送 下架 1');
    expect((await administrator.whispers(film)).text).toContain('放上书架了');
  });

  it('is nobody else’s to fill or empty', async () => {
    for (const actor of [cadre, youth])
      for (const typed of [film, '/推送 下架 1', '/推送 架上'])
        expect((await actor.whispers(typed)).text).toContain('团组织管理员用的');
    expect(await stage.database.db.shelfPiece.count()).toBe(0);
  });
});
