import { ApiError } from './faults.ts';

/** Arrival shifts a little on its way, so a second's window is counted this much shorter (milliseconds). */
const grace = 50;

/** The documented rates: 5 a second per chat, 5 updates a second per card, 50 a second and 1,000 a minute per API. */
export class Limits {
  /** Off: nothing is ever refused for its rate. */
  enforced: boolean;
  perChatPerSecond = 5;
  perApiPerSecond = 50;
  perApiPerMinute = 1000;
  readonly #clock: () => number;
  readonly #times = new Map<string, number[]>();
  /** How many calls were refused for their rate. */
  refused = 0;

  constructor(enforced: boolean, clock: () => number) {
    this.enforced = enforced;
    this.#clock = clock;
  }

  #over(key: string, most: number, windowMs: number): boolean {
    const at = this.#clock();
    const times = (this.#times.get(key) ?? []).filter((time) => time > at - windowMs);
    if (times.length >= most) {
      this.#times.set(key, times);
      this.refused += 1;
      return true;
    }
    times.push(at);
    this.#times.delete(key);
    this.#times.set(key, times);
    if (this.#times.size > 5000) {
      const [oldest] = this.#times.keys();
      if (oldest !== undefined) this.#times.delete(oldest);
    }
    return false;
  }

  /** Counts a message to a chat, or an update of a card; throws code 230020 over the limit. */
  perTarget(id: string): void {
    if (!this.enforced) return;
    if (this.#over(id, this.perChatPerSecond, 1000 - grace)) throw new ApiError(230020);
  }

  /** Counts a call of an API; throws code 99991400 over the limit. */
  perApi(route: string): void {
    if (!this.enforced) return;
    if (
      this.#over(`s ${route}`, this.perApiPerSecond, 1000 - grace) ||
      this.#over(`m ${route}`, this.perApiPerMinute, 60_000)
    ) {
      throw new ApiError(99991400, undefined, { resetSeconds: 1 });
    }
  }
}
