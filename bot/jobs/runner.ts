/** Runs jobs when they are due: once for all processes, caught up within a bound after downtime. */
import cron, { type ScheduledTask } from 'node-cron';
import type { Database } from '../../prisma/database.ts';
import { claimRun } from '../../prisma/store/jobs.ts';
import { say } from '../../prisma/store/outbox.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { toRow } from '../outbox/row.ts';
import type { Job } from './job.ts';

export class JobRunner {
  readonly #database: Database;
  readonly #jobs: readonly Job[];
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #afterTick: () => void;
  #task: ScheduledTask | undefined;
  #ticking: Promise<void> = Promise.resolve();

  /** `afterTick` is called after each look at the clock, so that the outbox looks too. */
  constructor(parts: {
    database: Database;
    jobs: readonly Job[];
    clock: Clock;
    log: Log;
    afterTick: () => void;
  }) {
    this.#database = parts.database;
    this.#jobs = parts.jobs;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#afterTick = parts.afterTick;
  }

  /** Looks at the clock now and every minute. */
  async start(): Promise<void> {
    this.#task = cron.schedule('* * * * *', () => this.tick(), { timezone: 'Asia/Shanghai', noOverlap: true });
    await this.tick();
  }

  /** Runs what is due and has not run yet. Ticks never overlap. */
  tick(): Promise<void> {
    this.#ticking = this.#ticking.then(() => this.#tick());
    return this.#ticking;
  }

  async stop(): Promise<void> {
    await this.#task?.destroy();
    await this.#ticking;
  }

  async #tick(): Promise<void> {
    const now = this.#clock.now();
    for (const job of this.#jobs) {
      const due = job.lastDue(now);
      if (due > now || now - due > job.catchUpMs) continue;
      try {
        await this.#database.transaction(async (tx) => {
          if (!(await claimRun(tx, job.name, due, now))) return;
          for (const { accountId, ...message } of await job.run(tx, now, this.#database))
            await say(tx, accountId, toRow(message), now);
        });
      } catch (fault) {
        // The claim was rolled back with the work: the next tick tries again.
        this.#log.error({ err: fault, job: job.name }, 'a job failed');
      }
    }
    this.#afterTick();
  }
}
