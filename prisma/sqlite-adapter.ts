import {
  type ColumnType,
  type ConnectionInfo,
  DriverAdapterError,
  type IsolationLevel,
  type SqlDriverAdapter,
  type SqlQuery,
  type SqlResultSet,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import type Driver from 'libsql';
import { Queue } from './queue.ts';
import { closeSqlite } from './sqlite.ts';
import { columnType, fromSqlite, toAdapterError, toSqlite } from './sqlite-values.ts';

/**
 * Prisma's driver adapter for one SQLite connection of the `libsql` driver, which installs everywhere from npm alone.
 * Prisma's own adapter for better-sqlite3 cannot drive it: libsql's statements have no `bind`, it binds every number
 * as REAL, and it aborts on a boolean. Besides, that adapter lets a statement issued outside an open transaction join
 * it, so that an acknowledged row can vanish with somebody else's rollback, and it begins transactions deferred, so
 * that a second process makes them fail instead of wait.
 */

const identity = { provider: 'sqlite', adapterName: 'lianqing-libsql' } as const;

/** Prepared statements kept for reuse. The hot path's few texts stay; a long text that comes once costs little. */
const keptStatements = 100;

interface Prepared {
  readonly statement: Driver.Statement;
  readonly reader: boolean;
  readonly columns: readonly Driver.ColumnDefinition[];
}

/** Runs statements on the connection, at once and in the caller's turn. */
class Connection {
  readonly #driver: Driver.Database;
  readonly #prepared = new Map<string, Prepared>();
  constructor(driver: Driver.Database) {
    this.#driver = driver;
  }

  get inTransaction(): boolean {
    return this.#driver.inTransaction;
  }

  query({ sql, args, argTypes }: SqlQuery): SqlResultSet {
    return this.#guard(() => {
      const { statement, reader, columns } = this.#prepare(sql);
      const values = args.map((arg, index) => toSqlite(arg, argTypes[index]));
      if (!reader) {
        statement.run(values);
        return { columnNames: [], columnTypes: [], rows: [] };
      }
      const rows = statement.all(values) as unknown[][];
      const types: ColumnType[] = columns.map(({ type }, index) => columnType(type, index, rows));
      for (const row of rows) {
        for (const [index, type] of types.entries()) row[index] = fromSqlite(row[index], type);
      }
      return { columnNames: columns.map(({ name }) => name), columnTypes: types, rows };
    });
  }

  execute({ sql, args, argTypes }: SqlQuery): number {
    return this.#guard(() => {
      const { statement, reader } = this.#prepare(sql);
      const values = args.map((arg, index) => toSqlite(arg, argTypes[index]));
      // `run` leaves a statement that yields rows unfinished, and so its transaction open.
      return reader ? statement.all(values).length : statement.run(values).changes;
    });
  }

  script(sql: string): void {
    this.#guard(() => this.#driver.exec(sql));
  }

  close(): void {
    this.#prepared.clear();
    closeSqlite(this.#driver);
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) {
      this.#prepared.delete(sql);
      this.#prepared.set(sql, known);
      return known;
    }
    const statement = this.#driver.prepare(sql);
    const { reader } = statement;
    const prepared = {
      statement: reader ? statement.raw() : statement,
      reader,
      columns: reader ? statement.columns() : [],
    };
    this.#prepared.set(sql, prepared);
    if (this.#prepared.size > keptStatements) {
      const oldest = this.#prepared.keys().next();
      if (!oldest.done) this.#prepared.delete(oldest.value);
    }
    return prepared;
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw toAdapterError(error);
    }
  }
}

class SqliteTransaction implements Transaction {
  readonly provider = identity.provider;
  readonly adapterName = identity.adapterName;
  /** Prisma must not send COMMIT and ROLLBACK itself: here they come with the end of the turn. */
  readonly options = { usePhantomQuery: true };
  readonly #connection: Connection;
  readonly #release: () => void;
  #open = true;
  constructor(connection: Connection, release: () => void) {
    this.#connection = connection;
    this.#release = release;
  }

  async queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    this.#check();
    return this.#connection.query(query);
  }

  async executeRaw(query: SqlQuery): Promise<number> {
    this.#check();
    return this.#connection.execute(query);
  }

  async commit(): Promise<void> {
    this.#check();
    this.#end('COMMIT');
  }

  async rollback(): Promise<void> {
    this.#end('ROLLBACK');
  }

  async createSavepoint(name: string): Promise<void> {
    this.#check();
    this.#connection.script(`SAVEPOINT ${name}`);
  }

  async rollbackToSavepoint(name: string): Promise<void> {
    this.#check();
    this.#connection.script(`ROLLBACK TO ${name}`);
  }

  async releaseSavepoint(name: string): Promise<void> {
    this.#check();
    this.#connection.script(`RELEASE ${name}`);
  }

  /** On a full disk SQLite rolls back by itself; what came after would be committed alone. */
  #check(): void {
    if (this.#open && this.#connection.inTransaction) return;
    if (this.#open) this.#end('ROLLBACK');
    throw new DriverAdapterError({
      kind: 'TransactionAlreadyClosed',
      cause: 'SQLite has ended this transaction',
    });
  }

  #end(sql: 'COMMIT' | 'ROLLBACK'): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      if (this.#connection.inTransaction) this.#connection.script(sql);
    } finally {
      try {
        if (this.#connection.inTransaction) this.#connection.script('ROLLBACK');
      } finally {
        // Whatever fails here, the others must not wait for ever.
        this.#release();
      }
    }
  }
}

class SqliteAdapter implements SqlDriverAdapter {
  readonly provider = identity.provider;
  readonly adapterName = identity.adapterName;
  readonly #connection: Connection;
  readonly #queue = new Queue();
  constructor(driver: Driver.Database) {
    this.#connection = new Connection(driver);
  }

  queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    return this.#queue.run(() => this.#connection.query(query));
  }

  executeRaw(query: SqlQuery): Promise<number> {
    return this.#queue.run(() => this.#connection.execute(query));
  }

  executeScript(script: string): Promise<void> {
    return this.#queue.run(() => this.#connection.script(script));
  }

  async startTransaction(level?: IsolationLevel): Promise<Transaction> {
    if (level !== undefined && level !== 'SERIALIZABLE') {
      throw new DriverAdapterError({ kind: 'InvalidIsolationLevel', level });
    }
    const release = await this.#queue.enter();
    try {
      // Immediate, so that with a second process it waits here (busy_timeout) and never fails halfway.
      this.#connection.script('BEGIN IMMEDIATE');
    } catch (error) {
      release();
      throw error;
    }
    return new SqliteTransaction(this.#connection, release);
  }

  getConnectionInfo(): ConnectionInfo {
    return { maxBindValues: 32_766, supportsRelationJoins: false };
  }

  dispose(): Promise<void> {
    return this.#queue.run(() => this.#connection.close());
  }
}

/**
 * Prisma's adapter on an open connection, which it owns from then on. Statements outside a transaction wait until the
 * open transaction has ended: awaiting such a statement inside a transaction therefore waits until its time-out.
 */
export function sqliteAdapter(driver: Driver.Database): SqlDriverAdapter {
  return new SqliteAdapter(driver);
}
