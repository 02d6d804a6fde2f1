/** What came out of a survey; of an anonymous one nothing that fewer than five people could be known by. */
import { type Answers, isAsked } from './answers.ts';
import { endsOf, letterOf, type SurveyForm } from './form.ts';

/** No figure of an anonymous survey stands for fewer people than this (docs/privacy.md). */
export const smallestCell = 5;

/** One line of a question's result; `count` is undefined where it would stand for too few people. */
export interface Cell {
  readonly label: string;
  readonly count: number | undefined;
}

export interface QuestionResult {
  readonly number: number;
  readonly text: string;
  readonly kind: SurveyForm['questions'][number]['kind'];
  /** How many answered it; undefined where too few did. Nothing else is told then. */
  readonly answered: number | undefined;
  readonly cells: readonly Cell[];
  /** The mean of a scale's points. */
  readonly mean: number | undefined;
  /** What was written, in an order that says nothing about when. */
  readonly texts: readonly string[];
}

export interface SurveyResults {
  readonly number: number;
  readonly title: string;
  readonly anonymous: boolean;
  /** People who answered at least one question. */
  readonly answered: number;
  /** Youths of the group when the survey was closed, or now. */
  readonly youths: number;
  readonly questions: readonly QuestionResult[];
}

/**
 * Counts answers. Of an anonymous survey a question that fewer than five answered shows nothing, an option chosen by
 * one to four shows no count, and as many more are hidden with it as keep it from being reckoned out of the sum; a
 * scale with so rare a mark shows its mean alone; a branch behind a hidden option shows nothing.
 */
export function resultsOf(
  survey: { readonly number: number; readonly form: SurveyForm; readonly youths: number },
  all: readonly Answers[],
): SurveyResults {
  const { form } = survey;
  const given = all.filter((answers) => Object.keys(answers).length > 0);
  const questions: QuestionResult[] = [];
  for (let index = 0; index < form.questions.length; index++)
    questions.push(questionResult(form, index, given, questions));
  return {
    number: survey.number,
    title: form.title,
    anonymous: form.anonymous,
    answered: given.length,
    youths: survey.youths,
    questions: form.anonymous && given.length < smallestCell ? [] : questions,
  };
}

function questionResult(
  form: SurveyForm,
  index: number,
  all: readonly Answers[],
  before: readonly QuestionResult[],
): QuestionResult {
  const asked = form.questions[index];
  if (!asked) throw new RangeError('no such question');
  const given = all.flatMap((answers) => {
    const answer = isAsked(form, index, answers) ? answers[String(index)] : undefined;
    return answer ? [answer] : [];
  });
  const head = { number: index + 1, text: asked.text, kind: asked.kind };
  const nothing = { ...head, answered: undefined, cells: [], mean: undefined, texts: [] };
  if (form.anonymous && (given.length < smallestCell || behindHidden(asked.when, before))) return nothing;
  const points = given.flatMap((answer) => ('points' in answer ? [answer.points] : []));
  const texts = given.flatMap((answer) => ('text' in answer ? [answer.text] : []));
  const counted = labels(asked).map(({ label, is }) => ({ label, count: given.filter(is).length }));
  return {
    ...head,
    answered: given.length,
    cells: form.anonymous ? guarded(asked.kind, counted, given.length) : counted,
    mean: points.length > 0 ? points.reduce((sum, mark) => sum + mark, 0) / points.length : undefined,
    texts: texts.toSorted((a, b) => (a < b ? -1 : Number(a > b))),
  };
}

type Given = Answers[string];

function labels(asked: SurveyForm['questions'][number]): { label: string; is: (answer: Given) => boolean }[] {
  if (asked.kind === 'open') return [];
  if (asked.kind === 'scale') {
    const { from, to } = endsOf(asked);
    return Array.from({ length: to - from + 1 }, (_, n) => ({
      label: `${from + n} 分`,
      is: (answer: Given) => 'points' in answer && answer.points === from + n,
    }));
  }
  return asked.options.map((option, n) => ({
    label: `${letterOf(n)} ${option}`,
    is: (answer: Given) => 'options' in answer && answer.options.includes(n),
  }));
}

/** A branch tells how many chose its option: where that is hidden, the branch is. */
function behindHidden(
  when: { readonly question: number; readonly options: readonly number[] } | undefined,
  before: readonly QuestionResult[],
): boolean {
  if (!when) return false;
  const parent = before[when.question];
  return (
    parent === undefined ||
    parent.answered === undefined ||
    when.options.some((option) => parent.cells[option]?.count === undefined)
  );
}

function rare(count: number): boolean {
  return count > 0 && count < smallestCell;
}

function guarded(
  kind: QuestionResult['kind'],
  cells: readonly { readonly label: string; readonly count: number }[],
  answered: number,
): readonly Cell[] {
  if (kind === 'scale') return cells.some(({ count }) => rare(count)) ? [] : cells;
  if (kind === 'multiple')
    // Nearly everybody's choice tells of the few who did not make it.
    return cells.map(({ label, count }) => ({
      label,
      count: rare(count) || rare(answered - count) ? undefined : count,
    }));
  const hidden = new Set(cells.filter(({ count }) => rare(count)));
  const rest = cells.filter(({ count }) => count >= smallestCell).toSorted((a, b) => a.count - b.count);
  const sum = () => [...hidden].reduce((total, { count }) => total + count, 0);
  while (hidden.size > 0 && (hidden.size < 2 || sum() < smallestCell)) {
    const next = rest.shift();
    if (!next) break;
    hidden.add(next);
  }
  return cells.map((cell) => ({ label: cell.label, count: hidden.has(cell) ? undefined : cell.count }));
}
