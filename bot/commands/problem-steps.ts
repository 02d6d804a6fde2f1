/** What the cadre does with a demand; whoever waits for it is told privately (新疆 §四.4; 团中央 问答 61, 64). */
import { z } from 'zod';
import { type CadreStep, decide, demandKinds } from '../../domain/listening/demand.ts';
import { recordAudit } from '../../prisma/store/audit.ts';
import {
  classify,
  type DemandRow,
  demandNumbered,
  moveDemand,
  waitingFor,
} from '../../prisma/store/demands.ts';
import { lockGroup } from '../../prisma/store/numbering.ts';
import { leadingNumber } from './arguments.ts';
import type { ContextFor, Saying } from './command.ts';
import { CommandFault } from './fault.ts';
import { nameOf } from './place.ts';
import { reply as answer, card, notice } from './say.ts';

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
    notice(
      row.askerId,
      `你在“${nameOf(context.group)}”的第 ${row.number} 号诉求已受理，正在办理，有结果马上告诉你。`,
    ),
  ];
}

/** 办结 and 无法解决: the words reach everybody who waits; the asker can say that it is not solved. */
export async function reply(
  context: CadreHere,
  wanted: number,
  text: string,
  kind: 'answer' | 'explain',
): Promise<readonly Saying[]> {
  const row = await step(context, wanted, { step: kind, at: context.now, reply: text });
  const who = `${context.cadre.name}（“${nameOf(context.group)}”团干部）：${text}`;
  const own = `群#${row.groupId} ${row.number}`;
  const reopen = { label: '还没解决', command: `/我的 重开 ${own}` };
  const buttons =
    kind === 'answer'
      ? [{ label: '解决了', command: `/我的 确认 ${own}`, style: 'primary' as const }, reopen]
      : [reopen];
  const foot =
    kind === 'answer' ? '解决了吗？点一下就行，不点也没关系。' : '还有想法，点“还没解决”，团干部会再看。';
  const others = (await waitingFor(context.db, row)).filter((id) => id !== row.askerId);
  const title = kind === 'answer' ? `第 ${row.number} 号诉求有答复了` : `第 ${row.number} 号诉求的说明`;
  return [
    answer(
      context,
      kind === 'answer'
        ? `第 ${row.number} 号诉求的答复已私下发给对方，等对方确认。`
        : `第 ${row.number} 号诉求的原因已私下告诉对方。`,
    ),
    notice(row.askerId, card(title, `${who}\n${foot}`, buttons)),
    ...others.map((id) => notice(id, card(title, `你也关心的这件事，${who}`))),
  ];
}

/** 转报: asks the asker first, who sees what would be reported. */
export async function refer(
  context: CadreHere,
  wanted: { readonly number: number },
): Promise<readonly Saying[]> {
  const row = await step(context, wanted.number, { step: 'refer', at: context.now });
  const own = `群#${row.groupId} ${row.number}`;
  return [
    answer(context, `问过第 ${row.number} 号的提出人了，对方同意才转报；有回话我马上告诉您。`),
    notice(
      row.askerId,
      card(
        `第 ${row.number} 号诉求，可以转报吗？`,
        `${context.cadre.name}想把这件事报给团组织一起办，不写你的名字，写的是：\n“${row.text}”\n愿意吗？不愿意也完全可以，照样给你办。`,
        [
          { label: '同意', command: `/我的 同意 ${own}`, style: 'primary' },
          { label: '不同意', command: `/我的 不同意 ${own}` },
        ],
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
  const people = await waitingFor(context.db, row);
  return [
    answer(context, `第 ${number} 号并到第 ${into} 号了，答复会发给两边的人。`),
    ...people.map((id) =>
      notice(id, `第 ${number} 号诉求和第 ${into} 号是同一件事，一起办；有答复，你一样会收到。`),
    ),
  ];
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
