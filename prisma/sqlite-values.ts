import {
  type ArgType,
  type ColumnType,
  ColumnTypeEnum,
  DriverAdapterError,
  type MappedError,
} from '@prisma/driver-adapter-utils';
import { z } from 'zod';

/** What the driver can bind. Anything else would make it abort the process (booleans) or store the wrong type. */
export type SqliteValue = string | number | bigint | Uint8Array | null;

/**
 * A value of Prisma as the driver must get it. Whole numbers become bigints, because the driver binds every number
 * as REAL; dates become ISO 8601 texts with `+00:00`, as Prisma's own adapters store them.
 * Throws on a value that SQLite has no type for.
 */
export function toSqlite(value: unknown, type: ArgType | undefined): SqliteValue {
  switch (typeof value) {
    case 'string':
      return fromText(value, type);
    case 'bigint':
      return value;
    case 'number':
      return Number.isSafeInteger(value) ? BigInt(value) : value;
    case 'boolean':
      return value ? 1n : 0n;
    case 'undefined':
      return null;
    default:
      if (value === null || value instanceof Uint8Array) return value;
      if (value instanceof Date) return isoTime(value);
      throw new TypeError(`SQLite has no type for a ${typeof value}`);
  }
}

function fromText(text: string, type: ArgType | undefined): SqliteValue {
  switch (type?.scalarType) {
    case 'int':
    case 'bigint':
      return BigInt(text);
    case 'float':
    case 'decimal':
      return Number.parseFloat(text);
    case 'datetime':
      return isoTime(new Date(text));
    case 'bytes':
      return Buffer.from(text, 'base64');
    default:
      return text;
  }
}

function isoTime(time: Date): string {
  return time.toISOString().replace('Z', '+00:00');
}

const typesByName: Readonly<Record<string, ColumnType>> = {
  INTEGER: ColumnTypeEnum.Int32,
  INT: ColumnTypeEnum.Int32,
  BIGINT: ColumnTypeEnum.Int64,
  REAL: ColumnTypeEnum.Double,
  DECIMAL: ColumnTypeEnum.Numeric,
  TEXT: ColumnTypeEnum.Text,
  DATETIME: ColumnTypeEnum.DateTime,
  BOOLEAN: ColumnTypeEnum.Boolean,
  BLOB: ColumnTypeEnum.Bytes,
};

/** The type of a column: as declared, or for an expression that of the first value that is not null. */
export function columnType(declared: string | null, index: number, rows: readonly unknown[][]): ColumnType {
  const known = typesByName[declared?.toUpperCase() ?? ''];
  if (known !== undefined) return known;
  for (const row of rows) {
    const value = row[index];
    if (typeof value === 'string') return ColumnTypeEnum.Text;
    if (typeof value === 'bigint') return ColumnTypeEnum.Int64;
    if (typeof value === 'number') return ColumnTypeEnum.Double;
    if (value instanceof Uint8Array) return ColumnTypeEnum.Bytes;
  }
  return ColumnTypeEnum.Int32;
}

/** A value of the driver as Prisma wants it: 64-bit integers beyond a double's precision as text. */
export function fromSqlite(value: unknown, type: ColumnType): unknown {
  if (typeof value === 'bigint') {
    if (type === ColumnTypeEnum.DateTime) return new Date(Number(value)).toISOString();
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  return value;
}

const driverError = z.object({ code: z.string(), message: z.string() });

/** An error of the driver as Prisma's own adapter would report it. Errors that are none of the driver's stay. */
export function toAdapterError(error: unknown): unknown {
  const parsed = driverError.safeParse(error);
  if (!parsed.success || error instanceof DriverAdapterError) return error;
  const { code, message } = parsed.data;
  return new DriverAdapterError({ originalCode: code, originalMessage: message, ...mapped(code, message) });
}

function mapped(code: string, message: string): MappedError {
  const after = message.split('constraint failed: ')[1]?.split(', ');
  const fields = after?.map((name) => name.split('.').at(-1) ?? name);
  const constraint = fields ? { fields } : undefined;
  const table = after?.[0]?.split('.').slice(0, -1).join('.');
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return {
      kind: 'UniqueConstraintViolation',
      ...(constraint ? { constraint } : {}),
      ...(table ? { table } : {}),
    };
  }
  if (code === 'SQLITE_CONSTRAINT_NOTNULL') {
    return { kind: 'NullConstraintViolation', ...(constraint ? { constraint } : {}) };
  }
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY' || code === 'SQLITE_CONSTRAINT_TRIGGER') {
    return { kind: 'ForeignKeyConstraintViolation', constraint: { foreignKey: {} } };
  }
  if (code.startsWith('SQLITE_BUSY')) return { kind: 'SocketTimeout' };
  const missingTable = /^no such table: (.*)/.exec(message)?.[1];
  if (missingTable !== undefined) return { kind: 'TableDoesNotExist', table: missingTable };
  const missingColumn = /no such column: (.*)|has no column named (.*)/.exec(message);
  if (missingColumn) return { kind: 'ColumnNotFound', column: missingColumn[1] ?? missingColumn[2] ?? '' };
  return { kind: 'sqlite', extendedCode: 1, message };
}
