/** What a report on a cadre's period rests on, besides what other modules know. Counts and the cadre's own titles only. */
import { type Day, startOfDay } from '../../domain/calendar/day.ts';
import { asDeedKind, type DeedKind, type EvidenceGrade, evidenceGrades } from '../../domain/deeds/kinds.ts';
import type { DemandStage } from '../../domain/listening/demand.ts';
import { stageNames } from '../../domain/listening/demand.ts';
import type { Folded } from '../../domain/reports/figures.ts';
import type { Db } from '../database.ts';

interface Days {
  readonly from: Day;
  readonly to: Day;
}

/** What is left of a group's folded weeks that touch these days, both included. */
export async function foldedIn(db: Db, groupId: number, { from, to }: Days): Promise<Folded> {
  const [days, weeks] = [
    await db.foldedDay.findMany({ where: { groupId, day: { gte: from, lte: to } } }),
    await db.foldedWeek.findMany({ where: { groupId, week: { gte: from - 6, lte: to } } }),
  ];
  const sealed = new Set(weeks.map(({ week }) => week));
  const topics = await db.topic.findMany({
    where: { groupId, ...opened({ from, to }), clear: { not: null } },
    select: { number: true, openedAt: true, clear: true, inferred: true },
  });
  const first = weeks.length === 0 ? undefined : Math.max(...sealed) + 7;
  return {
    days: new Map(days.map(({ day, voice, complete }) => [day, { voice, complete }])),
    weeks: new Map(weeks.map(({ week, exchange }) => [week, exchange])),
    topics: new Map(
      topics
        .filter(({ openedAt }) => first !== undefined && openedAt.getTime() < startOfDay(first))
        .map(({ number, clear, inferred }) => [
          String(number),
          { clear: clear ?? 0, inferred: inferred ?? 0 },
        ]),
    ),
  };
}

/** A deed as a report tells of it. */
export interface ReportedDeed {
  readonly number: number;
  readonly kind: DeedKind;
  readonly day: Day;
  readonly grade: EvidenceGrade;
  readonly participants: number | undefined;
  readonly topic: string;
}

/** The deeds of a cadre in these days, without those withdrawn; by day. */
export async function deedsBetween(
  db: Db,
  cadreId: number,
  { from, to }: Days,
): Promise<readonly ReportedDeed[]> {
  const rows = await db.deed.findMany({
    where: { cadreId, withdrawnAt: null, day: { gte: from, lte: to } },
    orderBy: [{ day: 'asc' }, { number: 'asc' }],
    select: { number: true, kind: true, day: true, grade: true, participants: true, topic: true },
  });
  return rows.flatMap((row) => {
    const kind = asDeedKind(row.kind);
    const grade = evidenceGrades.find((one) => one === row.grade);
    return kind && grade ? [{ ...row, kind, grade, participants: row.participants ?? undefined }] : [];
  });
}

/** How many entries these days brought to the problem lists of some groups, by stage; withdrawn ones are none. */
export async function demandsIn(
  db: Db,
  groupIds: readonly number[],
  days: Days,
): Promise<Readonly<Partial<Record<DemandStage, number>>>> {
  const rows = await db.demand.groupBy({
    by: ['state'],
    where: { groupId: { in: [...groupIds] }, createdAt: within(days), state: { not: 'withdrawn' } },
    _count: { _all: true },
  });
  return Object.fromEntries(
    rows.filter(({ state }) => state in stageNames).map(({ state, _count }) => [state, _count._all]),
  );
}

/** The surveys of some groups that ended in these days, and how many answered. */
export async function surveysIn(
  db: Db,
  groupIds: readonly number[],
  days: Days,
): Promise<{ readonly count: number; readonly answers: number }> {
  const where = { groupId: { in: [...groupIds] }, state: 'closed', closedAt: within(days) };
  return {
    count: await db.survey.count({ where }),
    answers: await db.surveyAnswer.count({ where: { survey: where, heldBy: null } }),
  };
}

/** How many pieces were passed on into some groups in these days. */
export async function pushesIn(db: Db, groupIds: readonly number[], days: Days): Promise<number> {
  return db.push.count({ where: { groupId: { in: [...groupIds] }, at: within(days) } });
}

/** Titles of a group's activities by their id, as facts name activities. */
export async function activityTitles(db: Db, groupId: number): Promise<ReadonlyMap<string, string>> {
  const rows = await db.activity.findMany({ where: { groupId }, select: { id: true, title: true } });
  return new Map(rows.map(({ id, title }) => [String(id), title]));
}

function opened(days: Days) {
  return { openedAt: within(days) };
}

function within({ from, to }: Days) {
  return { gte: new Date(startOfDay(from)), lt: new Date(startOfDay(to + 1)) };
}
