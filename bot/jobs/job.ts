/** A thing that is due at certain times (design.md, Durability: Reminders and jobs). */
import type { Database } from '../../prisma/database.ts';

export interface Job {
  readonly name: string;
  /** The latest instant, not after `now`, at which the job was due; milliseconds. */
  lastDue(now: number): number;
  /** How long after it was due the job is still worth running; milliseconds. */
  readonly catchUpMs: number;
  /**
   * Does the work. It may be repeated, after a crash or by another process at the same time: whatever it writes has a
   * key that says what it means, so that it cannot be there twice.
   */
  run(database: Database, now: number): Promise<void>;
}
