import { beforeEach, describe, expect, it } from 'vitest';
import { cadre, group, stage, youth } from '../commands/scene.ts';
import { keptCards } from './kept-cards.ts';

const minute = 60_000;
const dayMs = 1_440 * minute;

/** What was said in place of a card since the last time, and of which. */
async function changed(): Promise<{ of: string | null; text: string }[]> {
  stage.now += minute;
  await keptCards.run(stage.database, stage.now);
  const rows = await stage.database.db.outbox.findMany({
    where: { updates: { not: null } },
    orderBy: { id: 'asc' },
  });
  await stage.database.db.outbox.deleteMany({});
  for (const row of rows) expect(row).toMatchObject({ kind: 'post', groupId: group.id });
  return rows.map(({ updates, body }) => ({ of: updates, text: JSON.parse(body ?? '').text }));
}

const posted = () => stage.bot.in(group.id).all[0]?.key;

describe('a list that was posted in the group', () => {
  beforeEach(() => {
    stage.updates = true;
  });

  it('goes on showing the wall: hung, taken on, given back, fulfilled, withdrawn, expired', async () => {
    await cadre.whispers('/心愿 上墙');
    const wall = posted();
    expect(await changed()).toEqual([]);
    await youth.whispers('/心愿 想借教材');
    await youth.whispers('/心愿 想看日出');
    // Several changes within a minute are one.
    expect(await changed()).toEqual([
      { of: wall, text: expect.stringContaining('2 个等人认领\n1 号　想借教材\n2 号') },
    ]);
    await cadre.whispers('/心愿 认领 1');
    await cadre.presses('认领');
    expect((await changed())[0]?.text).toMatch(/^1 个等人认领，1 个有人在办\n2 号　想看日出\n\n/u);
    await cadre.whispers('/心愿 放回 1');
    expect((await changed())[0]?.text).toContain('1 号　想借教材');
    await cadre.whispers('/心愿 认领 1');
    await cadre.presses('认领');
    await cadre.whispers('/心愿 实现 1 放在服务台');
    expect((await changed())[0]?.text).toContain('1 个等人认领，本月实现 1 个');
    await youth.whispers('/心愿 撤回 2');
    expect((await changed())[0]?.text).not.toContain('想看日出');
    await cadre.whispers('/帮助');
    expect(await changed()).toEqual([]);
  });

  it('shows nothing any more of whoever has their data erased', async () => {
    await youth.says('/心愿 墙');
    await youth.says('/互助 列表');
    await youth.whispers('/心愿 想借教材');
    await youth.whispers('/互助 求 四级资料');
    expect((await changed()).map(({ text }) => text).join()).toMatch(/想借教材.*四级资料/su);
    await youth.whispers('/我的数据 删除');
    await youth.whispers('是');
    const after = await changed();
    expect(after).toHaveLength(2);
    expect(after.map(({ text }) => text).join()).not.toMatch(/教材|四级/u);
  });

  it('shows what is on the list of mutual help', async () => {
    await youth.says('/互助');
    const list = posted();
    await youth.whispers('/互助 供 周末教打羽毛球');
    expect(await changed()).toEqual([{ of: list, text: expect.stringContaining('【供】周末教打羽毛球') }]);
    await youth.whispers('/互助 解决 1');
    expect((await changed())[0]?.text).toContain('现在还没有，来发第一条吧');
  });

  it('is changed for two weeks, the last three of them', async () => {
    const walls: (string | undefined)[] = [];
    for (let n = 0; n < 4; n++) {
      await cadre.says('/心愿 墙');
      walls.push(posted());
      stage.now += minute;
    }
    await youth.whispers('/心愿 想借教材');
    expect((await changed()).map(({ of }) => of)).toEqual(walls.slice(1));
    stage.now += 13 * dayMs;
    await youth.whispers('/心愿 撤回 1');
    expect(await changed()).toEqual([]);
    expect(await stage.database.db.keptCard.count()).toBe(0);
  });

  it('is said privately, or where cards stay as they are, as it is then', async () => {
    await cadre.whispers('/心愿 墙');
    stage.updates = false;
    await cadre.says('/心愿 上墙');
    await youth.says('/互助');
    await youth.whispers('/心愿 想借教材');
    expect(await changed()).toEqual([]);
  });
});
