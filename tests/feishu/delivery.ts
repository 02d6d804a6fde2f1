import type { Reply } from './connections.ts';
import type { FeishuEvent } from './events.ts';

/** One attempt to hand over an event. Instants and durations in milliseconds. */
export interface Attempt extends Reply {
  readonly at: number;
  readonly latencyMs: number;
}

/** What became of an event. */
export interface Outcome {
  readonly eventId: string;
  readonly type: string;
  /** Answered with code 200 in time; `filtered` when the app may not hear it. */
  readonly result: 'acknowledged' | 'gave up' | 'filtered';
  readonly attempts: readonly Attempt[];
  /** What the handler of the acknowledged attempt returned. */
  readonly data: unknown;
}

export interface DeliveryOptions {
  /** An answer must come within this time; Feishu's is 3 s. */
  ackWithinMs: number;
  /** Pauses before the second, third… attempt; Feishu's are 15 s, 5 min, 1 h, 6 h. */
  redeliverAfterMs: readonly number[];
  /** The chance that an acknowledged event comes once more. */
  duplicateChance: number;
  /** Every attempt starts up to this much later, at random, so that events overtake each other. */
  shuffleMs: number;
  /** Every event is sent in this many chunks, in random order (long connection only). */
  chunks: number;
}

type Transport = (json: string, timeoutMs: number, chunks: number) => Promise<Reply>;

const mostOutcomes = 20_000;

/** Hands events over as Feishu does: at least once, again when not acknowledged in time, and unordered on demand. */
export class Delivery {
  readonly options: DeliveryOptions;
  /** Everything that was settled, the oldest first; the last 20,000. */
  readonly outcomes: Outcome[] = [];
  transport: Transport;
  readonly #random: () => number;
  readonly #clock: () => number;
  readonly #pending = new Set<Promise<unknown>>();
  readonly #wakes = new Set<() => void>();
  #held: (() => void)[] | undefined;
  #stopped = false;

  constructor(transport: Transport, options: DeliveryOptions, clock: () => number, random: () => number) {
    this.transport = transport;
    this.options = options;
    this.#clock = clock;
    this.#random = random;
  }

  /** Hands over an event; settles when it is acknowledged or given up. Never rejects. */
  push(event: FeishuEvent, retries: readonly number[] = this.options.redeliverAfterMs): Promise<Outcome> {
    return this.#track(this.#run(event, retries));
  }

  /** Sends an event once more, acknowledged or not, without a redelivery of its own. */
  again(event: FeishuEvent): Promise<Outcome> {
    return this.push(event, []);
  }

  /** From now on attempts wait. */
  hold(): void {
    this.#held ??= [];
  }

  /** Lets the waiting attempts go, in this order. */
  release(order: 'first in first' | 'last in first' | 'random' = 'first in first'): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    if (order === 'last in first') held.reverse();
    if (order === 'random') {
      const keyed = held.map((go) => ({ go, key: this.#random() })).sort((a, b) => a.key - b.key);
      for (const { go } of keyed) go();
    } else {
      for (const go of held) go();
    }
  }

  /** Settles when nothing is under way, including duplicates. */
  async idle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** Gives up what is under way. */
  stop(): void {
    this.#stopped = true;
    this.release();
    for (const wake of this.#wakes) wake();
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#pending.add(work);
    const done = (): void => {
      this.#pending.delete(work);
    };
    work.then(done, done);
    return work;
  }

  #pause(ms: number): Promise<void> {
    if (ms <= 0 || this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#wakes.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#wakes.add(wake);
    });
  }

  async #attempt(json: string): Promise<Attempt> {
    if (this.options.shuffleMs > 0) await this.#pause(this.#random() * this.options.shuffleMs);
    const held = this.#held;
    if (held) await new Promise<void>((resolve) => held.push(resolve));
    const at = this.#clock();
    if (this.#stopped) return { at, latencyMs: 0, failed: 'stopped' };
    const started = performance.now();
    const reply = await this.transport(json, this.options.ackWithinMs, this.options.chunks);
    return { ...reply, at, latencyMs: performance.now() - started };
  }

  async #run(event: FeishuEvent, retries: readonly number[]): Promise<Outcome> {
    const json = JSON.stringify(event);
    const attempts: Attempt[] = [];
    for (const pause of [0, ...retries]) {
      await this.#pause(pause);
      const attempt = await this.#attempt(json);
      attempts.push(attempt);
      if (attempt.code === 200) {
        if (this.options.duplicateChance > 0 && this.#random() < this.options.duplicateChance) {
          void this.#track(this.#pause(this.#random() * 50).then(() => this.#attempt(json)));
        }
        return this.#settle(event, 'acknowledged', attempts, attempt.data);
      }
      if (this.#stopped) break;
    }
    return this.#settle(event, 'gave up', attempts, undefined);
  }

  #settle(event: FeishuEvent, result: Outcome['result'], attempts: Attempt[], data: unknown): Outcome {
    const outcome = {
      eventId: event.header.event_id,
      type: event.header.event_type,
      result,
      attempts,
      data,
    };
    this.outcomes.push(outcome);
    if (this.outcomes.length > mostOutcomes) this.outcomes.shift();
    return outcome;
  }
}
