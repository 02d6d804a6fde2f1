/** Runs the evaluation sets of all purposes against a model. */
import { checkSentences } from '../../domain/reports/check.ts';
import type { Failure } from './model.ts';
import { type AnswerTo, evaluationOf, type Purpose, purposes } from './prompts.ts';
import type { Asks } from './tasks.ts';

/** What became of one purpose's set. `valid`: an answer of the right shape; `right`: one that has what it must have. */
export interface EvaluationRow {
  readonly purpose: Purpose;
  readonly asked: number;
  readonly valid: number;
  readonly right: number;
  readonly tokens: number;
  readonly ms: number;
  /** Of each question without an answer why, and what the endpoint said to it. */
  readonly failures: readonly { readonly why: Failure; readonly detail: string }[];
}

/** Asks everything in the evaluation sets, one after another. */
export async function evaluate(model: Asks): Promise<readonly EvaluationRow[]> {
  const rows: EvaluationRow[] = [];
  for (const purpose of purposes) {
    const set = evaluationOf(purpose);
    const began = performance.now();
    let [valid, right, tokens] = [0, 0, 0];
    const failures: EvaluationRow['failures'][number][] = [];
    for (const { data, expect } of set) {
      const asked = await model.ask(purpose, data, []);
      tokens += asked.tokens;
      if (asked.kind === 'failure') {
        failures.push({ why: asked.why, detail: asked.detail ?? '' });
        continue;
      }
      valid++;
      const isExpected = Object.entries(expect).every(([path, wanted]) => at(asked.value, path) === wanted);
      if (isExpected && isBorne(purpose, data, asked.value)) right++;
    }
    const ms = Math.round(performance.now() - began);
    rows.push({ purpose, asked: set.length, valid, right, tokens, ms, failures });
  }
  return rows;
}

/** A report's draft is right only where nothing of it would be struck. */
function isBorne(purpose: Purpose, data: Readonly<Record<string, unknown>>, value: unknown): boolean {
  if (purpose !== 'report-draft') return true;
  const records = Object.values(data)
    .flat()
    .map((text, index) => ({
      number: index + 1,
      text: String(text),
      source: '',
      mustSay: false,
      part: '做法' as const,
    }));
  const { sentences } = value as AnswerTo<'report-draft'>;
  return checkSentences(sentences, records).struck.length === 0;
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}
