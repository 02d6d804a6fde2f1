/** How long it takes to look for twins of a demand among very many (domain/listening/similar.ts). */
import { TwinIndex } from '../domain/listening/similar.ts';
import { complaints } from '../tests/support/complaints.ts';

const wanted = '三楼宿舍晚上没有热水，希望能修一修，十点以后想洗澡';
const searches = 50;

/**
 * Milliseconds: to index so many entries, of the first search, which weighs all of them anew, and of each of
 * {@link searches} after it, sorted.
 */
export async function runTwins(
  entries: number,
): Promise<{ indexing: number; first: number; searching: number[] }> {
  const index = new TwinIndex();
  const begun = performance.now();
  for (let n = 0; n < entries; n++) index.add(n, entry(n));
  const indexing = performance.now() - begun;
  const searching: number[] = [];
  for (let n = 0; n <= searches; n++) {
    const from = performance.now();
    const found = index.search(wanted, 3);
    searching.push(performance.now() - from);
    if (found.length !== 3 || found.some(({ id }) => id % complaints.length !== 0))
      throw new Error('the twins were not found');
  }
  const [first = Number.NaN, ...later] = searching;
  return { indexing, first, searching: later.sort((a, b) => a - b) };
}

/** Every entry with rare characters of its own, none of which is looked for, so that the index holds many different ones. */
function entry(n: number): string {
  const own = String.fromCodePoint(0x3400 + (n % 6_500), 0x3400 + ((n * 7) % 6_500));
  return `${complaints[n % complaints.length]}${own}第${n}次说`;
}
