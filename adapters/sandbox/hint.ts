/** First steps that the bot proposes on the page. A step with `say` puts that text into the input when clicked. */
export interface Hint {
  readonly title: string;
  /** Who says what the cadre should say: a person's id; the sample cadre when not given. */
  readonly cadre?: string | undefined;
  readonly steps: readonly {
    readonly text: string;
    readonly say?: string | undefined;
    /** Who should say it; the page changes to that person (for a youth: to some youth). */
    readonly as?: 'cadre' | 'youth' | undefined;
    /** In which chat; the one that is open when not given. */
    readonly where?: 'group' | 'private' | undefined;
  }[];
}
