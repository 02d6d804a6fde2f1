/** Kind and field of a demand, as a proposal. The cadre decides. */
import { classify } from '../../../domain/listening/classify.ts';
import { soundsDangerous } from '../../../domain/listening/danger.ts';
import type { Saying } from '../../dialogue/command.ts';
import { reply } from '../../dialogue/say.ts';
import { putQuestion } from '../../model/questions.ts';
import { auditDemand, type CadreHere, findDemand } from './problem-steps.ts';
import { kindCard } from './proposal-cards.ts';

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
