/** Cards in groups that show a list, and are changed in place when the list is. */
import { dayMs } from '../../domain/calendar/day.ts';
import type { Db } from '../database.ts';

/** 心愿墙, 互助 */
export type KeptList = 'wishes' | 'helps';

export interface KeptCard {
  /** Of the message that posted it. */
  readonly key: string;
  readonly groupId: number;
  readonly shows: KeptList;
}

/** Platforms let cards change for two weeks (docs/feishu.md); a day of it may be lost to waiting. */
const changeableMs = 13 * dayMs;
/** Of a group's cards of a list; earlier ones are far up in the chat. */
const keptAtMost = 3;

/** From now on the card of that key is changed with its list. */
export async function keepCard(db: Db, card: KeptCard, now: number): Promise<void> {
  const { key, groupId, shows } = card;
  await db.$executeRaw`
    INSERT INTO "KeptCard" ("key", "groupId", "shows", "postedAt", "changed")
    VALUES (${key}, ${groupId}, ${shows}, ${new Date(now)}, ${false}) ON CONFLICT ("key") DO NOTHING`;
  const older = await db.keptCard.findMany({
    where: { groupId, shows },
    orderBy: [{ postedAt: 'desc' }, { key: 'desc' }],
    skip: keptAtMost,
    select: { key: true },
  });
  await db.keptCard.deleteMany({ where: { key: { in: older.map((one) => one.key) } } });
}

/**
 * Notes that a group's list has changed. Written whether or not it was noted before: whoever is just clearing the note has
 * perhaps not seen this change.
 */
export async function listChanged(db: Db, groupId: number, shows: KeptList): Promise<void> {
  await db.keptCard.updateMany({ where: { groupId, shows }, data: { changed: true } });
}

/** The cards whose lists have changed; what cannot be changed any more is forgotten. */
export async function changedCards(db: Db, now: number): Promise<readonly KeptCard[]> {
  await db.keptCard.deleteMany({ where: { postedAt: { lte: new Date(now - changeableMs) } } });
  const rows = await db.keptCard.findMany({ where: { changed: true }, orderBy: { postedAt: 'asc' } });
  return rows.map(({ key, groupId, shows }) => ({ key, groupId, shows: shows as KeptList }));
}

/** Takes a card to be written anew. False: somebody else does. */
export async function takeChanged(db: Db, key: string): Promise<boolean> {
  const { count } = await db.keptCard.updateMany({ where: { key, changed: true }, data: { changed: false } });
  return count === 1;
}
