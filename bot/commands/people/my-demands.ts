/** 我的: everything of one's own, and what one says about it: confirmed, not solved, consent, taken back. */
import { z } from 'zod';
import { decide, stageNames } from '../../../domain/listening/demand.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { codeFrom } from '../../../prisma/store/codes.ts';
import { type DemandRow, personOf } from '../../../prisma/store/demand-rows.ts';
import { supportedBy, unmerge, unsupport } from '../../../prisma/store/demand-waiting.ts';
import { demandNumbered, demandsOfAsker, moveDemand } from '../../../prisma/store/demands.ts';
import { lockGroup } from '../../../prisma/store/numbering.ts';
import { nothing } from '../../dialogue/arguments.ts';
import { action, type ContextFor, defineCommand, type Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { card, reply } from '../../dialogue/say.ts';
import { type TakenStep, tellCadre, tellOfWithdrawal } from '../listening/asker-steps.ts';
import { ownActions } from '../voices/own-actions.ts';
import { voicesOf } from './my-voices.ts';
import { idsChange, recallBy } from './recall.ts';

type YouthHere = ContextFor<'youth', 'group'>;

const shownAtMost = 10;
const longestShown = 60;
/** Said to everybody: who has anonymous ones, nobody knows. */
const notHere = '匿名提的不在这里，我认不出是谁提的：发 /匿名 查看 加当时的凭据。';
const lostHint =
  '\n以前提过却看不到：我重新登录微信以后只认得名字，不敢给人看。有口令就发 /我的 找回 加口令；没有，直接问团干部就行，他看得到。';
const which = '请写你的诉求编号，发 /我的 看得到';
const ofOwn = ownActions('我的', which);

export const myDemands = defineCommand({
  name: '我的',
  aliases: ['我的诉求'],
  summary: '看看自己提过的办到哪一步了，确认、重开或撤回',
  byDefault: '全部',
  actions: [
    action({
      name: '全部',
      summary: '列出自己最近提的诉求、同感、心愿、互助、问题和答复；只在私聊里显示',
      examples: ['/我的 全部', '/我的', '/我的诉求'],
      who: 'youth',
      where: 'private',
      about: 'person',
      arguments: nothing,
      confirm: false,
      run: async (context) => {
        const rows = await demandsOfAsker(context.db, context.person.id, shownAtMost);
        const felt = await supportedBy(context.db, context.person.id, shownAtMost);
        const voices = await voicesOf(context);
        if (rows.length + felt.length + voices.length === 0)
          return [
            reply(
              context,
              `你还没有提过诉求。有困难或建议，发 /诉求 加内容就行。\n${notHere}${(await idsChange(context)) ? lostHint : ''}`,
            ),
          ];
        const same = felt.map((row) => `同感第 ${row.number} 号：${stageNames[row.state]}`);
        const foot = `诉求想收回，发 /我的 撤回 编号；答复了还没解决，发 /我的 重开 编号。\n${notHere}`;
        return [reply(context, card('你最近的', [...rows.map(line), ...same, ...voices, foot].join('\n\n')))];
      },
    }),
    action({
      name: '找回',
      summary: '机器人重新登录微信后只认得你的名字时，凭第一次私聊提诉求时给你的口令，找回以前提的',
      examples: ['/我的 找回 ABCD-1234'],
      who: 'youth',
      where: 'private',
      about: 'person',
      arguments: z.string().transform((typed, context) => {
        const word = codeFrom(typed);
        if (word !== undefined) return word;
        context.addIssue({ code: 'custom', message: '口令是 8 位字母和数字' });
        return z.NEVER;
      }),
      confirm: false,
      run: recallBy,
    }),
    own('确认', '答复解决了问题', ['解决了'], (context, row) =>
      take(
        context,
        row,
        { step: 'confirm', at: context.now },
        `太好了，第 ${row.number} 号办结了，谢谢你告诉我们。`,
      ),
    ),
    own(
      '重开',
      '答复没有解决问题，或者和并到的那件不是一回事：回到办理中，团干部会再看',
      ['没解决', '还没解决'],
      (context, row) =>
        take(
          context,
          row,
          { step: 'reopen', at: context.now },
          `第 ${row.number} 号回到办理中了，团干部会再看。想补充细节，再发一条 /诉求 就行。`,
        ),
    ),
    own('同意', '同意把诉求转报团组织（不写名字）', [], (context, row) =>
      take(
        context,
        row,
        { step: 'consent', at: context.now, yes: true },
        `好的，第 ${row.number} 号会转报团组织，有结果照样告诉你。`,
      ),
    ),
    own('不同意', '不同意转报：照样在团干部这里办', [], (context, row) =>
      take(
        context,
        row,
        { step: 'consent', at: context.now, yes: false },
        `好的，不转报，第 ${row.number} 号照样在团干部这里办。`,
      ),
    ),
    own('撤回', '收回自己的诉求，内容一个字也不留', [], withdraw),
  ],
});

/** An action on a demand of one's own. */
function own(
  name: string,
  summary: string,
  words: readonly string[],
  run: (context: YouthHere, row: DemandRow) => Promise<readonly Saying[]>,
) {
  return ofOwn(name, summary, words, async (context, wanted) => {
    // A merge into what is being withdrawn waits, and then sees it.
    await lockGroup(context.db, context.group.id);
    const row = await demandNumbered(context.db, context.group.id, wanted.number);
    if (
      row &&
      personOf(row) !== context.person.id &&
      name === '撤回' &&
      (await unsupport(context.db, row.id, context.person.id))
    )
      return [reply(context, `对第 ${row.number} 号的同感收回了。`)];
    // Of others’ demands not even that they exist is told.
    if (!row || personOf(row) !== context.person.id)
      throw new CommandFault('not one’s own', `你没有第 ${wanted.number} 号诉求，发 /我的 看看编号。`);
    return run(context, row);
  });
}

/** Takes a demand back. Whoever else waits for its answer is not left without one. */
async function withdraw(context: YouthHere, row: DemandRow): Promise<readonly Saying[]> {
  const { db, group, now } = context;
  const mine = `第 ${row.number} 号撤回了，内容和照片已经抹掉。以后想说，随时再来。`;
  const sayings = await take(context, row, { step: 'withdraw', at: now }, mine);
  const freed = await unmerge(db, row);
  const answered = row.answeredAt !== undefined;
  return [...sayings, ...(await tellOfWithdrawal(db, group, row, { freed, answered }, now))];
}

async function take(
  context: YouthHere,
  row: DemandRow,
  step: TakenStep,
  mine: string,
): Promise<readonly Saying[]> {
  const { db, group, now, person, secret } = context;
  const decision = decide(row, step);
  if (decision.kind === 'fault') throw new CommandFault('no such step', decision.say);
  if (!(await moveDemand(db, row, decision.demand)))
    throw new CommandFault('the demand was moved meanwhile', '刚刚有了变化，请再看一遍 /我的。');
  await recordAudit(db, secret.hash, {
    at: now,
    actor: `person:${person.id}`,
    action: `demand.${step.step}`,
    subject: `demand:${row.id}`,
  });
  return [reply(context, mine), ...(await tellCadre(db, group, row, step, now))];
}

function line(row: DemandRow & { readonly group: string }): string {
  const text = [...row.text];
  const shown = text.length > longestShown ? `${text.slice(0, longestShown).join('')}…` : row.text;
  const answer = row.reply === undefined ? '' : `\n答复：${row.reply}`;
  const where = nameOf({ id: row.groupId, name: row.group });
  const into = row.mergedInto === undefined ? '' : `（和第 ${row.mergedInto} 号一起办）`;
  return `第 ${row.number} 号（${where}）${stageNames[row.state]}${into}：${shown}${answer}`;
}
