/** Answering a survey: in one message, question by question, or by the card's form. Who answered is nobody's to see. */
import {
  type Answers,
  askedOnly,
  nextUnanswered,
  readAnswer,
  readAnswers,
} from '../../../domain/surveys/answers.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { cadreOfPerson } from '../../../prisma/store/cadres.ts';
import { keepQuestion, takeQuestion } from '../../../prisma/store/confirmations.ts';
import {
  anonymousKey,
  earlierAnonymousKeys,
  isKnownByName,
  leftBehindBy,
} from '../../../prisma/store/private-things.ts';
import { answersOf, changeAnswers } from '../../../prisma/store/survey-answers.ts';
import type { SurveyRow } from '../../../prisma/store/surveys.ts';
import type { Saying, Situation } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { plain } from '../../dialogue/plain.ts';
import { notice } from '../../dialogue/say.ts';
import { dialogueChat } from './survey-make.ts';
import { answersText, questionCard, titleOf } from './survey-words.ts';

const dialogueMs = 24 * 3_600_000;

/** By what name a survey knows this person: no name at all, but a keyed hash, unless it says that it is by name. */
async function respondentOf({ db, person, secret }: Situation, { id, form }: SurveyRow): Promise<string> {
  const key = await anonymousKey(db, person.id);
  return respondentBy({ person, secret }, key, { id, anonymous: form.anonymous });
}

/** The same of a survey of which only that is known; `key`: {@link anonymousKey}. */
export function respondentBy(
  { person, secret }: Pick<Situation, 'person' | 'secret'>,
  key: string,
  { id, anonymous }: { readonly id: number; readonly anonymous: boolean },
): string {
  return anonymous ? anonymously(secret, id, key) : byName(person.id);
}

function anonymously(secret: Situation['secret'], surveyId: number, key: string): string {
  return secret.hash(`survey/${surveyId}/person/${key}`);
}

function byName(personId: number): string {
  return `person:${personId}`;
}

/**
 * The row of a person in a survey, and those of whoever was known before by the name that they bear: one person may have
 * answered before a login and after it, and counts once. Whether somebody did shows nowhere.
 */
async function rowOf(
  situation: Situation,
  row: SurveyRow,
): Promise<{ readonly id: number; readonly respondent: string; readonly earlier: readonly string[] }> {
  const { db, person, secret } = situation;
  const { id, form } = row;
  const earlier = form.anonymous
    ? (await earlierAnonymousKeys(db, person.id)).map((key) => anonymously(secret, id, key))
    : (await leftBehindBy(db, person.id)).map(byName);
  return { id, respondent: await respondentOf(situation, row), earlier };
}

/** What the person typed or filled in, kept as far as it was understood; then the next question, or thanks. */
export async function answerWith(
  situation: Situation,
  row: SurveyRow,
  typed: string,
): Promise<readonly Saying[]> {
  const { event, chat } = situation;
  if (row.evaluates && chat.kind === 'group' && event.type === 'message')
    return ask(situation, row, 0, '在群里打分大家会看见，所以没有记。在这里答，只有一个数，谁也看不到是你：');
  const form = event.type === 'press' ? formAnswers(row, event.values) : undefined;
  const read = form ?? readAnswers(row.form, plain(typed.slice(0, 8_000)));
  return keep(situation, row, read, event.type === 'press' && !form ? 'dialogue' : undefined);
}

/** Goes on with the dialogue: `typed` answers the question of that index, or moves on, or ends it. */
export async function goOnAnswering(
  situation: Situation,
  row: SurveyRow,
  index: number,
  typed: string,
): Promise<readonly Saying[]> {
  const said = plain(typed.slice(0, 8_000));
  if (/^(?:不答了|停|先这样|不想答了?|取消|算了)[。.!！]*$/u.test(said)) {
    await takeQuestion(situation.db, situation.person.id, dialogueChat);
    return [toPerson(situation, '好的，已经答的都留着；想接着答，随时再发 /作答。')];
  }
  if (/^(?:跳过|下一题|略|无可奉告)[。.!！]*$/u.test(said)) return ask(situation, row, index + 1, '');
  const asked = row.form.questions[index];
  if (!asked) return [];
  const whole = readAnswers(row.form, said);
  // “2A 3B” during question 1 is what it says; words to an open question are words.
  if (asked.kind !== 'open' && Object.keys(whole.answers).length > 0 && /^\D{0,2}\d/u.test(said)) {
    const points = asked.kind === 'scale' && typeof readAnswer(asked, said, index + 1) !== 'string';
    if (!points) return keep(situation, row, whole, 'dialogue');
  }
  const given = readAnswer(asked, said, index + 1);
  if (typeof given !== 'string')
    return keep(situation, row, { answers: { [index]: given }, faults: [] }, 'dialogue');
  return ask(situation, row, index, given);
}

/** Asks the first question from one on that has no answer yet; thanks where there is none. */
export async function ask(
  situation: Situation,
  row: SurveyRow,
  from: number,
  before: string,
): Promise<readonly Saying[]> {
  const { db, person, now } = situation;
  const answers = await answersOf(db, row.id, await respondentOf(situation, row));
  const next = nextUnanswered(row.form, answers, from);
  if (next === undefined) {
    await takeQuestion(db, person.id, dialogueChat);
    const left = nextUnanswered(row.form, answers) === undefined ? '' : '没答的题，想起来再答也行。';
    const mine = answersText(row.form, answers);
    const said = mine === '' ? '好的，这一份你都跳过了，没有关系。' : `谢谢你！你的回答：\n${mine}`;
    return [
      toPerson(
        situation,
        [
          before,
          `${said}\n${left}截止前想改，再发一遍那一题就行；想撤回，发 /作答 问卷${row.number} 撤回。${mine === '' ? '' : await insteadOf(situation)}`,
        ]
          .filter(Boolean)
          .join('\n'),
      ),
    ];
  }
  await keepQuestion(db, {
    personId: person.id,
    chat: dialogueChat,
    command: `answer ${row.id} ${next}`,
    expiresAt: Math.min(now + dialogueMs, row.closesAt ?? now),
  });
  return [notice(person.id, questionCard(row, next, before), 'reply')];
}

/** Takes everything back that the person has answered. */
export async function takeBack(situation: Situation, row: SurveyRow): Promise<readonly Saying[]> {
  const { db, now, person } = situation;
  const left = await changeAnswers(db, await rowOf(situation, row), now, () => ({}));
  if (!left) throw over(row);
  await takeQuestion(db, person.id, dialogueChat);
  // The same to whoever was known by a name, whether somebody answered under it before or not.
  const kept = (await isKnownByName(db, person.id))
    ? '重新登录以前答的不在内：我只凭名字认出你，不敢替别人撤。'
    : '一个字也没留。';
  return [toPerson(situation, `你在“${titleOf(row)}”里的回答都撤回了，${kept}`)];
}

async function keep(
  situation: Situation,
  row: SurveyRow,
  { answers, faults }: { readonly answers: Answers; readonly faults: readonly string[] },
  way: 'dialogue' | undefined,
): Promise<readonly Saying[]> {
  const { db, now, person, chat, secret } = situation;
  if (row.cadreId !== undefined && (await cadreOfPerson(db, person.id))?.id === row.cadreId)
    throw new CommandFault('one’s own evaluation', '这一份评的是您自己，请大家来打分吧。');
  const wrong = faults.slice(0, 5).join('\n');
  if (Object.keys(answers).length === 0)
    return [toPerson(situation, wrong || `没看懂。请像“1A 2BC 3 很好”这样，写题号和答案。`)];
  const kept = await changeAnswers(db, await rowOf(situation, row), now, (before) =>
    askedOnly(row.form, { ...before, ...answers }),
  );
  if (!kept) throw over(row);
  if (!row.form.anonymous)
    await recordAudit(db, secret.hash, {
      at: now,
      actor: `person:${person.id}`,
      action: 'survey.answer',
      subject: `survey:${row.id}`,
    });
  const unasked = Object.keys(answers)
    .filter((index) => kept[index] === undefined)
    .map((index) => Number(index) + 1);
  const dropped = unasked.length > 0 ? `第 ${unasked.join('、')} 题是选了别的答案才问的，没有记。` : '';
  const noted = [wrong, dropped].filter(Boolean).join('\n');
  const last = Math.max(...Object.keys(answers).map(Number));
  if (way === 'dialogue' || chat.kind === 'private')
    return ask(situation, row, way === 'dialogue' ? last + 1 : 0, noted);
  const open = nextUnanswered(row.form, kept);
  const rest = open === undefined ? '' : `还有没答的题，想接着答，私聊我发 /作答 问卷${row.number}。`;
  return [
    toPerson(
      situation,
      [
        noted,
        `收到，谢谢你！“${titleOf(row)}”里你的回答：\n${answersText(row.form, kept)}`,
        rest,
        await insteadOf(situation),
      ]
        .filter(Boolean)
        .join('\n'),
    ),
  ];
}

/** What the card's form holds, where it was the form that was sent. */
function formAnswers(
  { form }: SurveyRow,
  values: Readonly<Record<string, string>>,
): { answers: Answers; faults: readonly string[] } | undefined {
  const answers: Record<string, Answers[string]> = {};
  const faults: string[] = [];
  const filled = Object.entries(values).filter(
    ([name, value]) => /^q\d{1,2}$/.test(name) && value.trim() !== '',
  );
  if (filled.length === 0) return undefined;
  for (const [name, value] of filled) {
    const index = Number(name.slice(1)) - 1;
    const asked = form.questions[index];
    if (!asked) continue;
    const read = readAnswer(asked, plain(value.slice(0, 8_000)), index + 1);
    if (typeof read === 'string') faults.push(read);
    else answers[String(index)] = read;
  }
  return { answers, faults };
}

/** The same to whoever was known by a name, whether somebody answered under it before or not. */
async function insteadOf({ db, person }: Situation): Promise<string> {
  return (await isKnownByName(db, person.id)) ? '（我重新登录以前要是答过，只算这一份。）' : '';
}

function over(row: SurveyRow): CommandFault {
  return new CommandFault('the survey is over', `“${titleOf(row)}”已经结束了，谢谢你还记着。`);
}

/** Always privately: an answer in the group is no reason for another message in it. */
function toPerson({ person }: Situation, text: string): Saying {
  return notice(person.id, text, 'reply');
}
