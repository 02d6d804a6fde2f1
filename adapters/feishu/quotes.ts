import { Recent } from '../recent.ts';
import type { Api } from './api.ts';
import { faultOf } from './errors.ts';
import type { Log } from './options.ts';
import { within } from './within.ts';

const messagesKept = 40_000;
/** Look-ups under way at once; beyond it the writer stays unknown. */
const mostAsked = 16;

/** Who wrote a quoted message, as the port's `quotes` tells it; empty where it cannot be told. */
export interface Writer {
  readonly sender?: string;
  readonly bot?: true;
}

const unknown: Writer = {};

/** Who wrote the messages that others quote: those heard and sent are known, the others are looked up. */
export class Quotes {
  readonly #api: Api;
  readonly #log: Log;
  readonly #waitMs: number;
  readonly #self: { readonly appId: string; readonly openId: () => string };
  /** Ids of the writers; the bot by its app's id, since its own may not be known yet when it sends. */
  readonly #writers = new Recent<string, string | undefined>(messagesKept);
  readonly #asking = new Map<string, Promise<Writer | undefined>>();

  /** A look-up is waited for `waitMs` at most; `self` says who the bot is. */
  constructor(parts: {
    api: Api;
    log: Log;
    waitMs: number;
    self: { readonly appId: string; readonly openId: () => string };
  }) {
    this.#api = parts.api;
    this.#log = parts.log;
    this.#waitMs = parts.waitMs;
    this.#self = parts.self;
  }

  /** A message was heard from this person. */
  heard(messageId: string, writer: string): void {
    this.#writers.set(messageId, writer);
  }

  /** The bot sent this message. */
  sent(messageId: string): void {
    this.#writers.set(messageId, this.#self.appId);
  }

  /** Whether the writer can be told at once. */
  knows(messageId: string): boolean {
    return this.#writers.has(messageId);
  }

  /** The writer, where {@link knows} says so. */
  known(messageId: string): Writer {
    const id = this.#writers.get(messageId);
    if (id === undefined) return unknown;
    return id === this.#self.appId ? { sender: this.#self.openId(), bot: true } : { sender: id };
  }

  /** Looks the writer up; an empty one when it cannot be told in time. Never rejects. */
  async ask(messageId: string): Promise<Writer> {
    let asking = this.#asking.get(messageId);
    if (!asking) {
      if (this.#asking.size >= mostAsked) return unknown;
      asking = this.#look(messageId).finally(() => this.#asking.delete(messageId));
      this.#asking.set(messageId, asking);
    }
    return (await within(this.#waitMs, asking)) ?? unknown;
  }

  async #look(messageId: string): Promise<Writer> {
    try {
      const sender = await this.#api.senderOf(messageId);
      this.#writers.set(messageId, sender?.id || undefined);
      return this.known(messageId);
    } catch (error) {
      this.#log.warn(
        { fault: faultOf(error) },
        'feishu: the writer of a quoted message could not be looked up',
      );
      return unknown;
    }
  }
}
