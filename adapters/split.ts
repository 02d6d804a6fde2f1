/** Where a text may be broken, the best first: between paragraphs, lines, sentences, clauses, words. */
const ends = [/\n\n+/g, /\n/g, /[。！？!?…]+[”’」』）)]*/g, /[；;，,、：]/g, /\s+/g];

/** A break is not taken when it would leave a part shorter than this share of the limit. */
const shortest = 0.5;

/**
 * Splits a text into parts of at most `limit` UTF-16 code units, at the ends of lines or sentences where there are
 * any, and never within a character. Nothing is lost but white space at the breaks.
 */
export function split(text: string, limit: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const at = breakIn(rest, limit);
    const part = rest.slice(0, at).trimEnd();
    if (part !== '') parts.push(part);
    rest = rest.slice(at).replace(/^[^\S\n]*\n*/, '');
  }
  if (rest !== '' || parts.length === 0) parts.push(rest);
  return parts;
}

function breakIn(text: string, limit: number): number {
  const head = text.slice(0, limit);
  for (const end of ends) {
    let best = 0;
    for (const match of head.matchAll(end)) best = match.index + match[0].length;
    if (best >= limit * shortest) return best;
  }
  const code = head.charCodeAt(limit - 1);
  const halfOfPair = code >= 0xd800 && code <= 0xdbff;
  return halfOfPair && limit > 1 ? limit - 1 : limit;
}
