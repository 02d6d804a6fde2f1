/** What an administrator is told of their cadres' overdue duties: how many cadres, and nothing else. */
import { type Day, dayOf } from '../calendar/day.ts';
import { isQuiet, isWorkday } from '../calendar/workdays.ts';
import { type Policy, type Requirement, requirementOf } from '../policy/policy.ts';
import { barring, cadreOverdue, excusedIn } from '../standing/evaluate.ts';
import type { CadreFacts } from '../standing/facts.ts';
import { type Span, spanBefore, spanOf, tailOf } from '../standing/span.ts';
import { isMuted, type Reminder } from './due.ts';
import type { DutyAbout } from './duties.ts';
import { digestAt, isDigestTime, quietAt } from './stages.ts';

/** What an administrator mutes who does not want to hear of overdue duties. */
export const escalationId = 'overdue-cadres';

/** One cadre as escalation knows them. `activities`: days of their offline activities that count (rule 6). */
export interface CadreToEscalate {
  readonly policy: Policy;
  readonly facts: CadreFacts;
  readonly activities: readonly Day[];
}

/** How many cadres have not done a duty of a period that is over. */
export interface Overdue {
  readonly requirement: Requirement;
  readonly span: Span;
  readonly cadres: number;
}

/** A quarter and longer: of what is shorter no administrator hears. */
const escalated: readonly Requirement['period'][] = ['quarter', 'half-year', 'semester', 'season', 'year'];
/** The cadre has so many days after the period to record what was done, before an administrator hears of it. */
const graceDays = 14;

/** Whether any duty may be escalated on a day, so that nobody looks for nothing. */
export function isEscalationTime(policies: readonly Policy[], today: Day): boolean {
  return policies.some((policy) =>
    policy.requirements.some((requirement) => closedSpan(policy, requirement, today) !== undefined),
  );
}

/** What is overdue among some cadres on a day, by duty and period. */
export function overdueAmong(cadres: readonly CadreToEscalate[], today: Day): readonly Overdue[] {
  const found = new Map<string, Overdue>();
  for (const cadre of cadres)
    for (const { requirement, span } of overdueOf(cadre, today)) {
      const key = `${requirement.id}/${span.key}`;
      found.set(key, { requirement, span, cadres: (found.get(key)?.cadres ?? 0) + 1 });
    }
  return [...found.values()];
}

/**
 * The administrator's reminders of what is overdue among `total` cadres at `now` (milliseconds since the epoch), each
 * once for ever. On working days only.
 */
export function escalations(
  overdue: readonly Overdue[],
  total: number,
  now: number,
  about: DutyAbout,
): Reminder[] {
  const today = dayOf(now);
  if (
    !isDigestTime(now, about.digestFrom) ||
    isQuiet(about.calendar, today) ||
    isWorkday(about.calendar, today) === false
  )
    return [];
  if (isMuted(about.mutes, escalationId, now)) return [];
  return overdue.flatMap(({ requirement, span, cadres }): Reminder[] => {
    const key = `reminder/${requirement.id}/admin${about.cadreId}/cadres/${span.key}/escalation`;
    if (about.sent.has(key) || digestAt(span.to + 1 + graceDays) < digestAt(about.since)) return [];
    return [
      {
        key,
        cadreId: about.cadreId,
        groupId: 0,
        groupName: '',
        requirement: requirement.id,
        period: span.key,
        stage: 'escalation',
        line: `“${requirement.name.replaceAll('“', '‘').replaceAll('”', '’')}”上一期（${periodName(span.key)}）到期没有记到的团干部有 ${cadres} 位，共 ${total} 位。可能是做了没记，可以问问有什么难处；不通报、不排名。`,
        action: { label: '看本单位', command: '/本单位' },
        urgency: 30,
        gentle: true,
        expiresAt: quietAt(today),
      },
    ];
  });
}

function overdueOf({ policy, facts, activities }: CadreToEscalate, today: Day) {
  const duties = cadreOverdue(policy, facts, today).flatMap(({ requirement, span }) =>
    span && closedSpan(policy, requirement, today) ? [{ requirement, span }] : [],
  );
  const activity = requirementOf(policy, 'activity');
  const span = activity && closedSpan(policy, activity, today);
  if (!activity || !span || activity.force === 'advice' || barring(activity, facts, today)) return duties;
  const held = activities.filter((day) => span.from <= day && day <= span.to).length;
  return held >= activity.threshold.atLeast || excusedIn(policy, facts, span)
    ? duties
    : [...duties, { requirement: activity, span }];
}

/** The period before, once its grace is over and while it is still spoken of. */
function closedSpan(policy: Policy, requirement: Requirement, today: Day): Span | undefined {
  if (requirement.subject !== 'cadre' || !escalated.includes(requirement.period)) return undefined;
  const here = spanOf(requirement, policy.semesters, today);
  const before = here && spanBefore(requirement, policy.semesters, here);
  return before && before.to + graceDays < today && today <= before.to + tailOf(requirement)
    ? before
    : undefined;
}

/** “2026 年第三季度”, “2026 年上半年”, “2026 年秋季学期”, “2026 年”. */
function periodName(key: string): string {
  const [year = key, part = ''] = key.split('-');
  const parts: Readonly<Record<string, string>> = {
    Q1: '第一季度',
    Q2: '第二季度',
    Q3: '第三季度',
    Q4: '第四季度',
    H1: '上半年',
    H2: '下半年',
    autumn: '秋季学期',
    spring: '春季学期',
  };
  return `${year} 年${parts[part] ?? ''}`;
}
