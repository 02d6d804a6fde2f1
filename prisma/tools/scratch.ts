import { PGlite } from '@electric-sql/pglite';
import {
  type ColumnType,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import { openSqlite } from '../sqlite.ts';
import { sqliteAdapter } from '../sqlite-adapter.ts';
import type { Scratch } from './schema-engine.ts';

/** Empty databases that live in memory, for replaying a history. PGlite suits this and nothing that must last. */
export const scratches = {
  sqlite: {
    provider: 'sqlite',
    connect: async () => wholeScripts(sqliteAdapter(await openSqlite(':memory:'))),
  },
  postgresql: {
    provider: 'postgres',
    connect: async () => pgliteAdapter(await PGlite.create()),
  },
} as const satisfies Record<string, Scratch>;

/** The engine sends whole scripts as one statement, of which the driver would run the first only. */
function wholeScripts(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const execute = adapter.executeRaw.bind(adapter);
  adapter.executeRaw = async (query) => {
    if (query.args.length > 0) return execute(query);
    await adapter.executeScript(query.sql);
    return 0;
  };
  return adapter;
}

/** The column types that the engine's introspection reads, by PostgreSQL's type numbers. */
const types: Readonly<Record<number, ColumnType>> = {
  16: ColumnTypeEnum.Boolean,
  18: ColumnTypeEnum.Character,
  20: ColumnTypeEnum.Int64,
  21: ColumnTypeEnum.Int32,
  23: ColumnTypeEnum.Int32,
  26: ColumnTypeEnum.Int64,
  1002: ColumnTypeEnum.CharacterArray,
  1003: ColumnTypeEnum.TextArray,
  1005: ColumnTypeEnum.Int32Array,
  1009: ColumnTypeEnum.TextArray,
  1184: ColumnTypeEnum.DateTime,
};

function pgliteAdapter(database: PGlite): SqlDriverAdapter {
  const identity = { provider: 'postgres', adapterName: 'lianqing-pglite' } as const;
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const { code = '', message } = error as Error & { code?: string };
      const details = { severity: 'ERROR', detail: undefined, column: undefined, hint: undefined };
      throw new DriverAdapterError({ kind: 'postgres', code, message, originalCode: code, ...details });
    }
  };
  const query = ({ sql, args }: SqlQuery) =>
    guard(() => database.query<unknown[]>(sql, args, { rowMode: 'array' }));
  const queryable = {
    ...identity,
    queryRaw: async (request: SqlQuery): Promise<SqlResultSet> => {
      const { fields, rows } = await query(request);
      const columnTypes = fields.map(({ dataTypeID }) => types[dataTypeID] ?? ColumnTypeEnum.Text);
      return { columnNames: fields.map(({ name }) => name), columnTypes, rows };
    },
    executeRaw: async (request: SqlQuery) => (await query(request)).affectedRows ?? 0,
  };
  return {
    ...queryable,
    executeScript: async (script) => {
      await guard(() => database.exec(script));
    },
    startTransaction: async () => {
      await database.exec('BEGIN');
      return {
        ...queryable,
        options: { usePhantomQuery: true },
        commit: async () => void (await database.exec('COMMIT')),
        rollback: async () => void (await database.exec('ROLLBACK')),
      };
    },
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: false }),
    dispose: () => database.close(),
  };
}
