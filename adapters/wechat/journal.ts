/**
 * What was heard and is not durable yet, on disk: the platform gives a message once, and a process may end at any moment.
 * Emptied as soon as all of it was taken.
 */
import { appendFileSync, closeSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Heard, heard } from './protocol.ts';

const line = z.union([z.object({ seq: z.int(), heard }), z.object({ taken: z.int() })]);

export class Journal {
  readonly #file: number;
  readonly #waiting = new Map<number, Heard>();
  #seq = 0;

  /** Opens the journal, made with mode 0600. What an earlier run left is in {@link waiting}. */
  constructor(path: string) {
    this.#file = openSync(path, 'a', 0o600);
    const kept = readFileSync(path, 'utf8');
    // A line that was cut short must not swallow the next one.
    if (kept !== '' && !kept.endsWith('\n')) appendFileSync(this.#file, '\n');
    for (const text of kept.split('\n')) {
      const entry = parsed(text);
      if (!entry) continue;
      if ('taken' in entry) this.#waiting.delete(entry.taken);
      else {
        this.#waiting.set(entry.seq, entry.heard);
        this.#seq = Math.max(this.#seq, entry.seq);
      }
    }
  }

  /** What was not taken yet, in the order in which it was heard. */
  get waiting(): ReadonlyMap<number, Heard> {
    return this.#waiting;
  }

  /** Writes down what was heard; gives its number. */
  add(entry: Heard): number {
    const seq = ++this.#seq;
    this.#waiting.set(seq, entry);
    appendFileSync(this.#file, `${JSON.stringify({ seq, heard: entry })}\n`);
    return seq;
  }

  /** It is durable elsewhere. */
  taken(seq: number): void {
    if (!this.#waiting.delete(seq)) return;
    if (this.#waiting.size === 0) ftruncateSync(this.#file, 0);
    else appendFileSync(this.#file, `${JSON.stringify({ taken: seq })}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** A line cut short by the end of a process is nothing. */
function parsed(text: string): z.infer<typeof line> | undefined {
  if (text === '') return undefined;
  try {
    return line.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
