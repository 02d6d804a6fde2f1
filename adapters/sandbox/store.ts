import { randomBytes } from 'node:crypto';
import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SandboxError } from './errors.ts';
import { keepFile, readKept } from './files.ts';
import { Log } from './log.ts';
import { samplePeople } from './people.ts';
import type { Draft, KeptFile, SandboxRecord } from './records.ts';
import { State } from './state.ts';
import { texts } from './texts.ts';

export const groupId = 'group';
export const botId = 'bot';

/** The sandbox's memory: the log on disk, the state it adds up to, and who wants to hear of new records. */
export class Store {
  readonly state = new State();
  /** Lines that could not be read at the opening. */
  readonly badLines: number;
  readonly #log: Log;
  readonly #filesDir: string;
  readonly #watchers = new Set<(record: SandboxRecord) => void>();
  #seq = 0;

  private constructor(dir: string, log: Log, records: readonly SandboxRecord[], badLines: number) {
    this.#filesDir = join(dir, 'files');
    this.#log = log;
    this.badLines = badLines;
    for (const record of records) this.state.apply(record);
    this.#seq = this.state.lastSeq;
  }

  /**
   * Opens what is kept under `dir`, or begins a new sandbox there at `now` (milliseconds since the epoch).
   * Throws {@link SandboxError} `data-unusable` when the folder cannot be read or written.
   */
  static async open(dir: string, now: number): Promise<Store> {
    try {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
      const log = new Log(join(dir, 'sandbox.jsonl'));
      const { records, badLines } = await log.read();
      const store = new Store(dir, log, records, badLines);
      if (store.state.life === '') {
        const life = randomBytes(6).toString('hex');
        await store.append({ type: 'created', at: now, life, people: samplePeople() });
        const chat = { kind: 'group', id: groupId } as const;
        await store.append({ type: 'added', at: now, id: store.newId(), chat });
      }
      return store;
    } catch (error) {
      throw new SandboxError(
        'data-unusable',
        `sandbox data unusable: ${String(error)}`,
        texts.dataUnusable(dir),
      );
    }
  }

  /** A new id for a message or event. Random, so that ids of a deleted sandbox never come back. */
  newId(): string {
    return `m-${randomBytes(9).toString('base64url')}`;
  }

  /** Makes a record durable, then visible. Rejects with the file system's error, and then nothing has changed. */
  async append(draft: Draft): Promise<SandboxRecord> {
    const record = { ...draft, seq: ++this.#seq } as SandboxRecord;
    await this.#log.append(record, () => this.#kept(record));
    return record;
  }

  /** Calls `watcher` with every record once it is durable, until the returned function is called. */
  watch(watcher: (record: SandboxRecord) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Keeps a file's bytes on disk. Rejects with the file system's error. */
  keepFile(name: string, bytes: Uint8Array): Promise<KeptFile> {
    return keepFile(this.#filesDir, name, bytes);
  }

  /** The bytes of a file that a record names; undefined when they are gone. */
  fileBytes(file: KeptFile): Promise<Buffer | undefined> {
    return readKept(this.#filesDir, file.id);
  }

  #kept(record: SandboxRecord): void {
    this.state.apply(record);
    for (const watcher of this.#watchers) watcher(record);
  }
}
