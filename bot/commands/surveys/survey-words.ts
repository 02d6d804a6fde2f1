/** What a survey says in a chat: its card, a question of it, what was understood. */
import { formatDateTime } from '../../../domain/calendar/format-datetime.ts';
import { type Answers, answerText } from '../../../domain/surveys/answers.ts';
import {
  endsOf,
  exampleAnswer,
  formText,
  letterOf,
  questionText,
  type SurveyForm,
} from '../../../domain/surveys/form.ts';
import type { SurveyRow } from '../../../prisma/store/surveys.ts';
import { card } from '../../dialogue/say.ts';
import type { Draft } from '../../outbox/message.ts';

/** Key of the card in the group. */
export function surveyKey(id: number): string {
  return `survey/${id}`;
}

/** “问卷3｜食堂” */
export function titleOf({ number, form }: SurveyRow): string {
  return `问卷${number}｜${form.title}`;
}

/** How freely and how namelessly it is answered, in one line. */
export function promise({ form: { anonymous }, evaluates }: Pick<SurveyRow, 'form' | 'evaluates'>): string {
  if (evaluates)
    return '团组织请大家说说，自愿、不记名：团干部和管理员都看不到谁打了几分，也看不到单个的分；结束后只留人数和总分，5 人以上才算一个平均数，进团组织的数目。';
  return anonymous
    ? '自愿作答，不记名：团干部看不到谁答了什么，不足 5 人的数字不显示。'
    : '自愿作答，这一份记名：团干部看得到你的名字和回答。';
}

/** The card in the group: the questions, and a form that is sent without anybody seeing what was chosen. */
export function surveyCard(row: SurveyRow, now: number): Draft {
  const { form, groupId, number } = row;
  const until =
    row.closesAt === undefined ? '' : `截止 ${formatDateTime(row.closesAt, now)}，之前随时可以改。\n`;
  const how = `私聊我回复“${exampleAnswer(form)}”这样就行；${row.evaluates ? '在群里写的不算' : '在群里回复，大家会看见'}。`;
  return {
    type: 'card',
    title: titleOf(row),
    text: `${promise(row)}\n${until}${how}`,
    buttons: [{ label: '私聊里一题一题答', command: `/作答 群#${groupId} 问卷${number}`, style: 'primary' }],
    form: {
      command: `/作答 群#${groupId} 问卷${number}`,
      submit: '交卷',
      inWords: formText(form),
      fields: form.questions.map((asked, index) => ({
        name: `q${index + 1}`,
        // What one chooses among stands in the list itself, where there is one.
        label:
          asked.kind === 'multiple'
            ? questionText(form, index)
            : (questionText(form, index).split('\n')[0] ?? ''),
        ...(asked.kind === 'single'
          ? { options: asked.options.map((option, n) => `${letterOf(n)}. ${option}`) }
          : {}),
        ...(asked.kind === 'scale' ? { options: points(asked) } : {}),
        ...(asked.kind === 'multiple' ? { placeholder: '写字母，例如 AB' } : {}),
        ...(asked.kind === 'open' ? { multiline: true } : {}),
      })),
    },
  };
}

function points(asked: SurveyForm['questions'][number]): readonly string[] {
  const { from, to } = endsOf(asked);
  return Array.from({ length: to - from + 1 }, (_, n) => String(from + n));
}

/** Takes the place of the card in the group when the survey is over. */
export function overCard(row: SurveyRow): Draft {
  return card(`${titleOf(row)}（已结束）`, '谢谢每一位说了想法的小伙伴。');
}

/** One question of the dialogue; `before` is what is said first. */
export function questionCard(row: SurveyRow, index: number, before: string): Draft {
  const { form, groupId, number } = row;
  const asked = form.questions[index];
  const start = `/作答 群#${groupId} 问卷${number}`;
  const choices =
    asked?.kind === 'single'
      ? asked.options.map((option, n) => ({
          label: `${letterOf(n)} ${option}`,
          command: `${start} ${index + 1}${letterOf(n)}`,
        }))
      : asked?.kind === 'scale'
        ? points(asked).map((mark) => ({ label: mark, command: `${start} ${index + 1} ${mark}` }))
        : [];
  const foot = '直接回复就行；回“跳过”看下一题，回“不答了”随时停下，已经答的都留着。';
  return card(
    `${titleOf(row)}（第 ${index + 1} 题，共 ${form.questions.length} 题）`,
    [before, questionText(form, index), foot].filter(Boolean).join('\n'),
    [...choices, { label: '跳过', command: `${start} 跳过${index + 1}` }],
  );
}

/** What somebody has answered, one question a line, for themselves. */
export function answersText(form: SurveyForm, answers: Answers): string {
  return form.questions
    .flatMap((asked, index) => {
      const given = answers[String(index)];
      return given ? [`${index + 1}. ${answerText(asked, given)}`] : [];
    })
    .join('\n');
}

/** A draft as its cadre sees it, with what can be done. */
export function draftCard(row: SurveyRow): Draft {
  const { form, groupId, number } = row;
  return card(
    `${titleOf(row)}（草稿）`,
    `${promise(row)}\n\n${formText(form)}\n\n看看题型对不对。发布到群里，请点“发布”，或发 /问卷 发布 ${number}；缺省收 7 天，也可以写上截止时间，例如 /问卷 发布 ${number} 周五20:00。要改就删掉，改好文字再发一遍 /问卷 新建。`,
    [
      { label: '发布', command: `/问卷 发布 群#${groupId} ${number}`, style: 'primary' },
      { label: '删掉', command: `/问卷 删除 群#${groupId} ${number}` },
    ],
  );
}
