import { ZodError } from 'zod';
import { type ChatEvent, nothingToKeep } from '../adapter.ts';
import type { Lanes } from '../lanes.ts';
import type { Heard, Known } from './heard.ts';
import { type HeardEvent, heardOf } from './incoming.ts';
import type { Names } from './names.ts';
import type { Log } from './options.ts';
import type { Quotes, Writer } from './quotes.ts';
import { texts } from './texts.ts';

/** What a pressed card shows at once; the command itself is answered by a message. */
const toast = { toast: { type: 'info', content: texts.toast } } as const;

/** From an event of Feishu's to one that the bot has taken. */
export class Hearing {
  readonly #lanes: Lanes;
  readonly #names: Names;
  readonly #quotes: Quotes;
  readonly #known: () => Known;
  readonly #log: Log;
  readonly #answerMs: number;
  readonly #beforeAnswer: () => void;
  readonly #threads = new Set<string>();

  constructor(parts: {
    lanes: Lanes;
    names: Names;
    quotes: Quotes;
    /** Asked anew for every event: the bot's own id is learned at the start. */
    known: () => Known;
    log: Log;
    answerMs: number;
    /** Called just before an event is answered. */
    beforeAnswer: () => void;
  }) {
    this.#lanes = parts.lanes;
    this.#names = parts.names;
    this.#quotes = parts.quotes;
    this.#known = parts.known;
    this.#log = parts.log;
    this.#answerMs = parts.answerMs;
    this.#beforeAnswer = parts.beforeAnswer;
  }

  /** Groups in which threads were seen: their history does not tell everything. */
  get threads(): ReadonlySet<string> {
    return this.#threads;
  }

  /**
   * Takes an event of Feishu's; what it resolves with is the answer. Rejects when the event is not durable within
   * 3 s (less some), so that Feishu delivers it again; what is then still under way goes on.
   */
  async take(type: HeardEvent, data: unknown): Promise<unknown> {
    let heard: Heard | undefined;
    try {
      heard = heardOf(type, data, this.#known());
    } catch (error) {
      // Delivered again it would be no better.
      const where = error instanceof ZodError ? error.issues.map((issue) => issue.path.join('.')) : [];
      this.#log.error({ type, where }, 'feishu: an event is not as documented and was left out');
      return undefined;
    }
    const taken = heard && this.deliver(heard);
    if (taken === nothingToKeep) this.#beforeAnswer();
    else if (taken) await this.#inTime(taken);
    return type === 'card.action.trigger' ? (heard ? toast : {}) : undefined;
  }

  /** Hands over what was heard or fetched; settles when it is taken. */
  deliver(heard: Heard): Promise<void> {
    const { event, asks, inThread } = heard;
    const { chat } = event;
    this.#learn(event);
    if (inThread && chat.kind === 'group') this.#threads.add(chat.id);
    const lane = chat.id;
    if (event.type === 'bot-added' && chat.name === undefined) {
      const named = this.#names
        .askGroup(chat.id)
        .then((name) => (name ? { ...event, chat: { ...chat, name } } : event));
      return this.#lanes.deliver(lane, event.id, event, named);
    }
    if (asks === undefined || event.type !== 'message') return this.#lanes.deliver(lane, event.id, event);
    const quoting = (writer: Writer): ChatEvent => ({ ...event, quotes: { id: asks, ...writer } });
    if (this.#quotes.knows(asks))
      return this.#lanes.deliver(lane, event.id, quoting(this.#quotes.known(asks)));
    return this.#lanes.deliver(lane, event.id, event, this.#quotes.ask(asks).then(quoting));
  }

  #learn(event: ChatEvent): void {
    const { chat } = event;
    if (event.type === 'message') {
      this.#quotes.heard(event.id, event.sender.id);
      if (chat.kind === 'group' && !event.sender.bot) this.#names.spoke(chat.id, event.sender);
      return;
    }
    // A message does not tell what its group is called.
    if (chat.kind === 'group') this.#names.learnGroup(chat.id, chat.name);
    if (event.type === 'join') for (const member of event.members) this.#names.learnPerson(member);
  }

  #inTime(taken: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('feishu: not durable in time')), this.#answerMs);
      const settled = (settle: () => void): void => {
        clearTimeout(timer);
        this.#beforeAnswer();
        settle();
      };
      taken.then(
        () => settled(resolve),
        (fault: unknown) => settled(() => reject(fault)),
      );
    });
  }
}
