/** A map that forgets the oldest entries beyond a number. */
export class Recent<K, V> {
  readonly #most: number;
  readonly #entries = new Map<K, V>();
  /** Goes on from the oldest entry: begun anew each time it would walk over all that was deleted before it. */
  readonly #oldest = this.#entries.keys();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  /** Keeps the entry as the newest. */
  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#most) return;
    const { done, value: oldest } = this.#oldest.next();
    if (!done) this.#entries.delete(oldest);
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }
}
