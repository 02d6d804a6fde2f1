/** Full text over the documents: character uni- and bigrams, TF-IDF and cosine, with a table of synonyms. No model. */
import type { Clause, PolicyDocument } from '../documents/document.ts';
import { documents } from '../documents/documents.ts';
import { askedAs } from './asked-as.ts';
import { synonyms } from './synonyms.ts';

/** A clause that may answer, the best first. `alike`: others that say the same, left out of the list. */
export interface Found {
  readonly document: PolicyDocument;
  readonly clause: Clause;
  /** The words of the clause that come nearest, whole sentences. */
  readonly quote: string;
  readonly alike: readonly { readonly document: PolicyDocument; readonly clause: Clause }[];
}

type Weights = ReadonlyMap<string, number>;

interface Passage {
  readonly document: PolicyDocument;
  readonly clause: Clause;
  /** The heading, and other words in which people ask for it. */
  readonly titles: readonly Weights[];
  readonly body: Weights;
  readonly sentences: readonly { readonly text: string; readonly weights: Weights }[];
}

/**
 * How much the nearest heading (or other words for it), the two next ones, the best sentence and the whole text weigh;
 * tuned on tests/support/paraphrases, but for its blind set.
 */
const share = { title: 0.7, next: 0.3, sentence: 0.1, body: 0.5 };
/** The questions answer what is asked; the other documents order. */
const questionsFirst = 1.3;
/** What a single character weighs beside a pair. */
const single = 0.35;
/** A word brought in by a synonym weighs less than one that was asked. */
const borrowed = 0.6;
/** Below this nothing is worth showing. */
const least = 0.03;
/** From this on two clauses say the same. */
const same = 0.8;

const stop = new Set(
  '的了吗呢啊吧是在有和与或也就都要会能可我你您他她们这那个么怎如何以及对于把被给去到上下里中之其为等',
);

interface Index {
  readonly passages: readonly Passage[];
  readonly rarity: Weights;
}

/** Made at the first question: some two hundred passages, a few milliseconds. */
let made: Index | undefined;

/** The clauses nearest to what was asked, at most `count`; none when nothing in the documents resembles it. */
export function searchClauses(asked: string, count = 3): readonly Found[] {
  made ??= index();
  const query = vector(expanded(asked.slice(0, 200)), made.rarity);
  const ranked = made.passages
    .map((passage) => ({ passage, score: scoreOf(query, passage) }))
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score);
  const found: { passage: Passage; alike: Passage[] }[] = [];
  for (const { passage } of ranked) {
    const twin = found.find((other) => cosine(other.passage.body, passage.body) >= same);
    if (twin) twin.alike.push(passage);
    else if (found.length < count) found.push({ passage, alike: [] });
  }
  return found.map(({ passage, alike }) => ({
    document: passage.document,
    clause: passage.clause,
    quote: quoteOf(passage, query),
    alike: alike.map((one) => ({ document: one.document, clause: one.clause })),
  }));
}

/** About this many characters of a clause are quoted. */
const quoted = 90;

/** The sentence nearest to the question, and those after it while there is room. */
function quoteOf({ sentences }: Passage, query: Weights): string {
  const scores = sentences.map(({ weights }) => cosine(query, weights));
  const from = scores.indexOf(Math.max(...scores));
  let quote = '';
  let to = from;
  for (; to < sentences.length && (to === from || quote.length < quoted); to++)
    quote += sentences[to]?.text ?? '';
  return `${from > 0 ? '……' : ''}${quote.trim()}${to < sentences.length ? '……' : ''}`;
}

function scoreOf(query: Weights, { document, titles, body, sentences }: Passage): number {
  const first = document.id === 'gqt-qa' ? questionsFirst : 1;
  const [title = 0, second = 0, third = 0] = titles.map((one) => cosine(query, one)).sort((a, b) => b - a);
  const sentence = Math.max(0, ...sentences.map(({ weights }) => cosine(query, weights)));
  return (
    first *
    (share.title * title +
      (share.next * (second + third)) / 2 +
      share.sentence * sentence +
      share.body * cosine(query, body))
  );
}

/** Single characters and pairs of them, within runs of letters and digits. Pairs say more than characters. */
function grams(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (gram: string, by: number) => counts.set(gram, (counts.get(gram) ?? 0) + by);
  for (const run of text
    .normalize('NFKC')
    .toLowerCase()
    .match(/\p{L}+|\p{N}+(?:\+\p{N}+)*/gu) ?? []) {
    if (/^[\p{N}a-z]/u.test(run)) {
      add(run, 2);
      continue;
    }
    const characters = [...run];
    for (const [at, character] of characters.entries()) {
      if (!stop.has(character)) add(character, single);
      const next = characters[at + 1];
      if (next !== undefined && !(stop.has(character) && stop.has(next))) add(character + next, 1);
    }
  }
  return counts;
}

/** The grams of a question, and at less weight those of the synonyms of its words. */
function expanded(asked: string): Map<string, number> {
  const counts = grams(asked);
  const text = asked.normalize('NFKC').toLowerCase();
  for (const group of synonyms) {
    if (!group.some((word) => text.includes(word.toLowerCase()))) continue;
    for (const word of group)
      if (!text.includes(word.toLowerCase()))
        for (const [gram, by] of grams(word))
          counts.set(gram, Math.max(counts.get(gram) ?? 0, by * borrowed));
  }
  return counts;
}

/** A normalised vector: how often, damped, times how rare. What stands nowhere in the documents weighs nothing. */
function vector(counts: ReadonlyMap<string, number>, rarity: Weights): Weights {
  const weights = new Map<string, number>();
  for (const [gram, by] of counts) {
    const weight = (by > 1 ? 1 + Math.log(by) : by) * (rarity.get(gram) ?? 0);
    if (weight > 0) weights.set(gram, weight);
  }
  const length = Math.hypot(...weights.values());
  return length === 0 ? weights : new Map([...weights].map(([gram, weight]) => [gram, weight / length]));
}

/** Of two normalised vectors. */
function cosine(a: Weights, b: Weights): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [gram, weight] of small) sum += weight * (large.get(gram) ?? 0);
  return sum;
}

/** Every paragraph that says something: no headings, addresses, signatures. */
function index(): Index {
  const texts = documents.flatMap((document) =>
    document.clauses
      .filter(({ text }) => [...text].length >= 12 || text === '到青年中去！')
      .map((clause) => ({ document, clause })),
  );
  const rarity = rarities(
    texts.map(({ clause }) => grams([clause.title, clause.text, ...(askedAs[clause.id] ?? [])].join('\n'))),
  );
  const passages = texts.map(({ document, clause }) => ({
    document,
    clause,
    titles: [clause.title, ...(askedAs[clause.id] ?? [])].map((title) => vector(grams(title), rarity)),
    body: vector(grams(clause.title + clause.text), rarity),
    sentences: clause.text
      .split(/(?<=[。；！？\n])/u)
      .map((sentence) => ({ text: sentence, weights: vector(grams(sentence), rarity) })),
  }));
  return { passages, rarity };
}

/** Inverse document frequency of each gram. */
function rarities(all: readonly ReadonlyMap<string, number>[]): Weights {
  const among = new Map<string, number>();
  for (const counts of all) for (const gram of counts.keys()) among.set(gram, (among.get(gram) ?? 0) + 1);
  return new Map([...among].map(([gram, n]) => [gram, Math.log(1 + all.length / n)]));
}
