/**
 * One thing after the other. What people do and the moves of the clock take turns, so that nothing is said while the
 * clock moves and two newcomers cannot get the same number.
 */
export class Turn {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `act` after everything before it; settles as it does. */
  run<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#last.then(act);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when everything so far is over. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
