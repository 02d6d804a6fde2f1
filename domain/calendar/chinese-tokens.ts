/** The words of a Chinese date-time, found in a text from left to right; what they mean together is not decided here. */
import {
  durationAfterTime,
  halfAfterDate,
  halfRules,
  link,
  nextDay,
  type Rule,
  rules,
} from './chinese-grammar.ts';
import type { Token } from './chinese-words.ts';

/** Every token of a text whose widths are folded (`foldWidths`), in order and without overlap. */
export function scanTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const last = tokens.at(-1);
    const behind = last?.to === at ? last.kind : undefined;
    const tried = [
      ...(behind === 'time' || behind === 'half' ? [durationAfterTime, link] : []),
      ...(behind === 'link' ? [nextDay] : []),
      ...halfRules,
      ...(behind === 'date' ? halfAfterDate : []),
      ...rules,
    ];
    const token = firstToken(text, at, tried);
    if (token) tokens.push(token);
    at = token?.to ?? at + 1;
  }
  return tokens;
}

function firstToken(text: string, at: number, tried: readonly Rule[]): Token | undefined {
  for (const { pattern, read } of tried) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const meaning = match?.[0] ? read(match.groups ?? {}) : undefined;
    if (match && meaning) return { ...meaning, from: at, to: at + match[0].length };
  }
  return undefined;
}
