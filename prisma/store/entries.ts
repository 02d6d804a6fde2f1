/** The problem list as it is counted: entries without their askers. */
import type { Entry } from '../../domain/listening/entry.ts';
import type { Db } from '../database.ts';
import { demandFrom, personOf } from './demand-rows.ts';
import { notOver } from './demands.ts';

/** An entry with the id of its row, and its asker for the one list that names them: nobody of an anonymous one. */
export interface EntryRow extends Entry {
  readonly id: number;
  readonly askerId: number | undefined;
}

/** What a group was asked since an instant (milliseconds), and before that what is not over or was over later, by number. */
export async function entryRows(db: Db, groupId: number, since: number): Promise<readonly EntryRow[]> {
  const start = new Date(since);
  const rows = await db.demand.findMany({
    where: {
      groupId,
      OR: [
        { createdAt: { gte: start } },
        { state: { in: [...notOver] } },
        { closedAt: { gte: start } },
        { answeredAt: { gte: start } },
      ],
    },
    include: { _count: { select: { supports: true } } },
    orderBy: { number: 'asc' },
  });
  return rows.map((row) => {
    const { asker, ticket: _, ...demand } = demandFrom(row);
    return {
      ...demand,
      askerId: personOf({ asker }),
      dayOnly: personOf({ asker }) === undefined,
      supports: row._count.supports,
      publicNote: row.publicNote ?? undefined,
    };
  });
}

/** Keeps the cadre's own line on a demand, which the group may read; undefined takes it away. */
export async function setPublicNote(db: Db, id: number, note: string | undefined): Promise<void> {
  await db.demand.update({ where: { id }, data: { publicNote: note ?? null } });
}

/** The groups, still with the bot in them, that have asked or been answered anything since an instant (milliseconds). */
export async function groupsAskedSince(
  db: Db,
  since: number,
): Promise<readonly { readonly id: number; readonly name: string; readonly accountId: number }[]> {
  const start = new Date(since);
  return db.group.findMany({
    where: {
      leftAt: null,
      demands: {
        some: {
          OR: [{ createdAt: { gte: start } }, { answeredAt: { gte: start } }, { closedAt: { gte: start } }],
        },
      },
    },
    select: { id: true, name: true, accountId: true },
    orderBy: { id: 'asc' },
  });
}
