/**
 * The sink of an adapter: makes an event durable, and only then acknowledges it (design.md, Durability).
 * What must happen once goes to the inbox; what people merely wrote becomes presence.
 */
import {
  type ChatEvent,
  type DirectoryEvent,
  type MessageEvent,
  nothingToKeep,
  type PlatformEvent,
  type Sink,
} from '../../adapters/adapter.ts';
import { isCommand } from '../../domain/presence/substantive.ts';
import { looksLikeAnswers } from '../../domain/surveys/answers.ts';
import type { Database } from '../../prisma/database.ts';
import { groupsAsked } from '../../prisma/store/confirmations.ts';
import { isDone } from '../../prisma/store/inbox.ts';
import { addListening } from '../../prisma/store/listening.ts';
import type { Recognition } from '../../prisma/store/recognition.ts';
import { bind } from '../commands/people/bind.ts';
import { answerIn, questionLifeMs } from '../dialogue/answer.ts';
import { spelled, withoutMentions } from '../dialogue/parse.ts';
import type { Secret } from '../secret.ts';
import { tellDeaf } from './deaf.ts';
import { takeDirectory } from './directory.ts';
import { checkEvent, sealEvent } from './event.ts';
import { PendingBindings } from './pending-bindings.ts';
import { PresenceIntake } from './presence.ts';
import { Writer } from './writer.ts';

export class Intake {
  readonly presence: PresenceIntake;
  readonly #database: Database;
  readonly #accountId: number;
  readonly #writer: Writer;
  readonly #bindings = new PendingBindings();
  readonly #heardSomething: () => void;
  readonly #recognised: (found: Recognition) => void;
  readonly #now: () => number;
  readonly #secret: Pick<Secret, 'seal'>;
  /** An address book that is being taken up; what is heard meanwhile is counted after it. */
  #directory: Promise<unknown> | undefined;
  /** When the worker was last done with something of a group, by the group's platform id; milliseconds. */
  readonly #dealtWith = new Map<string, number>();

  /** `heardSomething` is called when an inbox row is durable, `recognised` when an address book was taken up. */
  constructor(parts: {
    database: Database;
    accountId: number;
    now: () => number;
    /** What is heard privately lies sealed until it is worked on. */
    secret: Pick<Secret, 'seal'>;
    heardSomething: () => void;
    recognised?: (found: Recognition) => void;
  }) {
    this.#database = parts.database;
    this.#accountId = parts.accountId;
    this.#heardSomething = parts.heardSomething;
    this.#recognised = parts.recognised ?? (() => {});
    this.#now = parts.now;
    this.#secret = parts.secret;
    this.#writer = new Writer(parts);
    this.presence = new PresenceIntake({ ...parts, writer: this.#writer });
  }

  /** Takes one event; settles when it is durable, rejects when it could not be kept and must be delivered again. */
  readonly accept: Sink = (event: PlatformEvent) => {
    if (event.type === 'listening')
      return this.#database.transaction((tx) => addListening(tx, this.#accountId, event));
    if (event.type === 'deaf')
      return this.#database.transaction((tx) => tellDeaf(tx, this.#accountId, event.at));
    if (event.type === 'directory') return this.#recognise(event);
    if (event.type !== 'message') return this.#keep(event);
    const private_ = event.chat.kind === 'private';
    if (private_ || (mayBeCommand(event.text) && isCommand(event.text))) return this.#keep(event);
    if (event.mentionsBot || this.#mayBeAnswer(event) || mayAnswerSurvey(event.text))
      return this.#keepAndCount(event);
    return this.#count(event) ?? nothingToKeep;
  };

  /**
   * Whether it may answer a question of the bot; whether the person was asked anything is seen later. Everyday words
   * (“好的”) are looked at only where the bot has just dealt with something: elsewhere no question can wait.
   */
  #mayBeAnswer({ text, chat }: MessageEvent): boolean {
    const answer = text.length <= longestAnswer ? answerIn(text) : undefined;
    if (!answer?.soft) return answer !== undefined;
    return this.#now() - (this.#dealtWith.get(chat.id) ?? Number.NEGATIVE_INFINITY) <= questionLifeMs;
  }

  /** Before anything is heard: questions that an earlier process asked in groups may be answered, too. */
  async start(): Promise<void> {
    const now = this.#now();
    for (const id of await groupsAsked(this.#database.db, this.#accountId, now)) this.#dealtWith.set(id, now);
  }

  /** Settles when everything taken so far is written or failed. */
  drained(): Promise<void> {
    return this.#writer.drained();
  }

  /** The worker is done with an event: its group's bindings are read again, and what waited for them is counted. */
  async done(event: ChatEvent): Promise<void> {
    if (event.chat.kind === 'group') this.#dealtWith.set(event.chat.id, this.#now());
    try {
      await this.presence.refresh(event.chat.id);
    } catch (fault) {
      this.presence.forget();
      throw fault;
    } finally {
      this.#bindings.done(keyOf(event));
    }
  }

  /** Rejects what waits for the worker, so that it is delivered again: hearing can then stop whatever the worker does. */
  stopWaiting(): void {
    this.#bindings.stop();
  }

  /** People and groups under the ids of a new login. */
  async #recognise(event: DirectoryEvent): Promise<void> {
    const now = this.#now();
    const taking = this.#database
      .transaction((tx) => takeDirectory(tx, this.#accountId, event, now))
      .finally(() => this.presence.forget());
    const all = Promise.allSettled([taking, this.#directory]);
    this.#directory = all;
    try {
      this.#recognised(await taking);
    } finally {
      if (this.#directory === all) this.#directory = undefined;
    }
  }

  /** Counts a message, once everything before it that may bind its group, or tell which one it is, is done. */
  #count(event: MessageEvent): Promise<void> | undefined {
    if (this.#directory) return this.#directory.then(() => this.#count(event));
    const binding = this.#bindings.of(event.chat.id);
    return binding ? binding.then(() => this.presence.accept(event)) : this.presence.accept(event);
  }

  async #keepAndCount(event: MessageEvent): Promise<void> {
    // Counted first: it waits for the bindings before it, not for its own.
    await Promise.all([this.#count(event), this.#keep(event)]);
  }

  async #keep(event: ChatEvent): Promise<void> {
    if (!mayBind(event)) return this.#write(event);
    const key = keyOf(event);
    const pending = this.#bindings.add(event.chat.id, key);
    try {
      await this.#write(event);
      // Delivered again, or done already: the worker may have nothing more to say of it.
      if (await isDone(this.#database.db, this.#accountId, key)) {
        await this.presence.refresh(event.chat.id);
        pending.resolve();
      }
    } catch (fault) {
      pending.reject(fault);
      throw fault;
    }
  }

  async #write(event: ChatEvent): Promise<void> {
    const checked = checkEvent(event);
    const body = event.chat.kind === 'private' ? sealEvent(this.#secret, checked) : JSON.stringify(checked);
    await this.#writer.add({
      heard: {
        key: keyOf(event),
        chat: `${event.chat.kind}:${event.chat.id}`,
        body,
      },
    });
    this.#heardSomething();
  }
}

function keyOf(event: ChatEvent): string {
  return `${event.type === 'message' ? 'm' : 'e'}:${event.id}`;
}

/** Whether an event that is kept may bind its group: the command, or the answer to the question before a handover. */
function mayBind(event: ChatEvent): boolean {
  if (event.chat.kind !== 'group' || (event.type !== 'message' && event.type !== 'press')) return false;
  const typed = event.type === 'message' ? event.text : event.command;
  if (answerIn(typed)?.yes) return true;
  const words = isCommand(typed) ? spelled(typed) : '';
  return [bind.name, ...bind.aliases].some((name) => words.includes(name));
}

/** Cheap: only these two characters are a slash once normalised. */
function mayBeCommand(text: string): boolean {
  return text.includes('/') || text.includes('／');
}

/** Whether it looks like answers of a survey (“1A 2BC”); whether one is open is seen later. Cheap: most talk begins otherwise. */
function mayAnswerSurvey(text: string): boolean {
  return /^[\s问@\d０-９]/u.test(text) && looksLikeAnswers(withoutMentions(text));
}

/** Answers are short words, with a mark or two behind them. */
const longestAnswer = 8;
