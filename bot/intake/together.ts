/** Gathers what comes while the last lot is being dealt with, and deals with it together: few wait, many cost little. */

import { setImmediate as eventLoopTurn } from 'node:timers/promises';

/** Turns of the event loop that a lot is gathered for at most, under a stream that never pauses. */
const mostTurns = 16;

class Lot<Item> {
  readonly items: Item[] = [];
  settle: { resolve: () => void; reject: (fault: unknown) => void } = { resolve() {}, reject() {} };
  readonly done = new Promise<void>((resolve, reject) => {
    this.settle = { resolve, reject };
  });
}

export class Together<Item> {
  readonly #deal: (items: readonly Item[]) => Promise<void>;
  #gathering: Lot<Item> | undefined;
  #dealing: Promise<void> | undefined;

  constructor(deal: (items: readonly Item[]) => Promise<void>) {
    this.#deal = deal;
  }

  /** Whether anything is gathered or being dealt with. */
  get busy(): boolean {
    return this.#dealing !== undefined;
  }

  /** Adds an item; settles when its lot has been dealt with, and rejects when that failed. */
  add(item: Item): Promise<void> {
    this.#gathering ??= new Lot();
    this.#gathering.items.push(item);
    const { done } = this.#gathering;
    this.#dealing ??= this.#run();
    return done;
  }

  /** Settles when everything added so far has been dealt with, well or not. */
  async idle(): Promise<void> {
    while (this.#dealing) await this.#dealing;
  }

  async #run(): Promise<void> {
    for (;;) {
      await this.#gathered();
      const lot = this.#gathering;
      if (!lot) break;
      this.#gathering = undefined;
      try {
        await this.#deal(lot.items);
        lot.settle.resolve();
      } catch (fault) {
        lot.settle.reject(fault);
      }
    }
    this.#dealing = undefined;
  }

  /** One turn of the event loop: what arrives together is dealt with together. More turns while each brings more. */
  async #gathered(): Promise<void> {
    let size = -1;
    for (let turn = 0; turn < mostTurns && this.#size > size; turn++) {
      size = this.#size;
      await eventLoopTurn();
    }
  }

  get #size(): number {
    return this.#gathering?.items.length ?? 0;
  }
}
