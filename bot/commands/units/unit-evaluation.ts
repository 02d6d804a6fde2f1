/** 本单位 评价: an administrator asks youths, in every group of the unit and below, what they think of their cadre (问答 评价团干部). */
import { dayMs, dayOf } from '../../../domain/calendar/day.ts';
import { formatDateTime } from '../../../domain/calendar/format-datetime.ts';
import { semesterOf } from '../../../domain/calendar/period.ts';
import { smallestCell } from '../../../domain/surveys/results.ts';
import { unitsWithin } from '../../../domain/units/unit.ts';
import type { Db } from '../../../prisma/database.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { evaluationOf, type GroupToAsk, groupsToAsk } from '../../../prisma/store/evaluations.ts';
import { addSurvey, openSurvey } from '../../../prisma/store/surveys.ts';
import { allUnits } from '../../../prisma/store/units.ts';
import type { ContextFor, Question, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { notice, post, reply } from '../../dialogue/say.ts';
import { evaluationForm } from '../surveys/survey-library.ts';
import { surveyCard, surveyKey } from '../surveys/survey-words.ts';

type AdministratorHere = ContextFor<'administrator', 'person'>;

const openDays = 14;

/** Asks first: into how many groups it goes, and that nobody sees whose mark is whose. */
export async function askToEvaluate(context: AdministratorHere): Promise<Question> {
  const groups = await groupsHere(context);
  const until = formatDateTime(context.now + openDays * dayMs, context.now);
  return {
    text: `在 ${groups.length} 个群里请青年给团干部打分（1–5 分），收到 ${until}？自愿、不记名，青年私下打分；团干部看不到结果，您只看到合在一起的平均数，不足 ${smallestCell} 人不显示，也不排名。一个群一学期一次。`,
    yes: '发起',
    no: '先不发',
  };
}

/** Opens it in every group that has not had it this semester, and tells its cadre. */
export async function evaluate(context: AdministratorHere): Promise<readonly Saying[]> {
  const { db, now, secret, person, administrator } = context;
  const groups = await groupsHere(context);
  const sayings: Saying[] = [];
  for (const group of groups) sayings.push(...(await openIn(db, group, now)));
  await recordAudit(db, secret.hash, {
    at: now,
    actor: `person:${person.id}`,
    action: 'unit.evaluate',
    subject: `unit:${administrator.unitId}/groups:${groups.map(({ groupId }) => groupId).join(',')}`,
  });
  return [
    reply(
      context,
      `在 ${groups.length} 个群里发起了，收 ${openDays} 天。结束后发 /本单位，看合在一起的平均数。`,
    ),
    ...sayings,
  ];
}

async function groupsHere({ db, administrator, now }: AdministratorHere): Promise<readonly GroupToAsk[]> {
  const today = dayOf(now);
  const units = [...unitsWithin(await allUnits(db), administrator.unitId)];
  const groups = await groupsToAsk(db, units, semesterOf(today).key, today);
  if (groups.length === 0)
    throw new CommandFault(
      'nobody to ask',
      '没有要发的群：本级和下级的群这学期都评过了，或者还没有团干部绑定群。',
    );
  return groups;
}

async function openIn(db: Db, group: GroupToAsk, now: number): Promise<readonly Saying[]> {
  const { groupId, cadreId, personId } = group;
  const draft = await addSurvey(db, groupId, { form: evaluationForm(), evaluates: true }, now);
  const closesAt = now + openDays * dayMs;
  const judges = { semester: semesterOf(dayOf(now)).key, cadreId };
  await openSurvey(db, draft.id, { openedAt: now, closesAt, judges });
  return [
    post(groupId, surveyCard({ ...draft, cadreId, closesAt }, now), { key: surveyKey(draft.id) }),
    notice(
      personId,
      `团组织在您的群里请大家评价团干部，收 ${openDays} 天。青年私下打分，您看不到谁打、打几分，也不用做什么；只算进团组织的平均数。`,
    ),
  ];
}

/** What the unit's figures say of it: one mean of all, or why there is none. Nobody's is set beside anybody's. */
export async function evaluationWords(db: Db, unitIds: readonly number[], now: number): Promise<string> {
  const semester = semesterOf(dayOf(now));
  const name = `评价团干部（${semester.key.endsWith('spring') ? '春季' : '秋季'}学期）`;
  const { surveys, open, mean, marks } = await evaluationOf(db, unitIds, semester.key, smallestCell);
  if (surveys === 0) return `${name}：还没有发起，发 /本单位 评价 可以请青年打分`;
  const more = open ? '；还有在收的，结束后一起算' : '';
  if (mean !== undefined) return `${name}：平均 ${mean.toFixed(1)} 分（满分 5 分，${marks} 人打分）${more}`;
  return open ? `${name}：还在收，结束后出平均数` : `${name}：人数不足 ${smallestCell}，不显示`;
}
