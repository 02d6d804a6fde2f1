/**
 * Holding a chat account: one process at a time (design.md, Two databases). A process that died is noticed when its
 * lease runs out, and at once when it ran right here, so that a restart need not wait.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../prisma/database.ts';
import { holderOf, lease, release } from '../prisma/store/accounts.ts';
import type { Log } from './log.ts';

const lengthMs = 30_000;
const renewEveryMs = 10_000;

export interface Held {
  /** Gives the account back. */
  release(): Promise<void>;
}

/** What a holder is told. */
export interface Hearing {
  /** Another process holds the account: it is being waited for. */
  readonly waiting: () => void;
  /** Another process has taken the account over. */
  readonly lost: () => void;
}

/** Holders of this very process, which are alive although it has their number. */
const own = new Set<string>();

/** Waits until this process holds the account, then keeps it. Throws an AbortError when `signal` ends the waiting. */
export async function hold(
  database: Database,
  accountId: number,
  log: Log,
  { waiting, lost }: Hearing,
  signal: AbortSignal,
): Promise<Held> {
  const { db } = database;
  const holder = `${here}/${process.pid}/${randomUUID()}`;
  for (let told = false; !(await lease(db, accountId, holder, Date.now(), lengthMs)); ) {
    const other = await holderOf(db, accountId);
    if (other !== undefined && isDead(other)) {
      await release(db, accountId, other);
      continue;
    }
    if (!told) waiting();
    told = true;
    await pause(1_000, undefined, { signal });
  }
  own.add(holder);
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
      own.delete(holder);
      await release(db, accountId, holder);
    },
  };
}

/**
 * Where process numbers mean what they mean here: the host's name alone may be shared, by containers of one host or by
 * machines that were never named. Linux tells which boot and which room of process numbers it is.
 */
function hereName(): string {
  if (process.platform !== 'linux') return hostname();
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${hostname()} ${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    // A place of its own: whoever ran here before is waited for.
    return `${hostname()} ${randomUUID()}`;
  }
}

const here = hereName();

/** Whether a holder was a process of this place that is gone. Of one elsewhere nothing is known. */
function isDead(holder: string): boolean {
  const [place, pid] = holder.split('/');
  if (place !== here || own.has(holder)) return false;
  // Our own number in another's name: it was given to us after that process ended.
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
