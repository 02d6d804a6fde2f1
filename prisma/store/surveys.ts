/** Surveys (问卷), numbered in their group. */
import type { Answers } from '../../domain/surveys/answers.ts';
import { type SurveyForm, surveyForm } from '../../domain/surveys/form.ts';
import type { Db } from '../database.ts';
import { lockGroup } from './numbering.ts';
import { allAnswers } from './survey-answers.ts';

export type SurveyState = 'draft' | 'open' | 'closed';

/** A survey as it lies in the database; instants are milliseconds since the epoch. */
export interface SurveyRow {
  readonly id: number;
  readonly groupId: number;
  readonly number: number;
  readonly form: SurveyForm;
  readonly state: SurveyState;
  readonly openedAt: number | undefined;
  readonly closesAt: number | undefined;
  readonly closedAt: number | undefined;
  /** Youths of the group when it was closed. */
  readonly youths: number | undefined;
  /** 评价团干部: once a semester in a group. */
  readonly evaluates: boolean;
  /** Whom it judges. */
  readonly cadreId: number | undefined;
}

/** Keeps a draft with the group's next number. */
export async function addSurvey(
  db: Db,
  groupId: number,
  draft: { readonly form: SurveyForm; readonly evaluates?: boolean },
  now: number,
): Promise<SurveyRow> {
  await lockGroup(db, groupId);
  const last = await db.survey.findFirst({
    where: { groupId },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  const { form, evaluates = false } = draft;
  const row = await db.survey.create({
    data: {
      groupId,
      number: (last?.number ?? 0) + 1,
      title: form.title,
      form: JSON.stringify(form),
      anonymous: form.anonymous,
      evaluates,
      createdAt: new Date(now),
    },
  });
  return surveyFrom(row);
}

/** The survey with that number in the group. */
export async function surveyNumbered(
  db: Db,
  groupId: number,
  number: number,
): Promise<SurveyRow | undefined> {
  const row = await db.survey.findUnique({ where: { groupId_number: { groupId, number } } });
  return row ? surveyFrom(row) : undefined;
}

/** The latest surveys of a group in some states, the newest first. */
export async function surveysOf(
  db: Db,
  groupId: number,
  states: readonly SurveyState[],
  limit: number,
): Promise<readonly SurveyRow[]> {
  const rows = await db.survey.findMany({
    where: { groupId, state: { in: [...states] } },
    orderBy: { number: 'desc' },
    take: limit,
  });
  return rows.map(surveyFrom);
}

/** The surveys of a group that ended since an instant (milliseconds) and have results: 评价团干部 has none of its own. */
export async function surveysEndedSince(
  db: Db,
  groupId: number,
  since: number,
): Promise<readonly SurveyRow[]> {
  const rows = await db.survey.findMany({
    where: { groupId, state: 'closed', evaluates: false, closedAt: { gte: new Date(since) } },
    orderBy: { id: 'desc' },
  });
  return rows.map(surveyFrom);
}

/** The surveys of some groups that can be answered at an instant, the newest first. */
export async function answerable(
  db: Db,
  groupIds: readonly number[],
  now: number,
): Promise<readonly SurveyRow[]> {
  const rows = await db.survey.findMany({
    where: { groupId: { in: [...groupIds] }, state: 'open', closesAt: { gt: new Date(now) } },
    orderBy: { id: 'desc' },
  });
  return rows.map(surveyFrom);
}

/** The open surveys of an account whose end lies before an instant (milliseconds). */
export async function endingBefore(db: Db, instant: number): Promise<readonly SurveyRow[]> {
  const rows = await db.survey.findMany({
    where: { state: 'open', closesAt: { lte: new Date(instant) } },
    orderBy: { closesAt: 'asc' },
  });
  return rows.map(surveyFrom);
}

/** Opens a draft. False: it is no draft any more. */
export async function openSurvey(
  db: Db,
  id: number,
  what: {
    readonly openedAt: number;
    readonly closesAt: number;
    /** Of 评价团干部. */
    readonly judges?: { readonly semester: string; readonly cadreId: number };
  },
): Promise<boolean> {
  const { count } = await db.survey.updateMany({
    where: { id, state: 'draft' },
    data: {
      state: 'open',
      openedAt: new Date(what.openedAt),
      closesAt: new Date(what.closesAt),
      semester: what.judges?.semester ?? null,
      cadreId: what.judges?.cadreId ?? null,
    },
  });
  return count === 1;
}

/** Drops a draft. False: it is none. */
export async function dropDraft(db: Db, id: number): Promise<boolean> {
  const { count } = await db.survey.deleteMany({ where: { id, state: 'draft' } });
  return count === 1;
}

/**
 * Closes an open survey. Of an anonymous one the answers are written anew under random names and in their order, so that
 * neither key nor row tells whose they were, and what is held then is dropped; of 评价团干部 the marks and their sum are kept, and the answers dropped. False:
 * it was closed before.
 */
export async function closeSurvey(
  db: Db,
  survey: SurveyRow,
  at: { readonly closedAt: number; readonly youths: number },
  random: (bytes: number) => Uint8Array,
): Promise<boolean> {
  const { id: surveyId } = survey;
  const { count } = await db.survey.updateMany({
    where: { id: surveyId, state: 'open' },
    data: { state: 'closed', closedAt: new Date(at.closedAt), youths: at.youths },
  });
  if (count === 0) return false;
  const all = await allAnswers(db, surveyId);
  if (survey.evaluates) {
    await keepMarks(db, survey, all);
    await db.surveyAnswer.deleteMany({ where: { surveyId } });
  } else if (survey.form.anonymous) {
    await db.surveyAnswer.deleteMany({ where: { surveyId } });
    const renamed = all.map(({ answers }) => ({
      surveyId,
      respondent: Buffer.from(random(16)).toString('hex'),
      answers: JSON.stringify(answers),
    }));
    await db.surveyAnswer.createMany({
      data: renamed.toSorted((a, b) => (a.respondent < b.respondent ? -1 : 1)),
    });
  }
  return true;
}

async function keepMarks(
  db: Db,
  survey: SurveyRow,
  all: readonly { readonly answers: Answers }[],
): Promise<void> {
  const index = String(survey.form.questions.findIndex(({ kind }) => kind === 'scale'));
  const marks = all.flatMap(({ answers }) => {
    const given = answers[index];
    return given && 'points' in given ? [given.points] : [];
  });
  await db.survey.update({
    where: { id: survey.id },
    data: { marks: marks.length, markSum: marks.reduce((sum, mark) => sum + mark, 0) },
  });
}

const states: readonly SurveyState[] = ['draft', 'open', 'closed'];

function surveyFrom(row: {
  readonly id: number;
  readonly groupId: number;
  readonly number: number;
  readonly form: string;
  readonly state: string;
  readonly openedAt: Date | null;
  readonly closesAt: Date | null;
  readonly closedAt: Date | null;
  readonly youths: number | null;
  readonly evaluates: boolean;
  readonly cadreId: number | null;
}): SurveyRow {
  const state = states.find((known) => known === row.state);
  if (!state) throw new Error(`survey ${row.id} is in an unknown state`);
  return {
    id: row.id,
    groupId: row.groupId,
    number: row.number,
    form: surveyForm.parse(JSON.parse(row.form)),
    state,
    openedAt: row.openedAt?.getTime(),
    closesAt: row.closesAt?.getTime(),
    closedAt: row.closedAt?.getTime(),
    youths: row.youths ?? undefined,
    evaluates: row.evaluates,
    cadreId: row.cadreId ?? undefined,
  };
}
