/** The one queue in which the account speaks. */
import { setTimeout as pause } from 'node:timers/promises';
import { SendError } from '../adapter.ts';
import { nextSend, type Pace, sent, stopped } from './pace.ts';
import { tooOftenCode } from './send-fault.ts';
import type { State } from './state.ts';

export class SendQueue {
  readonly #state: State;
  readonly #pace: Pace;
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #patienceMs: number;
  readonly #tooOften: () => void;
  readonly #closing = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** `tooOften` is called when the platform says so. */
  constructor(parts: {
    state: State;
    pace: Pace;
    now: () => number;
    random: () => number;
    patienceMs: number;
    tooOften: () => void;
  }) {
    this.#state = parts.state;
    this.#pace = parts.pace;
    this.#now = parts.now;
    this.#random = parts.random;
    this.#patienceMs = parts.patienceMs;
    this.#tooOften = parts.tooOften;
  }

  /** How many sends wait. */
  get backlog(): number {
    return this.#waiting;
  }

  get stoppedUntil(): number {
    return this.#state.now.sends.stoppedUntil;
  }

  /**
   * Runs one send when its turn has come. Throws {@link SendError} `retry` at once where that would take longer than the
   * patience: meanwhile it may no longer make sense.
   */
  run<T>(chat: string, send: () => Promise<T>): Promise<T> {
    this.#waiting++;
    const mine = this.#turn
      .then(() => this.#inTurn(chat, send))
      .finally(() => {
        this.#waiting--;
      });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** The platform said “too often”. */
  halt(): void {
    this.#state.change({ sends: stopped(this.#state.now.sends, this.#now(), this.#pace) });
    this.#tooOften();
  }

  /** What waits is given back. */
  stop(): void {
    this.#closing.abort();
  }

  async #inTurn<T>(chat: string, send: () => Promise<T>): Promise<T> {
    const now = this.#now();
    const wait = nextSend(this.#state.now.sends, chat, now, this.#pace, this.#random()) - now;
    if (wait > this.#patienceMs) throw new SendError('retry', 'wechat: the pace of sending', wait);
    if (wait > 0)
      await pause(wait, undefined, { signal: this.#closing.signal }).catch(() => {
        throw new SendError('retry', 'wechat: stopping');
      });
    this.#state.change({ sends: sent(this.#state.now.sends, chat, this.#now()) });
    try {
      return await send();
    } catch (fault) {
      if (!(fault instanceof SendError) || fault.cause !== tooOftenCode) throw fault;
      this.halt();
      throw new SendError('retry', 'wechat: too often', this.#pace.stopMs);
    }
  }
}
