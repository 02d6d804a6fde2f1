import readXlsxFile from 'read-excel-file/node';
import { expect, it } from 'vitest';
import { readForm } from '../../domain/surveys/read-form.ts';
import { resultsOf } from '../../domain/surveys/results.ts';
import { drawSurvey } from './survey-card.ts';
import { surveySheets } from './survey-sheets.ts';
import { workbook } from './workbook.ts';

const reading = readForm(
  '食堂满意度\n1. 总的来说怎么样 A. 很好 B. 一般 C. 不好\n2. 喜欢什么（多选） A 饭 B 面 C 水果\n3. 打几分（1-5分）\n4. 想说什么',
);
if (reading.kind === 'fault') throw new Error(reading.say);
const { form } = reading;
const said = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1', '夜宵多一点 🍜'];
const all = Array.from({ length: 36 }, (_, n) => ({
  0: { options: [n < 24 ? 0 : n < 34 ? 1 : 2] },
  1: { options: n % 3 === 0 ? [0, 1] : [2] },
  2: { points: n % 2 === 0 ? 5 : 4 },
  ...(n < said.length ? { 3: { text: said[n] ?? '' } } : {}),
}));
const results = resultsOf({ number: 3, form, youths: 98 }, all);

it('the chart is drawn', async () => {
  const png = await drawSurvey(results);
  expect([...png.slice(1, 4)]).toEqual([...Buffer.from('PNG')]);
});

it('the table opens in another library’s reader, and no cell is a formula', async () => {
  const bytes = Buffer.from(
    await workbook(surveySheets(form, results, [{ name: '=cmd|calc', answers: all[0] ?? {} }])),
  );
  const sheets = await readXlsxFile(bytes);
  const cells = sheets.flatMap(({ data }) => data.flat()).map(String);
  expect(sheets.map(({ sheet }) => sheet)).toEqual(['统计', '大家写的话', '逐人']);
  expect(cells).toContain('A 很好');
  expect(cells).toContain('夜宵多一点 🍜');
  expect(cells.filter((cell) => /^\s*[=+\-@]/u.test(cell))).toEqual([]);
  expect(bytes.includes('<f>')).toBe(false);
});
