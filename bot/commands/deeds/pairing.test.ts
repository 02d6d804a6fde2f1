/** 结对: who is in difficulty is seen by the cadre alone. */
import { describe, expect, it } from 'vitest';
import { cadre, group, stage, youth } from '../scene.ts';

const pairings = () => stage.database.db.pairing.findMany({ orderBy: { number: 'asc' } });

describe('/结对', () => {
  it('adds, lists and notes help, by day alone', async () => {
    expect((await cadre.whispers('/结对')).text).toContain('还没有结对。制度建议结对 3–5 位');
    expect((await cadre.whispers('/结对 添加 甲同学')).text).toContain('记下了，第 1 位');
    expect((await cadre.whispers('/结对 添加 乙同学')).text).toContain('共 2 位，制度要求 3–5 位，还差 1 位');
    expect((await cadre.whispers('/结对 帮扶 2 昨天')).text).toContain(
      '2　乙同学　9月2日（周三）起　帮扶 1 次，最近 9月1日（周二）',
    );
    await cadre.presses('2 今天帮扶了');
    expect(stage.bot.text).toContain('帮扶 2 次，最近 9月2日（周三）');
    expect((await cadre.whispers('/结对 帮扶 1 给他送了三百块钱')).text).toContain('只记哪天，不记做了什么');
    expect((await cadre.whispers('/结对 帮扶 1 明天')).text).toContain('还没到');
    expect(await pairings()).toMatchObject([{ times: 0 }, { times: 2 }]);
  });

  it('takes no more than the policy says, and ends with the name wiped', async () => {
    for (const name of '甲乙丙丁戊') await cadre.whispers(`/结对 添加 ${name}`);
    expect((await cadre.whispers('/结对 添加 己')).text).toContain('已经结对 5 位了');
    await cadre.whispers('/结对 结束 2');
    expect(stage.bot.text).toContain('要结束和第 2 位的结对吗');
    expect(await pairings()).toHaveLength(5);
    expect((await cadre.whispers('是')).text).not.toContain('乙');
    expect((await pairings())[1]).toMatchObject({ name: '', since: expect.any(Number), times: 0 });
    expect((await cadre.whispers('/结对 帮扶 2')).text).toContain('没有第 2 位');
    expect((await cadre.whispers('/结对 添加 己')).text).toContain('记下了，第 6 位');
  });

  it('is in no group, to no youth, to no other cadre and to no administrator', async () => {
    expect((await cadre.says('/结对 添加 小李')).text).toContain('请私聊我发 /结对 添加');
    expect(stage.bot.text).not.toContain('小李');
    await cadre.whispers('/结对 添加 小李');
    expect((await youth.whispers('/结对')).text).toContain('团干部用的');
    const other = await stage.cadre('王老师', await stage.group('二班'));
    expect((await other.whispers('/结对')).text).toContain('还没有结对');
    expect((await other.whispers('/结对 结束 1')).text).toContain('没有第 1 位');
    const admin = await stage.administrator('赵书记');
    for (const typed of ['/本单位', '/结对', '/结对 列表'])
      expect((await admin.whispers(typed)).text).not.toContain('小李');
    expect((await cadre.says('/进度')).in(group.id).text).not.toContain('小李');
  });

  it('is nowhere in the database to be read', async () => {
    await cadre.whispers('/结对 添加 小李');
    const { db } = stage.database;
    const all = [await db.pairing.findMany(), await db.audit.findMany(), await db.confirmation.findMany()];
    expect(JSON.stringify(all)).not.toContain('小李');
    expect((await cadre.whispers('/结对')).text).toContain('小李');
  });

  it('counts for 进度 by its number alone', async () => {
    for (const name of '甲乙丙') await cadre.whispers(`/结对 添加 ${name}`);
    const said = await cadre.whispers('/进度 全部');
    const found = said.all
      .flatMap(({ draft }) => (draft.type === 'overview' ? draft.overview.sections : []))
      .flatMap(({ rows }) => rows)
      .find(({ measure }) => measure === 'pairing');
    expect(found).toMatchObject({ have: 3, need: 3, status: 'met' });
    expect(said.text).not.toContain('甲');
  });
});
