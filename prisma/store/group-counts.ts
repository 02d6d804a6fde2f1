/**
 * How many youths are in a group, how many of them its cadre met in person in a year, and how many activities of each of
 * its quarters count (design.md, counting rules 6 and 7). They rest on hundreds of rows a group that seldom change, so
 * they are kept (GroupCount) with the group's revision, which triggers raise in the transaction that changes a row. The
 * revision is read before anything that is counted: so what changes meanwhile is counted anew the next time. What is kept
 * at another revision, for another cadre or year, is counted anew.
 */
import { civilOf } from '../../domain/calendar/day.ts';
import type { Period } from '../../domain/calendar/period.ts';
import type { Statements } from '../database.ts';
import { countGroups, type GroupCounts, type LedBy } from './group-count-rows.ts';
import { inStatements, rowsParameter } from './rows.ts';

/** The counts by group: those that are good still, and the others counted anew and kept. */
export async function groupCounts(
  db: Statements,
  groups: readonly (LedBy & { readonly kept: GroupCounts | undefined })[],
  year: Period,
): Promise<ReadonlyMap<number, GroupCounts>> {
  const found = new Map<number, GroupCounts>();
  const others: LedBy[] = [];
  for (const group of groups)
    if (group.kept) found.set(group.id, group.kept);
    else others.push(group);
  for (const some of inStatements(others)) {
    const counted = await countGroups(db, some, year);
    await keep(db, some, counted, year);
    for (const [id, counts] of counted) found.set(id, counts);
  }
  return found;
}

/** Rows in order, so that two who keep the same at once wait for one another, and not in a circle. */
async function keep(
  db: Statements,
  groups: readonly LedBy[],
  counted: ReadonlyMap<number, GroupCounts>,
  year: Period,
): Promise<void> {
  const rows = [...groups]
    .sort((a, b) => a.id - b.id)
    .flatMap(({ id, cadreId, revision }) => {
      const counts = counted.get(id);
      return counts
        ? [[id, cadreId, yearNumber(year), revision, counts.roster, counts.met, ...counts.held]]
        : [];
    });
  await db.$executeRaw`
    INSERT INTO "GroupCount" ("groupId", "cadreId", "year", "revision", "roster", "met", "held1", "held2", "held3", "held4")
    SELECT CAST(value->>0 AS INTEGER), CAST(value->>1 AS INTEGER), CAST(value->>2 AS INTEGER),
           CAST(value->>3 AS INTEGER), CAST(value->>4 AS INTEGER), CAST(value->>5 AS INTEGER),
           CAST(value->>6 AS INTEGER), CAST(value->>7 AS INTEGER), CAST(value->>8 AS INTEGER), CAST(value->>9 AS INTEGER)
      FROM json_each(${rowsParameter(rows)}) WHERE true
    ON CONFLICT ("groupId") DO UPDATE SET "cadreId" = excluded."cadreId", "year" = excluded."year",
       "revision" = excluded."revision", "roster" = excluded."roster", "met" = excluded."met", "held1" = excluded."held1",
       "held2" = excluded."held2", "held3" = excluded."held3", "held4" = excluded."held4"`;
}

/** The year as GroupCount has it. */
export function yearNumber({ from }: Period): number {
  return civilOf(from).year;
}
