/** Reading an event file: all that it tells, and its bad lines. Nothing is stored (design.md, The event file). */
import { isUtf8 } from 'node:buffer';
import { type FileEvent, type LineReading, readEvent } from '../../domain/event-file/event.ts';
import type { People } from '../../domain/event-file/people.ts';
import type { TalliedGroup } from '../../domain/event-file/second-reading.ts';
import { Tally } from '../../domain/event-file/tally.ts';
import { readLines } from './lines.ts';
import { openSource, type Source } from './source.ts';

/** A line that could not be used, by its number from 1, and why not (Chinese). */
export interface BadLine {
  readonly line: number;
  readonly why: string;
}

/** What an event file tells. */
export interface Reading {
  readonly groups: ReadonlyMap<string, TalliedGroup>;
  readonly people: People;
  readonly bad: readonly BadLine[];
}

export interface ReadOptions {
  /** Told now and then how much has been done, 0 to 1. */
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Says in Chinese why a good line is not to be used all the same; undefined when it is. */
  readonly refuse?: ((event: FileEvent) => string | undefined) | undefined;
}

/**
 * Reads an event file in two passes. Bad lines are listed, nothing else is lost. Throws {@link SourceError} when the
 * file cannot be opened, and what the system says when reading fails.
 */
export async function readEventFile(source: Source, options: ReadOptions = {}): Promise<Reading> {
  const handle = await openSource(source);
  try {
    const { size } = await handle.stat();
    const progress = (before: number) => (bytes: number) =>
      options.onProgress?.(Math.min(1, (before + bytes) / Math.max(1, size * 2)));
    const tally = new Tally();
    const bad: BadLine[] = [];
    // Bad lines are many or none, and say the same few things: each text is kept once.
    const reasons = new Map<string, string>();
    const addBad = (line: number, why: string) => {
      const known = reasons.get(why) ?? why;
      reasons.set(known, known);
      bad.push({ line, why: known });
    };
    const marks = new Marks();
    await readLines(handle, {
      onLine: (line, bytes, start, end) => {
        const reading = readLine(bytes, start, end, options.refuse);
        if (reading?.why !== undefined) addBad(line, reading.why);
        marks.push(reading?.event ? tally.add(reading.event) : 0);
      },
      onOverlong: (line) => {
        addBad(line, '这一行太长（达到或超过 64 MiB）');
        marks.push(0);
      },
      onProgress: progress(0),
    });
    const second = tally.secondReading();
    await readLines(handle, {
      onLine: (line, bytes, start, end) => {
        if (!tally.needsSecond(marks.at(line - 1))) return;
        const reading = readLine(bytes, start, end, options.refuse);
        if (reading?.event) second.add(reading.event);
      },
      onOverlong: () => {},
      onProgress: progress(size),
    });
    return { groups: second.finish(), people: tally.people, bad };
  } finally {
    await handle.close();
  }
}

/** What stands in a line; undefined when it is blank. */
function readLine(
  bytes: Buffer,
  start: number,
  end: number,
  refuse: ReadOptions['refuse'],
): LineReading | undefined {
  const text = bytes.toString('utf8', start, end);
  // Broken UTF-8 is read as U+FFFD, which would make one of two different ids.
  if (text.includes('\ufffd') && !isUtf8(bytes.subarray(start, end))) return { why: '不是完整的 UTF-8 文字' };
  const reading = readEvent(text);
  if (reading.why !== undefined) return text.trim() === '' ? undefined : reading;
  const why = refuse?.(reading.event);
  return why === undefined ? reading : { why };
}

/** One number a line, in four bytes. */
class Marks {
  #marks = new Int32Array(65_536);
  #length = 0;

  push(mark: number): void {
    if (this.#length === this.#marks.length) {
      const larger = new Int32Array(this.#length * 2);
      larger.set(this.#marks);
      this.#marks = larger;
    }
    this.#marks[this.#length++] = mark;
  }

  /** The mark at an index; 0 beyond the last, where a file has grown since. */
  at(index: number): number {
    return index < this.#length ? (this.#marks[index] ?? 0) : 0;
  }
}
