/** From what a model wrote to a checked answer. */
import type { z } from 'zod';

export type Checked<T> =
  | { readonly kind: 'answer'; readonly value: T }
  /** `fault` names what is wrong, in words for the model, without any of its text. */
  | { readonly kind: 'fault'; readonly fault: string };

/** Longer answers are not looked at. */
const longest = 20_000;

/** The one JSON object in a text, checked; a fence, a sentence, or thoughts before it do not matter. */
export function checkAnswer<T>(written: string, shape: z.ZodType<T>): Checked<T> {
  const text = written.replace(/^\s*<think>[\s\S]*?<\/think>/u, '');
  const from = text.indexOf('{');
  const until = text.lastIndexOf('}');
  if (text.length > longest || from < 0 || until < from) return { kind: 'fault', fault: 'no JSON object' };
  let value: unknown;
  try {
    value = JSON.parse(text.slice(from, until + 1));
  } catch {
    return { kind: 'fault', fault: 'the JSON is invalid' };
  }
  const read = shape.safeParse(value);
  if (read.success) return { kind: 'answer', value: read.data };
  const [issue] = read.error.issues;
  return { kind: 'fault', fault: `${issue?.path.join('.') ?? ''}: ${issue?.code ?? 'wrong'}` };
}
