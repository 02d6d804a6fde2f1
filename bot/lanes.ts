/** Work that is done in order within a lane (a chat), several lanes side by side, for as long as there is any. */
import { setTimeout as pause } from 'node:timers/promises';

/** How long everything, or one lane, rests after a fault that its work did not deal with. */
const restMs = 1_000;

export interface Work<Item> {
  /** Lanes worked on at the same time. */
  readonly atOnce: number;
  /** What there is to do now, in order, apart from that of the lanes being worked on. */
  more(busy: readonly string[]): Promise<readonly Item[]>;
  laneOf(item: Item): string;
  /** Does one thing. False: what else is known of the lane must wait until it is looked for again. */
  work(item: Item): Promise<boolean>;
  /** Is told what `more` or `work` threw. */
  failed(fault: unknown): void;
}

export class Lanes<Item> {
  readonly #work: Work<Item>;
  readonly #busy = new Set<string>();
  #wanted = false;
  #stopped = false;
  #running: Promise<void> | undefined;
  #changed: () => void = () => {};

  constructor(work: Work<Item>) {
    this.#work = work;
  }

  /** There may be something to do: look. Cheap to call often. */
  wake(): void {
    if (this.#stopped) return;
    this.#wanted = true;
    this.#changed();
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#wanted) this.wake();
    });
  }

  /** Settles when nothing is left to do now. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Does what there is to do, then nothing any more. */
  async stop(): Promise<void> {
    await this.idle();
    this.#stopped = true;
  }

  async #run(): Promise<void> {
    const waiting = new Map<string, Item[]>();
    for (;;) {
      if (waiting.size === 0 && this.#wanted) await this.#look(waiting);
      for (const [lane, items] of waiting) {
        if (this.#busy.size >= this.#work.atOnce) break;
        waiting.delete(lane);
        void this.#follow(lane, items);
      }
      if (waiting.size === 0 && this.#wanted) continue;
      if (this.#busy.size === 0) return;
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }

  async #look(waiting: Map<string, Item[]>): Promise<void> {
    this.#wanted = false;
    try {
      for (const item of await this.#work.more([...this.#busy])) {
        const lane = this.#work.laneOf(item);
        const items = waiting.get(lane);
        if (items) items.push(item);
        else waiting.set(lane, [item]);
      }
    } catch (fault) {
      this.#work.failed(fault);
      await pause(restMs);
      this.#wanted = true;
    }
  }

  async #follow(lane: string, items: readonly Item[]): Promise<void> {
    this.#busy.add(lane);
    try {
      for (const item of items) if (!(await this.#work.work(item))) break;
    } catch (fault) {
      this.#work.failed(fault);
      await pause(restMs);
    }
    this.#busy.delete(lane);
    // The lane may have got more since.
    this.#wanted = true;
    this.#changed();
  }
}
