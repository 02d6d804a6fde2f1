/** A survey (问卷): its questions, and how people read them. */
import { z } from 'zod';

const questionKinds = ['single', 'multiple', 'scale', 'open'] as const;

/** Asked only of those who chose one of `options` (0-based) at the question of that 0-based index. */
const condition = z.object({ question: z.int().min(0), options: z.array(z.int().min(0)).min(1) });

const question = z.object({
  kind: z.enum(questionKinds),
  text: z.string(),
  /** Of a single or multiple choice; empty otherwise. */
  options: z.array(z.string()),
  /** How many may be chosen at most, where fewer than all. */
  most: z.int().optional(),
  /** The ends of a scale, both included. */
  from: z.int().optional(),
  to: z.int().optional(),
  when: condition.optional(),
});

/** What is stored of a survey's questions. */
export const surveyForm = z.object({
  title: z.string(),
  anonymous: z.boolean(),
  questions: z.array(question),
});

export type Question = z.infer<typeof question>;
export type SurveyForm = z.infer<typeof surveyForm>;

/** The most questions, options a question, and characters of each text that a survey may have. */
export const limits = {
  questions: 20,
  options: 12,
  title: 40,
  question: 120,
  option: 40,
  form: 3_000,
} as const;

/**
 * A text with its full-width letters and digits made narrow. Not NFKC: people's own punctuation stays theirs, and a `＠`
 * that was widened so that it calls nobody stays wide.
 */
export function narrowed(text: string): string {
  return text.replace(/[０-９Ａ-Ｚａ-ｚ]+/gu, (wide) => wide.normalize('NFKC'));
}

/** The letter of an option: A, B, C … */
export function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

/** The ends of a scale; 1 to 5 unless the question says otherwise. */
export function endsOf({ from = 1, to = 5 }: Question): { readonly from: number; readonly to: number } {
  return { from, to };
}

/** A question as numbered text that can be answered in chat, with what may be chosen. */
export function questionText(form: SurveyForm, index: number): string {
  const asked = form.questions[index];
  if (!asked) throw new RangeError('no such question');
  const options = asked.options.map((option, n) => `${letterOf(n)}. ${option}`);
  return [`${index + 1}. ${asked.text}${hintOf(asked)}`, ...options].join('\n');
}

function hintOf(asked: Question): string {
  const when = asked.when
    ? `第 ${asked.when.question + 1} 题选 ${asked.when.options.map(letterOf).join('、')} 的请答`
    : '';
  const what = {
    single: '',
    multiple: asked.most === undefined ? '可多选' : `可多选，最多 ${asked.most} 项`,
    scale: `${endsOf(asked).from}–${endsOf(asked).to} 分`,
    open: '写几个字',
  }[asked.kind];
  const words = [what, when].filter(Boolean).join('；');
  return words === '' ? '' : `（${words}）`;
}

/** All questions, one below the other. */
export function formText(form: SurveyForm): string {
  return form.questions.map((_, index) => questionText(form, index)).join('\n');
}

/** How this survey may be answered in one message: “1A 2BC 3 很好”. */
export function exampleAnswer(form: SurveyForm): string {
  return form.questions
    .map((asked, index) => (asked.when ? '' : `${index + 1}${exampleOf(asked)}`))
    .filter(Boolean)
    .slice(0, 4)
    .join(' ');
}

function exampleOf(asked: Question): string {
  switch (asked.kind) {
    case 'single':
      return 'A';
    case 'multiple':
      return asked.most === 1 ? 'A' : 'AB';
    case 'scale':
      return ` ${endsOf(asked).to}`;
    case 'open':
      return ' 挺好的';
  }
}
