/** 作答: a youth answers a survey, or takes the answers back; of their own free will. */
import { z } from 'zod';
import type { SurveyRow } from '../../../prisma/store/surveys.ts';
import { action, type ContextFor, defineCommand, type Saying } from '../../dialogue/command.ts';
import { answerWith, ask, takeBack } from './survey-answer.ts';
import { surveyToAnswer, whichSurvey } from './survey-talk.ts';

interface Wanted {
  readonly number: number | undefined;
  readonly said: string;
}

const wanted = z
  .string()
  .max(8_000, '太长了，请分几次答')
  .transform((typed): Wanted => {
    const found = /^\s*[问問][卷]\s*([0-9０-９]{1,4})[\s:：,，]*/u.exec(typed);
    return {
      number: found?.[1] === undefined ? undefined : Number(found[1].normalize('NFKC')),
      said: typed.slice(found?.[0].length ?? 0).trim(),
    };
  });

export const answerSurvey = defineCommand({
  name: '作答',
  aliases: ['答', '填问卷'],
  summary: '答问卷：自愿，截止前随时可以改',
  actions: [
    action({
      name: '',
      summary:
        '一条消息写题号和答案，或者什么都不写，我私聊一题一题问；不记名的问卷，团干部看不到谁答了什么。写“撤回”就一个字不留',
      examples: ['/作答 1A 2BC 3 很好', '/作答', '/作答 问卷2 1A', '/作答 问卷2 撤回'],
      who: 'youth',
      where: 'both',
      about: 'group',
      arguments: wanted,
      confirm: false,
      run,
    }),
  ],
});

/** “/作答 2” begins with the survey of that number: an answer has more to it than a number. */
function numbered(rows: readonly SurveyRow[], said: string): SurveyRow | undefined {
  if (!/^[0-9０-９]{1,4}$/u.test(said)) return undefined;
  return rows.find((row) => row.number === Number(said.normalize('NFKC')));
}

async function run(
  context: ContextFor<'youth', 'group'>,
  { number, said }: Wanted,
): Promise<readonly Saying[]> {
  const rows = await surveyToAnswer(context, context.group.id, number);
  const begun = number === undefined ? numbered(rows, said) : undefined;
  if (begun) return ask(context, begun, 0, '');
  const [row, another] = rows;
  if (!row || another) return [whichSurvey(context, rows, said)];
  if (/^撤(?:回|销)/u.test(said)) return takeBack(context, row);
  const skipped = /^跳过\s*(\d{1,2})$/u.exec(said);
  if (skipped) return ask(context, row, Number(skipped[1]), '');
  const filled = context.event.type === 'press' && Object.keys(context.event.values).length > 0;
  return said === '' && !filled ? ask(context, row, 0, '') : answerWith(context, row, said);
}
