/** From what somebody wrote (“1A 2BC 3 很好”) to answers of a survey. */
import { z } from 'zod';
import { endsOf, letterOf, narrowed, type Question, type SurveyForm } from './form.ts';

/** One answer: 0-based options chosen, points of a scale, or words. */
const answer = z.union([
  z.object({ options: z.array(z.int().min(0)) }),
  z.object({ points: z.int() }),
  z.object({ text: z.string() }),
]);

/** Answers by the 0-based index of their question, as they are stored. */
export const surveyAnswers = z.record(z.string().regex(/^\d+$/), answer);

export type Answer = z.infer<typeof answer>;
export type Answers = Readonly<Record<string, Answer>>;

/** What was understood, and what was not: each said to the person, with the question's number. */
export interface AnswersRead {
  readonly answers: Answers;
  readonly faults: readonly string[];
}

const longestText = 500;

/**
 * Whether a text looks like answers of a survey, so that a sentence of ordinary talk is never taken for one: it begins
 * with the number of a question and letters, and goes on with numbers or words. Only the first question may be a letter
 * alone (“1A”).
 */
export function looksLikeAnswers(text: string): boolean {
  if (text.length > 2_000) return false;
  return /^(?:问卷\s*\d{1,4}\s+)?\d{1,2}\s*[.、:：]?\s*[A-La-l]{1,12}(?:[\s,，;；。]+\d{1,2}\s*[.、:：]?\s*\S|[\s,，;；。]*$)/u.test(
    narrowed(text).trim(),
  );
}

const named = /^问卷\s*\d{1,4}[\s:：,，]+/u;

/** Whether a text may be answers that begin with a mark (“1 5 2A”): a number, white space, and another number. */
export function mayBeMarks(text: string): boolean {
  return (
    text.length <= 2_000 && /^\d{1,2}[\s.、:：]+\d{1,2}(?!\d)/u.test(narrowed(text).trim().replace(named, ''))
  );
}

/**
 * Whether a text that may be marks is one of this survey: its first number is that of a scale, the second a mark of it.
 * Said to the bot privately it is nothing else then.
 */
export function readsAsMarks(form: SurveyForm, text: string): boolean {
  const said = narrowed(text).trim().replace(named, '');
  const [, number, mark] = /^(\d{1,2})[\s.、:：]+(\d{1,2})(?!\d)/u.exec(said) ?? [];
  const asked = form.questions[Number(number) - 1];
  return asked?.kind === 'scale' && typeof readAnswer(asked, mark ?? '', 1) !== 'string';
}

/** Reads answers. An unknown number, a letter too many and the like are faults; the rest still counts. Never throws. */
export function readAnswers(form: SurveyForm, typed: string): AnswersRead {
  const text = narrowed(typed).trim();
  const answers: Record<string, Answer> = {};
  const faults: string[] = [];
  for (const { number, said } of inPieces(form, text)) {
    const asked = form.questions[number - 1];
    if (!asked) {
      faults.push(`没有第 ${number} 题，一共 ${form.questions.length} 题。`);
      continue;
    }
    const read = readAnswer(asked, said, number);
    if (typeof read === 'string') faults.push(read);
    else answers[String(number - 1)] = read;
  }
  return { answers, faults };
}

interface Piece {
  readonly number: number;
  readonly said: string;
}

/**
 * Cuts the text where a number stands at the beginning or after a separator. Inside the words of an open question only
 * a later question's number that can be answered so is taken for one (“3 我有 2 个建议” is one answer).
 */
function inPieces(form: SurveyForm, text: string): readonly Piece[] {
  const pieces: { number: number; said: string }[] = [];
  const cut =
    /(?:^|(?<=[\s,，;；。]))第?(\d{1,2})(?!\d)(?:题|[.、:：)）]|\s*(?=[A-La-l])|\s+|(?=[^\d\s]))\s*/gu;
  let from: { number: number; at: number } | undefined;
  for (const found of text.matchAll(cut)) {
    const number = Number(found[1]);
    const before = from && form.questions[from.number - 1];
    if (from && before) {
      const said = text.slice(from.at, found.index).trim();
      if (said === '') continue;
      if (
        before.kind === 'open' &&
        (number <= from.number || !fits(form, number, text.slice(found.index + found[0].length)))
      )
        continue;
    }
    if (from) pieces.push({ number: from.number, said: text.slice(from.at, found.index) });
    from = { number, at: found.index + found[0].length };
  }
  if (from) pieces.push({ number: from.number, said: text.slice(from.at) });
  return pieces;
}

/** Whether what follows a number inside somebody's words answers that question. */
function fits(form: SurveyForm, number: number, rest: string): boolean {
  const asked = form.questions[number - 1];
  if (!asked) return false;
  if (asked.kind === 'open') return true;
  const word = /^[^\s,，;；。]+/u.exec(rest)?.[0] ?? '';
  return typeof readAnswer(asked, word, number) !== 'string';
}

/** One answer to a question of that number, or what is wrong with it. */
export function readAnswer(asked: Question, typed: string, number: number): Answer | string {
  const said = narrowed(typed).replace(/^[\s.、:：,，;；]+|[\s,，;；。]+$/gu, '');
  const at = `第 ${number} 题`;
  if (said === '') return `${at}没有写答案。`;
  if (asked.kind === 'open')
    return [...said].length > longestText ? `${at}请控制在 ${longestText} 字以内。` : { text: said };
  if (asked.kind === 'scale') {
    const { from, to } = endsOf(asked);
    const points = /^(\d{1,2})\s*分?$/u.exec(said)?.[1];
    if (points === undefined || Number(points) < from || Number(points) > to)
      return `${at}请写 ${from} 到 ${to} 的一个数，例如：${number} ${to}`;
    return { points: Number(points) };
  }
  const options = chosen(asked, said);
  if (options === undefined)
    return `${at}请用字母回答，从 A 到 ${letterOf(asked.options.length - 1)}，例如：${number}${asked.kind === 'multiple' ? 'AB' : 'A'}`;
  if (asked.kind === 'single' && options.length > 1)
    return `${at}只选一项，你写了 ${options.map(letterOf).join('')}。`;
  if (asked.most !== undefined && options.length > asked.most)
    return `${at}最多选 ${asked.most} 项，你写了 ${options.length} 项。`;
  return { options };
}

/** Letters (`BC`, `b、c`), an option's own words, or a letter with its words (`A. 很好`, as a form sends it). */
function chosen({ options }: Question, said: string): number[] | undefined {
  const own = options.indexOf(said);
  if (own >= 0) return [own];
  const lettered = /^([A-La-l])[.、]\s*(.+)$/su.exec(said);
  if (lettered?.[1] && options[lettered[1].toUpperCase().charCodeAt(0) - 65] === lettered[2]?.trim())
    return [lettered[1].toUpperCase().charCodeAt(0) - 65];
  const letters = said.toUpperCase().replace(/[\s,，、/和]+/gu, '');
  if (!/^[A-L]+$/u.test(letters)) return undefined;
  const found = [...new Set(letters)].map((letter) => letter.charCodeAt(0) - 65).sort((a, b) => a - b);
  return found.every((option) => option < options.length) ? found : undefined;
}

/** Whether a question is asked of somebody who has answered so far as given (simple branching). */
export function isAsked(form: SurveyForm, index: number, answers: Answers): boolean {
  const when = form.questions[index]?.when;
  if (!when) return true;
  const given = answers[String(when.question)];
  return (
    isAsked(form, when.question, answers) &&
    given !== undefined &&
    'options' in given &&
    given.options.some((option) => when.options.includes(option))
  );
}

/** What is left of answers when those to questions that are not asked are taken away. */
export function askedOnly(form: SurveyForm, answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).filter(
      ([index]) => Number(index) < form.questions.length && isAsked(form, Number(index), answers),
    ),
  );
}

/** The 0-based index of the first question that is asked and has no answer, from one on; undefined: none is left. */
export function nextUnanswered(form: SurveyForm, answers: Answers, from = 0): number | undefined {
  for (let index = from; index < form.questions.length; index++)
    if (answers[String(index)] === undefined && isAsked(form, index, answers)) return index;
  return undefined;
}

/** An answer as its person reads it again. */
export function answerText(asked: Question, given: Answer): string {
  if ('text' in given) return given.text;
  if ('points' in given) return `${given.points} 分`;
  return given.options
    .map((option) => `${letterOf(option)} ${asked.options[option] ?? ''}`.trim())
    .join('、');
}
