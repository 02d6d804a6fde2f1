import type { Limits } from './options.ts';

/** Waits so many milliseconds; rejects when the signal says so. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/**
 * One limiter for every call of the app: so many in a chat a second, so many of the app a second and a minute. Calls
 * go in the order in which they asked, per chat; one chat's queue does not hold another's up. Feishu's own demand to
 * pause holds for the chat or for all.
 */
export class Limiter {
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #wait: Wait;
  readonly #stop = new AbortController();
  readonly #chats = new Map<string, ChatLimit>();
  readonly #calls: number[] = [];
  #turn: Promise<void> = Promise.resolve();
  #pausedUntil = 0;

  /** `now`: milliseconds of a clock that only goes forward. */
  constructor(limits: Limits, now: () => number, wait: Wait) {
    this.#limits = limits;
    this.#now = now;
    this.#wait = wait;
  }

  /** Resolves when a call may go out. Rejects once {@link stop}ped. */
  async take(chat?: string): Promise<void> {
    if (chat !== undefined) {
      const limit = this.#chat(chat);
      limit.waiting++;
      const turn = limit.turn.then(() => this.#takeOfChat(limit));
      limit.turn = turn.catch(() => undefined);
      await turn.finally(() => limit.waiting--);
    }
    const turn = this.#turn.then(() => this.#takeOfApp());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Feishu asked for a pause of so many milliseconds: in this chat, or of the whole app. */
  pause(ms: number, chat?: string): void {
    const until = this.#now() + ms;
    if (chat === undefined) this.#pausedUntil = Math.max(this.#pausedUntil, until);
    else {
      const limit = this.#chat(chat);
      limit.pausedUntil = Math.max(limit.pausedUntil, until);
    }
  }

  /** Whoever still waits is turned away. */
  stop(): void {
    this.#stop.abort(new Error('feishu: stopped'));
  }

  #chat(chat: string): ChatLimit {
    let limit = this.#chats.get(chat);
    if (!limit) {
      if (this.#chats.size >= chatsKept) this.#forgetIdle();
      limit = { turn: Promise.resolve(), calls: [], pausedUntil: 0, waiting: 0 };
      this.#chats.set(chat, limit);
    }
    return limit;
  }

  #forgetIdle(): void {
    const idleSince = this.#now() - 1_000;
    for (const [chat, limit] of this.#chats) {
      const last = limit.calls.at(-1) ?? 0;
      if (limit.waiting === 0 && last < idleSince && limit.pausedUntil < this.#now())
        this.#chats.delete(chat);
    }
  }

  async #takeOfChat(limit: ChatLimit): Promise<void> {
    for (;;) {
      const now = this.#now();
      const free = Math.max(limit.pausedUntil, freeAt(limit.calls, this.#limits.chatPerSecond, secondMs));
      if (free <= now) break;
      await this.#wait(free - now, this.#stop.signal);
    }
    this.#stop.signal.throwIfAborted();
    limit.calls.push(this.#now());
    if (limit.calls.length > this.#limits.chatPerSecond) limit.calls.shift();
  }

  async #takeOfApp(): Promise<void> {
    const { perSecond, perMinute } = this.#limits;
    for (;;) {
      const now = this.#now();
      const free = Math.max(
        this.#pausedUntil,
        freeAt(this.#calls, perSecond, secondMs),
        freeAt(this.#calls, perMinute, 60_000),
      );
      if (free <= now) break;
      await this.#wait(free - now, this.#stop.signal);
    }
    this.#stop.signal.throwIfAborted();
    this.#calls.push(this.#now());
    if (this.#calls.length > Math.max(perSecond, perMinute)) this.#calls.shift();
  }
}

interface ChatLimit {
  turn: Promise<void>;
  readonly calls: number[];
  pausedUntil: number;
  waiting: number;
}

const chatsKept = 5_000;

/** Calls do not arrive as far apart as they left: a second is taken for a little more. */
const secondMs = 1_100;

/** When the next call may go out, given the times of the last ones. */
function freeAt(calls: readonly number[], most: number, withinMs: number): number {
  const oldest = calls[calls.length - most];
  return oldest === undefined ? 0 : oldest + withinMs;
}
