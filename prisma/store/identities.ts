/** Whether ids that were read before still mean the same people and groups. */
import { z } from 'zod';
import type { Database, Db } from '../database.ts';
import type { Raw } from '../raw.ts';

const rows = z.array(z.object({ identities: z.number() }));

/**
 * How often people or groups of an account were joined so far. Until this transaction ends no others are: who writes
 * under ids that were read at the same number writes under ids that are good.
 */
export async function holdIdentities(
  db: Raw,
  dialect: Database['dialect'],
  accountId: number,
): Promise<number> {
  const [row] = rows.parse(
    // SQLite has one writer anyhow.
    dialect === 'sqlite'
      ? await db.$queryRaw`SELECT "identities" FROM "Account" WHERE "id" = ${accountId}`
      : await db.$queryRaw`SELECT "identities" FROM "Account" WHERE "id" = ${accountId} FOR SHARE`,
  );
  if (!row) throw new Error(`there is no account ${accountId}`);
  return row.identities;
}

/** The same number, as of now. */
export async function identitiesOf(db: Db, accountId: number): Promise<number> {
  const account = await db.account.findUniqueOrThrow({
    where: { id: accountId },
    select: { identities: true },
  });
  return account.identities;
}

/** People or groups are about to be joined: waits for who writes under their ids now, and tells all who come later. */
export async function changeIdentities(db: Db, accountId: number): Promise<void> {
  await db.account.update({ where: { id: accountId }, data: { identities: { increment: 1 } } });
}
