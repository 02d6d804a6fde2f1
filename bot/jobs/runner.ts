/** Runs jobs when they are due: caught up within a bound after downtime. */
import cron, { type ScheduledTask } from 'node-cron';
import type { Database } from '../../prisma/database.ts';
import { lastRun, noteRun } from '../../prisma/store/jobs.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Job } from './job.ts';

export class JobRunner {
  readonly #database: Database;
  readonly #jobs: readonly Job[];
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #afterTick: () => void;
  #task: ScheduledTask | undefined;
  #ticking: Promise<void> = Promise.resolve();
  #stopped = false;

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
    this.#task = cron.schedule('* * * * *', () => this.tick(), {
      timezone: 'Asia/Shanghai',
      noOverlap: true,
      // A missed minute is nothing: the next one sees what is due. It would be said on the person's terminal.
      suppressMissedWarning: true,
    });
    await this.tick();
  }

  /** Runs what is due and has not run yet. Ticks never overlap; once stopped there are none. Never rejects. */
  tick(): Promise<void> {
    this.#ticking = this.#ticking.then(() => this.#tick());
    return this.#ticking;
  }

  /** Finishes the tick under way, if any. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#task?.destroy();
    await this.#ticking;
  }

  async #tick(): Promise<void> {
    if (this.#stopped) return;
    const now = this.#clock.now();
    for (const job of this.#jobs) {
      try {
        await this.#runIfDue(job, now);
      } catch (fault) {
        // Not noted as done: the next tick tries again.
        this.#log.error({ err: fault, job: job.name }, 'a job failed');
      }
    }
    this.#afterTick();
  }

  async #runIfDue(job: Job, now: number): Promise<void> {
    const due = job.lastDue(now);
    if (due > now || now - due > job.catchUpMs) return;
    const last = await lastRun(this.#database.db, job.name);
    // A run in the future is one of a clock that was wrong: it must not put the job off until then.
    if (last !== undefined && last >= due && last <= now) return;
    await job.run(this.#database, now);
    await noteRun(this.#database.db, job.name, due, now);
  }
}
