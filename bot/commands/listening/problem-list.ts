/** 问题清单: the cadre's list of what youths asked for, and its handling (新疆 §四.4; 团中央 §四.3). */
import { demandKinds, stageNames, usualFields } from '../../../domain/listening/demand.ts';
import { type DemandRow, personOf } from '../../../prisma/store/demand-rows.ts';
import { countSupports } from '../../../prisma/store/demand-waiting.ts';
import { countDemands, namesOf, openDemands } from '../../../prisma/store/demands.ts';
import { nothing, number, numberAndMaybeText, numberAndText } from '../../dialogue/arguments.ts';
import { action, defineCommand, type Saying } from '../../dialogue/command.ts';
import { nameOf } from '../../dialogue/place.ts';
import { plain } from '../../dialogue/plain.ts';
import { reply as answer, card } from '../../dialogue/say.ts';
import { oneLine } from '../../render/legible.ts';
import { picturesOf } from './demand-photos.ts';
import { proposeKind } from './problem-proposals.ts';
import { reportActions } from './problem-reports.ts';
import {
  accept,
  auditDemand,
  type CadreHere,
  findDemand,
  merge,
  refer,
  reply,
  sort,
  tellProgress,
  twoNumbers,
} from './problem-steps.ts';

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
      aliases: ['看', '详情'],
      summary: '看一条诉求的全文、进展和答复',
      examples: ['/问题清单 查看 3'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: number('请写诉求的编号'),
      confirm: false,
      run: async (context, wanted) => {
        const row = await findDemand(context, wanted.number);
        await auditDemand(context, 'demand.read', `demand:${row.id}`);
        const answered = row.reply === undefined ? '' : `\n答复：${row.reply}`;
        return [
          answer(
            context,
            card(
              `第 ${row.number} 号　${stageNames[row.state]}`,
              `${await asker(context, row)}：${row.text}${answered}${await detailsOf(context, row)}`,
              row.state === 'open'
                ? [{ label: '受理', command: `/问题清单 受理 群#${row.groupId} ${row.number}` }]
                : [],
            ),
          ),
          ...(await picturesOf(context, row)),
        ];
      },
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
      run: accept,
    }),
    action({
      name: '进展',
      aliases: ['回复'],
      summary: '还没办好，先回一句进展：对方会收到，诉求照样在办',
      examples: ['/问题清单 进展 3 已经联系后勤，明天有人来看'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: numberAndText('请写诉求编号和给对方的话', 1000),
      confirm: false,
      run: (context, { number: wanted, text }) => tellProgress(context, wanted, text),
    }),
    action({
      name: '办结',
      aliases: ['答复'],
      summary: '办好了：答复私下告诉提出的人，对方确认就是办结，说没解决会回到办理中；14 天没说什么也算办结',
      examples: ['/问题清单 办结 3 已报修，周三前修好'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: numberAndText('请写诉求编号和给对方的答复', 1000),
      confirm: false,
      run: (context, { number: wanted, text }) => reply(context, wanted, text, 'answer'),
    }),
    action({
      name: '无法解决',
      summary: '确实解决不了的，把原因私下说清楚；对方还可以重开',
      examples: ['/问题清单 无法解决 3 学校规定下学期才能调整，我已经向后勤反映'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: numberAndText('请写诉求编号和原因', 1000),
      confirm: false,
      run: (context, { number: wanted, text }) => reply(context, wanted, text, 'explain'),
    }),
    action({
      name: '转报',
      summary: '先问提出的人愿不愿意，同意了才转报团组织',
      examples: ['/问题清单 转报 3'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: number('请写要转报的诉求编号'),
      confirm: false,
      run: refer,
    }),
    action({
      name: '合并',
      summary: '把一条并到另一条：两边的人都会收到答复',
      examples: ['/问题清单 合并 5 到 3'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: twoNumbers,
      confirm: false,
      run: merge,
    }),
    action({
      name: '归类',
      summary: `写明是${demandKinds.join('、')}和领域（${usualFields.join('、')}，也可以写别的）；只写编号，我先提个建议`,
      examples: ['/问题清单 归类 3 现实困难 后勤', '/问题清单 归类 3'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: numberAndMaybeText('请写诉求编号和类别，例如 3 现实困难 后勤', 30),
      confirm: false,
      run: (context, { number: wanted, text }) =>
        text === '' ? proposeKind(context, { number: wanted }) : sort(context, wanted, text),
    }),
    ...reportActions,
  ],
});

async function inGroup(context: CadreHere): Promise<readonly Saying[]> {
  const counts = await countDemands(context.db, context.group.id);
  const rows = await openDemands(context.db, context.group.id, shownAtMost);
  const numbers = (...states: DemandRow['state'][]) => {
    const found = rows.filter(({ state }) => states.includes(state)).map((row) => row.number);
    return found.length > 0 ? `（${found.join('、')} 号）` : '';
  };
  return [
    answer(
      context,
      `问题清单：待受理 ${counts.open} 件${numbers('open')}，办理中 ${counts.accepted + counts.referred} 件${numbers('accepted', 'referred')}，待反馈确认 ${counts.answered} 件，已办结 ${counts.closed} 件。内容请私聊我发 /问题清单 看。`,
    ),
  ];
}

async function inPrivate(context: CadreHere): Promise<readonly Saying[]> {
  const { db, group } = context;
  const counts = await countDemands(db, group.id);
  const rows = await openDemands(db, group.id, shownAtMost);
  if (rows.length === 0)
    return [answer(context, `“${nameOf(group)}”没有待办的诉求，已办结 ${counts.closed} 件。`)];
  await auditDemand(context, 'demand.read', `demands:${rows.map(({ id }) => id).join(',')}`);
  const names = await namesOf(
    db,
    rows.flatMap((row) => personOf(row) ?? []),
  );
  const lines = rows.map((row) => {
    const text = [...row.text.replace(/\s+/gu, ' ')];
    const shown = text.length > longestShown ? `${text.slice(0, longestShown).join('')}…` : text.join('');
    return `第 ${row.number} 号　${stageNames[row.state]}　${called(row, names)}：${shown}`;
  });
  const more = counts.open + counts.accepted + counts.referred + counts.answered - rows.length;
  const foot =
    '受理发 /问题清单 受理 编号；先回一句发 /问题清单 进展 编号 内容；办结发 /问题清单 办结 编号 答复。';
  return [
    answer(
      context,
      card(
        `${nameOf(group)}　待受理 ${counts.open}，办理中 ${counts.accepted + counts.referred}，待反馈确认 ${counts.answered}，已办结 ${counts.closed}`,
        [...lines, ...(more > 0 ? [`还有 ${more} 件，办掉几件再看。`] : []), foot].join('\n'),
      ),
    ),
  ];
}

/** What is known besides its words: what it is about, who feels the same, whether it may be reported. */
async function detailsOf({ db }: CadreHere, row: DemandRow): Promise<string> {
  const same = await countSupports(db, row.id);
  const consent = { asked: '已问对方愿不愿意转报', given: '对方同意转报', refused: '对方不愿意转报' };
  const details = [
    row.kind === undefined ? '' : [row.kind, row.field].filter(Boolean).join(' · '),
    same > 0 ? `${same} 人同感` : '',
    row.consent === undefined ? '' : consent[row.consent],
    row.mergedInto === undefined ? '' : `并入第 ${row.mergedInto} 号`,
  ].filter(Boolean);
  return details.length > 0 ? `\n（${details.join('；')}）` : '';
}

async function asker({ db }: CadreHere, row: DemandRow): Promise<string> {
  return called(row, await namesOf(db, [personOf(row) ?? []].flat()));
}

function called(row: DemandRow, names: ReadonlyMap<number, string>): string {
  if (row.ticket !== undefined) return '匿名';
  return plain(oneLine(names.get(personOf(row) ?? 0) ?? '')) || '一位小伙伴';
}
