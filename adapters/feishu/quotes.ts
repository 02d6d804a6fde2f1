import type { Api } from './api.ts';
import { faultOf } from './errors.ts';
import type { Log } from './options.ts';
import { Recent } from './recent.ts';
import { within } from './within.ts';

const messagesKept = 20_000;
/** Look-ups under way at once; beyond it the writer stays unknown. */
const mostAsked = 16;

/** Who wrote the messages that others quote: those heard and sent are known, the others are looked up. */
export class Quotes {
  readonly #api: Api;
  readonly #log: Log;
  readonly #waitMs: number;
  readonly #self: { readonly appId: string; readonly openId: () => string };
  readonly #writers = new Recent<string, string | undefined>(messagesKept);
  readonly #asking = new Map<string, Promise<string | undefined>>();

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
    this.#writers.set(messageId, this.#self.openId());
  }

  /** Whether the writer can be told at once. */
  knows(messageId: string): boolean {
    return this.#writers.has(messageId);
  }

  known(messageId: string): string | undefined {
    return this.#writers.get(messageId);
  }

  /** Looks the writer up; undefined when it cannot be told in time. Never rejects. */
  async ask(messageId: string): Promise<string | undefined> {
    let asking = this.#asking.get(messageId);
    if (!asking) {
      if (this.#asking.size >= mostAsked) return undefined;
      asking = this.#look(messageId).finally(() => this.#asking.delete(messageId));
      this.#asking.set(messageId, asking);
    }
    return within(this.#waitMs, asking);
  }

  async #look(messageId: string): Promise<string | undefined> {
    try {
      const sender = await this.#api.senderOf(messageId);
      const writer = sender?.id === this.#self.appId ? this.#self.openId() : sender?.id || undefined;
      this.#writers.set(messageId, writer);
      return writer;
    } catch (error) {
      this.#log.warn(
        { fault: faultOf(error) },
        'feishu: the writer of a quoted message could not be looked up',
      );
      return undefined;
    }
  }
}
