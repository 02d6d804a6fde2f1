/**
 * The sink of an adapter: makes an event durable, and only then acknowledges it (design.md, Durability).
 * What must happen once goes to the inbox; what people merely wrote becomes presence.
 */
import type { ChatEvent, PlatformEvent, Sink } from '../../adapters/adapter.ts';
import { isCommand } from '../../domain/presence/substantive.ts';
import type { Database } from '../../prisma/database.ts';
import { addListening } from '../../prisma/store/listening.ts';
import { answerIn } from '../commands/answer.ts';
import { tellDeaf } from './deaf.ts';
import { checkEvent } from './event.ts';
import { PresenceIntake } from './presence.ts';
import { Writer } from './writer.ts';

const nothingToWrite = Promise.resolve();

export class Intake {
  readonly presence: PresenceIntake;
  readonly #database: Database;
  readonly #accountId: number;
  readonly #writer: Writer;
  readonly #heardSomething: () => void;

  /** `heardSomething` is called when an inbox row is durable. */
  constructor(parts: {
    database: Database;
    accountId: number;
    now: () => number;
    heardSomething: () => void;
  }) {
    this.#database = parts.database;
    this.#accountId = parts.accountId;
    this.#heardSomething = parts.heardSomething;
    this.#writer = new Writer(parts);
    this.presence = new PresenceIntake({ ...parts, writer: this.#writer });
  }

  /** Takes one event; settles when it is durable, rejects when it could not be kept and must be delivered again. */
  readonly accept: Sink = (event: PlatformEvent) => {
    if (event.type === 'listening')
      return this.#database.transaction((tx) => addListening(tx, this.#accountId, event));
    if (event.type === 'deaf')
      return this.#database.transaction((tx) => tellDeaf(tx, this.#accountId, event.at));
    if (event.type !== 'message') return this.#keep(event, `e:${event.id}`);
    const private_ = event.chat.kind === 'private';
    if (private_ || (mayBeCommand(event.text) && isCommand(event.text)))
      return this.#keep(event, `m:${event.id}`);
    if (event.mentionsBot || mayBeAnswer(event.text)) return this.#keepAndCount(event);
    return this.presence.accept(event) ?? nothingToWrite;
  };

  /** Settles when everything taken so far is written or failed. */
  drained(): Promise<void> {
    return this.#writer.drained();
  }

  async #keepAndCount(event: ChatEvent & { readonly type: 'message' }): Promise<void> {
    await Promise.all([this.#keep(event, `m:${event.id}`), this.presence.accept(event)]);
  }

  async #keep(event: ChatEvent, key: string): Promise<void> {
    const body = JSON.stringify(checkEvent(event));
    await this.#writer.add({
      heard: {
        key,
        chat: `${event.chat.kind}:${event.chat.id}`,
        body,
      },
    });
    this.#heardSomething();
  }
}

/** Cheap: only these two characters are a slash once normalised. */
function mayBeCommand(text: string): boolean {
  return text.includes('/') || text.includes('／');
}

/** Whether it may answer a question of the bot (“是”); whether the person was asked anything is seen later. */
function mayBeAnswer(text: string): boolean {
  return text.length <= longestAnswer && answerIn(text) !== undefined;
}

/** Answers are short words, with a mark or two behind them. */
const longestAnswer = 8;
