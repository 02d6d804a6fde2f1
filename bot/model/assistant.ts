/**
 * Answers the questions that commands put to the model: outside of any transaction, one after another; the answer, or the
 * rules' where there is none, goes to the cadre who asked, and to nobody else.
 */
import type { Database } from '../../prisma/database.ts';
import { finishTask, namesIn, nextTask, type TaskRow } from '../../prisma/store/model.ts';
import { say } from '../../prisma/store/outbox.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { toRow } from '../outbox/row.ts';
import { type Asks, askFor } from './tasks.ts';

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
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** There may be a question. Cheap to call often. */
  wake(): void {
    if (this.#woken || this.#stopped) return;
    this.#woken = true;
    this.#work = this.#work.then(() => this.#all());
  }

  /** Settles when every question is answered. */
  idle(): Promise<void> {
    return this.#work;
  }

  /** Finishes the question under way; the others stay for the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#work;
  }

  async #all(): Promise<void> {
    this.#woken = false;
    const { database, accountId, log } = this.#parts;
    try {
      while (!this.#stopped) {
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
    const settle = await askFor(model, task, names);
    await database.transaction(async (tx) => {
      const now = clock.now();
      const personId = await finishTask(tx, task.id, now);
      if (personId === undefined) return;
      const draft = await settle(tx, now);
      const message = {
        key: `model/${task.id}`,
        kind: 'reply',
        to: { personId },
        draft,
      } as const;
      await say(tx, accountId, toRow(message), now);
    });
    said();
  }
}
