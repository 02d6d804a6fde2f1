/** A thing that is due at certain times, once for all processes (design.md, Durability: Reminders and jobs). */
import type { Database, Tx } from '../../prisma/database.ts';
import type { Outgoing } from '../outbox/message.ts';

export interface Job {
  readonly name: string;
  /** The latest instant, not after `now`, at which the job was due; milliseconds. */
  lastDue(now: number): number;
  /** How long after it was due the job is still worth running; milliseconds. */
  readonly catchUpMs: number;
  /** Does the work in the transaction that also notes the run; returns what is to be said, by account. */
  run(tx: Tx, now: number, database: Database): Promise<readonly (Outgoing & { readonly accountId: number })[]>;
}
