/** The results of a survey as text, and the words that the picture shares. */
import type { Cell, QuestionResult, SurveyResults } from '../../domain/surveys/results.ts';
import { smallestCell } from '../../domain/surveys/results.ts';
import { oneLine } from './legible.ts';

/** Written where a figure would stand for too few people. */
export const tooFew = `少于 ${smallestCell} 人或为保护匿名不显示`;
export const hiddenCell = '—';

/** “32 人作答，占群里小伙伴的 40%”. */
export function shareText({ answered, youths }: SurveyResults): string {
  const share =
    youths > 0 && answered <= youths ? `，占群里小伙伴的 ${Math.round((answered / youths) * 100)}%` : '';
  return `${answered} 人作答${share}`;
}

/** What a question comes to, behind its name. */
export function sumText({ answered, mean }: QuestionResult): string {
  if (answered === undefined) return '';
  return mean === undefined ? `${answered} 人答` : `平均 ${mean.toFixed(1)} 分 · ${answered} 人答`;
}

/** A cell's share of those who answered, in percent; undefined where it is hidden. */
export function percentOf({ count }: Cell, answered: number | undefined): number | undefined {
  return count === undefined || !answered ? undefined : Math.round((count / answered) * 100);
}

/** What the smallest cell means, for the foot of an anonymous survey. */
export function footText({ anonymous }: SurveyResults): string {
  return anonymous
    ? `不记名；“${hiddenCell}”是为了不让人认出谁：不足 ${smallestCell} 人的数字，和能推算出它的数字`
    : '记名问卷';
}

/** All results as text. */
export function surveyText(results: SurveyResults): string {
  const questions = results.questions.map((question) => {
    const cells = question.cells.map((cell) => {
      const percent = percentOf(cell, question.answered);
      return `　${oneLine(cell.label)}：${percent === undefined ? hiddenCell : `${cell.count} 人（${percent}%）`}`;
    });
    const sum = question.answered === undefined ? tooFew : sumText(question);
    return [
      `${question.number}. ${oneLine(question.text)}　${sum}`,
      ...cells,
      ...question.texts.map((said) => `　“${said}”`),
    ].join('\n');
  });
  return [
    `问卷${results.number}｜${oneLine(results.title)}：${shareText(results)}`,
    ...questions,
    footText(results),
  ].join('\n');
}
