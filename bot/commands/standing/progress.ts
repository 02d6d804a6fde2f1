/** 进度: where the group stands with the five “有”, and all that is asked of its cadre. Counts of people only. */
import { type Day, dayOf } from '../../../domain/calendar/day.ts';
import { raisedLine } from '../../../domain/policy/adjust.ts';
import type { Requirement } from '../../../domain/policy/policy.ts';
import { recordAction } from '../../../domain/reminders/duty-words.ts';
import { cadreStandings } from '../../../domain/standing/evaluate.ts';
import { nextSteps, overviewOf, type Scope } from '../../../domain/standing/overview.ts';
import { presenceStandings } from '../../../domain/standing/presence.ts';
import { groupsLedBy } from '../../../prisma/store/cadres.ts';
import { policyOfCadre } from '../../../prisma/store/policies.ts';
import { cadreFacts } from '../../../prisma/store/standing.ts';
import { nothing, oneOf } from '../../dialogue/arguments.ts';
import { action, type ContextFor, defineCommand } from '../../dialogue/command.ts';
import { plain } from '../../dialogue/plain.ts';
import { card, reply } from '../../dialogue/say.ts';
import { overviewText } from '../../render/overview-text.ts';
import { amountOf, detailOf, statusWord } from '../../render/overview-words.ts';
import { progressText } from '../../render/progress-text.ts';
import { groupProgress, withVacations } from '../../standing.ts';

type CadreHere = ContextFor<'cadre', 'group'>;

const scopesByWord: readonly (readonly [
  word: string,
  aliases: readonly string[],
  scope: Scope,
  what: string,
])[] = [
  ['周', ['本周', '每周'], 'week', '今天和本周'],
  ['月', ['本月', '每月'], 'month', '本月'],
  ['季度', ['本季度', '季'], 'quarter', '本季度'],
  ['学期', ['本学期'], 'semester', '本学期'],
  ['年', ['今年', '全年'], 'year', '今年和一直要有的'],
  ['全部', ['所有'], 'all', '全部要求'],
];

export const progress = defineCommand({
  name: '进度',
  aliases: ['五个有'],
  summary: '看本月的“五个有”做到哪一步了；按周、月、季度、学期、年看全部要求，看接下来做什么',
  actions: [
    action({
      name: '',
      summary:
        '一张图看清有声音、有互动、有话题、有线下活动、有面对面交流，按您单位的制度；加“文字”得到文字版',
      examples: ['/进度', '/进度 文字'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: oneOf(['', '文字', '文字版'], '发 /进度 看图，或 /进度 文字 看文字版'),
      confirm: false,
      run: async (context, { word }) => {
        const { db, cadre, group, now } = context;
        const { policy } = await policyOfCadre(db, cadre.id);
        const { progress: measured } = await groupProgress(db, cadre, group, policy, now);
        return [
          reply(context, word === '' ? { type: 'progress', progress: measured } : progressText(measured)),
        ];
      },
    }),
    action({
      name: '接下来',
      aliases: ['下一步', '做什么'],
      summary: '最该先做的三件事',
      examples: ['/进度 接下来'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: nothing,
      confirm: false,
      run: async (context) => [reply(context, await next(context))],
    }),
    ...scopesByWord.map(([name, aliases, scope, what]) =>
      action({
        name,
        aliases,
        summary: `一张图看清${what}；加“文字”得到文字版`,
        examples: [`/进度 ${name}`],
        who: 'cadre',
        // What a cadre has still to do is theirs: nobody is shown it in a group.
        where: 'private',
        about: 'group',
        arguments: oneOf(['', '文字', '文字版'], `发 /进度 ${name} 看图，或 /进度 ${name} 文字 看文字版`),
        confirm: false,
        run: async (context, { word }) => {
          const { policy, all } = await standings(context);
          const overview = overviewOf(policy, all, scope, {
            group: context.group.name,
            cadre: context.cadre.name,
            unit: context.cadre.unit,
            today: dayOf(context.now),
          });
          return [reply(context, word === '' ? { type: 'overview', overview } : overviewText(overview))];
        },
      }),
    ),
  ],
});

async function standings(context: CadreHere) {
  const { db, cadre, group, now, calendar } = context;
  const today = dayOf(now);
  const unit = withVacations(await policyOfCadre(db, cadre.id), calendar);
  const { policy } = unit;
  const facts = await cadreFacts(db, cadre, await groupsLedBy(db, cadre.personId, today), today, unit);
  const { progress: measured } = await groupProgress(db, cadre, group, policy, now);
  const all = [...presenceStandings(policy, measured, facts), ...cadreStandings(policy, facts, today)];
  return { policy, all };
}

async function next(context: CadreHere) {
  const { policy, all } = await standings(context);
  const steps = nextSteps(all);
  if (steps.length === 0) return '眼下没有等着您做的，今天安心。';
  const lines = steps.map((row, index) => {
    const more = [amountOf(row), detailOf(row)].filter(Boolean).join('，');
    return `${index + 1}. ${row.name}：${statusWord(row)}${more === '' ? '' : `（${more}）`}`;
  });
  const named = policy.requirements.filter(({ id }) => steps.some((step) => step.id === id));
  const raised = named.flatMap(raisedLine);
  return card('接下来', [...lines, ...raised.map((one) => `本单位另有要求：${plain(one)}`)].join('\n'), [
    ...new Map(
      steps
        .map(({ id, measure }) =>
          stepButton(
            measure,
            all.find(({ requirement }) => requirement.id === id)?.requirement,
            dayOf(context.now),
          ),
        )
        .map((button) => [button.command, button]),
    ).values(),
  ]);
}

function stepButton(
  measure: string,
  requirement: Requirement | undefined,
  today: Day,
): { readonly label: string; readonly command: string } {
  if (requirement?.measure === 'records') return recordAction(requirement, today);
  switch (measure) {
    case 'voice':
    case 'interaction':
    case 'topic':
      return { label: '挑个话题', command: '/话题 推荐' };
    case 'activity':
    case 'face-to-face':
      return { label: '发布活动', command: '/活动 发布' };
    case 'link':
      return { label: '记一次工作', command: '/记 填写' };
    case 'identity':
      return { label: '亮身份', command: '/亮身份' };
    case 'checklist':
      return { label: '看“十个一”', command: '/十个一' };
    default:
      return { label: '看全部要求', command: '/进度 全部' };
  }
}
