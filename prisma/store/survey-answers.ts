/**
 * What was answered in a survey. Answers that stayed behind when a name alone told who somebody is do not count while the
 * one who goes on under that name has answers of their own, so that nobody counts twice. Nobody sees those or changes what
 * they say; they count again once the newer ones are taken back, or it turns out that they are another's.
 */
import { type Answers, surveyAnswers } from '../../domain/surveys/answers.ts';
import type { Db } from '../database.ts';

/**
 * Changes what one person has answered, nobody else writing into the survey meanwhile. `change` gets what was kept;
 * nothing out of it takes the row away. `earlier`: respondents who are the same person as far as a name tells, of whom
 * nothing counts besides. Undefined: the survey cannot be answered any more.
 */
export async function changeAnswers(
  db: Db,
  survey: { readonly id: number; readonly respondent: string; readonly earlier?: readonly string[] },
  now: number,
  change: (kept: Answers) => Answers,
): Promise<Answers | undefined> {
  const { id: surveyId, respondent, earlier = [] } = survey;
  // Holds the row until the transaction ends: a closing, or the same person in another chat, waits.
  const { count } = await db.survey.updateMany({
    where: { id: surveyId, state: 'open', closesAt: { gt: new Date(now) } },
    data: { number: { increment: 0 } },
  });
  if (count === 0) return undefined;
  const where = { surveyId_respondent: { surveyId, respondent } };
  const before = await db.surveyAnswer.findUnique({ where });
  const after = change(before ? answersFrom(before.answers) : {});
  const answers = JSON.stringify(after);
  if (Object.keys(after).length === 0) {
    await db.surveyAnswer.deleteMany({ where: { surveyId, respondent } });
    await releaseAnswers(db, surveyId, respondent);
    return after;
  }
  // Those held by others of them stay as they are.
  await db.surveyAnswer.updateMany({
    where: { surveyId, heldBy: null, respondent: { in: [...earlier], not: respondent } },
    data: { heldBy: respondent },
  });
  if (before) await db.surveyAnswer.update({ where, data: { answers } });
  else await db.surveyAnswer.create({ data: { surveyId, respondent, answers } });
  return after;
}

/** What one person has answered so far. */
export async function answersOf(db: Db, surveyId: number, respondent: string): Promise<Answers> {
  const row = await db.surveyAnswer.findUnique({ where: { surveyId_respondent: { surveyId, respondent } } });
  return row ? answersFrom(row.answers) : {};
}

/** How many have answered at least one question. */
export async function countAnswers(db: Db, surveyId: number): Promise<number> {
  return db.surveyAnswer.count({ where: { surveyId, heldBy: null } });
}

/** All answers that count, with who gave them as far as the survey knows. */
export async function allAnswers(
  db: Db,
  surveyId: number,
): Promise<readonly { readonly respondent: string; readonly answers: Answers }[]> {
  const rows = await db.surveyAnswer.findMany({
    where: { surveyId, heldBy: null },
    orderBy: { respondent: 'asc' },
  });
  return rows.map(({ respondent, answers }) => ({ respondent, answers: answersFrom(answers) }));
}

/** What a respondent held counts again. */
export async function releaseAnswers(db: Db, surveyId: number, respondent: string): Promise<void> {
  await db.surveyAnswer.updateMany({ where: { surveyId, heldBy: respondent }, data: { heldBy: null } });
}

function answersFrom(stored: string): Answers {
  return surveyAnswers.parse(JSON.parse(stored));
}
