import { constants } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { recordSchema, type SandboxRecord } from './records.ts';

interface Waiting {
  readonly record: SandboxRecord;
  readonly durable: () => void;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** What a reading of the log found: the good records, and how many lines were torn or unreadable. */
export interface LogContents {
  readonly records: SandboxRecord[];
  readonly badLines: number;
}

/**
 * An append-only JSON Lines file. Lines that arrive together are written and fsynced together.
 */
export class Log {
  readonly #path: string;
  #waiting: Waiting[] = [];
  #writing = false;
  /** Bytes known to be whole lines; anything after them is what a failed write left. */
  #goodBytes = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Reads the file; a last line without its end (torn by a crash) is dropped, and the next append overwrites it. */
  async read(): Promise<LogContents> {
    const bytes = await readFile(this.#path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0);
      throw error;
    });
    const end = bytes.lastIndexOf(0x0a) + 1;
    this.#goodBytes = end;
    const records: SandboxRecord[] = [];
    let badLines = end < bytes.length ? 1 : 0;
    let from = 0;
    while (from < end) {
      const to = bytes.indexOf(0x0a, from);
      const record = parseLine(bytes.toString('utf8', from, to));
      if (record) records.push(record);
      else badLines++;
      from = to + 1;
    }
    return { records, badLines };
  }

  /**
   * Resolves when the record is on disk; rejects with the file system's error when it is not, and then it is not kept.
   * `durable` is called in the order of the lines, before the promise resolves.
   */
  append(record: SandboxRecord, durable: () => void): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ record, durable, done, failed });
      if (!this.#writing) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#write(batch.map((w) => `${JSON.stringify(w.record)}\n`).join(''));
      } catch (error) {
        for (const w of batch) w.failed(error);
        continue;
      }
      for (const w of batch) {
        w.durable();
        w.done();
      }
    }
    this.#writing = false;
  }

  /** Opened for each batch: a failed or torn earlier write is cut off first, and nothing has to be closed at the end. */
  async #write(lines: string): Promise<void> {
    const file = await open(this.#path, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      await file.truncate(this.#goodBytes);
      const bytes = Buffer.from(lines, 'utf8');
      let written = 0;
      while (written < bytes.length) {
        const { bytesWritten } = await file.write(
          bytes,
          written,
          bytes.length - written,
          this.#goodBytes + written,
        );
        written += bytesWritten;
      }
      await file.datasync();
      this.#goodBytes += bytes.length;
    } finally {
      await file.close();
    }
  }
}

function parseLine(line: string): SandboxRecord | undefined {
  try {
    return recordSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
