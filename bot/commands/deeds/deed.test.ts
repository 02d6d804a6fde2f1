import { beforeEach, describe, expect, it } from 'vitest';
import { dayMs } from '../../../domain/calendar/day.ts';
import { cadre, group, stage } from '../scene.ts';

const deeds = () => stage.database.db.deed.findMany({ orderBy: { number: 'asc' } });
const record = async (words: string) => {
  await cadre.whispers(`/记 ${words}`);
  return cadre.whispers('是');
};

describe('/记', () => {
  it('echoes what was understood and keeps it after the yes', async () => {
    await cadre.whispers('/记 团课 5月4日下午 给计科2班讲五四精神 32人');
    expect(stage.bot.text).toContain(
      '类别：讲团课\n日期：5月4日（周一）\n对象：计科2班\n主题：五四精神\n人数：32\n要记下吗？',
    );
    expect(await deeds()).toEqual([]);
    await cadre.presses('是');
    expect(stage.bot.text).toContain('记下了，第 1 条\n现在是“仅口述”');
    expect(await deeds()).toMatchObject([
      { number: 1, kind: 'league_lecture', partner: '计科2班', participants: 32, grade: 'stated' },
    ]);
    expect(await stage.database.db.audit.findMany({ where: { action: 'deed.add' } })).toHaveLength(1);
  });

  it('keeps the day that was confirmed, also over midnight', async () => {
    stage.now = Date.parse('2026-09-02T23:58:00+08:00');
    await cadre.whispers('/记 走访 今天 电气系宿舍');
    stage.now += 5 * 60_000 - 1;
    await cadre.whispers('是');
    expect((await deeds())[0]?.day).toBe(Math.floor(Date.parse('2026-09-02T00:00:00Z') / dayMs));
  });

  it('belongs in private, and to cadres', async () => {
    expect((await cadre.says('/记 谈心谈话 昨天')).text).toContain('请私聊我发 /记');
    const youth = await stage.person('小明', group);
    expect((await youth.whispers('/记 走访 昨天')).text).toContain('团干部用的');
    expect((await cadre.whispers('/记 今天很忙')).text).toContain('是哪一类工作');
    expect((await cadre.whispers('/记')).text).toContain('请用一句话说做了什么');
    await cadre.whispers('/记 走访 昨天');
    expect((await cadre.whispers('否')).text).toContain('什么都没变');
    expect(await deeds()).toEqual([]);
  });

  it('asks about a record of the same event, and takes a second one that is another', async () => {
    await record('团课 昨天 给计科2班讲五四精神');
    await cadre.whispers('/记 团课 昨天 给计科2班讲五四运动的精神 30人');
    expect(stage.bot.text).toContain('和您记过的这一条很像：1　9月1日（周二）　讲团课　计科2班　五四精神');
    await cadre.whispers('/记 团课 昨天 给机械1班讲二十大报告');
    expect(stage.bot.text).not.toContain('很像');
    await cadre.whispers('是');
    expect(await deeds()).toHaveLength(2);
  });

  it('marks what was done with the linked branch and club', async () => {
    await stage.database.db.cadre.updateMany({ data: { branch: '计科2班团支部', club: '摄影社' } });
    await cadre.whispers('/记 走访 昨天 计科2班宿舍');
    expect(stage.bot.text).toContain('联系的团支部：算一次');
    expect(stage.bot.text).not.toContain('联系的社团');
    await cadre.whispers('是');
    expect(await deeds()).toMatchObject([{ withBranch: true, withClub: false }]);
  });

  it('finds an exchange in the group of that day, and only says so of an exchange', async () => {
    const youth = await stage.person('小明', group);
    const day = Math.floor((stage.now + 8 * 3_600_000) / dayMs);
    await stage.database.db.presence.createMany({
      data: [cadre.id, youth.id].map((personId) => ({ groupId: group.id, day, personId, slots: 4n })),
    });
    expect((await record('线上交流 今天 聊聊开学')).text).toContain('现在是“有印证”');
    expect((await record('走访 今天 宿舍')).text).toContain('现在是“仅口述”');
    expect((await record('线上交流 昨天 聊聊开学')).text).toContain('现在是“仅口述”');
  });
});

describe('a heart-talk', () => {
  it('is a kind and a day: no word of it is kept anywhere', async () => {
    await cadre.whispers('/记 谈心谈话 昨天 和小李谈失恋的事 1人');
    expect(stage.bot.text).toContain('和谁谈、谈什么都不记');
    expect(stage.bot.text).not.toMatch(/小李|失恋/);
    const asked = await stage.database.db.confirmation.findMany();
    expect(JSON.stringify(asked.map(({ command }) => command))).not.toMatch(/小李|失恋/);
    await cadre.whispers('是');
    expect(await deeds()).toMatchObject([
      { kind: 'heart_talk', partner: '', topic: '', participants: null, at: null },
    ]);
    expect((await cadre.whispers('/记 感悟 1 要多听少说')).text).toContain('不记任何内容');
    expect((await cadre.whispers('/记 照片 1')).text).toContain('不留照片');
    expect((await cadre.whispers('/记 更正 1 主题 失恋')).text).toContain('只记日期');
    expect(await deeds()).toMatchObject([{ reflection: null, topic: '' }]);
  });
});

describe('what is done with a record', () => {
  beforeEach(() => record('团课 昨天 给计科2班讲五四精神 32人'));

  it('is listed with its grades, never a bare figure', async () => {
    await record('走访 8月31日 电气系宿舍');
    await record('走访 3月2日 机械系');
    const said = await cadre.whispers('/记 列表');
    expect(said.text).toContain('共 2 条：有印证 0，有照片或文件 0，仅口述 2');
    expect(said.text).toContain('1　9月1日（周二）　讲团课　计科2班　五四精神　仅口述');
    expect((await cadre.whispers('/记 列表 本月')).text).toContain('共 1 条');
    expect((await cadre.whispers('/记 列表 本年')).text).toContain('共 3 条');
    expect((await cadre.whispers('/记 列表 昨天')).text).toContain('可以写');
  });

  it('is corrected, and shown', async () => {
    expect((await cadre.whispers('/记 更正 1 人数 35')).text).toContain('人数：35');
    expect((await cadre.whispers('/记 更正 1 日期改成8月31日')).text).toContain('8月31日');
    expect((await cadre.whispers('/记 更正 1 日期 8月30日')).text).toContain('8月30日');
    expect((await cadre.whispers('/记 更正 1')).text).toContain('请写编号、改哪一项');
    expect((await cadre.whispers('/记 更正 7 人数 3')).text).toContain('没有第 7 条');
    await cadre.whispers('/记 感悟 1 大家更想听身边人的故事');
    expect((await cadre.whispers('/记 查看 1')).text).toContain('感悟：大家更想听身边人的故事');
  });

  it('is withdrawn after a yes; the number is not used again', async () => {
    await cadre.whispers('/记 撤回 1');
    expect(stage.bot.text).toContain('要撤回这一条吗');
    expect(await deeds()).toMatchObject([{ withdrawnAt: null }]);
    await cadre.whispers('是');
    expect((await cadre.whispers('/记 查看 1')).text).toContain('没有第 1 条');
    await record('走访 昨天 电气系宿舍');
    expect((await deeds()).map(({ number, topic }) => [number, topic])).toEqual([
      [1, ''],
      [2, '电气系宿舍'],
    ]);
  });

  it('is another cadre’s to neither see nor change', async () => {
    const other = await stage.cadre('王老师', await stage.group('二班'));
    for (const typed of ['/记 查看 1', '/记 撤回 1', '/记 更正 1 人数 3', '/记 印证 1'])
      expect((await other.whispers(typed)).text).toContain('没有第 1 条');
    expect((await other.whispers('/记 列表')).text).toContain('还没有记录');
    expect((await other.whispers('/记 导出')).text).not.toContain('计科');
  });

  it('is exported as a table', async () => {
    const said = await cadre.whispers('/记 导出');
    expect(said.all[0]?.draft).toMatchObject({ type: 'workbook', name: '工作纪实.xlsx' });
    expect(said.text).toContain('[1,"讲团课","2026-09-01","计科2班","五四精神",32,"仅口述",0,0,""]');
  });
});

describe('a picture', () => {
  it('goes to the record that was just made, for half an hour', async () => {
    await record('走访 昨天 电气系宿舍');
    const said = await cadre.shows({ kind: 'kept', file: `${'a'.repeat(32)}.jpg` });
    expect(said.text).toContain('照片放进第 1 条了（共 1 份）');
    expect(said.text).toContain('有照片或文件');
    const shown = await cadre.whispers('/记 查看 1');
    expect(shown.all[1]?.draft).toEqual({
      type: 'photo',
      file: `${'a'.repeat(32)}.jpg`,
      alt: '第 1 条的照片 1',
    });
    stage.now += 31 * 60_000;
    expect((await cadre.shows({ kind: 'kept', file: 'b' })).text).toContain('这份照片是哪一次的');
    await cadre.presses('第 1 条　走访');
    expect((await cadre.shows({ kind: 'kept', file: `${'b'.repeat(32)}.jpg` })).text).toContain('共 2 份');
  });

  it('may be a document: it is given back as one, and not shown around', async () => {
    await record('调研报告 昨天 大学生就业');
    const said = await cadre.shows({ kind: 'kept', file: `${'a'.repeat(32)}.pdf` }, 'file');
    expect(said.text).toContain('文件放进第 1 条了（共 1 份），原样保存在本机');
    const shown = await cadre.whispers('/记 查看 1');
    expect(shown.text).toContain('佐证：有照片或文件（照片或文件 1 份）');
    expect(shown.all[1]?.draft).toMatchObject({ alt: '第 1 条的文件 1' });
    stage.now += 31 * 60_000;
    expect((await cadre.shows({ kind: 'kept', file: 'b' }, 'file')).text).toContain('这份文件是哪一次的');
  });

  it('that is none says why, and nothing is lost', async () => {
    await record('走访 昨天 电气系宿舍');
    expect((await cadre.shows({ kind: 'fault', say: '照片太大了' })).text).toContain('照片太大了');
    expect((await deeds())[0]?.grade).toBe('stated');
  });

  it('without a record, or of a youth, is not kept', async () => {
    expect((await cadre.shows({ kind: 'kept', file: 'x' })).text).toContain('这份照片我没有留');
    const youth = await stage.person('小明', group);
    expect((await youth.shows({ kind: 'kept', file: 'x' })).text).toContain('这张照片我没有留');
    expect(await stage.database.db.deedPhoto.count()).toBe(0);
  });
});
