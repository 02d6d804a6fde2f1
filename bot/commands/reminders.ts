/** 提醒: what a cadre is reminded of, and how to be reminded less. */
import { defaultProfile } from '../../domain/policy/profiles/profiles.ts';
import { everything, mute, mutesOf, unmute } from '../../prisma/store/mutes.ts';
import { nothing, oneOf } from './arguments.ts';
import { action, type ContextFor, defineCommand, type Saying } from './command.ts';
import { card, reply } from './say.ts';

type CadrePrivately = ContextFor<'cadre', 'person'>;

/** What a requirement is called in a command; the others go by their whole name. */
const shortNames: Readonly<Record<string, string>> = {
  voice: '声音',
  interaction: '互动',
  topic: '话题',
  activity: '活动',
  'face-to-face': '面对面',
  'roster-100': '联系人数',
  'group-100': '建群',
  'link-branch': '团支部',
  'link-club': '社团',
  identity: '亮身份',
  'five-ones': '五个一',
  'org-life': '组织生活会',
  lecture: '团课',
  'theme-day': '团日',
  'heart-talk': '谈心',
  pairing: '结对',
  'problem-list': '问题清单',
  'semester-report': '学期报告',
  volunteers: '志愿',
  'campaign-zzg': '走转改',
};
/** Those that come often have a line and a button each; the others are named together. */
const often: readonly string[] = ['voice', 'interaction', 'topic', 'activity'];

const reminded = defaultProfile.requirements
  .filter(({ subject }) => subject === 'cadre')
  .map(({ id, name }) => ({ id, name, short: shortNames[id] ?? name }));

const choices = ['全部', ...reminded.flatMap(({ short, name }) => [short, name])] as [string, ...string[]];
const which = oneOf(choices, `请写 ${reminded.map(({ short }) => short).join('、')} 或 全部`);

export const reminders = defineCommand({
  name: '提醒',
  aliases: ['提醒设置'],
  summary: '看看会提醒您什么，静音或恢复',
  actions: [
    action({
      name: '',
      summary: '看看会提醒什么、静音了什么',
      examples: ['/提醒'],
      who: 'cadre',
      where: 'private',
      about: 'person',
      arguments: nothing,
      confirm: false,
      run: async (context) => [await overview(context)],
    }),
    action({
      name: '静音',
      aliases: ['关闭'],
      summary: '不再提醒一项，或全部',
      examples: ['/提醒 静音 话题', '/提醒 静音 全部'],
      who: 'cadre',
      where: 'private',
      about: 'person',
      arguments: which,
      confirm: false,
      run: async (context, { word }) => {
        await mute(context.db, context.cadre.id, idOf(word));
        return [
          await overview(
            context,
            word === '全部' ? '好的，都不提醒了。' : `好的，不再提醒“${nameOfOne(word)}”。`,
          ),
        ];
      },
    }),
    action({
      name: '恢复',
      aliases: ['打开'],
      summary: '重新提醒一项，或全部',
      examples: ['/提醒 恢复 话题', '/提醒 恢复 全部'],
      who: 'cadre',
      where: 'private',
      about: 'person',
      arguments: which,
      confirm: false,
      run: async (context, { word }) => {
        await restore(context, word);
        return [
          await overview(
            context,
            word === '全部' ? '好的，都恢复了。' : `好的，恢复提醒“${nameOfOne(word)}”。`,
          ),
        ];
      },
    }),
  ],
});

/** Restoring one while all are muted leaves the others muted. */
async function restore({ db, cadre, now }: CadrePrivately, word: string): Promise<void> {
  const id = idOf(word);
  const all = (await mutesOf(db, cadre.id, now)).some(({ requirement }) => requirement === everything);
  await unmute(db, cadre.id, all ? everything : id);
  if (all && id !== everything)
    for (const other of reminded) if (other.id !== id) await mute(db, cadre.id, other.id);
}

async function overview({ db, cadre, now, ...situation }: CadrePrivately, done = ''): Promise<Saying> {
  const muted = new Set((await mutesOf(db, cadre.id, now)).map(({ requirement }) => requirement));
  const isMuted = (id: string) => muted.has(everything) || muted.has(id);
  const frequent = reminded.filter(({ id }) => often.includes(id));
  const seldom = reminded.filter(({ id }) => !often.includes(id));
  const named = (word: string, those: typeof seldom) =>
    those.length === 0 ? [] : [`${word}：${those.map(({ short }) => short).join('、')}`];
  const lines = [
    ...frequent.map(({ id, name }) => `${name}：${isMuted(id) ? '已静音' : '会提醒'}`),
    ...named(
      '到期前提醒',
      seldom.filter(({ id }) => !isMuted(id)),
    ),
    ...named(
      '不再提醒',
      seldom.filter(({ id }) => isMuted(id)),
    ),
  ];
  const quiet = reminded.every(({ id }) => isMuted(id));
  return reply(
    { ...situation, db, now },
    card(
      '提醒设置',
      [
        ...(done === '' ? [] : [done]),
        ...lines,
        '只在晚上 8 点到 10 点私下提醒，一晚最多一条，同一件事不反复催。',
        '静音发 /提醒 静音 话题（或 全部），恢复发 /提醒 恢复 话题（或 全部）。',
      ].join('\n'),
      quiet
        ? [{ label: '全部恢复', command: '/提醒 恢复 全部' }]
        : [
            ...frequent
              .filter(({ id }) => !isMuted(id))
              .map(({ short }) => ({ label: `静音${short}`, command: `/提醒 静音 ${short}` })),
            { label: '全部静音', command: '/提醒 静音 全部' },
          ],
    ),
  );
}

function idOf(word: string): string {
  return reminded.find(({ short, name }) => short === word || name === word)?.id ?? everything;
}

function nameOfOne(word: string): string {
  return reminded.find(({ short }) => short === word)?.name ?? word;
}
