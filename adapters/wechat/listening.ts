import type { Sink } from '../adapter.ts';
import { Holes } from '../holes.ts';
import type { Log } from './log.ts';

/**
 * How long the account has been hearing everything (docs/architecture.md, rule 8): from one sync to the next, unless too
 * long a silence lies between them; only up to the oldest event that is not taken yet; never over one that was refused. A
 * heartbeat proves nothing.
 */
export class Listening {
  readonly #sink: Sink;
  readonly #log: Log;
  readonly #silenceMs: number;
  readonly #oldestPending: () => number | undefined;
  /** The interval that is still growing. */
  #from: number | undefined;
  #until = 0;
  #claimed = 0;
  #turn: Promise<void> = Promise.resolve();
  readonly #holes = new Holes();

  constructor(parts: {
    sink: Sink;
    log: Log;
    silenceMs: number;
    oldestPending: () => number | undefined;
  }) {
    this.#sink = parts.sink;
    this.#log = parts.log;
    this.#silenceMs = parts.silenceMs;
    this.#oldestPending = parts.oldestPending;
  }

  /** The account was in step with the server at that instant; true when a silence ended by it. */
  alive(at: number): boolean {
    const broken = this.#from !== undefined && at - this.#until > this.#silenceMs;
    if (broken) this.#claim(this.#until);
    if (this.#from === undefined || broken) this.#from = at;
    this.#until = Math.max(this.#until, at);
    return broken;
  }

  /** The login or the process is over: what comes next begins anew. */
  down(): void {
    if (this.#from === undefined) return;
    this.#claim(this.#until);
    this.#from = undefined;
  }

  /** An event of that instant was refused: WeChat has no history to fetch it from. */
  missed(at: number): void {
    this.#holes.add(at);
  }

  /** Says what is new. */
  extend(): Promise<void> {
    if (this.#from !== undefined) this.#claim(this.#until);
    return this.#turn;
  }

  #claim(proven: number): void {
    const from = this.#from;
    if (from === undefined) return;
    this.#turn = this.#turn.then(async () => {
      const until = Math.min(proven, this.#oldestPending() ?? proven);
      if (until < from || until <= this.#claimed) return;
      try {
        for (const piece of this.#holes.around(from, until)) {
          if (piece.until <= this.#claimed) continue;
          if (piece.heard) await this.#sink({ type: 'listening', from: piece.from, until: piece.until });
          this.#claimed = piece.until;
        }
      } catch {
        this.#log.warn({}, 'wechat: listening not taken');
      }
    });
  }
}
