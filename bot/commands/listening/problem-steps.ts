/** What the cadre does with a demand; whoever waits for it is told privately (新疆 §四.4; 团中央 问答 61, 64). */
import { z } from 'zod';
import { soundsDangerous } from '../../../domain/listening/danger.ts';
import { type CadreStep, decide, demandKinds } from '../../../domain/listening/demand.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import type { Asker, DemandRow } from '../../../prisma/store/demand-rows.ts';
import { type Waiting, waitingFor } from '../../../prisma/store/demand-waiting.ts';
import { classify, demandNumbered, moveDemand } from '../../../prisma/store/demands.ts';
import { lockGroup } from '../../../prisma/store/numbering.ts';
import { leadingNumber } from '../../dialogue/arguments.ts';
import type { ContextFor, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { reply as answer, card } from '../../dialogue/say.ts';
import type { Draft } from '../../outbox/message.ts';
import { type OwnStep, ownButton, tellAsker } from './asker.ts';

export type CadreHere = ContextFor<'cadre', 'group'>;

const longestField = 8;

/** “5 到 3”, “5 3”, “5并到3”. */
export const twoNumbers = z.string().transform((typed, context) => {
  const first = leadingNumber(typed.slice(0, 60));
  const second = first && leadingNumber(first.rest.replace(/^(?:并|合并)?(?:到|至|入|进|->|→)\s*/u, ''));
  if (first && second?.rest === '') return { number: first.number, into: second.number };
  context.addIssue({ code: 'custom', message: '请写两个编号，例如：5 到 3' });
  return z.NEVER;
});

/** 受理 */
export async function accept(
  context: CadreHere,
  wanted: { readonly number: number },
): Promise<readonly Saying[]> {
  const row = await step(context, wanted.number, { step: 'accept', at: context.now });
  return [
    answer(
      context,
      `第 ${row.number} 号诉求已受理，对方会收到通知。办好后私聊我发 /问题清单 办结 ${row.number} 加答复。`,
    ),
    ...tell(
      context,
      row,
      row,
      `你在“${nameOf(context.group)}”的第 ${row.number} 号诉求已受理，正在办理，有结果马上告诉你。`,
    ),
  ];
}

/** 进展: words on the way, to everybody who waits. */
export async function tellProgress(
  context: CadreHere,
  wanted: number,
  text: string,
): Promise<readonly Saying[]> {
  const row = await step(context, wanted, { step: 'progress', at: context.now, reply: text });
  const waiting = await waitingFor(context.db, row);
  const words = `${signed(context)}：${text}`;
  // To somebody in danger these are a person’s words, not a report.
  const said = soundsDangerous(row.text)
    ? words
    : `${words}\n（第 ${row.number} 号诉求还在办，办好了再告诉你。）`;
  return [
    answer(context, `转给对方了，第 ${row.number} 号诉求照样在办。`),
    ...waiting.flatMap((one) => tell(context, one, row, said)),
  ];
}

/** 办结 and 无法解决: the words reach everybody who waits; an asker can say that it is not solved. */
export async function reply(
  context: CadreHere,
  wanted: number,
  text: string,
  kind: 'answer' | 'explain',
): Promise<readonly Saying[]> {
  const row = await step(context, wanted, { step: kind, at: context.now, reply: text });
  const who = `${signed(context)}：${text}`;
  const title = kind === 'answer' ? `第 ${row.number} 号诉求有答复了` : `第 ${row.number} 号诉求的说明`;
  const cardFor = (one: Waiting) => {
    const button = (label: string, step: OwnStep, style?: 'primary') =>
      ownButton(context, one, row.groupId, { label, step, ...(style ? { style } : {}) });
    const reopen = button('还没解决', '重开');
    if (one.number !== row.number) return card(title, `你也关心的这件事，${who}`, reopen);
    const foot =
      kind === 'answer' ? '解决了吗？点一下就行，不点也没关系。' : '还有想法，点“还没解决”，团干部会再看。';
    return card(title, `${who}\n${foot}`, [
      ...(kind === 'answer' ? button('解决了', '确认', 'primary') : []),
      ...reopen,
    ]);
  };
  const waiting = await waitingFor(context.db, row);
  return [
    answer(
      context,
      kind === 'answer'
        ? `第 ${row.number} 号诉求的答复已私下发给对方，等对方确认。`
        : `第 ${row.number} 号诉求的原因已私下告诉对方。`,
    ),
    ...waiting.flatMap((one) => tell(context, one, row, cardFor(one))),
  ];
}

/** 转报: asks the asker first, who sees what would be reported. */
export async function refer(
  context: CadreHere,
  wanted: { readonly number: number },
): Promise<readonly Saying[]> {
  const row = await step(context, wanted.number, { step: 'refer', at: context.now });
  const { asker, number, groupId } = row;
  const choices = [
    { label: '同意', step: '同意', style: 'primary' },
    { label: '不同意', step: '不同意' },
  ] as const;
  const buttons = asker
    ? choices.flatMap((choice) => ownButton(context, { asker, number }, groupId, choice))
    : [];
  return [
    answer(context, `问过第 ${row.number} 号的提出人了，对方同意才转报；有回话我马上告诉您。`),
    ...tell(
      context,
      row,
      row,
      card(
        `第 ${row.number} 号诉求，可以转报吗？`,
        `${context.cadre.name}想把这件事报给团组织一起办，不写你的名字，写的是：\n“${row.text}”\n愿意吗？不愿意也完全可以，照样给你办。`,
        buttons,
      ),
    ),
  ];
}

/** 合并: the asker of the one waits for the other from now on. */
export async function merge(
  context: CadreHere,
  { number, into }: { readonly number: number; readonly into: number },
): Promise<readonly Saying[]> {
  // A withdrawal of the one that is merged into waits, and then frees what was merged.
  await lockGroup(context.db, context.group.id);
  const target = await findDemand(context, into);
  const row = await step(context, number, { step: 'merge', at: context.now, into: target });
  const waiting = await waitingFor(context.db, row);
  const said = `第 ${number} 号诉求和第 ${into} 号看着是同一件事，一起办；有答复，你一样会收到。`;
  return [
    answer(context, `第 ${number} 号并到第 ${into} 号了，答复会发给两边的人。`),
    ...waiting.flatMap((one) => {
      const other = ownButton(context, one, row.groupId, { label: '不是一回事', step: '重开' });
      return tell(context, one, row, other.length > 0 ? card('一起办', said, other) : said);
    }),
  ];
}

/** Tells one of those who wait for a demand; nobody where its asker has withdrawn. */
function tell(
  context: CadreHere,
  { asker }: { readonly asker: Asker | undefined },
  row: DemandRow,
  draft: Draft | string,
): readonly Saying[] {
  return asker ? [tellAsker(context, asker, row.text, draft)] : [];
}

function signed({ cadre, group }: CadreHere): string {
  return `${cadre.name}（“${nameOf(group)}”团干部）`;
}

/** 归类: what it is about. */
export async function sort(context: CadreHere, wanted: number, text: string): Promise<readonly Saying[]> {
  const [word = '', field, more] = text.split(/[\s,，、/·]+/u).filter(Boolean);
  const kind = demandKinds.find((known) => known === word);
  if (!kind || more !== undefined || [...(field ?? '')].length > longestField)
    throw new CommandFault(
      'no such kind',
      `请写 ${demandKinds.join('、')} 之一，后面可以加一个领域，例如：/问题清单 归类 ${wanted} 现实困难 后勤`,
    );
  const row = await findDemand(context, wanted);
  await classify(context.db, row.id, { kind, field });
  await auditDemand(context, 'demand.classify', `demand:${row.id}`);
  return [answer(context, `第 ${wanted} 号归为${[kind, field].filter(Boolean).join(' · ')}。`)];
}

/** Takes a step with a demand, for good; says why it cannot be taken. */
async function step(context: CadreHere, wanted: number, what: CadreStep): Promise<DemandRow> {
  const row = await findDemand(context, wanted);
  const decision = decide(row, what);
  if (decision.kind === 'fault') throw new CommandFault('no such step', decision.say);
  if (!(await moveDemand(context.db, row, decision.demand)))
    throw new CommandFault(
      'the demand was moved meanwhile',
      `第 ${row.number} 号诉求刚刚有了变化，请再看一遍清单。`,
    );
  await auditDemand(context, `demand.${what.step}`, `demand:${row.id}`);
  return row;
}

/** The demand with that number. Throws {@link CommandFault} when there is none. */
export async function findDemand({ db, group }: CadreHere, wanted: number): Promise<DemandRow> {
  const row = await demandNumbered(db, group.id, wanted);
  if (!row) throw new CommandFault('no such demand', `没有第 ${wanted} 号诉求，发 /问题清单 看看编号。`);
  return row;
}

/** Notes who read or changed a demand. */
export async function auditDemand(
  { db, secret, now, person }: CadreHere,
  what: string,
  subject: string,
): Promise<void> {
  await recordAudit(db, secret.hash, { at: now, actor: `person:${person.id}`, action: what, subject });
}
