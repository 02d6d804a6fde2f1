import type { Sink } from '../adapter.ts';
import { Holes } from '../holes.ts';
import { faultOf } from './errors.ts';
import type { Log } from './options.ts';

/** A gap is tried so often, and so many are remembered. */
const mostTries = 10;
const mostGaps = 50;
const longestGapMs = 3 * 86_400_000;

interface Gap {
  readonly from: number;
  readonly until: number;
  tries: number;
}

/**
 * Tells the bot how long it has been hearing everything (design.md, counting rule 8): only up to the last instant at
 * which the connection proved alive, only up to the oldest event that is not taken yet, not while it is deaf, and a
 * time of no connection, or one in which an event was refused, only once its whole history was fetched.
 */
export class Listening {
  readonly #sink: Sink;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #oldestPending: () => number | undefined;
  readonly #hears: () => 'all' | 'mentions' | undefined;
  readonly #fill: (from: number, until: number) => Promise<'whole' | 'partly' | 'later'>;
  #from: number | undefined;
  #proven: number | undefined;
  #last: number | undefined;
  #gaps: Gap[] = [];
  readonly #holes = new Holes();
  #turn: Promise<void> = Promise.resolve();
  #filling: Promise<void> | undefined;
  #stopped = false;

  /** `heardUntil`: until when an earlier run listened; `hears` is undefined while that is not known. */
  constructor(parts: {
    sink: Sink;
    log: Log;
    now: () => number;
    oldestPending: () => number | undefined;
    hears: () => 'all' | 'mentions' | undefined;
    fill: (from: number, until: number) => Promise<'whole' | 'partly' | 'later'>;
    heardUntil: number | undefined;
  }) {
    this.#sink = parts.sink;
    this.#log = parts.log;
    this.#now = parts.now;
    this.#oldestPending = parts.oldestPending;
    this.#hears = parts.hears;
    this.#fill = parts.fill;
    this.#last = parts.heardUntil;
  }

  /** The connection stands, and has since `at`. */
  up(at: number): void {
    if (this.#last !== undefined && this.#last < at) {
      this.#lost(Math.max(this.#last, at - longestGapMs), at);
    }
    this.#from = at;
    this.#proven = at;
    this.#last = at;
  }

  /** The far side was heard just now. */
  alive(): void {
    if (this.#proven === undefined) return;
    this.#proven = Math.max(this.#proven, this.#now());
    this.#last = this.#proven;
  }

  /** An event of that instant was refused: there is a gap. */
  missed(at: number): void {
    this.#holes.add(at);
  }

  /** The connection is lost; what follows the last proof is a gap. */
  down(): void {
    const from = this.#from;
    const proven = this.#proven;
    this.#from = undefined;
    this.#proven = undefined;
    if (from === undefined || proven === undefined || this.#hears() === 'mentions') return;
    const until = this.#hears() === undefined ? from : Math.min(proven, this.#oldestPending() ?? proven);
    this.#last = Math.max(from, until);
    if (until <= from) return;
    this.#turn = this.#turn.then(async () => {
      for (const piece of this.#holes.around(from, until))
        if (!piece.heard || !(await this.#claim(piece.from, piece.until)))
          this.#lost(piece.from, piece.until);
    });
  }

  /** Says what is new. A rejection is logged; the next call covers the same time again. */
  extend(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#extend());
    return this.#turn;
  }

  /** Fetches the gaps that are left and claims those that are whole. What is said meanwhile is claimed beside it. */
  fillGaps(): Promise<void> {
    this.#filling ??= this.#fillGaps().finally(() => {
      this.#filling = undefined;
    });
    return this.#filling;
  }

  /** No gap is filled any more. */
  stop(): void {
    this.#stopped = true;
  }

  async #extend(): Promise<void> {
    const hears = this.#hears();
    if (hears === undefined || this.#from === undefined || this.#proven === undefined) return;
    if (hears === 'mentions') {
      this.#from = this.#now();
      this.#gaps = [];
      return;
    }
    const until = Math.min(this.#proven, this.#oldestPending() ?? this.#proven);
    if (until <= this.#from) return;
    for (const { from, until: end, heard } of this.#holes.around(this.#from, until)) {
      if (heard && !(await this.#claim(from, end))) return;
      // Meanwhile the connection may have been lost, and what was not claimed with it.
      if (this.#from !== from) return;
      this.#from = end;
      if (!heard) this.#lost(from, end);
    }
  }

  #lost(from: number, until: number): void {
    this.#gaps.push({ from, until, tries: 0 });
    if (this.#gaps.length > mostGaps) this.#gaps.shift();
  }

  async #fillGaps(): Promise<void> {
    if (this.#hears() !== 'all') return;
    for (const gap of [...this.#gaps]) {
      if (this.#stopped) return;
      gap.tries++;
      const filled = await this.#fill(gap.from, gap.until);
      const settled =
        filled === 'whole'
          ? await this.#claim(gap.from, gap.until)
          : filled === 'partly' || gap.tries >= mostTries;
      if (settled) this.#gaps = this.#gaps.filter((other) => other !== gap);
    }
  }

  async #claim(from: number, until: number): Promise<boolean> {
    try {
      await this.#sink({ type: 'listening', from, until });
      return true;
    } catch (error) {
      this.#log.warn({ fault: faultOf(error) }, 'feishu: listening not taken');
      return false;
    }
  }
}
