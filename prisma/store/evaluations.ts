/** 评价团干部: which groups are asked, and what the marks of a unit come to. */
import type { Day } from '../../domain/calendar/day.ts';
import type { Db } from '../database.ts';
import { cadreOfGroup } from './cadres.ts';

/** A group with the cadre who would be judged in it. */
export interface GroupToAsk {
  readonly groupId: number;
  readonly cadreId: number;
  readonly personId: number;
}

/** The groups that the cadres of some units lead on a day and that have not been asked in that semester. */
export async function groupsToAsk(
  db: Db,
  unitIds: readonly number[],
  semester: string,
  today: Day,
): Promise<readonly GroupToAsk[]> {
  const within = { unitId: { in: [...unitIds] } };
  const groups = await db.group.findMany({
    where: {
      leftAt: null,
      unmatchedAt: null,
      bindings: { some: { cadre: within } },
      surveys: { none: { semester } },
    },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  const cadres = await db.cadre.findMany({ where: within, select: { id: true } });
  const own = new Set(cadres.map(({ id }) => id));
  const found: GroupToAsk[] = [];
  for (const { id: groupId } of groups) {
    const cadre = await cadreOfGroup(db, groupId, today);
    if (cadre && own.has(cadre.id)) found.push({ groupId, cadreId: cadre.id, personId: cadre.personId });
  }
  return found;
}

/** What the marks of a semester come to. `open`: some are still being given. */
export interface Evaluation {
  readonly surveys: number;
  readonly open: boolean;
  /** Undefined where fewer than `least` marks may be told of. */
  readonly mean: number | undefined;
  readonly marks: number;
}

/**
 * What youths think of the cadres of some units in a semester (问答 评价团干部): the mean of all marks. Surveys that were
 * opened together count when all of them are over and have `least` marks between them, so that no two looks at the figure
 * differ by fewer.
 */
export async function evaluationOf(
  db: Db,
  unitIds: readonly number[],
  semester: string,
  least: number,
): Promise<Evaluation> {
  const cadres = await db.cadre.findMany({ where: { unitId: { in: [...unitIds] } }, select: { id: true } });
  const rows = await db.survey.findMany({
    where: { semester, evaluates: true, cadreId: { in: cadres.map(({ id }) => id) } },
    select: { openedAt: true, state: true, marks: true, markSum: true },
  });
  let [marks, sum] = [0, 0];
  for (const openedAt of new Set(rows.map((row) => row.openedAt?.getTime()))) {
    const round = rows.filter((row) => row.openedAt?.getTime() === openedAt);
    const given = round.reduce((total, row) => total + (row.marks ?? 0), 0);
    if (given < least || round.some(({ state }) => state !== 'closed')) continue;
    marks += given;
    sum += round.reduce((total, row) => total + (row.markSum ?? 0), 0);
  }
  return {
    surveys: rows.length,
    open: rows.some(({ state }) => state !== 'closed'),
    mean: marks === 0 ? undefined : sum / marks,
    marks,
  };
}
