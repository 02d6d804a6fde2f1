/** 问卷 新建, 模板, 发布, 删除: what the cadre does before anybody answers. */
import { parseDateTime } from '../../../domain/calendar/chinese-datetime.ts';
import { dayMs } from '../../../domain/calendar/day.ts';
import { formatDateTime } from '../../../domain/calendar/format-datetime.ts';
import { readForm } from '../../../domain/surveys/read-form.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { keepQuestion, takeQuestion } from '../../../prisma/store/confirmations.ts';
import {
  addSurvey,
  dropDraft,
  openSurvey,
  type SurveyRow,
  surveyNumbered,
  surveysOf,
} from '../../../prisma/store/surveys.ts';
import type { ContextFor, Question, Saying, Situation } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { plain } from '../../dialogue/plain.ts';
import { card, post, reply } from '../../dialogue/say.ts';
import { evaluationId, surveyTemplates } from './survey-library.ts';
import { draftCard, surveyCard, surveyKey, titleOf } from './survey-words.ts';

export type CadreHere = ContextFor<'cadre', 'group'>;

const usualDays = 7;
const longestDays = 60;
/** More at a time is more than people answer. */
const openAtOnce = 3;
const draftsAtOnce = 10;

/** The chat under which a dialogue waits, besides the question for a yes. */
export const dialogueChat = 'survey';
const dialogueMs = dayMs;

const done = /^(?:写?好了|写?完了|没了|没有了|完成|结束|就这些|好的?|ok)[。.!！]*$/iu;
const stop = /^(?:取消|算了|不做了|不写了|不要了)[。.!！]*$/u;

/** Makes a draft of a text, or begins the dialogue where nothing was written. */
export async function make(
  context: CadreHere,
  { text }: { readonly text: string },
): Promise<readonly Saying[]> {
  if (text !== '') return draft(context, context.group.id, text);
  await keepDialogue(context, context.group.id, '');
  return [
    reply(
      context,
      card(
        '做一份问卷',
        '一步一步来，先告诉我：问卷叫什么？\n（也可以整份贴给我：/问卷 新建 加上标题和“1. … A… B…”。想停下就回“取消”。）',
      ),
    ),
  ];
}

/** Keeps what was read as a draft and shows it. Throws {@link CommandFault} with what to mend. */
async function draft(situation: Situation, groupId: number, typed: string): Promise<readonly Saying[]> {
  const { db, now } = situation;
  const reading = readForm(plain(typed));
  if (reading.kind === 'fault')
    throw new CommandFault('no survey', `${reading.say}\n改好后把整份再发一遍就行。`);
  await roomForDraft(situation, groupId);
  const row = await addSurvey(db, groupId, { form: reading.form }, now);
  return [reply(situation, draftCard(row))];
}

async function roomForDraft({ db }: Situation, groupId: number): Promise<void> {
  const drafts = await surveysOf(db, groupId, ['draft'], draftsAtOnce);
  if (drafts.length >= draftsAtOnce)
    throw new CommandFault(
      'too many drafts',
      `已经有 ${draftsAtOnce} 份草稿了，请先删掉用不着的：/问卷 列表 看编号，/问卷 删除 编号。`,
    );
}

/** Shows the templates, or makes a draft of one. */
export async function fromTemplate(
  context: CadreHere,
  { text: wanted }: { readonly text: string },
): Promise<readonly Saying[]> {
  const { db, group, now } = context;
  const template = surveyTemplates.find(({ name }) => name === wanted.normalize('NFKC').trim());
  if (template?.id === evaluationId)
    throw new CommandFault(
      'not the cadre’s to open',
      '评价团干部由团组织管理员发起（/本单位 评价），每学期至多一次：大家私下打分，您看不到，只算进单位的平均数。想听听大家的意见，可以用“满意度”模板。',
    );
  if (!template) {
    const offered = surveyTemplates.filter(({ id }) => id !== evaluationId);
    const lines = offered.map(({ name, about }) => `${name}：${about}`).join('\n');
    const sorry = wanted === '' ? '' : `没有“${wanted}”这个模板。`;
    return [
      reply(
        context,
        card(
          '问卷模板',
          `${sorry}有这几个，点一个就做成草稿：\n${lines}`,
          offered.map(({ name }) => ({ label: name, command: `/问卷 模板 群#${group.id} ${name}` })),
        ),
      ),
    ];
  }
  await roomForDraft(context, group.id);
  return [reply(context, draftCard(await addSurvey(db, group.id, { form: template.form }, now)))];
}

/** Goes on with the dialogue in which a survey is made. `kept` is what was written so far, the title first. */
export async function goOnMaking(
  situation: Situation,
  { groupId, kept }: { readonly groupId: number; readonly kept: string },
  typed: string,
): Promise<readonly Saying[]> {
  const { db, person } = situation;
  const said = plain(typed.slice(0, 4_000));
  if (stop.test(said)) {
    await takeQuestion(db, person.id, dialogueChat);
    return [reply(situation, '好的，这份问卷不做了。')];
  }
  if (said === '') return [reply(situation, '这里要写字，我才记得下来。')];
  const questions = kept === '' ? 0 : kept.split('\n').filter((line) => /^\d+\. /u.test(line)).length;
  if (kept === '') {
    const title = said.split('\n').join(' ');
    // Read with a question that is surely right, so that only the title can be wrong.
    const reading = readForm(`标题:${title}\n1. 好吗`);
    if (reading.kind === 'fault') return [reply(situation, reading.say)];
    await keepDialogue(situation, groupId, `标题:${title}`);
    return [
      reply(
        situation,
        '记下了。第 1 题问什么？有选项就写在后面，例如：食堂怎么样 A. 好 B. 一般 C. 差\n可以注明（多选）、（1-5分）；没有选项就是问答题。',
      ),
    ];
  }
  if (done.test(said)) {
    if (questions === 0) return [reply(situation, '还没有题目呢：第 1 题问什么？不做了就回“取消”。')];
    const sayings = await draft(situation, groupId, kept);
    await takeQuestion(db, person.id, dialogueChat);
    return sayings;
  }
  const number = questions + 1;
  const own = said.replace(new RegExp(`^第?${number}(?:题|[.、．:：)）])\\s*`, 'u'), '');
  const written = `${kept}\n${number}. ${own}`;
  const reading = readForm(written);
  if (reading.kind === 'fault') return [reply(situation, `${reading.say}\n请把第 ${number} 题再写一遍。`)];
  await keepDialogue(situation, groupId, written);
  return [reply(situation, `第 ${number} 题记下了。第 ${number + 1} 题问什么？写完了就回“好了”。`)];
}

async function keepDialogue(situation: Situation, groupId: number, kept: string): Promise<void> {
  const { db, person, now } = situation;
  await keepQuestion(db, {
    personId: person.id,
    chat: dialogueChat,
    command: `make ${groupId} ${kept}`,
    expiresAt: now + dialogueMs,
  });
}

/** The survey with that number. Throws {@link CommandFault} when there is none. */
export async function findSurvey({ db, group }: CadreHere, wanted: number): Promise<SurveyRow> {
  const row = await surveyNumbered(db, group.id, wanted);
  if (!row) throw new CommandFault('no such survey', `没有问卷${wanted}，发 /问卷 列表 看看编号。`);
  return row;
}

interface Opening {
  readonly number: number;
  readonly text: string;
}

/** Asks before a survey goes into the group. */
export async function askToOpen(context: CadreHere, wanted: Opening): Promise<Question> {
  const { row, closesAt } = await opening(context, wanted);
  const { now, group } = context;
  return {
    text: `把“${titleOf(row)}”发到“${nameOf(group)}”，收到 ${formatDateTime(closesAt, now)} 为止？`,
    keep: `${wanted.number} ${closesAt}`,
  };
}

/** Posts a draft into its group. */
export async function open(context: CadreHere, wanted: Opening): Promise<readonly Saying[]> {
  const { db, group, now, person, secret } = context;
  const { row, closesAt } = await opening(context, wanted);
  if (!(await openSurvey(db, row.id, { openedAt: now, closesAt })))
    throw new CommandFault('opened meanwhile', `问卷${row.number}已经发布了。`);
  await recordAudit(db, secret.hash, {
    at: now,
    actor: `person:${person.id}`,
    action: 'survey.open',
    subject: `survey:${row.id}`,
  });
  return [
    post(group.id, surveyCard({ ...row, closesAt }, now), { key: surveyKey(row.id) }),
    reply(
      context,
      `“${titleOf(row)}”已发到“${nameOf(group)}”。到时我自动收起来告诉您；想早点结束，发 /问卷 结束 ${row.number}。`,
    ),
  ];
}

/** What is opened until when; or why not. */
async function opening(
  context: CadreHere,
  { number, text }: Opening,
): Promise<{ readonly row: SurveyRow; readonly closesAt: number }> {
  const { db, group, now } = context;
  const row = await findSurvey(context, number);
  if (row.state !== 'draft') throw new CommandFault('no draft', `问卷${number}已经发布过了，不能再发。`);
  const closesAt = /^\d{13}$/.test(text) ? Number(text) : closing(text, now);
  if (closesAt <= now + 3_600_000) throw new CommandFault('too soon', '截止时间太近了，请至少留一个小时。');
  if (closesAt > now + longestDays * dayMs)
    throw new CommandFault('too late', `截止时间请在 ${longestDays} 天以内。`);
  const open = await surveysOf(db, group.id, ['open'], openAtOnce + 1);
  // 评价团干部 is not the cadre's: it takes none of their places.
  if (open.filter(({ evaluates }) => !evaluates).length >= openAtOnce)
    throw new CommandFault(
      'too many at once',
      `群里已经有 ${openAtOnce} 份问卷在收，一次太多大家会嫌烦。请先结束一份再发。`,
    );
  return { row, closesAt };
}

function closing(text: string, now: number): number {
  if (text.trim() === '') return now + usualDays * dayMs;
  const read = parseDateTime(text.replace(/^截止(?:时间)?[:：到]?/u, ''), now);
  if (read.kind === 'fault') throw new CommandFault('no date-time', read.say);
  return read.at;
}

/** Drops a draft. */
export async function drop(
  context: CadreHere,
  { number }: { readonly number: number },
): Promise<readonly Saying[]> {
  const row = await findSurvey(context, number);
  if (!(await dropDraft(context.db, row.id)))
    throw new CommandFault(
      'no draft',
      `问卷${number}已经发布过，有人可能答了，不能删；要停下来请发 /问卷 结束 ${number}。`,
    );
  return [reply(context, `草稿“${titleOf(row)}”删掉了。`)];
}
