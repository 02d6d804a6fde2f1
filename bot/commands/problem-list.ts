/** 问题清单: the cadre's list of what youths asked for, and its handling (新疆 §四.4; 团中央 §四.3). */
import { type DemandStep, decide, stageNames } from '../../domain/listening/demand.ts';
import { recordAudit } from '../../prisma/store/audit.ts';
import {
  countDemands,
  type DemandRow,
  demandNumbered,
  moveDemand,
  namesOf,
  openDemands,
} from '../../prisma/store/demands.ts';
import { oneLine } from '../render/legible.ts';
import { nothing, number, numberAndText } from './arguments.ts';
import { action, type ContextFor, defineCommand, type Saying } from './command.ts';
import { CommandFault } from './fault.ts';
import { nameOf } from './place.ts';
import { plain } from './plain.ts';
import { proposeKind, summarise } from './problem-proposals.ts';
import { card, notice, reply } from './say.ts';

type CadreHere = ContextFor<'cadre', 'group'>;

const shownAtMost = 20;
const longestShown = 80;

export const problemList = defineCommand({
  name: '问题清单',
  aliases: ['清单', '诉求清单'],
  summary: '看诉求、受理、办结并答复',
  byDefault: '列表',
  actions: [
    action({
      name: '列表',
      summary: '还没办结的诉求；群里只显示数量和编号，内容请私聊看',
      examples: ['/问题清单 列表', '/问题清单'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: nothing,
      confirm: false,
      run: async (context) => (context.chat.kind === 'group' ? inGroup(context) : inPrivate(context)),
    }),
    action({
      name: '查看',
      aliases: ['看'],
      summary: '看一条诉求的全文、进展和答复',
      examples: ['/问题清单 查看 3'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: number('请写诉求的编号'),
      confirm: false,
      run: async (context, wanted) => {
        const row = await find(context, wanted.number);
        await audit(context, 'demand.read', `demand:${row.id}`);
        const answer = row.reply === undefined ? '' : `\n答复：${row.reply}`;
        return [
          reply(
            context,
            card(
              `第 ${row.number} 号　${stageNames[row.state]}`,
              `${await asker(context, row)}：${row.text}${answer}`,
              [
                ...(row.state === 'open'
                  ? [{ label: '受理', command: `/问题清单 受理 群#${row.groupId} ${row.number}` }]
                  : []),
              ],
            ),
          ),
        ];
      },
    }),
    action({
      name: '归类',
      summary: '给一条诉求的类别和领域提个建议，以您的判断为准',
      examples: ['/问题清单 归类 3'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: number('请写诉求的编号'),
      confirm: false,
      run: proposeKind,
    }),
    action({
      name: '小结',
      summary: '本季度问题清单的小结：几件、哪些领域；配了模型时加一段中性的概括',
      examples: ['/问题清单 小结'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: nothing,
      confirm: false,
      run: (context) => summarise(context),
    }),
    action({
      name: '受理',
      summary: '受理一条诉求；对方会收到通知',
      examples: ['/问题清单 受理 3'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: number('请写要受理的诉求编号'),
      confirm: false,
      run: async (context, wanted) => {
        const row = await step(context, wanted.number, { step: 'accept', at: context.now });
        return [
          reply(
            context,
            `第 ${row.number} 号诉求已受理，对方会收到通知。办好后私聊我发 /问题清单 办结 ${row.number} 加答复。`,
          ),
          notice(
            row.askerId,
            `你在“${nameOf(context.group)}”的第 ${row.number} 号诉求已受理，正在办理，有结果马上告诉你。`,
          ),
        ];
      },
    }),
    action({
      name: '办结',
      summary: '办结一条诉求，并把答复私下告诉提出的人；一时解决不了的，也请说明原因',
      examples: ['/问题清单 办结 3 已报修，周三前修好'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: numberAndText('请写诉求编号和给对方的答复', 1000),
      confirm: false,
      run: async (context, { number: wanted, text }) => {
        const row = await step(context, wanted, { step: 'close', at: context.now, reply: text });
        return [
          reply(context, `第 ${row.number} 号诉求已办结，答复已私下发给对方。`),
          notice(
            row.askerId,
            card(
              `第 ${row.number} 号诉求有答复了`,
              `${context.cadre.name}（“${nameOf(context.group)}”团干部）：${text}\n还有问题，随时再发 /诉求。`,
            ),
          ),
        ];
      },
    }),
  ],
});

async function inGroup(context: CadreHere): Promise<readonly Saying[]> {
  const counts = await countDemands(context.db, context.group.id);
  const rows = await openDemands(context.db, context.group.id, shownAtMost);
  const numbers = (state: DemandRow['state']) => {
    const found = rows.filter((row) => row.state === state).map((row) => row.number);
    return found.length > 0 ? `（${found.join('、')} 号）` : '';
  };
  return [
    reply(
      context,
      `问题清单：待受理 ${counts.open} 件${numbers('open')}，办理中 ${counts.accepted} 件${numbers('accepted')}，已办结 ${counts.closed} 件。内容请私聊我发 /问题清单 看。`,
    ),
  ];
}

async function inPrivate(context: CadreHere): Promise<readonly Saying[]> {
  const { db, group } = context;
  const counts = await countDemands(db, group.id);
  const rows = await openDemands(db, group.id, shownAtMost);
  if (rows.length === 0)
    return [reply(context, `“${nameOf(group)}”没有待办的诉求，已办结 ${counts.closed} 件。`)];
  await audit(context, 'demand.read', `demands:${rows.map(({ id }) => id).join(',')}`);
  const names = await namesOf(
    db,
    rows.map(({ askerId }) => askerId),
  );
  const lines = rows.map((row) => {
    const text = [...row.text.replace(/\s+/gu, ' ')];
    const shown = text.length > longestShown ? `${text.slice(0, longestShown).join('')}…` : text.join('');
    return `第 ${row.number} 号　${stageNames[row.state]}　${called(names.get(row.askerId))}：${shown}`;
  });
  const more = counts.open + counts.accepted - rows.length;
  const foot = `受理发 /问题清单 受理 编号；办结发 /问题清单 办结 编号 答复。`;
  return [
    reply(
      context,
      card(
        `${nameOf(group)}　待受理 ${counts.open}，办理中 ${counts.accepted}，已办结 ${counts.closed}`,
        [...lines, ...(more > 0 ? [`还有 ${more} 件，办掉几件再看。`] : []), foot].join('\n'),
      ),
    ),
  ];
}

/** Takes a step with a demand, for good; says why it cannot be taken. */
async function step(context: CadreHere, wanted: number, what: DemandStep): Promise<DemandRow> {
  const row = await find(context, wanted);
  const decision = decide(row, what);
  if (decision.kind === 'fault') throw new CommandFault('no such step', decision.say);
  if (!(await moveDemand(context.db, row, decision.demand)))
    throw new CommandFault(
      'the demand was moved meanwhile',
      `第 ${row.number} 号诉求刚刚有了变化，请再看一遍清单。`,
    );
  await audit(context, `demand.${what.step}`, `demand:${row.id}`);
  return row;
}

async function find({ db, group }: CadreHere, wanted: number): Promise<DemandRow> {
  const row = await demandNumbered(db, group.id, wanted);
  if (!row) throw new CommandFault('no such demand', `没有第 ${wanted} 号诉求，发 /问题清单 看看编号。`);
  return row;
}

async function asker({ db }: CadreHere, row: DemandRow): Promise<string> {
  return called((await namesOf(db, [row.askerId])).get(row.askerId));
}

function called(name: string | undefined): string {
  return plain(oneLine(name ?? '')) || '一位小伙伴';
}

async function audit({ db, secret, now, person }: CadreHere, what: string, subject: string): Promise<void> {
  await recordAudit(db, secret.hash, { at: now, actor: `person:${person.id}`, action: what, subject });
}
