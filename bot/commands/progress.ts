/** 进度: where the group stands with the five “有”, and all that is asked of its cadre. Counts of people only. */
import { dayOf } from '../../domain/calendar/day.ts';
import { defaultProfile } from '../../domain/policy/profiles/profiles.ts';
import { cadreStandings } from '../../domain/standing/evaluate.ts';
import { daysNeeded, measureProgress } from '../../domain/standing/measure.ts';
import { nextSteps, overviewOf, type Scope } from '../../domain/standing/overview.ts';
import { presenceStandings } from '../../domain/standing/presence.ts';
import { groupsLedBy } from '../../prisma/store/cadres.ts';
import { loadFacts } from '../../prisma/store/facts.ts';
import { youthsOf } from '../../prisma/store/identity.ts';
import { cadreFacts } from '../../prisma/store/standing.ts';
import { topicTitles } from '../../prisma/store/topics.ts';
import { overviewText } from '../render/overview-text.ts';
import { amountOf, detailOf, statusWords } from '../render/overview-words.ts';
import { progressText } from '../render/progress-text.ts';
import { nothing, oneOf } from './arguments.ts';
import { action, type ContextFor, defineCommand } from './command.ts';
import { card, reply } from './say.ts';

type CadreHere = ContextFor<'cadre', 'group'>;

/** Until units choose theirs, the default profile binds everybody. */
const policy = defaultProfile;

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
        '一张图看清：每天有声音、每周有互动、每月有话题、每季度有线下活动、每年有面对面；加“文字”得到文字版',
      examples: ['/进度', '/进度 文字'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: oneOf(['', '文字', '文字版'], '发 /进度 看图，或 /进度 文字 看文字版'),
      confirm: false,
      run: async (context, { word }) => {
        const measured = await measure(context);
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
          const overview = overviewOf(policy, await standings(context), scope, {
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

async function measure({ db, group, cadre, now }: CadreHere) {
  const facts = await loadFacts(db, group.id, daysNeeded(now));
  return measureProgress(facts, policy, now, {
    group: group.name,
    cadre: cadre.name,
    unit: cadre.unit,
    roster: new Set(await youthsOf(db, group.id, cadre.personId)),
    topicTitles: await topicTitles(db, group.id),
  });
}

async function standings(context: CadreHere) {
  const { db, cadre, now } = context;
  const today = dayOf(now);
  const facts = await cadreFacts(db, cadre, await groupsLedBy(db, cadre.personId, today), today);
  return [
    ...presenceStandings(policy, await measure(context), facts),
    ...cadreStandings(policy, facts, today),
  ];
}

async function next(context: CadreHere) {
  const steps = nextSteps(await standings(context));
  if (steps.length === 0) return '眼下没有等着您做的，今天安心。';
  const lines = steps.map((row, index) => {
    const more = [amountOf(row), detailOf(row)].filter(Boolean).join('，');
    return `${index + 1}. ${row.name}：${statusWords[row.status]}${more === '' ? '' : `（${more}）`}`;
  });
  return card('接下来', lines.join('\n'), [
    ...new Map(
      steps.map((row) => stepButton(row.measure)).map((button) => [button.command, button]),
    ).values(),
  ]);
}

function stepButton(measure: string): { readonly label: string; readonly command: string } {
  switch (measure) {
    case 'voice':
    case 'interaction':
    case 'topic':
      return { label: '挑个话题', command: '/话题 推荐' };
    case 'activity':
    case 'face-to-face':
      return { label: '发布活动', command: '/活动 发布' };
    case 'identity':
      return { label: '亮身份', command: '/亮身份' };
    default:
      return { label: '看全部要求', command: '/进度 全部' };
  }
}
