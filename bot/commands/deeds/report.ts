/** 报告: the first draft of a cadre's report on a period, out of their own evidence and nothing else (新疆 §五.3). */
import { dayOf } from '../../../domain/calendar/day.ts';
import { draftByRules } from '../../../domain/reports/draft.ts';
import { recordsOf } from '../../../domain/reports/records.ts';
import type { ReportPeriod } from '../../../domain/reports/report.ts';
import { oneOf } from '../../dialogue/arguments.ts';
import { action, type ContextFor, defineCommand, type Saying } from '../../dialogue/command.ts';
import { plain } from '../../dialogue/plain.ts';
import { card, reply } from '../../dialogue/say.ts';
import { putQuestion } from '../../model/questions.ts';
import { gatherEvidence, type ReportAsked } from '../../report.ts';
import { reportMessages } from './report-words.ts';

const words = [
  '',
  '季度',
  '本季度',
  '上季度',
  '半年',
  '学期',
  '本学期',
  '上学期',
  '年度',
  '今年',
  '去年',
] as const;

const asked: Readonly<Record<Exclude<(typeof words)[number], ''>, ReportAsked>> = {
  季度: here('quarter'),
  本季度: here('quarter'),
  上季度: before('quarter'),
  半年: here('half-year'),
  学期: here('semester'),
  本学期: here('semester'),
  上学期: before('semester'),
  年度: here('year'),
  今年: here('year'),
  去年: before('year'),
};

export const report = defineCommand({
  name: '报告',
  aliases: ['总结', '述职'],
  summary: '按您自己的记录写一份工作情况的初稿：每句话都写明依据',
  actions: [
    action({
      name: '',
      summary:
        '季度、半年、学期、年度的工作情况初稿（做法、经验、存在问题、下步安排），附依据；只发给您自己，可以改',
      examples: ['/报告 学期', '/报告 上季度', '/报告 年度'],
      who: 'cadre',
      where: 'private',
      about: 'person',
      arguments: oneOf(words, '写哪一段时间的？例如 /报告 季度、/报告 上季度、/报告 学期、/报告 年度'),
      confirm: false,
      run: async (context, { word }) => (word === '' ? [choice(context)] : draft(context, asked[word])),
    }),
  ],
});

function choice(context: ContextFor<'cadre', 'person'>): Saying {
  const buttons = ['季度', '上季度', '学期', '上学期', '年度'].map((word) => ({
    label: word,
    command: `/报告 ${word}`,
  }));
  return reply(
    context,
    card('写哪一段时间的？', '按您自己的记录起草，每句话写明依据；没记过的不会写。', buttons),
  );
}

async function draft(
  context: ContextFor<'cadre', 'person'>,
  period: ReportAsked,
): Promise<readonly Saying[]> {
  const { db, cadre, now, calendar, abilities } = context;
  const evidence = await gatherEvidence(db, cadre, period, { now, calendar });
  const records = recordsOf(evidence);
  const rule = {
    title: evidence.title,
    unit: plain(cadre.unit),
    cadre: plain(cadre.name),
    date: dayOf(now),
    sentences: draftByRules(evidence, records),
    records,
  };
  if (abilities.model) {
    await putQuestion(context, {
      purpose: 'report-draft',
      data: { 记录: records.map(({ number, text }) => `${number}. ${text}`) },
      rule,
      groupId: evidence.groups[0]?.id,
    });
    return [];
  }
  return reportMessages({ ...rule, note: '按规则写的初稿，没有用模型。' }).map((message) =>
    reply(context, message),
  );
}

function here(period: ReportPeriod): ReportAsked {
  return { period, before: false };
}

function before(period: ReportPeriod): ReportAsked {
  return { period, before: true };
}
