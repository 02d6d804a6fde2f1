import type { Chat } from '../adapter.ts';
import type { Entry, Heard, KeptFile, Person, SandboxRecord } from './records.ts';

type Sent = Extract<Entry, { type: 'sent' }>;

/** What the log's records add up to; changed by {@link State.apply} only. */
export class State {
  life = '';
  createdAt = 0;
  lastSeq = 0;
  readonly people = new Map<string, Person>();
  readonly members = new Set<string>();
  readonly entries: Entry[] = [];
  readonly byId = new Map<string, Entry>();
  readonly files = new Map<string, KeptFile>();
  /** What the bot has not taken yet, oldest first. */
  readonly pending = new Map<string, Heard>();
  readonly #sentByKey = new Map<string, Sent>();
  readonly #chats = new Map<string, Entry[]>();

  /** Takes in one record. Records come in the order of the log; applying is all that a restart does. */
  apply(record: SandboxRecord): void {
    this.lastSeq = Math.max(this.lastSeq, record.seq);
    if (record.type === 'created') {
      this.life = record.life;
      this.createdAt = record.at;
      for (const person of record.people) {
        this.people.set(person.id, person);
        this.members.add(person.id);
      }
      return;
    }
    if (record.type === 'taken') {
      this.pending.delete(record.id);
      return;
    }
    this.entries.push(record);
    this.byId.set(record.id, record);
    this.inChat(record.chat).push(record);
    const file = fileOf(record);
    if (file) this.files.set(file.id, file);
    if (record.type === 'sent') {
      this.#sentByKey.set(record.key, record);
      return;
    }
    this.pending.set(record.id, record);
    if (record.type === 'joined') {
      this.people.set(record.person.id, record.person);
      this.members.add(record.person.id);
    }
    if (record.type === 'left') this.members.delete(record.person.id);
  }

  /** The entries of one chat, oldest first. */
  inChat(chat: Chat): Entry[] {
    const key = chatKey(chat);
    const known = this.#chats.get(key);
    if (known) return known;
    const fresh: Entry[] = [];
    this.#chats.set(key, fresh);
    return fresh;
  }

  /** The message that an earlier send with this idempotency key made. */
  sentWith(key: string): Sent | undefined {
    return this.#sentByKey.get(key);
  }
}

/** One text per chat, to key maps with. */
export function chatKey(chat: Chat): string {
  return `${chat.kind}:${chat.id}`;
}

/** The file that an entry brought. */
function fileOf(entry: Entry): KeptFile | undefined {
  if (entry.type === 'said') return entry.file;
  if (entry.type !== 'sent') return undefined;
  return entry.content.type === 'image' || entry.content.type === 'file' ? entry.content.file : undefined;
}
