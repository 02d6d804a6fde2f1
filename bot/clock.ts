/** The one source of “now”. Everything takes it as an argument, so that tests and the sandbox can set it. */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

const storedOffset = z.object({ offsetMs: z.number().nonnegative() });

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

  /** Moves forward to an instant; going back is refused, since what happened has happened. */
  async moveTo(at: number): Promise<void> {
    if (at < this.now()) throw new RangeError('the clock only moves forward');
    this.#offsetMs = at - Date.now();
    await writeFile(this.#file, JSON.stringify({ offsetMs: this.#offsetMs }));
  }
}

function readOffset(file: string): number {
  try {
    return storedOffset.parse(JSON.parse(readFileSync(file, 'utf8'))).offsetMs;
  } catch {
    return 0;
  }
}
