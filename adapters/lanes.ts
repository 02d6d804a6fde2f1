import { type ChatEvent, type DirectoryEvent, nothingToKeep } from './adapter.ts';
import { Recent } from './recent.ts';

/** What may wait in a lane. */
export type LaneEvent = ChatEvent | DirectoryEvent;

interface Log {
  warn(fields: object, message: string): void;
}

/** Chats whose event the sink holds at once; it writes what comes together in one go. */
const atOnce = 1_024;
/** Events that wait; beyond it they are refused, so that the platform delivers them later. */
const mostWaiting = 20_000;
const takenKept = 40_000;
const longestPauseMs = 30_000;

interface Entry {
  readonly key: string;
  readonly at: number;
  /** Undefined while it is still being completed. */
  event: LaneEvent | undefined;
  readonly taken: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

interface Lane {
  readonly key: string;
  /** In the order of arrival; the first one is in the sink, or waits for it. */
  readonly entries: Entry[];
  busy: boolean;
  pauseMs: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Hands events to the sink: chats side by side, each chat's events one after the other. What the sink does not take
 * is tried again before all that came after it, with growing pauses, until it is taken or the lanes stop.
 */
export class Lanes {
  readonly #sink: (event: LaneEvent) => Promise<void>;
  readonly #log: Log;
  readonly #retryMs: number;
  readonly #refused: (at: number) => void;
  readonly #lanes = new Map<string, Lane>();
  readonly #pending = new Map<string, Entry>();
  readonly #taken = new Recent<string, true>(takenKept);
  /** Lanes that may go on once the sink holds less. */
  readonly #held = new Set<Lane>();
  #running = 0;
  #stopped = false;
  #idle: (() => void)[] = [];

  /** `refused` is told when an event happened that was refused and forgotten, which may never come again. */
  constructor(
    sink: (event: LaneEvent) => Promise<void>,
    log: Log,
    retryMs: number,
    refused: (at: number) => void,
  ) {
    this.#sink = sink;
    this.#log = log;
    this.#retryMs = retryMs;
    this.#refused = refused;
  }

  /**
   * Puts an event into the lane of its chat. Settles when the sink has taken it; rejects when it will not be handed
   * over any more. A redelivery joins the one that still waits; one that was taken is not handed over again.
   * `later` gives the event where it still has to be completed; it must not reject. Mostly nothing waits in the lane
   * and the event leaves nothing to keep: then it is taken at once, and {@link nothingToKeep} is returned.
   */
  deliver(chat: string, key: string, event: LaneEvent, later?: Promise<LaneEvent>): Promise<void> {
    if (this.#taken.has(key)) return Promise.resolve();
    const known = this.#pending.get(key);
    if (known) return known.taken;
    if (this.#stopped || this.#pending.size >= mostWaiting) {
      this.#refused(event.at);
      return Promise.reject(new Error(this.#stopped ? 'hearing has stopped' : 'too much is waiting'));
    }
    const taking =
      later || this.#running >= atOnce || this.#lanes.has(chat) ? undefined : this.#handOver(event);
    if (taking === nothingToKeep) {
      this.#taken.set(key, true);
      return taking;
    }
    const entry = newEntry(key, event.at, later ? undefined : event);
    const lane = this.#lane(chat);
    lane.entries.push(entry);
    this.#pending.set(key, entry);
    if (later) {
      void later.then((completed) => {
        entry.event = completed;
        this.#pump(lane);
      });
    }
    if (taking) this.#await(lane, entry, taking);
    else this.#pump(lane);
    return entry.taken;
  }

  /** When the oldest event happened that is not taken yet; undefined when all are. */
  oldestPending(): number | undefined {
    let oldest: number | undefined;
    for (const { at } of this.#pending.values()) if (oldest === undefined || at < oldest) oldest = at;
    return oldest;
  }

  /** Hands over nothing more; settles when the sink has settled what it holds. The rest is refused. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const lane of this.#lanes.values()) clearTimeout(lane.timer);
    if (this.#running > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    for (const entry of this.#pending.values()) entry.reject(new Error('not taken before the stop'));
  }

  #lane(chat: string): Lane {
    let lane = this.#lanes.get(chat);
    if (!lane) {
      lane = { key: chat, entries: [], busy: false, pauseMs: this.#retryMs, timer: undefined };
      this.#lanes.set(chat, lane);
    }
    return lane;
  }

  #pump(lane: Lane): void {
    while (!this.#stopped && !lane.busy && lane.timer === undefined) {
      const [entry] = lane.entries;
      if (!entry) {
        this.#lanes.delete(lane.key);
        return;
      }
      if (!entry.event) return;
      if (this.#running >= atOnce) {
        this.#held.add(lane);
        return;
      }
      const taking = this.#handOver(entry.event);
      if (taking === nothingToKeep) this.#took(lane, entry);
      else this.#await(lane, entry, taking);
    }
  }

  #handOver(event: LaneEvent): Promise<void> {
    try {
      return this.#sink(event);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #took(lane: Lane, entry: Entry): void {
    lane.entries.shift();
    lane.pauseMs = this.#retryMs;
    this.#pending.delete(entry.key);
    this.#taken.set(entry.key, true);
    entry.resolve();
  }

  #await(lane: Lane, entry: Entry, taking: Promise<void>): void {
    lane.busy = true;
    this.#running++;
    taking.then(
      () => {
        this.#took(lane, entry);
        this.#ran(lane);
      },
      (error: unknown) => {
        this.#log.warn({ event: entry.key, fault: kindOf(error) }, 'an event was not taken');
        if (!this.#stopped) this.#pause(lane);
        this.#ran(lane);
      },
    );
  }

  #pause(lane: Lane): void {
    lane.timer = setTimeout(() => {
      lane.timer = undefined;
      this.#pump(lane);
    }, lane.pauseMs);
    lane.pauseMs = Math.min(lane.pauseMs * 2, longestPauseMs);
  }

  #ran(lane: Lane): void {
    lane.busy = false;
    this.#running--;
    if (this.#stopped) {
      if (this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve();
      return;
    }
    this.#pump(lane);
    for (const held of this.#held) {
      this.#held.delete(held);
      this.#pump(held);
      break;
    }
  }
}

function newEntry(key: string, at: number, event: LaneEvent | undefined): Entry {
  let resolve = (): void => undefined;
  let reject = (_error: Error): void => undefined;
  const taken = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever waited for it may have given up already.
  taken.catch(() => undefined);
  return { key, at, event, taken, resolve, reject };
}

/** What a log may hold of what a sink threw: never its text, which can hold what people wrote. */
function kindOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
