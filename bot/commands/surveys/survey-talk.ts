/** What is said to the bot without a slash while a survey is made or answered. */
import { dayOf } from '../../../domain/calendar/day.ts';
import { soundsDangerous } from '../../../domain/listening/danger.ts';
import { looksLikeAnswers, mayBeMarks, readsAsMarks } from '../../../domain/surveys/answers.ts';
import { narrowed } from '../../../domain/surveys/form.ts';
import { cadreOfGroup, groupsJoinedBy } from '../../../prisma/store/cadres.ts';
import { takeQuestion, waitingQuestion } from '../../../prisma/store/confirmations.ts';
import { answerable, type SurveyRow } from '../../../prisma/store/surveys.ts';
import { waitingHere } from '../../dialogue/answer.ts';
import type { Saying, Situation } from '../../dialogue/command.ts';
import { cryIn, helpFor } from '../../dialogue/danger.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { withoutMentions } from '../../dialogue/parse.ts';
import { card, notice, reply } from '../../dialogue/say.ts';
import { answerWith, goOnAnswering } from './survey-answer.ts';
import { dialogueChat, goOnMaking } from './survey-make.ts';
import { titleOf } from './survey-words.ts';

const numbered = /^问卷\s*(\d{1,4})[\s:：,，]*/u;

/**
 * What is said to a text that goes on with a dialogue, or answers an open survey in one message; undefined where it has
 * nothing to do with surveys. Throws {@link CommandFault}.
 */
export async function surveyTalk(
  situation: Situation,
  typed: string,
): Promise<readonly Saying[] | undefined> {
  const { chat } = situation;
  const said = withoutMentions(typed).trim();
  // While a cry for help waits for its yes, what is said next belongs to it.
  if (chat.kind === 'private' && cryIn(await waitingHere(situation)) === undefined) {
    const going = await goOn(situation, said);
    if (going) return going;
  }
  const wordless = chat.kind === 'private' && mayBeMarks(said);
  if (!looksLikeAnswers(said) && !wordless) return undefined;
  const open = (await answerableHere(situation)).filter(
    ({ form }) => looksLikeAnswers(said) || readsAsMarks(form, said),
  );
  if (open.length === 0) return undefined;
  const number = numbered.exec(narrowed(said));
  const wanted = number ? open.filter((row) => row.number === Number(number[1])) : open;
  const [only, another] = wanted;
  const answers = number ? narrowed(said).slice(number[0].length) : said;
  const sayings =
    only && !another
      ? await answerWith(situation, only, answers)
      : [whichSurvey(situation, another ? wanted : open, answers)];
  return [...(await helpIn(situation, said)), ...sayings];
}

async function goOn(situation: Situation, said: string): Promise<readonly Saying[] | undefined> {
  const { db, person, now } = situation;
  const waiting = await waitingQuestion(db, person.id, dialogueChat, now);
  if (waiting === undefined) return undefined;
  const making = /^make (\d+) (.*)$/su.exec(waiting);
  if (making) {
    const groupId = Number(making[1]);
    // Who has handed the group over meanwhile makes nothing in it any more.
    if ((await cadreOfGroup(db, groupId, dayOf(now)))?.personId === person.id)
      return goOnMaking(situation, { groupId, kept: making[2] ?? '' }, said);
  }
  const answering = /^answer (\d+) (\d+)$/.exec(waiting);
  const row = answering && (await answerableHere(situation)).find(({ id }) => id === Number(answering[1]));
  if (row) {
    const index = Number(answering[2]);
    // No words were asked for: a cry is offered to the cadre as at any other time, and the question goes on waiting.
    const cried = soundsDangerous(said) && row.form.questions[index]?.kind !== 'open';
    if (cried && !looksLikeAnswers(said)) return undefined;
    return [...(await helpIn(situation, said)), ...(await goOnAnswering(situation, row, index, said))];
  }
  await takeQuestion(db, person.id, dialogueChat);
  return undefined;
}

/** Words of danger in an answer bring the help lines, to the writer alone: an anonymous survey tells nobody. */
async function helpIn(situation: Situation, said: string): Promise<readonly Saying[]> {
  return soundsDangerous(said) ? [await helpFor(situation)] : [];
}

/** The surveys that the person can answer: of this group, or privately of every group they are in. */
async function answerableHere({ db, chat, person, now }: Situation): Promise<readonly SurveyRow[]> {
  const groups =
    chat.kind === 'group'
      ? [chat.groupId]
      : (await groupsJoinedBy(db, person.id, dayOf(now))).map(({ id }) => id);
  const open: SurveyRow[] = [];
  for (const row of await answerable(db, groups, now))
    if ((await cadreOfGroup(db, row.groupId, dayOf(now)))?.personId !== person.id) open.push(row);
  return open;
}

/** What was typed goes along in each button; together so many UTF-16 units, or a platform refuses the card. */
const mostKept = 6_000;

/** Asks which of several surveys is meant, each with what was typed; what is too long has to be sent again. */
export function whichSurvey(situation: Situation, rows: readonly SurveyRow[], answers: string): Saying {
  const shown = rows.slice(0, 6);
  const isKept = answers.length * shown.length <= mostKept;
  const again = isKept
    ? []
    : [`写得有点长，我没法替你留着：请写明是哪一份再发一遍，例如 /作答 问卷${shown[0]?.number} 1A`];
  const asked = card(
    '是哪一份问卷？',
    [...again, ...shown.map(titleOf)].join('\n'),
    shown.map((row) => ({
      label: titleOf(row),
      command: `/作答 群#${row.groupId} 问卷${row.number} ${isKept ? answers : ''}`.trim(),
    })),
  );
  // What was answered stands in the buttons: nobody else need see them.
  return situation.chat.kind === 'private'
    ? reply(situation, asked)
    : notice(situation.person.id, asked, 'reply');
}

/** The survey of that number that can be answered in a group, or the only one. Throws {@link CommandFault}. */
export async function surveyToAnswer(
  situation: Situation,
  groupId: number,
  number: number | undefined,
): Promise<readonly SurveyRow[]> {
  const open = await answerable(situation.db, [groupId], situation.now);
  const wanted = number === undefined ? open : open.filter((row) => row.number === number);
  if (wanted.length === 0)
    throw new CommandFault(
      'nothing to answer',
      number === undefined ? '现在没有在收的问卷。' : `问卷${number}没有在收：可能已经结束了，谢谢你还记着。`,
    );
  return wanted;
}
