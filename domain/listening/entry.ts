/** Entries of the problem list as they are counted and passed on: no asker, and on the way out no names in their words. */
import { redact } from '../redaction/redact.ts';
import { classify } from './classify.ts';
import { soundsDangerous } from './danger.ts';
import { type Demand, type DemandKind, lapseMs } from './demand.ts';

/** An entry without its asker; instants are milliseconds since the epoch. */
export interface Entry extends Demand {
  readonly kind: DemandKind | undefined;
  readonly field: string | undefined;
  /** People who have said that they have the same trouble. */
  readonly supports: number;
  /** Of an anonymous one the day alone is known: `createdAt` is its beginning, and tells no length of time. */
  readonly dayOnly?: boolean | undefined;
  /** The cadre's own line that the group may read. */
  readonly publicNote: string | undefined;
}

/** Stands for the words of a cry for help: it is no material. */
export const handledApart = '（涉及人身安全，已单独处理，内容不列）';

/** Kind and field as the cadre has said, otherwise as the rules propose; `guessed`: the rules had to. */
export function sorted({ kind, field, text }: Pick<Entry, 'kind' | 'field' | 'text'>): {
  readonly kind: DemandKind;
  readonly field: string;
  readonly guessed: boolean;
} {
  const rule = classify(text);
  return {
    kind: kind ?? rule.kind,
    field: field ?? rule.field,
    guessed: kind === undefined || field === undefined,
  };
}

/**
 * The words of an entry without what tells who somebody is: names of the group's members (`names`), phones, numbers,
 * rooms. Words without any of it stay as they are.
 */
export function withoutNames(text: string, names: readonly string[]): string {
  if (soundsDangerous(text)) return handledApart;
  const clean = redact(text, names);
  if (clean === text.normalize('NFKC').replace(/\p{Cf}/gu, '')) return text;
  return clean.replace(/(?<=[\p{Script=Han}〕])[,;:!?]/gu, (mark) => wide[mark] ?? mark);
}

const wide: Readonly<Record<string, string>> = { ',': '，', ';': '；', ':': '：', '!': '！', '?': '？' };

/** Whether the asker has said that it is solved; otherwise a closed one stands because nobody said anything for 14 days. */
export function isConfirmed({ state, answeredAt, closedAt }: Entry): boolean {
  return state === 'closed' && closedAt !== undefined && closedAt < (answeredAt ?? closedAt) + lapseMs;
}

/**
 * How many people an entry speaks for: its asker, who feels the same, and those of what was merged into it, also by way
 * of another. People may be in it twice.
 */
export function voicesOf(entry: Entry, all: readonly Entry[]): number {
  let voices = 0;
  const seen = new Set<number>();
  const left = [entry];
  for (let next = left.pop(); next; next = left.pop()) {
    if (seen.has(next.number)) continue;
    seen.add(next.number);
    voices += 1 + next.supports;
    const { number } = next;
    left.push(...all.filter(({ state, mergedInto }) => state === 'merged' && mergedInto === number));
  }
  return voices;
}
