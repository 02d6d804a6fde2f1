/** “Did you mean”: which names a mistyped word resembles. */

/** More of a word is not looked at, so that a hostile one costs nothing. */
const longest = 16;

/**
 * How many insertions, deletions, replacements and swaps of neighbours lie between two words, by code points
 * (optimal string alignment).
 */
export function distance(one: string, other: string): number {
  const a = [...one];
  const b = [...other];
  let before: number[] = [];
  let last = b.map((_, j) => j).concat(b.length);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(before, j - 2) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

/**
 * The names nearest to a word, at most two; none when even the nearest is too far: more than one slip in a short name,
 * two in a name of four characters or more.
 */
export function resembling(word: string, names: readonly string[]): readonly string[] {
  const typed = [...word].slice(0, longest).join('');
  const near = names
    .map((name) => ({ name, slips: distance(typed, name), length: [...name].length }))
    .filter(({ slips, length }) => slips <= (length >= 4 ? 2 : 1) && slips < length)
    .sort((a, b) => a.slips - b.slips);
  return near
    .filter(({ slips }) => slips === near[0]?.slips)
    .slice(0, 2)
    .map(({ name }) => name);
}
