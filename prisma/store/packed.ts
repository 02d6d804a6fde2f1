/** Statements about many rows at once: which rows they are about, and what they find as one text. */
import { z } from 'zod';
import { dayOf, startOfDay } from '../../domain/calendar/day.ts';
import type { Period } from '../../domain/calendar/period.ts';
import type { Statements } from '../database.ts';
import { Prisma } from '../generated/sqlite/client.ts';
import { rowsParameter } from './rows.ts';

/** Part of a statement with its parameters. */
export type Sql = Prisma.Sql;
export const { sql, raw, empty } = Prisma;

/**
 * The condition that a column of integers is among some ids. Where these lie close together it is a range, whose size
 * PostgreSQL knows beforehand, so that it chooses a good plan; of what else lies in the range there are rows, too, which
 * the caller must leave out.
 */
export function among(column: string, ids: readonly number[]): Sql {
  const [first = 0, last = -1] = ids.length === 0 ? [] : [least(ids), most(ids)];
  if (last - first < 2 * ids.length) return sql`${raw(column)} BETWEEN ${first} AND ${last}`;
  return sql`${raw(column)} IN (${listed(ids)})`;
}

/** Ids as a subquery. */
export function listed(ids: readonly number[]): Sql {
  return sql`SELECT CAST(value->>0 AS INTEGER) FROM json_each(${rowsParameter(ids.map((id) => [id]))})`;
}

/** The condition that an instant lies in a period. */
export function within(column: string, { from, to }: Pick<Period, 'from' | 'to'>): Sql {
  const [begin, end] = [new Date(startOfDay(from)), new Date(startOfDay(to + 1))];
  return sql`${raw(column)} >= ${begin} AND ${raw(column)} < ${end}`;
}

const texts = z.tuple([z.object({ text: z.string().nullable() })]);

/**
 * What a statement finds, which joins the columns by commas and the rows by semicolons (`string_agg`), as "text": ten
 * times as fast as rows of an object each. None of the columns may have a comma or a semicolon in it.
 */
export async function packed(db: Statements, statement: Sql): Promise<PackedRows> {
  const [{ text }] = texts.parse(await db.$queryRaw(statement));
  return new PackedRows(text ?? '');
}

const [comma, semicolon, zero, nine, point, space] = [44, 59, 48, 57, 46, 32];

/**
 * Reads such a text column by column, without cutting it up beforehand: of a hundred thousand rows the pieces would be the
 * dearest part. Read all columns of a row before the next one.
 */
export class PackedRows {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether there is another row. */
  get more(): boolean {
    return this.#at < this.#text.length;
  }

  /** The next column, an integer from 0 on. Throws where it is none. */
  number(): number {
    const text = this.#text;
    const start = this.#at;
    let found = 0;
    let at = start;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code < zero || code > nine) break;
      found = found * 10 + code - zero;
    }
    if (at === start) throw new Error('a packed column is no number');
    this.#end(at);
    return found;
  }

  /** The next column, integers joined by spaces. */
  numbers(): readonly number[] {
    const found: number[] = [];
    let last = 0;
    let at = this.#at;
    for (; at < this.#text.length; at++) {
      const code = this.#text.charCodeAt(at);
      if (code >= zero && code <= nine) last = last * 10 + code - zero;
      else if (code === space) {
        found.push(last);
        last = 0;
      } else break;
    }
    if (at > this.#at) found.push(last);
    this.#end(at);
    return found;
  }

  /** The next column, as it is. */
  text(): string {
    const text = this.#text;
    const start = this.#at;
    let at = start;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === comma || code === semicolon) break;
    }
    this.#end(at);
    return text.slice(start, at);
  }

  #end(at: number): void {
    const code = this.#text.charCodeAt(at);
    if (at < this.#text.length && code !== comma && code !== semicolon)
      throw new Error('a packed column does not end');
    this.#at = at + 1;
  }
}

/** The same where there are two integers a row: what is counted, and how many there are. */
export async function packedCounts(db: Statements, statement: Sql): Promise<ReadonlyMap<number, number>> {
  const rows = await packed(db, statement);
  const found = new Map<number, number>();
  while (rows.more) found.set(rows.number(), rows.number());
  return found;
}

function least(ids: readonly number[]): number {
  return ids.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function most(ids: readonly number[]): number {
  return ids.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}

/** An instant as a column of a packed row. */
export function instantOf(column: string): Sql {
  return sql`CAST(${raw(column)} AS TEXT)`;
}

/** Reads what {@link instantOf} gives, UTC: `2026-11-18 12:00:00.5` or `2026-11-18T12:00:00.500+00:00`. Milliseconds. */
export function fromInstant(text: string): number {
  const at = Date.UTC(
    digits(text, 0, 4),
    digits(text, 5, 7) - 1,
    digits(text, 8, 10),
    digits(text, 11, 13),
    digits(text, 14, 16),
    digits(text, 17, 19),
  );
  let ms = 0;
  if (text.charCodeAt(19) === point)
    for (let n = 20, unit = 100; unit >= 1; n++, unit /= 10) {
      const code = text.charCodeAt(n);
      if (!(code >= zero && code <= nine)) break;
      ms += (code - zero) * unit;
    }
  if (Number.isNaN(at)) throw new Error('a packed column is no instant');
  return at + ms;
}

/** A number out of the digits from one place to another; NaN where one is none. */
function digits(text: string, from: number, to: number): number {
  let found = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    found = code >= zero && code <= nine ? found * 10 + code - zero : Number.NaN;
  }
  return found;
}

/** An instant's hour as a column of a packed row, for what only the day matters of: days begin with an hour everywhere. */
export function hourOf(column: string): Sql {
  return sql`SUBSTR(CAST(${raw(column)} AS TEXT), 1, 13)`;
}

/** Reads the days of what {@link hourOf} gives: `2026-11-18 12` or `2026-11-18T12`, UTC. Many are of the same hour. */
export function hoursRead(): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const day = dayOf(fromInstant(`${text}:00:00`));
    known.set(text, day);
    return day;
  };
}
