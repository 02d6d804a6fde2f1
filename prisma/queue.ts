import { setImmediate as eventLoopTurn } from 'node:timers/promises';

/** After so many turns in a row the event loop gets one, for timers, signals and the driver's freeing of memory. */
const turnsInARow = 200;

/** One at a time, in the order of arrival. */
export class Queue {
  #taken = false;
  #waiting: (() => void)[] = [];
  #turns = 0;

  /** Waits for its turn; the turn lasts until the returned function is called (further calls do nothing). */
  async enter(): Promise<() => void> {
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken = true;
    this.#turns += 1;
    if (this.#turns >= turnsInARow) {
      await eventLoopTurn();
      this.#turns = 0;
    }
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#taken = false;
    };
  }

  /** Does something synchronous in its turn. */
  async run<T>(work: () => T): Promise<T> {
    const leave = await this.enter();
    try {
      return work();
    } finally {
      leave();
    }
  }
}
