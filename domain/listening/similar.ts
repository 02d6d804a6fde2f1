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

/** A character or a pair of neighbours: which entries hold it, and how often each. */
interface Gram {
  readonly number: number;
  readonly entries: number[];
  readonly counts: number[];
}

/** Entries by what they say, to be searched for twins. */
export class TwinIndex {
  readonly #ids: number[] = [];
  readonly #grams = new Map<string, Gram>();
  /** The grams of all entries one after another and how often each stands; an entry's end where the next one's begin. */
  readonly #held: number[] = [];
  readonly #counts: number[] = [];
  readonly #begins: number[] = [0];
  /** Of the entries as of so many: how rare grams are, and the squared lengths of entries, those that were asked for. */
  #weights: { readonly of: number; readonly rarities: Float64Array; readonly squares: Float64Array } = {
    of: 0,
    rarities: new Float64Array(),
    squares: new Float64Array(),
  };

  /** Adds an entry under its id. */
  add(id: number, text: string): void {
    const entry = this.#ids.push(id) - 1;
    for (const [chars, count] of gramsOf(text)) {
      let gram = this.#grams.get(chars);
      if (!gram) {
        gram = { number: this.#grams.size, entries: [], counts: [] };
        this.#grams.set(chars, gram);
      }
      gram.entries.push(entry);
      gram.counts.push(count);
      this.#held.push(gram.number);
      this.#counts.push(count);
    }
    this.#begins.push(this.#held.length);
  }

  /** The entries that resemble a text most, the nearest first, at most so many; none that shares no pair of characters. */
  search(text: string, most: number): readonly Twin[] {
    const { rarities, squares } = this.#weigh();
    const scores = new Float64Array(this.#ids.length);
    const shares = new Uint8Array(this.#ids.length);
    let own = 0;
    for (const [chars, count] of gramsOf(text)) {
      const gram = this.#grams.get(chars);
      const rarity = gram ? (rarities[gram.number] ?? 0) : this.#rarity(0);
      own += (count * rarity) ** 2;
      if (!gram) continue;
      const pair = [...chars].length > 1;
      const factor = count * rarity * rarity;
      for (let n = 0; n < gram.entries.length; n++) {
        const entry = gram.entries[n] ?? 0;
        scores[entry] = (scores[entry] ?? 0) + factor * (gram.counts[n] ?? 0);
        if (pair) shares[entry] = 1;
      }
    }
    const best: Twin[] = [];
    for (let entry = 0; entry < scores.length; entry++) {
      if (shares[entry] !== 1) continue;
      const square = squares[entry] || this.#square(entry);
      const likeness = (scores[entry] ?? 0) / Math.sqrt(own * square);
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

  /** Every entry that is added changes every weight a little: they are anew at the next search. */
  #weigh() {
    if (this.#weights.of !== this.#ids.length) {
      const rarities = new Float64Array(this.#grams.size);
      for (const { number, entries } of this.#grams.values()) rarities[number] = this.#rarity(entries.length);
      this.#weights = { of: this.#ids.length, rarities, squares: new Float64Array(this.#ids.length) };
    }
    return this.#weights;
  }

  /** An entry's squared length; only that of an entry that shares something with a text is ever needed. */
  #square(entry: number): number {
    const { rarities, squares } = this.#weights;
    let sum = 0;
    for (let n = this.#begins[entry] ?? 0; n < (this.#begins[entry + 1] ?? 0); n++)
      sum += ((this.#counts[n] ?? 0) * (rarities[this.#held[n] ?? 0] ?? 0)) ** 2;
    squares[entry] = sum;
    return sum;
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
