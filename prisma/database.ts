import { asDatabaseError } from './database-error.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { PrismaClient as PostgresqlClient } from './generated/postgresql/client.ts';
import { type Prisma, PrismaClient } from './generated/sqlite/client.ts';
import { migratePostgresql } from './migrate-postgresql.ts';
import { migrateSqlite } from './migrate-sqlite.ts';
import { postgresqlAdapter } from './postgresql-adapter.ts';
import type { Raw } from './raw.ts';
import { retrying } from './retry.ts';
import { closeSqlite, openSqlite } from './sqlite.ts';
import { sqliteAdapter } from './sqlite-adapter.ts';
import { rawTransaction } from './sqlite-raw.ts';

/** What store functions take: the database itself, or a transaction on it. */
export type Db = Prisma.TransactionClient;
/** A transaction: everything done through it is kept together or not at all. */
export type Tx = Prisma.TransactionClient;

export interface Database {
  readonly dialect: 'sqlite' | 'postgresql';
  readonly db: Db;
  /**
   * Runs work in one transaction, committed when it resolves, rolled back when it throws. Transactions of SQLite
   * take turns; on PostgreSQL work is run again when it collided with another transaction, so it must change nothing
   * but the database. Inside, await only what goes through `tx`: a statement on `db` waits for the transaction's end.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same for work of raw statements only, which on SQLite then costs about a third less. */
  rawTransaction<T>(work: (tx: Raw) => Promise<T>): Promise<T>;
  /**
   * Moves SQLite's write-ahead log into the file and empties it: what was wiped is then in neither. While another
   * process reads, it stays until the next time. On PostgreSQL nothing: its log is not ours to empty.
   */
  emptyLog(): Promise<void>;
  /** Rolls open transactions back and closes the connections. */
  close(): Promise<void>;
}

/** Milliseconds: for the work of a transaction, and for its turn before that, which must not count as work. */
const transactionOptions = { timeout: 15_000, maxWait: 600_000 };
/** Connections of one process to PostgreSQL, and how long to wait for one of them, in milliseconds. */
const pool = { max: 10, connectionTimeoutMillis: 30_000 };

/**
 * Opens the database that DATABASE_URL names and applies the migrations it lacks (design.md, Two databases), unless
 * `migrate` is false. Throws {@link DatabaseError} when it cannot be used.
 */
export async function openDatabase(url: string, { migrate = true } = {}): Promise<Database> {
  const address = parseDatabaseUrl(url);
  if (address.dialect === 'sqlite') {
    const driver = await openSqlite(address.path);
    try {
      if (migrate) await migrateSqlite(driver);
    } catch (error) {
      closeSqlite(driver);
      throw asDatabaseError(error) ?? error;
    }
    const adapter = sqliteAdapter(driver);
    const factory = {
      provider: adapter.provider,
      adapterName: adapter.adapterName,
      connect: async () => adapter,
    };
    const client = new PrismaClient({ adapter: factory, transactionOptions, errorFormat: 'minimal' });
    return {
      ...database('sqlite', client, (work) => work()),
      rawTransaction: (work) => rawTransaction(adapter, work),
      emptyLog: async () => {
        await client.$queryRaw`PRAGMA wal_checkpoint(TRUNCATE)`;
      },
      close: async () => {
        await client.$disconnect();
        // A client that was never used has not taken the connection over.
        closeSqlite(driver);
      },
    };
  }
  if (migrate) await migratePostgresql(address.url);
  const adapter = postgresqlAdapter({ connectionString: address.url, ...pool });
  const client = new PostgresqlClient({ adapter, transactionOptions, errorFormat: 'minimal' });
  // The two clients are generated from the same models: everything is typed as the SQLite one.
  return database('postgresql', client as unknown as PrismaClient, retrying);
}

function database(
  dialect: Database['dialect'],
  client: PrismaClient,
  attempt: <T>(work: () => Promise<T>) => Promise<T>,
): Database {
  const transaction: Database['transaction'] = (work) => attempt(() => client.$transaction(work));
  return {
    dialect,
    db: client,
    transaction,
    rawTransaction: transaction,
    emptyLog: async () => {},
    close: () => client.$disconnect(),
  };
}
