import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils';

/**
 * Prisma's adapter for PostgreSQL, whose transactions ask one thing after another. Prisma loads the relations of a row at
 * the same time, also within a transaction, which is one connection; `pg` only puts that in order for now, with a warning.
 */
export function postgresqlAdapter(
  options: ConstructorParameters<typeof PrismaPg>[0],
): SqlDriverAdapterFactory {
  const factory = new PrismaPg(options);
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    async connect() {
      const adapter = await factory.connect();
      const begin = adapter.startTransaction.bind(adapter);
      adapter.startTransaction = async (level) => inTurn(await begin(level));
      return adapter;
    },
  };
}

function inTurn(transaction: Transaction): Transaction {
  let last: Promise<unknown> = Promise.resolve();
  const turn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
  const query = transaction.queryRaw.bind(transaction);
  const execute = transaction.executeRaw.bind(transaction);
  transaction.queryRaw = (asked) => turn(() => query(asked));
  transaction.executeRaw = (asked) => turn(() => execute(asked));
  return transaction;
}
