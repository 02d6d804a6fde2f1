import readXlsxFile from 'read-excel-file/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addListening } from '../../../prisma/store/listening.ts';
import { render } from '../../render/render.ts';
import { type Actor, openStage, type Stage, type StageGroup } from '../testing.ts';

const dayMs = 86_400_000;

let stage: Stage;
let group: StageGroup;
let cadre: Actor;
let youth: Actor;
let other: Actor;
let administrator: Actor;
beforeEach(async () => {
  stage = await openStage({ at: '2026-07-20T15:00:00+08:00' });
  group = await stage.group('一班');
  administrator = await stage.administrator('王敏');
  cadre = await stage.cadre('李老师', group);
  youth = await stage.person('王小明', group);
  other = await stage.person('周同学', group);
});
afterEach(() => stage.database.close());

/** The files that the last answer holds, by the end of their name. */
async function file(ending: string): Promise<Buffer> {
  for (const { draft } of stage.bot.all) {
    const content = await render(draft, undefined);
    if (content.type === 'file' && content.name.endsWith(ending)) return Buffer.from(content.bytes);
  }
  throw new Error(`no file *${ending}`);
}

async function cells(): Promise<string[]> {
  return (await readXlsxFile(await file('.xlsx'))).flatMap(({ data }) => data.flat()).map(String);
}

async function aList(): Promise<void> {
  await youth.whispers('/诉求 我叫王小明，宿舍热水总断，电话13812345678');
  await other.whispers('/同感 1');
  await (await stage.person('丙', group)).whispers('/同感 1');
  await other.whispers('/诉求 =HYPERLINK("http://x","图书馆太吵")');
  await other.whispers('/诉求 我不想活了');
  stage.now += dayMs;
  await cadre.whispers('/问题清单 归类 1 现实困难 后勤');
  await cadre.whispers('/问题清单 转报 1');
  await youth.presses('同意');
  await cadre.whispers('/问题清单 办结 2 已经和图书馆说了');
  await other.presses('解决了');
}

describe('/问题清单 季报', () => {
  it('gives figures with their coverage, a paper and a ledger, to the cadre alone and without a name', async () => {
    await aList();
    const midnight = Date.parse('2026-07-21T00:00:00+08:00');
    await addListening(stage.database.db, stage.accountId, { from: midnight, until: midnight + 3 * dayMs });
    stage.now = midnight + 3 * dayMs + 3_600_000;
    const said = await cadre.whispers('/问题清单 季报');
    expect(said.all.every(({ to }) => 'personId' in to && to.personId === cadre.id)).toBe(true);
    expect(said.text).toContain('问题清单季报　2026年第三季度\n共 3 件：待受理 1，转报 1，办结 1。');
    expect(said.text).toContain('办结 1 件，占 33%，都由本人确认。');
    expect(said.text).toContain('本季度机器人在群 3/24 天');
    expect(said.text).toContain('第 1 号（后勤，3 人）：已同意转报');
    expect(said.text).not.toMatch(/小明|周同学|138|不想活/);
    expect((await file('.docx')).subarray(0, 2).toString()).toBe('PK');
    const written = await cells();
    expect(written).toContain('我叫〔某人〕，宿舍热水总断，电话〔电话〕');
    expect(written).toContain('（涉及人身安全，已单独处理，内容不列）');
    expect(written.filter((cell) => /^\s*[=+\-@]/u.test(cell))).toEqual([]);
    expect(written.join()).not.toMatch(/小明|周同学|138|不想活/);
  });

  it('has names only at the cadre’s own word, which is noted', async () => {
    await aList();
    expect((await cadre.whispers('/问题清单 季报 实名')).text).toContain('会记进审计');
    await cadre.whispers('是');
    const written = await cells();
    expect(written).toContain('王小明');
    expect(written.join()).not.toContain('13812345678');
    const { drafts } = { drafts: stage.bot.all.map(({ draft }) => draft) };
    expect(JSON.stringify(drafts.find(({ type }) => type === 'paper'))).not.toMatch(/小明|周同学/);
    const logged = await stage.database.db.audit.findMany({ where: { action: 'demand.export-named' } });
    expect(logged).toHaveLength(1);
  });

  it('knows quarters, and that nothing was asked', async () => {
    expect((await cadre.whispers('/问题清单 季报')).text).toContain('没有收到诉求');
    expect((await cadre.whispers('/问题清单 季报 上季度')).text).toContain('2026年第二季度');
    expect((await cadre.whispers('/问题清单 季报 2026-Q4')).text).toContain('还没到');
    expect((await cadre.whispers('/问题清单 季报 九月')).text).toContain('没看懂是哪个季度');
    expect((await youth.whispers('/问题清单 季报')).text).toContain('团干部用的');
    expect((await cadre.says('/问题清单 季报')).text).toContain('私聊');
  });
});

describe('/问题清单 上报', () => {
  it('shows every word that goes up, and keeps it for the unit’s administrators at the yes', async () => {
    await aList();
    expect((await administrator.whispers('/本单位 问题清单')).text).toContain('还没有团干部报上来');
    const asked = await cadre.whispers('/问题清单 上报');
    expect(asked.text).toContain('把“一班”2026年第三季度的问题清单报给信息工程学院委员会');
    expect(asked.text).toContain('同意转报的 1 件');
    expect(asked.text).toContain(
      '第 1 号（现实困难 · 后勤，转报）：我叫〔某人〕，宿舍热水总断，电话〔电话〕',
    );
    expect(asked.text).not.toContain('图书馆');
    expect((await cadre.presses('报上去')).text).toContain('报上去了（2026-07-21）');
    const said = await administrator.whispers('/本单位 问题清单');
    expect(said.text).toContain('报上来 1 份，共 3 件，办结 1 件。');
    expect(said.text).toContain('现实困难 · 后勤：我叫〔某人〕，宿舍热水总断');
    expect(said.text).not.toMatch(/小明|图书馆|不想活/);
    expect((await administrator.whispers('/本单位')).text).toContain('本季度问题清单：报上来 1 份');
    expect(await stage.database.db.audit.count({ where: { action: 'unit.problems' } })).toBe(1);
  });

  it('what is withdrawn is gone there too', async () => {
    await aList();
    await cadre.whispers('/问题清单 上报');
    await cadre.whispers('是');
    await youth.whispers('/我的 撤回 1');
    expect((await administrator.whispers('/本单位 问题清单')).text).not.toContain('热水');
    expect((await stage.database.db.problemReport.findFirst())?.body).not.toContain('热水');
  });

  it('asks anew when the list has changed between the question and the yes', async () => {
    await aList();
    await cadre.whispers('/问题清单 上报');
    await youth.whispers('/我的 撤回 1');
    expect((await cadre.whispers('是')).text).toContain('请再看一遍');
    expect(await stage.database.db.problemReport.count()).toBe(0);
  });

  it('is the quarter’s record of the duty, once however often, and on time only in its quarter', async () => {
    const row = async () => (await cadre.whispers('/进度 季度 文字')).text;
    expect(await row()).toContain('按季度报送问题清单：进行中（0 / 1 次');
    for (const _ of [1, 2]) {
      await cadre.whispers('/问题清单 上报');
      await cadre.whispers('是');
    }
    expect(stage.bot.text).toContain('重新报上去了');
    const deeds = await stage.database.db.deed.findMany({ where: { kind: 'problem_list' } });
    expect(deeds).toMatchObject([{ grade: 'documented', topic: '2026年第三季度问题清单' }]);
    expect(await row()).toContain('按季度报送问题清单：达成（1 / 1 次');
    stage.now = Date.parse('2026-10-10T15:00:00+08:00');
    await cadre.whispers('/问题清单 上报 上季度');
    await cadre.whispers('是');
    expect(await row()).toContain('按季度报送问题清单：进行中（0 / 1 次');
  });
});

it('of several groups it is each group’s own, and one deed of the quarter', async () => {
  await aList();
  const second = await stage.group('二班');
  cadre.group = second;
  await cadre.says(`/绑定 ${await stage.code('李老师')}`);
  stage.now += dayMs;
  expect((await cadre.whispers('/问题清单 上报')).text).toContain('是哪个群');
  for (const name of ['一班', '二班']) {
    await cadre.whispers('/问题清单 上报');
    expect((await cadre.presses(name)).text).toContain(`把“${name}”`);
    expect((await cadre.presses('报上去')).text).toContain('报上去了');
  }
  expect(await stage.database.db.problemReport.count()).toBe(2);
  expect(await stage.database.db.deed.count({ where: { kind: 'problem_list' } })).toBe(1);
  expect((await administrator.whispers('/本单位 问题清单')).text).toContain('报上来 2 份，共 3 件');
});

it('/问题清单 课题 proposes subjects out of counts', async () => {
  expect((await cadre.whispers('/问题清单 课题')).text).toContain('还不够多');
  for (const [n, text] of ['热水总断', '空调坏了', '路灯不亮了要维修'].entries())
    await (await stage.person(`同学${n}`, group)).whispers(`/诉求 ${text}`);
  const said = await cadre.whispers('/问题清单 课题');
  expect(said.text).toContain('1. 后勤方面青年现实困难的现状、原因与对策研究');
  expect(said.text).not.toMatch(/热水|空调/);
});
