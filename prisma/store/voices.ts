/** Wishes, mutual help and questions of two entries that are one person. */
import type { Db } from '../database.ts';

/**
 * All of them become another's. What somebody took on or asked of themselves under another id is no claim and no
 * asking. Runs inside a transaction.
 */
export async function giveVoices(db: Db, from: number, to: number): Promise<void> {
  await db.wish.updateMany({ where: { wisherId: from }, data: { wisherId: to } });
  await db.wish.updateMany({ where: { claimerId: from }, data: { claimerId: to } });
  await db.wish.updateMany({
    where: { wisherId: to, claimerId: to, state: 'claimed' },
    data: { state: 'open', claimerId: null, claimedAt: null, introduction: null },
  });
  await db.help.updateMany({ where: { ownerId: from }, data: { ownerId: to } });
  await db.$executeRaw`
    INSERT INTO "HelpContact" ("helpId", "personId", "state", "askedAt")
    SELECT "helpId", ${to}, "state", "askedAt" FROM "HelpContact" WHERE "personId" = ${from} ON CONFLICT DO NOTHING`;
  await db.helpContact.deleteMany({ where: { personId: from } });
  await db.helpContact.deleteMany({ where: { personId: to, help: { ownerId: to } } });
  await db.inquiry.updateMany({ where: { askerId: from }, data: { askerId: to } });
}
