import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { PolicyDocument } from './document.ts';
import { clauseOf, documents, sourceOf } from './documents.ts';

/** Words alone: without white space and without the marks of Markdown in which two of the files are written. */
const words = (text: string) => text.replace(/^(?:#+|-)\s|^---$|\*\*|\s/gmu, '');
const original = (file: string) => words(readFileSync(join(import.meta.dirname, 'originals', file), 'utf8'));
const wordsOf = ({ clauses }: PolicyDocument) =>
  words(clauses.map(({ title, text }) => title + text).join(''));
const document = (id: string) => documents.find((one) => one.id === id)!;

describe('the documents are word for word, and whole', () => {
  test.each(['xinjiang', 'gqt-notice', 'chuzhou', 'meizhou'])('%s', (id) => {
    expect(wordsOf(document(id))).toBe(original(document(id).file));
  });

  test('the file with the questions: the notice again, first steps, the notice of September, 73 questions', () => {
    const file = original('4-gqt-2016-notice-and-73-questions.txt');
    const ours = ['gqt-steps', 'gqt-september'].map((id) => wordsOf(document(id))).join('');
    const questions = words(document('gqt-qa').title) + wordsOf(document('gqt-qa'));
    expect(file.endsWith(ours + questions)).toBe(true);
    const again = file.slice(0, -(ours + questions).length);
    // What the reprint of the notice says otherwise: head and foot, and five slips and marks.
    const notice = wordsOf(document('gqt-notice'));
    const reprinted = notice
      .slice(notice.indexOf('建立团干部直接联系青年制度的通知'), notice.indexOf('抄送'))
      .replace('2.促活跃', '2．促活跃')
      .replace('普遍性的问题和意见建议', '普遍性的问题和建议')
      .replace('帮助所联系团员青年解决', '帮助所联系团员年青年解决')
      .replace('3.工作评估', '3．工作评估')
      .replace('4.工作保障', '4．工作保障')
      .replace('组织局根据本通知', '组织局参照本通知');
    expect(again).toBe(reprinted);
  });
});

describe('clauses', () => {
  const all = documents.flatMap(({ clauses }) => clauses);

  it('have ids that stand once, under their document', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { id, clauses } of documents)
      for (const clause of clauses) expect(clause.id.startsWith(`${id}/`), clause.id).toBe(true);
  });

  it('are 74 questions, since two are numbered 45', () => {
    const questions = document('gqt-qa').clauses.filter(({ text }) => text !== '');
    expect(questions).toHaveLength(74);
    const numbers = questions.map(({ id }) => Number.parseInt(id.slice('gqt-qa/'.length), 10));
    expect(new Set(numbers)).toEqual(new Set(Array.from({ length: 73 }, (_, n) => n + 1)));
    for (const { id, title } of questions)
      expect(title.startsWith(`${Number.parseInt(id.slice(7), 10)}`)).toBe(true);
  });

  // What is cited elsewhere must not move: add to the list, change nothing.
  test.each([
    ['xinjiang/4.2', '亮身份，建立联系制度', '每天有声音'],
    ['xinjiang/4.3', '促活跃，增强联系黏性', '开展 3 次谈心谈话'],
    ['xinjiang/5.3', '工作评估要到位', '报学院团委组织部'],
    ['gqt-notice/2.p2', '', '不少于10名团员青年'],
    ['gqt-notice/4.p1', '', '每年7、8月集中开展活动'],
    ['gqt-september/1', '建立季度工作推进制度', '每季度至少开展5项'],
    ['gqt-qa/53', '团干部转岗后', '不再进行工作考核'],
    ['chuzhou/7.4', '统筹协调', '不能层层加码'],
    ['meizhou/rules.1.p1', '', '3类要求联系不少于10名'],
  ])('%s stays where it is', (id, title, words_) => {
    const found = clauseOf(id);
    expect(found?.clause.title).toContain(title);
    expect(found?.clause.text).toContain(words_);
  });

  it('say where they stand', () => {
    const { document: from, clause } = clauseOf('gqt-notice/4.2')!;
    expect(sourceOf(from, clause)).toBe(
      '《共青团中央办公厅关于建立团干部直接联系青年制度的通知》（中青办发〔2016〕5号）四、工作任务 2.促活跃，增强联系黏性',
    );
    expect(clauseOf('gqt-qa/99')).toBeUndefined();
  });
});
