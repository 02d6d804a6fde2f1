/** One at a time, in the order of arrival. */
export class Queue {
  #taken = false;
  #waiting: (() => void)[] = [];

  /** Waits for its turn; the turn lasts until the returned function is called (further calls do nothing). */
  async enter(): Promise<() => void> {
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken = true;
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
    if (!this.#taken) return work();
    const leave = await this.enter();
    try {
      return work();
    } finally {
      leave();
    }
  }
}
