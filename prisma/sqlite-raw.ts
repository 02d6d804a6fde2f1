import type { ArgType, SqlDriverAdapter, SqlResultSet, Transaction } from '@prisma/driver-adapter-utils';
import type { Raw } from './raw.ts';

/**
 * Runs raw statements in one transaction straight on the adapter, past Prisma's client: a group commit has half a
 * dozen of them, and the client costs more than the rows. Committed when `work` resolves, rolled back when it throws.
 */
export async function rawTransaction<T>(
  adapter: SqlDriverAdapter,
  work: (tx: Raw) => Promise<T>,
): Promise<T> {
  const transaction = await adapter.startTransaction();
  try {
    const result = await work(rawOn(transaction));
    await transaction.commit();
    return result;
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}

function rawOn(transaction: Transaction): Raw {
  const query = (strings: TemplateStringsArray, values: readonly unknown[]) => ({
    sql: strings.join('?'),
    args: [...values],
    argTypes: values.map(untyped),
  });
  return {
    $executeRaw: (strings, ...values) => transaction.executeRaw(query(strings, values)),
    $queryRaw: async (strings, ...values) => objectsOf(await transaction.queryRaw(query(strings, values))),
  };
}

/** Values of our own statements are of JavaScript's types already: nothing is to be converted by a declared one. */
function untyped(): ArgType {
  return { scalarType: 'unknown', arity: 'scalar' };
}

function objectsOf({ columnNames, rows }: SqlResultSet): unknown {
  return rows.map((row) => Object.fromEntries(columnNames.map((name, column) => [name, row[column]])));
}
