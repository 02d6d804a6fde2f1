/** The results of a survey as tables. */
import { type Answers, answerText } from '../../domain/surveys/answers.ts';
import type { SurveyForm } from '../../domain/surveys/form.ts';
import type { SurveyResults } from '../../domain/surveys/results.ts';
import type { Sheet } from '../outbox/message.ts';
import { footText, hiddenCell, percentOf, shareText, tooFew } from './survey-text.ts';

/**
 * The figures; the words that people wrote; and where the survey is by name, who answered what. Of an anonymous one
 * there is no row a person, so that no answers of one can be put together.
 */
export function surveySheets(
  form: SurveyForm,
  results: SurveyResults,
  byName: readonly { readonly name: string; readonly answers: Answers }[],
): readonly Sheet[] {
  const figures: (string | number)[][] = [['题号', '题目', '选项', '人数', '百分比', '平均分']];
  const words: (string | number)[][] = [['题号', '题目', '大家写的话']];
  for (const { number, text, cells, answered, mean, texts } of results.questions) {
    if (answered === undefined) figures.push([number, text, tooFew, '', '', '']);
    else
      figures.push([
        number,
        text,
        '作答',
        answered,
        '',
        mean === undefined ? '' : Math.round(mean * 10) / 10,
      ]);
    for (const cell of cells) {
      const percent = percentOf(cell, answered);
      figures.push([
        number,
        text,
        cell.label,
        cell.count ?? hiddenCell,
        percent === undefined ? '' : `${percent}%`,
        '',
      ]);
    }
    for (const said of texts) words.push([number, text, said]);
  }
  figures.push(['', shareText(results), footText(results), '', '', '']);
  const people = byName.map(({ name, answers }) => [
    name,
    ...form.questions.map((asked, index) => {
      const given = answers[String(index)];
      return given ? answerText(asked, given) : '';
    }),
  ]);
  return [
    { name: '统计', rows: figures },
    ...(words.length > 1 ? [{ name: '大家写的话', rows: words }] : []),
    ...(people.length > 0
      ? [
          {
            name: '逐人',
            rows: [['姓名', ...form.questions.map(({ text }, n) => `${n + 1}. ${text}`)], ...people],
          },
        ]
      : []),
  ];
}
