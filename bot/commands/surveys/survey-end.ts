/** The end of a survey, and what came of it: the figures to the cadre, and into the group if they say so. */
import { dayOf } from '../../../domain/calendar/day.ts';
import { resultsOf, type SurveyResults, smallestCell } from '../../../domain/surveys/results.ts';
import type { Db } from '../../../prisma/database.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { cadreOfGroup } from '../../../prisma/store/cadres.ts';
import { namesOf } from '../../../prisma/store/demands.ts';
import { youthsOf } from '../../../prisma/store/identity.ts';
import { allAnswers, countAnswers } from '../../../prisma/store/survey-answers.ts';
import { closeSurvey, type SurveyRow, surveysOf } from '../../../prisma/store/surveys.ts';
import type { ContextFor, Question, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { card, closeCard, notice, post, reply } from '../../dialogue/say.ts';
import { surveySheets } from '../../render/survey-sheets.ts';
import { type CadreHere, findSurvey } from './survey-make.ts';
import { overCard, surveyKey, titleOf } from './survey-words.ts';

const shownInList = 10;
const stateWords = { draft: '草稿', open: '在收', closed: '已结束' } as const;

/**
 * Closes a survey as of an instant and says so: the group's card has nothing to press any more, the cadre learns how many
 * answered. Nothing where it was closed before.
 */
export async function endSurvey(
  db: Db,
  row: SurveyRow,
  closedAt: number,
  random: (bytes: number) => Uint8Array,
): Promise<readonly Saying[]> {
  const cadre = await cadreOfGroup(db, row.groupId, dayOf(closedAt));
  const youths = (await youthsOf(db, row.groupId, cadre?.personId)).length;
  const answered = await countAnswers(db, row.id);
  if (!(await closeSurvey(db, row, { closedAt, youths }, random))) return [];
  const said = closeCard(row.groupId, surveyKey(row.id), overCard(row));
  if (!cadre) return [said];
  if (row.evaluates)
    return [
      said,
      notice(
        cadre.personId,
        `“${titleOf(row)}”结束了。分数您看不到，只算进团组织的平均数；谢谢您平时的用心。`,
      ),
    ];
  const few =
    row.form.anonymous && answered < smallestCell
      ? `作答的不足 ${smallestCell} 人，为了不让人认出是谁，这次不出结果。`
      : '看结果请点下面。告诉大家一声结果，下次愿意说的人会更多。';
  const buttons =
    row.form.anonymous && answered < smallestCell
      ? []
      : [
          {
            label: '看结果',
            command: `/问卷 结果 群#${row.groupId} ${row.number}`,
            style: 'primary' as const,
          },
          { label: '公布到群里', command: `/问卷 公布 群#${row.groupId} ${row.number}` },
        ];
  return [
    said,
    notice(cadre.personId, card(`${titleOf(row)}结束了`, `${share(answered, youths)}。${few}`, buttons)),
  ];
}

/** “32 人作答，占 40%”; never who did not. */
function share(answered: number, youths: number): string {
  const percent =
    youths > 0 && answered <= youths ? `，占群里小伙伴的 ${Math.round((answered / youths) * 100)}%` : '';
  return `${answered} 人作答${percent}`;
}

/** Ends a survey at the cadre's word. */
export async function end(
  context: CadreHere,
  { number }: { readonly number: number },
): Promise<readonly Saying[]> {
  const row = await findSurvey(context, number);
  if (row.evaluates)
    throw new CommandFault('not the cadre’s to close', `“${titleOf(row)}”是团组织发起的，到时间自己结束。`);
  if (row.state === 'draft')
    throw new CommandFault('a draft', `问卷${number}还是草稿，没有发布；不要了发 /问卷 删除 ${number}。`);
  const sayings = await endSurvey(context.db, row, context.now, context.random);
  if (sayings.length === 0)
    throw new CommandFault('closed before', `问卷${number}已经结束了，看结果发 /问卷 结果 ${number}。`);
  await audit(context, 'survey.close', row);
  return context.chat.kind === 'group'
    ? [...sayings, reply(context, `“${titleOf(row)}”结束了，谢谢大家。`)]
    : sayings;
}

/** Asks first where an anonymous survey would end with too few answers for any result. */
export async function askToClose(
  context: CadreHere,
  { number }: { readonly number: number },
): Promise<Question | undefined> {
  const row = await findSurvey(context, number);
  if (row.state !== 'open' || row.evaluates || !row.form.anonymous) return undefined;
  const answered = await countAnswers(context.db, row.id);
  return answered < smallestCell
    ? {
        text: `“${titleOf(row)}”现在有 ${answered} 人作答，不足 ${smallestCell} 人，结束了就没有结果可看，也不能再开。要现在结束吗？`,
        yes: '结束',
        no: '再等等',
      }
    : undefined;
}

/** The chart, and the table as an Excel file, to the cadre alone. */
export async function showResults(
  context: CadreHere,
  { number }: { readonly number: number },
): Promise<readonly Saying[]> {
  const row = await findSurvey(context, number);
  const { db, group } = context;
  const { results, all } = await finished(context, row);
  await audit(context, 'survey.read', row);
  const people = all.flatMap(({ respondent }) => personIn(respondent) ?? []);
  const names = row.form.anonymous ? new Map<number, string>() : await namesOf(db, people);
  const byName = row.form.anonymous
    ? []
    : all.map(({ respondent, answers }) => ({
        name: names.get(personIn(respondent) ?? 0) ?? '',
        answers,
      }));
  return [
    reply(context, { type: 'survey', results }),
    reply(context, {
      type: 'workbook',
      name: `${fileName(row)}.xlsx`,
      sheets: surveySheets(row.form, results, byName),
    }),
    reply(
      context,
      card(
        `${titleOf(row)}的结果`,
        `“${nameOf(group)}”${share(results.answered, results.youths)}。告诉大家一声结果，下次愿意说的人会更多。`,
        [{ label: '公布到群里', command: `/问卷 公布 群#${group.id} ${number}` }],
      ),
    ),
  ];
}

/** The chart into the group; words that people wrote stay with the cadre. */
export async function publish(
  context: CadreHere,
  { number }: { readonly number: number },
): Promise<readonly Saying[]> {
  const { group, chat } = context;
  const row = await findSurvey(context, number);
  const { results } = await finished(context, row);
  await audit(context, 'survey.publish', row);
  const shown: SurveyResults = {
    ...results,
    questions: results.questions.map((question) => ({ ...question, texts: [] })),
  };
  const posted = post(group.id, { type: 'survey', results: shown }, { key: `survey/${row.id}/published` });
  return chat.kind === 'group'
    ? [posted]
    : [posted, reply(context, `结果发到“${nameOf(group)}”了，大家写的话没有发。`)];
}

async function finished({ db }: CadreHere, row: SurveyRow) {
  if (row.evaluates)
    throw new CommandFault(
      'nobody’s to read',
      `“${titleOf(row)}”是大家私下打的分，团干部看不到，也不在群里公布：只算进团组织的平均数，不足 ${smallestCell} 人的不显示。`,
    );
  if (row.state === 'draft') throw new CommandFault('a draft', `问卷${row.number}还没有发布。`);
  if (row.state === 'open') {
    const answered = await countAnswers(db, row.id);
    throw new CommandFault(
      'still open',
      `问卷${row.number}还在收，已有 ${answered} 人作答。为了不让人从前后两次的差别里认出谁，结束后才出结果；想现在结束，发 /问卷 结束 ${row.number}。`,
    );
  }
  const all = await allAnswers(db, row.id);
  const survey = { number: row.number, form: row.form, youths: row.youths ?? 0 };
  const results = resultsOf(
    survey,
    all.map(({ answers }) => answers),
  );
  if (results.questions.length === 0)
    throw new CommandFault(
      'too few',
      `问卷${row.number}有 ${results.answered} 人作答，不足 ${smallestCell} 人，为了不让人认出是谁，不出结果。`,
    );
  return { results, all };
}

/** The group's surveys; drafts are its cadre's to see, privately. */
export async function list(context: ContextFor<'anyone', 'group'>): Promise<readonly Saying[]> {
  const { db, group, chat, person, now } = context;
  const own =
    chat.kind === 'private' && (await cadreOfGroup(db, group.id, dayOf(now)))?.personId === person.id;
  const rows = await surveysOf(
    db,
    group.id,
    own ? ['draft', 'open', 'closed'] : ['open', 'closed'],
    shownInList,
  );
  const lines: string[] = [];
  for (const row of rows) {
    const answered =
      row.state === 'draft' || row.evaluates ? '' : `，${await countAnswers(db, row.id)} 人作答`;
    lines.push(`${titleOf(row)}　${stateWords[row.state]}${answered}`);
  }
  return [reply(context, lines.length > 0 ? card('问卷', lines.join('\n')) : '还没有问卷。')];
}

function personIn(respondent: string): number | undefined {
  const found = /^person:(\d+)$/.exec(respondent);
  return found ? Number(found[1]) : undefined;
}

/** A title as a file may be called. */
function fileName(row: SurveyRow): string {
  return titleOf(row)
    .replace(/[\\/:*?"<>|｜\n]+/gu, ' ')
    .trim();
}

async function audit({ db, secret, now, person }: CadreHere, what: string, row: SurveyRow): Promise<void> {
  await recordAudit(db, secret.hash, {
    at: now,
    actor: `person:${person.id}`,
    action: what,
    subject: `survey:${row.id}`,
  });
}
