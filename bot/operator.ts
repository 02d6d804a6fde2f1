/**
 * Telling the operator, wherever they are, that they have to do something: by a group robot's webhook, and privately on
 * another account of the program's. What passes by itself within minutes is not worth a message, nor is its end.
 */
import type { Notice } from '../adapters/adapter.ts';
import type { Database } from '../prisma/database.ts';
import { ensureAccount } from '../prisma/store/accounts.ts';
import { operatorsBeside } from '../prisma/store/operators.ts';
import { say } from '../prisma/store/outbox.ts';
import type { Log } from './log.ts';
import { toRow } from './outbox/row.ts';

/** How long the far side of a webhook may take, in milliseconds. */
const withinMs = 10_000;
/** For so long a service may be out of reach before anybody is told; and the same is not said again so soon. Milliseconds. */
const patienceMs = 3 * 60_000;
const againMs = 3_600_000;
/** A word that waited longer is about something long over, in milliseconds. */
const staleMs = 12 * 3_600_000;

export interface OperatorParts {
  readonly database: Database;
  /** The account whose trouble it is: nothing of it is said over itself. */
  readonly platform: string;
  readonly account: string;
  readonly webhook: string | undefined;
  readonly now: () => number;
  readonly log: Log;
  /** Something lies in an outbox: it may go out at once. */
  readonly said: () => void;
}

/** What the operator is told of one account, and when nothing. */
export class OperatorLine {
  readonly #parts: OperatorParts;
  /** When what was told last, since all was well. */
  readonly #told = new Map<string, number>();
  #waiting: NodeJS.Timeout | undefined;
  /** What was said last by either way: one after another, so that no end is told before its beginning. */
  #posted: Promise<void> = Promise.resolve();
  #whispered: Promise<void> = Promise.resolve();

  constructor(parts: OperatorParts) {
    this.#parts = parts;
  }

  /** Tells what has to be told; `where` is a page on which the operator sees more, if there is one. Never throws. */
  tell(notice: Notice, where?: string): void {
    if (notice.weight === 'quiet') return;
    if (notice.weight === 'passing') {
      this.#waiting ??= setTimeout(() => {
        this.#waiting = undefined;
        this.#say(notice, where);
      }, patienceMs).unref();
      return;
    }
    // Whatever else is known now, it is not out of reach any more.
    this.stop();
    if (notice.weight === 'urgent') this.#say(notice, where);
    else if (this.#told.size > 0) {
      this.#told.clear();
      this.#say(notice, where);
      this.#told.clear();
    }
  }

  /** What waits is not said. */
  stop(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }

  #say({ what, text }: Notice, where: string | undefined): void {
    const { webhook, now, log } = this.#parts;
    const at = now();
    if (at - (this.#told.get(what) ?? Number.NEGATIVE_INFINITY) < againMs) return;
    this.#told.set(what, at);
    const sentence = where === undefined ? text : `${text}（${where}）`;
    if (webhook !== undefined) this.#posted = this.#posted.then(() => postTo(webhook, sentence, log));
    this.#whispered = this.#whispered
      .then(() => this.#whisper(what, sentence, at))
      .catch((fault) => log.error({ err: fault }, 'the operators could not be told privately'));
  }

  /** One private message to each operator on another account. */
  async #whisper(what: string, sentence: string, at: number): Promise<void> {
    const { database, platform, account, said } = this.#parts;
    const told = await database.transaction(async (tx) => {
      const own = await ensureAccount(tx, platform, account);
      const operators = await operatorsBeside(tx, own);
      for (const { id, personId, accountId } of operators)
        await say(
          tx,
          accountId,
          toRow({
            key: `operator/${own}/${what}/${at}/${id}`,
            kind: 'notice',
            to: { personId },
            draft: { type: 'text', text: `【运维】${sentence}` },
            // Nothing is heard until somebody sees to it: said at night, too.
            expiresAt: at + staleMs,
          }),
          at,
        );
      return operators.length;
    });
    if (told > 0) said();
  }
}

/**
 * Posts a sentence to a group robot's webhook. One body that Feishu, WeCom and DingTalk each read their part of. A
 * failure is logged: the sentence stands on the page and the terminal all the same.
 */
async function postTo(webhook: string, sentence: string, log: Log): Promise<void> {
  const text = `联青：${sentence}`;
  try {
    const response = await fetch(webhook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      // Feishu wants msg_type and content.text, WeCom and DingTalk msgtype and text.content.
      body: JSON.stringify({ msg_type: 'text', msgtype: 'text', content: { text }, text: { content: text } }),
      signal: AbortSignal.timeout(withinMs),
      redirect: 'error',
    });
    if (!response.ok) log.warn({ status: response.status }, 'the operator webhook refused a message');
  } catch (fault) {
    log.warn(
      { kind: fault instanceof Error ? fault.name : typeof fault },
      'the operator webhook was not reached',
    );
  }
}
