/** 十个一: the reference path of ten first steps of a new cadre (团中央 参考路径). A checklist, and no obligation. */
import { z } from 'zod';
import { dayOf } from '../../../domain/calendar/day.ts';
import { firstSteps as path } from '../../../domain/policy/first-steps.ts';
import { requirementOf } from '../../../domain/policy/policy.ts';
import { barring, cadreStandings } from '../../../domain/standing/evaluate.ts';
import { type StepStanding, stepStandings } from '../../../domain/standing/first-steps.ts';
import { groupsLedBy } from '../../../prisma/store/cadres.ts';
import { tickStep, untickStep } from '../../../prisma/store/first-steps.ts';
import { policyOfCadre } from '../../../prisma/store/policies.ts';
import { cadreFacts, ownSteps } from '../../../prisma/store/standing.ts';
import { nothing } from '../../dialogue/arguments.ts';
import { action, type ContextFor, defineCommand, type Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { card, reply } from '../../dialogue/say.ts';
import { noPathLines, pathLines } from './first-steps-words.ts';

type CadreOnly = ContextFor<'cadre', 'person'>;

const common = { who: 'cadre', where: 'private', about: 'person', confirm: false } as const;
const missing = '请写第几步，1 到 10，比如 3；几步一起写也行，比如 1 3 5';

/** One step or several: “3”, “第3步”, “1、3、5”. */
const steps = z.string().transform((typed, issues): { readonly steps: readonly number[] } => {
  const folded = typed.slice(0, 60).normalize('NFKC');
  const found = [...new Set((folded.match(/\d+/gu) ?? []).map(Number))];
  const rest = folded.replace(/[\d\s第步个和号#,，、.;；]/gu, '');
  if (found.length > 0 && rest === '' && found.every((step) => path.some(({ number }) => number === step)))
    return { steps: found };
  issues.addIssue({ code: 'custom', message: missing });
  return z.NEVER;
});

export const firstSteps = defineCommand({
  name: '十个一',
  aliases: ['起步', '参考路径'],
  summary: '机关干部起步的参考路径“十个一”，走到哪儿了：参考而已，不作要求',
  byDefault: '列表',
  actions: [
    action({
      ...common,
      name: '列表',
      aliases: ['查看'],
      summary: '十步各走了没有，是从记录里看出来的，还是您自己勾的',
      examples: ['/十个一', '/十个一 列表'],
      arguments: nothing,
      run: async (context) => [await list(context)],
    }),
    action({
      ...common,
      name: '勾',
      aliases: ['打勾', '勾上', '做了', '完成'],
      summary: '记录里看不出来的，做过了就勾上；几步一起也行',
      examples: ['/十个一 勾 3', '/十个一 勾 1 3 5'],
      arguments: steps,
      run: async (context, wanted) => {
        const { db, cadre, now } = context;
        const { standings } = await load(context);
        const open = standings.filter(({ number, proof }) => wanted.steps.includes(number) && !proof);
        for (const { number } of open) await tickStep(db, cadre.id, number, dayOf(now));
        const words =
          open.length > 0 ? `第 ${numbers(open)} 步勾上了。` : `第 ${numbers(wanted.steps)} 步本来就算走了。`;
        return [await list(context, words, open)];
      },
    }),
    action({
      ...common,
      name: '取消',
      aliases: ['不勾', '去掉', '取消勾'],
      summary: '勾错了，取消；从记录里看出来的，改记录就行',
      examples: ['/十个一 取消 3'],
      arguments: steps,
      run: async (context, wanted) => {
        await load(context);
        const undone: number[] = [];
        for (const step of wanted.steps)
          if (await untickStep(context.db, context.cadre.id, step)) undone.push(step);
        const { standings } = await load(context);
        return [await list(context, undoneWords(standings, wanted.steps, undone))];
      },
    }),
  ],
});

/** What the cadre's policy says of the path, and the steps as they stand. Throws {@link CommandFault} where it is not theirs. */
async function load(context: CadreOnly) {
  const loaded = await lookUp(context);
  if (loaded.standings) return loaded;
  throw new CommandFault('not on the path', `${loaded.why}发 /十个一 可以看看是哪十步。`);
}

/** The path as it is for this cadre; `why` it is not theirs where it is not. */
async function lookUp({ db, cadre, now }: CadreOnly) {
  const today = dayOf(now);
  const unit = await policyOfCadre(db, cadre.id);
  const requirement = requirementOf(unit.policy, 'checklist');
  if (!requirement) {
    const why = `您单位用的制度（${unit.policy.name}）里没有“十个一”：它是团中央给机关干部的起步参考。`;
    return { why, standings: undefined };
  }
  const facts = await cadreFacts(db, cadre, await groupsLedBy(db, cadre.personId, today), today, unit);
  const barred = barring(requirement, facts, today);
  if (barred === 'exempt') return { why: '您按问答 9 免于开展，“十个一”不用走。', standings: undefined };
  if (barred)
    return {
      why: '“十个一”是给机关干部的起步参考，您没有登记为机关干部，所以不给您列。登记错了，请告诉单位管理员。',
      standings: undefined,
    };
  const all = cadreStandings(unit.policy, facts, today);
  const roster = all.find(
    (one) => one.requirement.measure === 'roster' && one.status !== 'not_applicable' && one.need,
  );
  const standings = stepStandings(await ownSteps(db, cadre.id), unit.policy.grades);
  return { roster, standings };
}

/** `justTicked` can be taken back with a press. */
async function list(
  context: CadreOnly,
  done = '',
  justTicked: readonly { readonly number: number }[] = [],
): Promise<Saying> {
  const { why, roster, standings } = { why: '', roster: undefined, ...(await lookUp(context)) };
  if (!standings)
    return reply(
      context,
      card('起步参考“十个一”', noPathLines(why).join('\n'), [
        { label: '看我的全部要求', command: '/进度 全部' },
        { label: '看原文', command: '/制度 原文 gqt-steps/0.p2' },
      ]),
    );
  const undo = justTicked.map(({ number }) => number);
  return reply(
    context,
    card('起步参考“十个一”', pathLines(standings, roster, done, context.now).join('\n'), [
      ...(undo.length > 0
        ? [{ label: `取消第 ${numbers(undo)} 步`, command: `/十个一 取消 ${undo.join(' ')}` }]
        : []),
      ...standings
        .filter(({ proof }) => !proof)
        .map(({ number }) => ({ label: `勾第 ${number} 步`, command: `/十个一 勾 ${number}` })),
    ]),
  );
}

function undoneWords(
  standings: readonly StepStanding[],
  wanted: readonly number[],
  undone: readonly number[],
): string {
  const shown = standings.filter(({ number, proof }) => wanted.includes(number) && proof);
  const never = wanted.filter(
    (step) => !undone.includes(step) && !shown.some(({ number }) => number === step),
  );
  return [
    ...(undone.length > 0 ? [`第 ${numbers(undone)} 步取消了。`] : []),
    ...shown.map(({ number, proof }) =>
      proof?.by === 'record'
        ? `第 ${number} 步是从记录里看出来的；记错了，发 /记 更正 ${proof.record.number} 或 /记 撤回 ${proof.record.number}。`
        : `第 ${number} 步是从您绑定的群看出来的，不用勾，也取消不了。`,
    ),
    ...(never.length > 0 ? [`第 ${numbers(never)} 步本来就没有勾。`] : []),
  ].join('');
}

function numbers(steps: readonly (number | { readonly number: number })[]): string {
  return steps.map((step) => (typeof step === 'number' ? step : step.number)).join('、');
}
