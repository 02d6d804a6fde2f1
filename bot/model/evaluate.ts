/** Runs the evaluation sets of all purposes against a model. */
import { evaluationOf, type Purpose, purposes } from './prompts.ts';
import type { Asks } from './tasks.ts';

/** What became of one purpose's set. `valid`: an answer of the right shape; `right`: one that has what it must have. */
export interface EvaluationRow {
  readonly purpose: Purpose;
  readonly asked: number;
  readonly valid: number;
  readonly right: number;
  readonly tokens: number;
  readonly ms: number;
  readonly failures: readonly string[];
}

/** Asks everything in the evaluation sets, one after another. */
export async function evaluate(model: Asks): Promise<readonly EvaluationRow[]> {
  const rows: EvaluationRow[] = [];
  for (const purpose of purposes) {
    const set = evaluationOf(purpose);
    const began = performance.now();
    let [valid, right, tokens] = [0, 0, 0];
    const failures: string[] = [];
    for (const { data, expect } of set) {
      const asked = await model.ask(purpose, data, []);
      tokens += asked.tokens;
      if (asked.kind === 'failure') {
        failures.push(asked.why);
        continue;
      }
      valid++;
      if (Object.entries(expect).every(([path, wanted]) => at(asked.value, path) === wanted)) right++;
    }
    const ms = Math.round(performance.now() - began);
    rows.push({ purpose, asked: set.length, valid, right, tokens, ms, failures });
  }
  return rows;
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}
