/** What a duty's reminder says: what is left, until when, and what to press. Nobody is blamed. */
import type { Day } from '../calendar/day.ts';
import { quarterOf } from '../calendar/period.ts';
import { kindsCounted } from '../policy/adjust.ts';
import type { Requirement } from '../policy/policy.ts';
import { recordName } from '../policy/records.ts';
import { leftOf, type Standing } from '../standing/standing.ts';
import type { Said } from './words.ts';

/**
 * The sentence for a duty at a stage on a day; `left` days until its last one, 0 is today. `records`: whoever reads it can
 * record it themselves; an administrator need be no cadre.
 */
export function dutyWords(standing: Standing, stage: string, left: number, day: Day, records = true): Said {
  const { requirement } = standing;
  const subject = `“${requirement.name.replaceAll('“', '‘').replaceAll('”', '’')}”`;
  const action =
    records || requirement.measure !== 'records' ? actionOf(requirement, day) : clauseOf(requirement);
  return {
    line: `${subject}${saidOf(standing, stage, left)}${setKinds(requirement, day, stage)}`,
    subject,
    action,
  };
}

/** The kinds that the unit has set for the quarter: who is asked for five has to know which. */
function setKinds(requirement: Requirement, day: Day, stage: string): string {
  if (requirement.measure !== 'records' || !requirement.setEachQuarter?.[quarterOf(day).key]) return '';
  return `（${stage === 'overdue' ? '上个季度' : '这个季度'}算：${kindsCounted(requirement, day).names}。）`;
}

function saidOf(standing: Standing, stage: string, left: number): string {
  switch (stage) {
    case 'overdue':
      return overdueOf(standing);
    case 'late':
      return '已过了约定的日子，补上也来得及。';
    case 'untracked':
      return `到时候了，${until(left)}。这一项联青还不记，办过了就不用管。`;
    case 'advice':
      return '可以考虑安排一次，不作要求。';
    case 'standing':
      return `${restOf(standing)}，不急，慢慢来。`;
    case 'first':
    case 'opening':
      return `${restOf(standing)}，最好在这一期开头就办。`;
    default:
      return `${restOf(standing)}，${until(left)}。`;
  }
}

/** What was found of a period that is over; of what comes back only in a year nobody is told to begin at once. */
function overdueOf({ requirement, have, need }: Standing): string {
  const found = have > 0 ? `上一期记到 ${have} 次，要 ${need ?? 0} 次` : '上一期没有记到';
  const next = requirement.period === 'season' ? '没做也没关系，如实写就好' : '没做的这一期早点安排';
  return `${found}。做过但没记的可以补上，${next}。`;
}

/** A period that goes on. */
const spans: Readonly<Partial<Record<Requirement['period'], string>>> = {
  month: '这个月',
  quarter: '这个季度',
  'half-year': '这半年',
  semester: '这学期',
  year: '今年',
};

function restOf(standing: Standing): string {
  const { requirement, have, need, why } = standing;
  if (why === 'not_owner') return '人数够了，还差您做群主';
  if (why === 'owner_unknown') return '人数够了。您是群主的话，在群里发 /群主 是';
  switch (requirement.measure) {
    case 'roster':
    case 'group':
      return `现有 ${have} 人，目标 ${need ?? 0} 人`;
    case 'face-to-face':
      return `已当面见过 ${have} 人，目标 ${need ?? 0} 人`;
    case 'pairing':
      return `已结对 ${have} 名，还差 ${leftOf(standing)} 名`;
    case 'identity':
      return '还没有在群里亮过';
    case 'link':
      return have === 0
        ? `${spans[requirement.period]}还没有记到联系`
        : `${spans[requirement.period]}联系过 ${have} 次，还差 ${leftOf(standing)} 次`;
    default:
      return have === 0 ? '还没有记到' : `已有 ${have} 次，还差 ${leftOf(standing)} 次`;
  }
}

/** What shows a duty's clause, where nothing else can be done about it. */
function clauseOf({ name, citation }: Requirement): Said['action'] {
  return { label: `看${name.replaceAll(/[“”]/gu, '')}要求`, command: `/制度 原文 ${citation.clause}` };
}

/** What records a requirement's work: the form of a deed with its kind filled in, where there is but one. */
export function recordAction(
  requirement: Extract<Requirement, { measure: 'records' }>,
  day: Day,
): Said['action'] {
  const { kinds } = kindsCounted(requirement, day);
  const [first = 'exchange', ...others] = kinds;
  if (first === 'problem_list') return { label: '看问题清单季报', command: '/问题清单 季报' };
  if (first === 'semester_report') return { label: '起草工作情况', command: '/报告 学期' };
  return others.length > 0
    ? { label: '记一次工作', command: '/记 填写' }
    : { label: `记${recordName(first)}`, command: `/记 填写 ${recordName(first)}` };
}

function actionOf(requirement: Requirement, quarterDay: Day): Said['action'] {
  switch (requirement.measure) {
    case 'identity':
      return { label: '亮身份', command: '/亮身份' };
    case 'face-to-face':
      return { label: '发布活动', command: '/活动 发布' };
    case 'records':
      return recordAction(requirement, quarterDay);
    case 'link':
      return { label: '记一次工作', command: '/记 填写' };
    case 'pairing':
      return { label: '结对', command: '/结对' };
    default:
      return { label: '看看进度', command: '/进度' };
  }
}

function until(left: number): string {
  return left <= 0 ? '今天是最后一天' : `还有 ${left} 天`;
}
