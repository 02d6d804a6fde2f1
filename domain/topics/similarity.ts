/** How much two short texts resemble each other. */

/**
 * The share of two-character pieces that two texts have in common (Dice), from 0 to 1; letters and numbers alone count.
 */
export function similarity(one: string, other: string): number {
  const [a, b] = [pieces(one), pieces(other)];
  if (a.size === 0 || b.size === 0) return 0;
  let common = 0;
  for (const piece of a) if (b.has(piece)) common++;
  return (2 * common) / (a.size + b.size);
}

function pieces(text: string): ReadonlySet<string> {
  const chars = [...text.normalize('NFKC').toLowerCase()].filter((char) => /[\p{L}\p{N}]/u.test(char));
  return new Set(chars.slice(1).map((char, index) => `${chars[index]}${char}`));
}
