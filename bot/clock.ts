/** The one source of “now”. Everything takes it as an argument, so that tests and the sandbox can set it. */
import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

const storedOffset = z.object({ offsetMs: z.number().nonnegative() });

/** As far as a clock can be moved, milliseconds since the epoch: databases keep no year after 9999. */
const latest = Date.UTC(9999, 0, 1);

/** The sandbox's clock: real time moved forward, and kept moved over a restart. */
export class MovableClock implements Clock {
  readonly #file: string;
  #offsetMs: number;

  /** `file` keeps how far the clock was moved; a missing or unreadable one means not at all. */
  constructor(file: string) {
    this.#file = file;
    this.#offsetMs = readOffset(file);
  }

  now(): number {
    return Date.now() + this.#offsetMs;
  }

  /**
   * Moves forward to an instant, in milliseconds; it has moved only once that is durable. Throws a RangeError when
   * the instant has passed, since what happened has happened, or is none.
   */
  async moveTo(at: number): Promise<void> {
    if (!(at >= this.now() && at <= latest)) throw new RangeError('the clock only moves forward, up to 9999');
    const offsetMs = Math.ceil(at - Date.now());
    // Put in place as a whole: half a file would set the clock back.
    const half = `${this.#file}.new`;
    await writeFile(half, JSON.stringify({ offsetMs }), { flush: true });
    await rename(half, this.#file);
    this.#offsetMs = offsetMs;
  }
}

/** The sandbox's clock, as the data folder keeps it. */
export function sandboxClock(dataDir: string): MovableClock {
  return new MovableClock(join(dataDir, 'clock.json'));
}

function readOffset(file: string): number {
  try {
    return storedOffset.parse(JSON.parse(readFileSync(file, 'utf8'))).offsetMs;
  } catch {
    return 0;
  }
}
