/**
 * Answers the questions that commands put to the model: outside of any transaction, one after another; the answer, or the
 * rules' where there is none, goes to the cadre who asked, and to nobody else.
 */
import type { Database } from '../../prisma/database.ts';
import { finishTask, namesIn, nextTask, type TaskRow } from '../../prisma/store/model.ts';
import { say } from '../../prisma/store/outbox.ts';
import type { Clock } from '../clock.ts';
import { card } from '../dialogue/say.ts';
import type { Log } from '../log.ts';
import { toRow } from '../outbox/row.ts';
import { type Asks, askFor, type Settle } from './tasks.ts';

/** After a fault of ours, before it is tried again; milliseconds. */
const restMs = 30_000;

/** What an {@link Assistant} works with. */
interface Parts {
  readonly database: Database;
  readonly accountId: number;
  readonly model: Asks;
  readonly clock: Clock;
  readonly log: Log;
  /** Something was put into the outbox. */
  readonly said: () => void;
}

export class Assistant {
  readonly #parts: Parts;
  #work: Promise<void> = Promise.resolve();
  #woken = false;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** There may be a question. Cheap to call often. */
  wake(): void {
    if (this.#woken || this.#stopping.signal.aborted) return;
    this.#woken = true;
    this.#work = this.#work.then(() => this.#all());
  }

  /** Settles when every question is answered. */
  idle(): Promise<void> {
    return this.#work;
  }

  /** Gives up waiting for the model: what is not answered yet stays for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#work;
  }

  async #all(): Promise<void> {
    this.#woken = false;
    const { database, accountId, log } = this.#parts;
    try {
      while (!this.#stopping.signal.aborted) {
        const task = await nextTask(database.db, accountId);
        if (!task) return;
        await this.#answer(task);
      }
    } catch (fault) {
      log.error({ err: fault }, 'a question to the model could not be answered');
      this.#timer = setTimeout(() => this.wake(), restMs).unref();
    }
  }

  async #answer(task: TaskRow): Promise<void> {
    const { database, accountId, model, clock, said } = this.#parts;
    const names = task.groupId === undefined ? [] : await namesIn(database.db, task.groupId);
    const settle = await this.#settled(model, task, names);
    if (settle === undefined) return;
    await database.transaction(async (tx) => {
      const now = clock.now();
      const personId = await finishTask(tx, task.id, now);
      if (personId === undefined) return;
      for (const [n, draft] of (await settle(tx, now)).entries()) {
        const key = n === 0 ? `model/${task.id}` : `model/${task.id}/${n}`;
        await say(tx, accountId, toRow({ key, kind: 'reply', to: { personId }, draft }), now);
      }
    });
    said();
  }

  /** What the answer brings about; undefined where our own end came before it. A fault of ours does not stop the queue. */
  async #settled(model: Asks, task: TaskRow, names: readonly string[]): Promise<Settle | undefined> {
    const { signal } = this.#stopping;
    try {
      const settle = await askFor(model, task, names, signal);
      return signal.aborted ? undefined : settle;
    } catch (fault) {
      this.#parts.log.error({ task: task.id, err: fault }, 'a question to the model was given up');
      return async () => [
        card('没有办成', '刚才请模型做的那件事，我这边出了故障，没有办成，什么都没变。请再发一次试试。'),
      ];
    }
  }
}
