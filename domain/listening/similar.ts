/**
 * Which entries resemble a text: cosine of TF-IDF over single characters and pairs of neighbours. Good for proposing a few to
 * a person, who decides; no threshold of it tells twins apart (notes: a fixed one does not carry over).
 */

/** More of a text is not looked at, in characters. */
const longest = 300;

/** An entry that resembles a text; `likeness` from 0 to 1. */
export interface Twin {
  readonly id: number;
  readonly likeness: number;
}

interface Posting {
  readonly entry: number;
  readonly count: number;
}

/** Entries by what they say, to be searched for twins. */
export class TwinIndex {
  readonly #ids: number[] = [];
  readonly #postings = new Map<string, Posting[]>();
  /** Squared lengths of the entries, for the weights as of so many entries. */
  #norms: { readonly of: number; readonly squares: Float64Array } | undefined;

  /** Adds an entry under its id. */
  add(id: number, text: string): void {
    const entry = this.#ids.push(id) - 1;
    for (const [gram, count] of gramsOf(text)) {
      const postings = this.#postings.get(gram);
      if (postings) postings.push({ entry, count });
      else this.#postings.set(gram, [{ entry, count }]);
    }
  }

  /** The entries that resemble a text most, the nearest first, at most so many; none that shares no pair of characters. */
  search(text: string, most: number): readonly Twin[] {
    const squares = this.#squares();
    const scores = new Float64Array(this.#ids.length);
    const shares = new Uint8Array(this.#ids.length);
    let own = 0;
    for (const [gram, count] of gramsOf(text)) {
      const postings = this.#postings.get(gram);
      const weight = count * this.#rarity(postings?.length ?? 0);
      own += weight * weight;
      if (!postings) continue;
      const pair = gram.length > 1 && [...gram].length > 1 ? 1 : 0;
      const factor = weight * this.#rarity(postings.length);
      for (const posting of postings) {
        scores[posting.entry] = (scores[posting.entry] ?? 0) + factor * posting.count;
        if (pair === 1) shares[posting.entry] = 1;
      }
    }
    const best: Twin[] = [];
    for (let entry = 0; entry < scores.length; entry++) {
      if (shares[entry] !== 1) continue;
      const likeness = (scores[entry] ?? 0) / Math.sqrt(own * (squares[entry] ?? 1));
      const last = best.at(-1);
      if (best.length === most && last && likeness <= last.likeness) continue;
      best.push({ id: this.#ids[entry] ?? 0, likeness });
      best.sort((a, b) => b.likeness - a.likeness);
      if (best.length > most) best.pop();
    }
    return best;
  }

  #rarity(entries: number): number {
    return Math.log((this.#ids.length + 1) / (entries + 1)) + 1;
  }

  #squares(): Float64Array {
    if (this.#norms?.of === this.#ids.length) return this.#norms.squares;
    const squares = new Float64Array(this.#ids.length);
    for (const postings of this.#postings.values()) {
      const rarity = this.#rarity(postings.length);
      for (const { entry, count } of postings) squares[entry] = (squares[entry] ?? 0) + (count * rarity) ** 2;
    }
    this.#norms = { of: this.#ids.length, squares };
    return squares;
  }
}

/** Single characters and pairs of neighbours, with how often each stands; letters and numbers only. */
function gramsOf(text: string): ReadonlyMap<string, number> {
  const chars = [
    ...text
      .slice(0, longest * 2)
      .normalize('NFKC')
      .toLowerCase(),
  ]
    .filter((char) => /[\p{L}\p{N}]/u.test(char))
    .slice(0, longest);
  const grams = new Map<string, number>();
  const count = (gram: string) => grams.set(gram, (grams.get(gram) ?? 0) + 1);
  for (const [n, char] of chars.entries()) {
    count(char);
    const next = chars[n + 1];
    if (next !== undefined) count(char + next);
  }
  return grams;
}
