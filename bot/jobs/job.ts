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

/** Does something with each of several things. One that fails does not keep the others from it; then all is thrown. */
export async function each<Thing>(
  things: readonly Thing[],
  work: (thing: Thing) => Promise<void>,
): Promise<void> {
  const faults: unknown[] = [];
  for (const thing of things) await work(thing).catch((fault: unknown) => faults.push(fault));
  if (faults.length === 1) throw faults[0];
  if (faults.length > 1) throw new AggregateError(faults, `${faults.length} of ${things.length} failed`);
}
