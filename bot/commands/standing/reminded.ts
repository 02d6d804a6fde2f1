/** What cadres and administrators are reminded of, and what each is called in a command. */
import { dayOf } from '../../../domain/calendar/day.ts';
import type { Policy, Requirement } from '../../../domain/policy/policy.ts';
import { profiles } from '../../../domain/policy/profiles/profiles.ts';
import { escalationId } from '../../../domain/reminders/escalation.ts';
import { followUpId } from '../../../domain/reminders/follow-up.ts';
import { waitingNames } from '../../../domain/reminders/waiting.ts';
import { barring } from '../../../domain/standing/evaluate.ts';
import { kindOfCadre } from '../../../prisma/store/cadres.ts';
import { everything, type Muting } from '../../../prisma/store/mutes.ts';
import { policyOfCadre, policyOfUnitOffice } from '../../../prisma/store/policies.ts';
import type { ContextFor } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';

/** Who is reminded: a cadre, an administrator, or somebody who is both. */
export type Officer = ContextFor<'officer', 'person'>;

/** What a requirement is called in a command; the others go by their whole name. */
const shortNames: Readonly<Record<string, string>> = {
  voice: '声音',
  interaction: '互动',
  topic: '话题',
  activity: '活动',
  'face-to-face': '面对面',
  'roster-100': '联系人数',
  'roster-10': '联系10人',
  'roster-unit': '联系本单位青年',
  'monthly-3': '每月活动',
  research: '课题调研',
  'grassroots-day': '4+1',
  'grassroots-posting': '8+4',
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
export const often: readonly string[] = ['voice', 'interaction', 'topic', 'activity'];
/** They wait for the cadre, and have no date of the scheme's. */
export const waiting: readonly string[] = [followUpId, ...Object.keys(waitingNames)];

/** One thing that somebody is reminded of. */
export interface Reminded {
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

/** All that a policy reminds cadres, or administrators, of. */
export function remindedOf({ requirements }: Policy, subject: Requirement['subject']): readonly Reminded[] {
  // A path to look at (十个一) is never spoken of unasked.
  const asked = requirements.filter((one) => one.subject === subject && one.measure !== 'checklist');
  return [...asked, ...besides[subject]].map(({ id, name }) => ({ id, name, short: shortNames[id] ?? name }));
}

/** Of every profile: what a unit's own asks is looked up when it is known whose it is. */
const known = profiles.flatMap((profile) => [
  ...remindedOf(profile, 'cadre'),
  ...remindedOf(profile, 'unit'),
]);

/** Every word for it that a command takes. */
export const choices = ['全部', ...new Set(known.flatMap(({ short, name }) => [short, name]))] as [
  string,
  ...string[],
];

/** One of the roles that somebody is reminded in. */
export interface Role {
  readonly title: string;
  readonly whose: Muting;
  readonly reminded: readonly Reminded[];
}

/** The roles of who asks, with what they are reminded of in each. */
export async function rolesOf({ db, cadre, administrator, now }: Officer): Promise<readonly Role[]> {
  const roles: Role[] = [];
  if (cadre) {
    const { policy } = await policyOfCadre(db, cadre.id);
    const whose = { ...(await kindOfCadre(db, cadre.id)), exempt: undefined, manyYouths: undefined };
    // Nobody hears of what binds other kinds of cadre.
    const requirements = policy.requirements.filter((one) => barring(one, whose, dayOf(now)) !== 'not_bound');
    roles.push({
      title: '作为团干部',
      whose: { cadreId: cadre.id },
      reminded: remindedOf({ ...policy, requirements }, 'cadre'),
    });
  }
  if (administrator)
    roles.push({
      title: '作为管理员（本单位的事）',
      whose: { administratorId: administrator.id },
      reminded: remindedOf((await policyOfUnitOffice(db, administrator.unitId)).policy, 'unit'),
    });
  return roles;
}

/** The roles that a word is about. Throws {@link CommandFault} when nobody reminds this person of it. */
export async function rolesFor(context: Officer, word: string): Promise<readonly Role[]> {
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

/** What a word of {@link choices} stands for; everything where it is none of them. */
export function idOf(word: string): string {
  return known.find(({ short, name }) => short === word || name === word)?.id ?? everything;
}

/** What the policies of these roles call it: another profile may call it otherwise. */
export function nameOfOne(word: string, roles: readonly Role[]): string {
  const id = idOf(word);
  const own = roles.flatMap(({ reminded }) => reminded).find((one) => one.id === id);
  return (own?.name ?? word).replace(/[“]/gu, '‘').replace(/[”]/gu, '’');
}
