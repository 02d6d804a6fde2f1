import { expect, it } from 'vitest';
import { describeOnBoth } from '../tests/support/databases.ts';
import type { Db, Tx } from './database.ts';
import { sideBySide } from './statements.ts';

describeOnBoth('statements that are made side by side', (open) => {
  it('wait for one another in a transaction, which is one connection, and not outside', async () => {
    const { db, transaction } = await open();
    let [running, most] = [0, 0];
    const watched = (tx: Tx) =>
      new Proxy(tx, {
        get: (target, key) =>
          key === '$queryRaw'
            ? async (...statement: Parameters<Db['$queryRaw']>) => {
                most = Math.max(most, ++running);
                const rows = await target.$queryRaw(...statement);
                running -= 1;
                return rows;
              }
            : target[key as keyof Db],
      });
    const numbers = await transaction(async (tx) => {
      const statements = sideBySide(watched(tx));
      const rows = [1, 2, 3].map(
        (n) => statements.$queryRaw`SELECT 7 AS "n" FROM "Account" WHERE "id" > ${n}`,
      );
      return (await Promise.all(rows)).length;
    });
    expect(numbers).toBe(3);
    expect(most).toBe(1);
    expect(sideBySide(db)).toBe(db);
  });
});
