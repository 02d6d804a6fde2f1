/** A small world in which somebody brings a demand, for attacks on who it was: everything that an attacker may hold of it. */
import { readFileSync } from 'node:fs';
import type { Adapter, Content, PlatformEvent, Sink } from '../../adapters/adapter.ts';
import { type Bot, startBot } from '../../bot/bot.ts';
import type { Log } from '../../bot/log.ts';
import { secretOf } from '../../bot/secret.ts';
import type { Database } from '../../prisma/database.ts';
import { bindGroups } from '../support/bound-groups.ts';
import { at, wednesday } from '../support/evening.ts';

/** What was written, as no other text of the world. */
export const text = '宿舍三楼的热水晚上十点就停了';
export const youths = ['ou_an', 'ou_bei', 'ou_chen', 'ou_deng', 'ou_fang'] as const;
export type Youth = (typeof youths)[number];

const hour = 3_600_000;
const minute = 60_000;

interface Sent {
  readonly chat: string;
  readonly text: string;
}

export class World {
  readonly database: Database;
  readonly sent: Sent[] = [];
  readonly logged: string[] = [];
  now = at(wednesday, '18:00');
  #sink: Sink = async () => {};
  #bot: Bot | undefined;
  #messages = 0;

  constructor(database: Database) {
    this.database = database;
  }

  /** A bound group in which everybody has spoken. */
  async begin(): Promise<void> {
    const groups = [{ group: 'g', cadre: 'ou_cadre' }];
    await bindGroups(this.database, { platform: 'test', name: 'bot' }, groups, at(wednesday - 1, '9:00'));
    const log = (...entry: unknown[]) => void this.logged.push(JSON.stringify(entry));
    this.#bot = await startBot({
      database: this.database,
      adapter: this.#adapter(),
      clock: { now: () => this.now },
      secret: secretOf('for tests'),
      log: { debug: log, info: log, warn: log, error: log } as unknown as Log,
    });
    for (const youth of youths) await this.hears(youth, '/同感 99', 'g');
  }

  async stop(): Promise<void> {
    await this.#bot?.stop();
  }

  /** Somebody says something, privately unless a group is named; everything that follows is done. */
  async hears(sender: string, said: string, group?: string): Promise<void> {
    this.now += minute;
    const chat = group ? ({ kind: 'group', id: group } as const) : ({ kind: 'private', id: sender } as const);
    const event: PlatformEvent = {
      type: 'message',
      id: `m${++this.#messages}`,
      at: this.now,
      chat,
      sender: { id: sender, name: `名字${sender}` },
      kind: 'text',
      text: said,
      mentions: [],
      mentionsBot: false,
    };
    await this.#sink(event);
    await this.#bot?.idle();
  }

  /** So many hours pass, and the clock is looked at. */
  async pass(hours: number): Promise<void> {
    this.now += hours * hour;
    await this.#bot?.tick();
    await this.#bot?.idle();
  }

  /** What somebody was told last. */
  toldTo(person: string): string {
    return this.sent.filter(({ chat }) => chat === `private:${person}`).at(-1)?.text ?? '';
  }

  /** Every row of every table, in the order in which they lie there; `kept` changes what is shown of a row. */
  async dump(
    kept: (table: string, row: Record<string, unknown>) => unknown,
  ): Promise<Record<string, unknown[]>> {
    const isSqlite = this.database.dialect === 'sqlite';
    const tables = await this.database.db.$queryRawUnsafe<{ name: string }[]>(
      isSqlite
        ? `SELECT "name" FROM "sqlite_master" WHERE "type" = 'table' ORDER BY "name"`
        : `SELECT "tablename" AS "name" FROM "pg_tables" WHERE "schemaname" = 'public' ORDER BY "tablename"`,
    );
    const dump: Record<string, unknown[]> = {};
    for (const { name } of tables) {
      const rows = await this.rows(name);
      const shown = rows.map((row) => plainly(kept(name, row)));
      // PostgreSQL moves rows as it likes.
      dump[name] = isSqlite ? shown : shown.sort();
    }
    return dump;
  }

  /** The rows of a table; on PostgreSQL with the transaction that wrote each. */
  rows(table: string): Promise<Record<string, unknown>[]> {
    const columns = this.database.dialect === 'sqlite' ? '*' : 'xmin::text AS "xmin", *';
    return this.database.db.$queryRawUnsafe(`SELECT ${columns} FROM "${table}"`);
  }

  /** The bytes of SQLite's file and of its log; nothing on PostgreSQL. */
  async bytes(): Promise<string> {
    if (this.database.dialect !== 'sqlite') return '';
    const [main] = await this.database.db.$queryRawUnsafe<{ file: string }[]>('PRAGMA database_list');
    return ['', '-wal'].map((end) => readFileSync(`${main?.file}${end}`).toString('latin1')).join('');
  }

  #adapter(): Adapter {
    return {
      platform: 'test',
      account: 'bot',
      abilities: {
        cards: true,
        quoting: true,
        files: true,
        memberLists: false,
        stableIds: true,
        hears: 'all',
        updates: false,
        deduplicatesSends: true,
        textLimit: 10_000,
        paceMs: 0,
      },
      start: async (sink) => {
        this.#sink = sink;
      },
      stopHearing: async () => {},
      stop: async () => {},
      send: async (chat, content) => {
        this.sent.push({ chat: `${chat.kind}:${chat.id}`, text: readable(content) });
        return { messageId: 'om' };
      },
      members: async () => [],
    };
  }
}

/** A text as bytes read one by one, to look for it in a file. */
export function asBytes(value: string): string {
  return Buffer.from(value).toString('latin1');
}

function readable(content: Content): string {
  if (content.type === 'card') return `${content.title}\n${content.text}`;
  return content.type === 'text' ? content.text : content.type;
}

function plainly(row: unknown): string {
  return JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? String(value) : value));
}
