/** What a document of the scheme is: its clauses in order, word for word, each with an id that stays. */

/** A paragraph of a document, or a heading (no `text`). `title` and `text` one after the other are its exact words. */
export interface Clause {
  /** Document, article and paragraph: `xinjiang/4.2`, `gqt-notice/2.p1`, `gqt-qa/53`. */
  readonly id: string;
  /** Where it stands, for people. */
  readonly article: string;
  /** Its heading with its number; for a question the question. May be empty. */
  readonly title: string;
  readonly text: string;
}

export interface PolicyDocument {
  readonly id: string;
  /** Short, for lists. */
  readonly name: string;
  readonly title: string;
  /** Number or date of issue; may be empty. */
  readonly number: string;
  /** The file of its words in `originals/`. */
  readonly file: string;
  readonly clauses: readonly Clause[];
}
