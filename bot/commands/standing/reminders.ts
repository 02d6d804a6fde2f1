/** 提醒: what a cadre or an administrator is reminded of, and how to be reminded less. */
import { z } from 'zod';
import type { Policy, Requirement } from '../../../domain/policy/policy.ts';
import { defaultProfile, profiles } from '../../../domain/policy/profiles/profiles.ts';
import { budgetOf, usualPerWeek } from '../../../domain/reminders/budget.ts';
import { escalationId } from '../../../domain/reminders/escalation.ts';
import { followUpId } from '../../../domain/reminders/follow-up.ts';
import { clockOf, readHour } from '../../../domain/reminders/hour.ts';
import { usualDigest } from '../../../domain/reminders/stages.ts';
import { waitingNames } from '../../../domain/reminders/waiting.ts';
import { everything, type Muting, mute, mutesOf, unmute } from '../../../prisma/store/mutes.ts';
import { policyOfCadre, policyOfUnitOffice } from '../../../prisma/store/policies.ts';
import {
  chooseReminders,
  reminderSettings,
  remindersInWeek,
} from '../../../prisma/store/reminder-settings.ts';
import { number, oneOf } from '../../dialogue/arguments.ts';
import { action, type ContextFor, defineCommand, type Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { card, reply } from '../../dialogue/say.ts';

type Officer = ContextFor<'officer', 'person'>;

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
  visit: '走访',
  'open-day': '开放日',
  'open-day-may': '五四开放日',
  sharing: '分享交流',
  'face-day': '与青年面对面',
  'volunteer-day': '集中志愿',
  collective: '集体活动',
  'set-five-ones': '公布五个一',
  bulletin: '通报',
  'unit-report': '单位报告',
  evaluation: '评估',
  stories: '青春故事',
  'service-month': '服务月',
  [escalationId]: '到期情况',
  demands: '诉求',
  inquiries: '提问',
  wishes: '心愿',
  'month-card': '你说我办',
  [followUpId]: '追问',
};
/** Those that come often have a line and a button each; the others are named together. */
const often: readonly string[] = ['voice', 'interaction', 'topic', 'activity'];
/** They wait for the cadre, and have no date of the scheme's. */
const waiting: readonly string[] = [followUpId, ...Object.keys(waitingNames)];

interface Reminded {
  readonly id: string;
  readonly name: string;
  readonly short: string;
}

/** Beside what the policy asks: what only a cadre, and what only an administrator, hears of. */
const besides: Readonly<Record<Requirement['subject'], readonly { id: string; name: string }[]>> = {
  cadre: [
    { id: followUpId, name: '话题第二天的追问' },
    ...Object.entries(waitingNames).map(([id, name]) => ({ id, name })),
  ],
  unit: [{ id: escalationId, name: '有几位团干部的工作到期没有记到' }],
};

function remindedOf({ requirements }: Policy, subject: Requirement['subject']): readonly Reminded[] {
  // A path to look at (十个一) is never spoken of unasked.
  const asked = requirements.filter((one) => one.subject === subject && one.measure !== 'checklist');
  return [...asked, ...besides[subject]].map(({ id, name }) => ({ id, name, short: shortNames[id] ?? name }));
}

/** Of every profile: what a unit's own asks is looked up when it is known whose it is. */
const known = profiles.flatMap((profile) => [
  ...remindedOf(profile, 'cadre'),
  ...remindedOf(profile, 'unit'),
]);

const choices = ['全部', ...new Set(known.flatMap(({ short, name }) => [short, name]))] as [
  string,
  ...string[],
];
const which = oneOf(
  choices,
  `请写 ${remindedOf(defaultProfile, 'cadre')
    .map(({ short }) => short)
    .join('、')} 或 全部`,
);

/** One of the roles that somebody is reminded in. */
interface Role {
  readonly title: string;
  readonly whose: Muting;
  readonly reminded: readonly Reminded[];
}

async function rolesOf({ db, cadre, administrator }: Officer): Promise<readonly Role[]> {
  const roles: Role[] = [];
  if (cadre)
    roles.push({
      title: '作为团干部',
      whose: { cadreId: cadre.id },
      reminded: remindedOf((await policyOfCadre(db, cadre.id)).policy, 'cadre'),
    });
  if (administrator)
    roles.push({
      title: '作为管理员（本单位的事）',
      whose: { administratorId: administrator.id },
      reminded: remindedOf((await policyOfUnitOffice(db, administrator.unitId)).policy, 'unit'),
    });
  return roles;
}

/** The roles that a word is about. Throws {@link CommandFault} when nobody reminds this person of it. */
async function rolesFor(context: Officer, word: string): Promise<readonly Role[]> {
  const roles = await rolesOf(context);
  const id = idOf(word);
  const about = roles.filter(({ reminded }) => id === everything || reminded.some((one) => one.id === id));
  if (about.length > 0) return about;
  const names = roles.flatMap(({ reminded }) => reminded.map(({ short }) => short));
  throw new CommandFault(
    'not reminded of it',
    `“${nameOfOne(word, roles)}”本来就不提醒您。请写 ${names.join('、')} 或 全部。`,
  );
}

/** Nothing, or an hour. */
const hour = z.string().transform((typed, issues): { readonly minute: number | undefined } => {
  if (typed.trim() === '') return { minute: undefined };
  const read = readHour(typed);
  if (read.kind === 'minute') return read;
  issues.addIssue({ code: 'custom', message: read.say });
  return z.NEVER;
});

const howMany = '请写一周最多几条，比如 3；一条都不要，请发 /提醒 静音 全部';
const weekly = number(howMany).refine((read) => read.number > 0, howMany);

export const reminders = defineCommand({
  name: '提醒',
  aliases: ['提醒设置'],
  summary: '看看会提醒您什么，静音或恢复',
  actions: [
    action({
      name: '',
      summary: '看看会提醒什么、静音了什么、本周发了几条；写一个时间，就改到那时提醒（17:00 到 21:30）',
      examples: ['/提醒', '/提醒 20:30'],
      who: 'officer',
      where: 'private',
      about: 'person',
      arguments: hour,
      confirm: false,
      run: async (context, { minute }) => {
        if (minute === undefined) return [await overview(context)];
        await chooseReminders(context.db, context.person.id, { minute });
        return [await overview(context, `好的，以后 ${clockOf(minute)} 提醒。`)];
      },
    }),
    action({
      name: '每周',
      aliases: ['一周'],
      summary: '一周最多主动发您几条；答您的话从不算在里面',
      examples: ['/提醒 每周 3'],
      who: 'officer',
      where: 'private',
      about: 'person',
      arguments: weekly,
      confirm: false,
      run: async (context, { number: most }) => {
        const perWeek = context.remindersPerWeek ?? usualPerWeek;
        if (most > perWeek)
          throw new CommandFault(
            'more than allowed',
            `一周最多 ${perWeek} 条，这是上限。想少一些，写小一点的数。`,
          );
        await chooseReminders(context.db, context.person.id, { weekly: most });
        return [await overview(context, `好的，一周最多主动发您 ${most} 条。`)];
      },
    }),
    action({
      name: '静音',
      aliases: ['关闭'],
      summary: '不再提醒一项，或全部',
      examples: ['/提醒 静音 话题', '/提醒 静音 全部'],
      who: 'officer',
      where: 'private',
      about: 'person',
      arguments: which,
      confirm: false,
      run: async (context, { word }) => {
        const roles = await rolesFor(context, word);
        for (const { whose } of roles) await mute(context.db, whose, idOf(word));
        return [
          await overview(
            context,
            word === '全部' ? '好的，都不提醒了。' : `好的，不再提醒“${nameOfOne(word, roles)}”。`,
          ),
        ];
      },
    }),
    action({
      name: '恢复',
      aliases: ['打开'],
      summary: '重新提醒一项，或全部',
      examples: ['/提醒 恢复 话题', '/提醒 恢复 全部'],
      who: 'officer',
      where: 'private',
      about: 'person',
      arguments: which,
      confirm: false,
      run: async (context, { word }) => {
        const roles = await rolesFor(context, word);
        for (const role of roles) await restore(context, role, idOf(word));
        return [
          await overview(
            context,
            word === '全部' ? '好的，都恢复了。' : `好的，恢复提醒“${nameOfOne(word, roles)}”。`,
          ),
        ];
      },
    }),
  ],
});

/** Restoring one while all are muted leaves the others muted. */
async function restore({ db, now }: Officer, { whose, reminded }: Role, id: string): Promise<void> {
  const all = (await mutesOf(db, whose, now)).some(({ requirement }) => requirement === everything);
  await unmute(db, whose, all ? everything : id);
  if (all && id !== everything)
    for (const other of reminded) if (other.id !== id) await mute(db, whose, other.id);
}

/** The operator has not turned reminders on for this platform. */
const offHere = '注意：在这里我现在只答话，不主动提醒；要提醒，请管理员打开（微信是 WECHAT_REMINDERS=on）。';

async function overview(context: Officer, done = ''): Promise<Saying> {
  const roles = await rolesOf(context);
  const shown = await Promise.all(roles.map((role) => roleLines(context, role, roles.length > 1)));
  const quiet = shown.every(({ loud }) => !loud);
  return reply(
    context,
    card(
      '提醒设置',
      [
        ...(done === '' ? [] : [done]),
        ...(context.abilities.repliesOnly ? [offHere] : []),
        ...shown.flatMap(({ lines }) => lines),
        await burden(context),
        `静音发 /提醒 静音 ${example(roles)}（或 全部），恢复发 /提醒 恢复 ${example(roles)}（或 全部）。`,
      ].join('\n'),
      quiet
        ? [{ label: '全部恢复', command: '/提醒 恢复 全部' }]
        : [...shown.flatMap(({ buttons }) => buttons), { label: '全部静音', command: '/提醒 静音 全部' }],
    ),
  );
}

/** When, how many at most, and how many there have been this week. */
async function burden({ db, person, now, remindersPerWeek = usualPerWeek }: Officer): Promise<string> {
  const chosen = (await reminderSettings(db, [person.id])).get(person.id);
  const had = (await remindersInWeek(db, [person.id], now)).get(person.id) ?? 0;
  const most = budgetOf(remindersPerWeek, chosen?.weekly);
  return `只在晚上 ${clockOf(chosen?.minute ?? usualDigest)} 到 22:00 私下提醒，一晚最多一条，同一件事不反复催，节假日和寒暑假不打扰；换个时间发 /提醒 20:30。\n本周主动发了您 ${had} 条，最多 ${most} 条（改少些发 /提醒 每周 3）；剩得不多时，最急的先发；用完就不发了，答您的话不算。`;
}

/** What one role is reminded of, with a button for each that comes often. `loud`: not all of it is muted. */
async function roleLines({ db, now }: Officer, { title, whose, reminded }: Role, several: boolean) {
  const muted = new Set((await mutesOf(db, whose, now)).map(({ requirement }) => requirement));
  const isMuted = ({ id }: Reminded) => muted.has(everything) || muted.has(id);
  const frequent = reminded.filter(({ id }) => often.includes(id));
  const seldom = reminded.filter(({ id }) => !often.includes(id));
  const named = (word: string, those: readonly Reminded[]) =>
    those.length === 0 ? [] : [`${word}：${those.map(({ short }) => short).join('、')}`];
  return {
    lines: [
      ...(several ? [`【${title}】`] : []),
      ...frequent.map((one) => `${one.name}：${isMuted(one) ? '已静音' : '会提醒'}`),
      ...named(
        '到期前提醒',
        seldom.filter((one) => !isMuted(one) && !waiting.includes(one.id)),
      ),
      ...named(
        '有事等您时提醒',
        seldom.filter((one) => !isMuted(one) && waiting.includes(one.id)),
      ),
      ...named('不再提醒', seldom.filter(isMuted)),
    ],
    buttons: frequent
      .filter((one) => !isMuted(one))
      .map(({ short }) => ({ label: `静音${short}`, command: `/提醒 静音 ${short}` })),
    loud: !reminded.every(isMuted),
  };
}

/** A word that this person can write. */
function example(roles: readonly Role[]): string {
  const all = roles.flatMap(({ reminded }) => reminded);
  return (all.find(({ id }) => id === 'topic') ?? all[0])?.short ?? '全部';
}

function idOf(word: string): string {
  return known.find(({ short, name }) => short === word || name === word)?.id ?? everything;
}

/** What the policies of these roles call it: another profile may call it otherwise. */
function nameOfOne(word: string, roles: readonly Role[]): string {
  const id = idOf(word);
  const own = roles.flatMap(({ reminded }) => reminded).find((one) => one.id === id);
  return (own?.name ?? word).replace(/[“]/gu, '‘').replace(/[”]/gu, '’');
}
