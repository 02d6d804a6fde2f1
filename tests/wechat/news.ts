import { EventEmitter } from 'node:events';

/** Whoever waits for something to happen on the stand-in, and for how long at most. */
export class News {
  /** How long an answer is held when there is nothing new, in milliseconds. */
  holdMs = 150;
  readonly #emitter = new EventEmitter().setMaxListeners(1_000);

  /** Something has happened. */
  tell(): void {
    this.#emitter.emit('news');
  }

  /** Until something happens, or the hold is over. */
  within(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#emitter.off('news', done);
        resolve();
      };
      const timer = setTimeout(done, this.holdMs);
      this.#emitter.on('news', done);
    });
  }
}
