import type { Sink } from '../adapter.ts';
import { eventOf } from './events.ts';
import type { Heard } from './records.ts';
import { chatKey } from './state.ts';
import type { Store } from './store.ts';

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * Hands to the bot what was heard: in order per chat, one at a time, again until the sink has taken it. What is not
 * taken when the program ends is still marked so on disk and is handed over at the next start.
 */
export class Deliveries {
  readonly #store: Store;
  readonly #sink: Sink;
  readonly #log: Log;
  readonly #retryMs: number;
  readonly #queues = new Map<string, Heard[]>();
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  /** `retryMs`: the first pause after a rejection; it doubles up to thirty seconds. */
  constructor(store: Store, sink: Sink, log: Log, retryMs: number) {
    this.#store = store;
    this.#sink = sink;
    this.#log = log;
    this.#retryMs = retryMs;
  }

  /** Takes over what has just become durable, or what an earlier run left. */
  add(heard: Heard): void {
    const key = chatKey(heard.chat);
    const queue = this.#queues.get(key);
    if (queue) {
      queue.push(heard);
      return;
    }
    this.#queues.set(key, [heard]);
    const run = this.#run(key).finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  /** When the oldest event happened that the bot has not taken; undefined when it has taken all. */
  oldestPending(): number | undefined {
    let oldest: number | undefined;
    for (const { at } of this.#store.state.pending.values()) {
      if (oldest === undefined || at < oldest) oldest = at;
    }
    return oldest;
  }

  /** Resolves when nothing waits to be handed over. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Waits for what the sink holds; hands over nothing that it rejects from now on. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.idle();
  }

  async #run(key: string): Promise<void> {
    const queue = this.#queues.get(key) ?? [];
    let pause = this.#retryMs;
    for (let head = queue[0]; head; head = queue[0]) {
      try {
        await this.#sink(eventOf(head, this.#store.state));
      } catch (error) {
        this.#log.warn({ event: head.id, error: String(error) }, 'sandbox: event not taken');
        if (this.#stop.signal.aborted) break;
        await this.#wait(pause);
        pause = Math.min(pause * 2, 30_000);
        if (this.#stop.signal.aborted) break;
        continue;
      }
      pause = this.#retryMs;
      queue.shift();
      await this.#taken(head);
    }
    this.#queues.delete(key);
  }

  /** A mark that cannot be written is no loss: the event is handed over once more at the next start. */
  async #taken({ id, at }: Heard): Promise<void> {
    try {
      await this.#store.append({ type: 'taken', id, at });
    } catch (error) {
      this.#log.error({ event: id, error: String(error) }, 'sandbox: acknowledgement not kept');
      this.#store.state.pending.delete(id);
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = this.#stop;
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
    });
  }
}
