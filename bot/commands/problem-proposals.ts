/** Proposals on the problem list: kind and field of a demand, the summary of a quarter. The cadre decides. */
import { dayOf, startOfDay } from '../../domain/calendar/day.ts';
import { quarterOf } from '../../domain/calendar/period.ts';
import { classify } from '../../domain/listening/classify.ts';
import { soundsDangerous } from '../../domain/listening/danger.ts';
import { stageNames } from '../../domain/listening/demand.ts';
import { demandsSince } from '../../prisma/store/demands.ts';
import { putQuestion } from '../model/questions.ts';
import type { Saying } from './command.ts';
import { auditDemand, type CadreHere, findDemand } from './problem-steps.ts';
import { kindCard, summaryCard } from './proposal-cards.ts';
import { reply } from './say.ts';

const mostSummed = 100;
const longestEach = 60;

/** Proposes kind and field of a demand. A cry for help is never sent to a model: it wants a person. */
export async function proposeKind(
  context: CadreHere,
  wanted: { readonly number: number },
): Promise<readonly Saying[]> {
  const row = await findDemand(context, wanted.number);
  await auditDemand(context, 'demand.read', `demand:${row.id}`);
  const rule = { number: row.number, groupId: row.groupId, ...classify(row.text) };
  if (!context.abilities.model || soundsDangerous(row.text))
    return [reply(context, kindCard(rule, '（按规则给的建议，以您的判断为准。）'))];
  await putQuestion(context, {
    purpose: 'demand-kind',
    data: { 诉求: row.text },
    rule,
    groupId: row.groupId,
  });
  return [];
}

/** Sums the quarter's list up: counts by rules, and a neutral summary where there is a model. */
export async function summarise(context: CadreHere): Promise<readonly Saying[]> {
  const { db, group, now } = context;
  const rows = await demandsSince(db, group.id, startOfDay(quarterOf(dayOf(now)).from), mostSummed);
  if (rows.length === 0) return [reply(context, '这个季度还没有诉求，不用小结。')];
  await auditDemand(context, 'demand.read', `demands:${rows.map(({ id }) => id).join(',')}`);
  const fields = new Map<string, number>();
  for (const row of rows) {
    const field = row.field ?? classify(row.text).field;
    fields.set(field, (fields.get(field) ?? 0) + 1);
  }
  const stages = [...new Set(rows.map(({ state }) => state))].map(
    (stage) => `${stageNames[stage]} ${rows.filter(({ state }) => state === stage).length}`,
  );
  const byField = [...fields].sort((a, b) => b[1] - a[1]).map(([field, times]) => `${field} ${times} 件`);
  const counts = `共 ${rows.length} 件：${stages.join('，')}。\n大致的领域：${byField.join('，')}。`;
  const told = rows.filter(({ text }) => !soundsDangerous(text));
  if (!context.abilities.model || told.length === 0)
    return [reply(context, summaryCard(undefined, counts, ''))];
  const list = told.map(({ text }) => [...text.replace(/\s+/gu, ' ')].slice(0, longestEach).join(''));
  await putQuestion(context, {
    purpose: 'problem-summary',
    data: { 清单: list },
    rule: counts,
    groupId: group.id,
  });
  return [];
}
