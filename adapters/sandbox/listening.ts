import type { Sink } from '../adapter.ts';
import type { Deliveries, Log } from './deliveries.ts';

/**
 * Tells the bot how long it has been hearing everything. Nothing can be said in the sandbox while it is down, so its
 * history is whole from its creation on (design.md, "The heart": complete history counts as listened). It never
 * claims a time at which something happened that the bot has not taken yet.
 */
export class Listening {
  readonly #sink: Sink;
  readonly #deliveries: Deliveries;
  readonly #now: () => number;
  readonly #log: Log;
  #from: number;
  #turn: Promise<void> = Promise.resolve();

  /** `from`: the sandbox's creation, milliseconds since the epoch. */
  constructor(sink: Sink, deliveries: Deliveries, now: () => number, log: Log, from: number) {
    this.#sink = sink;
    this.#deliveries = deliveries;
    this.#now = now;
    this.#log = log;
    this.#from = from;
  }

  /** Extends what the bot knows up to now. A rejection is logged; the next call covers the same time again. */
  extend(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#extend());
    return this.#turn;
  }

  async #extend(): Promise<void> {
    const now = this.#now();
    const until = Math.min(now, this.#deliveries.oldestPending() ?? now);
    if (until <= this.#from) return;
    try {
      await this.#sink({ type: 'listening', from: this.#from, until });
      this.#from = until;
    } catch (error) {
      this.#log.warn({ error: String(error) }, 'sandbox: listening not taken');
    }
  }
}
