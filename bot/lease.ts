/**
 * Holding a chat account: one process at a time (design.md, Two databases). A process that died is noticed when its
 * lease runs out, and at once when it ran on this machine, so that a restart need not wait.
 */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../prisma/database.ts';
import { holderOf, lease, release } from '../prisma/store/accounts.ts';
import type { Log } from './log.ts';

const lengthMs = 30_000;
const renewEveryMs = 10_000;

/** This process, also after its number has been given to another one. */
const self = `${hostname()}/${process.pid}/${randomUUID()}`;

export interface Held {
  /** Gives the account back. */
  release(): Promise<void>;
}

/** Waits until this process holds the account, then keeps it. `lost` is called if another process took it over. */
export async function hold(
  database: Database,
  accountId: number,
  log: Log,
  lost: () => void,
  signal: AbortSignal,
): Promise<Held> {
  const { db } = database;
  const holder = `${self}/${randomUUID()}`;
  for (let told = false; !(await lease(db, accountId, holder, Date.now(), lengthMs)); told = true) {
    const other = await holderOf(db, accountId);
    if (other !== undefined && isDead(other)) {
      await release(db, accountId, other);
      continue;
    }
    if (!told) log.warn({ account: accountId }, 'another process holds this account: waiting for it');
    await pause(1_000, undefined, { signal });
  }
  const timer = setInterval(async () => {
    try {
      if (await lease(db, accountId, holder, Date.now(), lengthMs)) return;
      clearInterval(timer);
      log.error({ account: accountId }, 'another process took this account over');
      lost();
    } catch (fault) {
      // The next renewal comes well before the lease runs out.
      log.error({ err: fault }, 'the lease could not be renewed');
    }
  }, renewEveryMs);
  timer.unref();
  return {
    async release() {
      clearInterval(timer);
      await release(db, accountId, holder);
    },
  };
}

/** Whether a holder was a process of this machine that is gone. */
function isDead(holder: string): boolean {
  const [host, pid] = holder.split('/');
  if (host !== hostname()) return false;
  // Our own number in another's name: it was given to us after that process ended (always 1 in a container).
  if (Number(pid) === process.pid) return !holder.startsWith(self);
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
