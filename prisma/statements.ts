/** Raw statements that may be made side by side. */
import type { Db } from './database.ts';

/** What functions take that make nothing but raw statements. */
export type Statements = Pick<Db, '$queryRaw' | '$executeRaw'>;

/**
 * The same for work that makes several at once. A transaction is one connection, which takes one statement at a time: there
 * each waits for the one before, so that the next is under way while what the last one found is worked on.
 */
export function sideBySide(db: Db): Statements {
  // Only the whole database can be connected to.
  if ('$connect' in db) return db;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(make: () => Promise<T>): Promise<T> => {
    const made = last.then(make, make);
    last = made.catch(() => {});
    return made;
  };
  // Prisma's own promises begin when they are awaited.
  return {
    $queryRaw: (...statement: Parameters<Db['$queryRaw']>) => inTurn(async () => db.$queryRaw(...statement)),
    $executeRaw: (...statement: Parameters<Db['$executeRaw']>) =>
      inTurn(async () => db.$executeRaw(...statement)),
  } as Statements;
}
