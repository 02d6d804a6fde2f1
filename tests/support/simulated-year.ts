/** A year of one cadre under a profile, evening by evening: what they and their unit's administrators are told. */
import {
  civilOf,
  type Day,
  dayFrom,
  dayOf,
  formatDay,
  startOfDay,
  weekdayOf,
} from '../../domain/calendar/day.ts';
import { weekOf } from '../../domain/calendar/period.ts';
import type { WorkCalendar } from '../../domain/calendar/workdays.ts';
import { policyOfOffice } from '../../domain/policy/effective.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { GroupFacts } from '../../domain/presence/facts.ts';
import { composeDigest } from '../../domain/reminders/digest.ts';
import { dueReminders, type Reminder } from '../../domain/reminders/due.ts';
import { dutyReminders } from '../../domain/reminders/duties.ts';
import { escalations, overdueAmong } from '../../domain/reminders/escalation.ts';
import { type Waiting, waitingReminders } from '../../domain/reminders/waiting.ts';
import { cadreOverdue, cadreStandings, unitOverdue, unitStandings } from '../../domain/standing/evaluate.ts';
import type { CadreFacts, RecordFact } from '../../domain/standing/facts.ts';
import { measureProgress } from '../../domain/standing/measure.ts';
import { presenceStandings } from '../../domain/standing/presence.ts';
import type { Unit } from '../../domain/units/unit.ts';

/** What the simulated cadre does in the year, and what is known of them. */
export interface SimulatedYear {
  readonly year: number;
  readonly calendar: WorkCalendar;
  readonly presence: GroupFacts;
  readonly roster: ReadonlySet<number>;
  /** As it is known on a day. */
  readonly facts: (day: Day) => CadreFacts;
  readonly unit: readonly RecordFact[];
  /** What waits for the cadre in their group on a day. */
  readonly waiting: (day: Day) => Waiting;
  /** The other cadres of the unit, of whom its administrators hear counts. */
  readonly others: (day: Day) => readonly CadreFacts[];
}

/** One evening on which something was said. */
export interface SimulatedEvening {
  readonly day: Day;
  readonly cadre: string | undefined;
  /** Of the unit whose document it is, and of one right below it. */
  readonly administrators: string | undefined;
  readonly below: string | undefined;
}

/** A unit that chose the profile, and one below it. */
const tree = (profile: string): readonly Unit[] => [
  { id: 1, name: '', parentId: undefined, profile, semesters: [] },
  { id: 2, name: '', parentId: 1, profile: undefined, semesters: [] },
];

/** Every evening of the year on which anything is said: the digests as the product would send them. */
export function simulateYear(policy: Policy, simulated: SimulatedYear): readonly SimulatedEvening[] {
  const { year, calendar, presence, roster } = simulated;
  const sent = new Set<string>();
  const evenings: SimulatedEvening[] = [];
  const since = dayFrom(year, 1, 1);
  const tell = (reminders: readonly Reminder[]) => {
    const digest = composeDigest(reminders);
    for (const key of digest?.keys ?? []) sent.add(key);
    return digest?.text.split('\n\n')[0];
  };
  for (let day = since; day <= dayFrom(year, 12, 31); day++) {
    const now = startOfDay(day) + 20 * 3_600_000;
    const facts = simulated.facts(day);
    const common = { since, mutes: [], sent, calendar };
    const group = { ...common, cadreId: 1, groupId: 1, groupName: '一班' };
    const progress = measureProgress(presence, policy, now, {
      group: '一班',
      cadre: '李老师',
      unit: '',
      roster,
      topicTitles: new Map(),
    });
    const faces = presenceStandings(policy, progress, facts).filter(
      ({ requirement }) => requirement.measure === 'face-to-face',
    );
    const own = [
      ...dueReminders(presence, policy, now, { ...group, person: 1 }),
      ...dutyReminders(policy, faces, [], now, group),
      ...waitingReminders(simulated.waiting(day), now, group),
      ...dutyReminders(policy, cadreStandings(policy, facts, day), cadreOverdue(policy, facts, day), now, {
        ...common,
        cadreId: 1,
        groupId: 0,
        groupName: '',
      }),
    ];
    const unit = { since, records: { since, all: simulated.unit }, vacations: calendar.vacations };
    const office = { ...common, administrator: true as const, records: false, groupId: 0, groupName: '' };
    const duties = (id: 1 | 2, records: readonly RecordFact[]) => {
      const own = policyOfOffice(policy, tree(policy.id), id);
      const known = { ...unit, records: { since, all: records } };
      const to = { ...office, cadreId: 1 + id };
      return dutyReminders(own, unitStandings(own, known, day), unitOverdue(own, known, day), now, to);
    };
    const cadres = [facts, ...simulated.others(day)].map((one) => ({
      policy,
      facts: one,
      activities: one === facts ? presence.activities.map(({ at }) => dayOf(at)) : [],
    }));
    const unitDue = [
      ...duties(1, simulated.unit),
      ...escalations(overdueAmong(cadres, day), cadres.length, now, { ...office, cadreId: 2 }),
    ];
    const [cadre, administrators, below] = [tell(own), tell(unitDue), tell(duties(2, []))];
    if ([cadre, administrators, below].some((said) => said !== undefined))
      evenings.push({ day, cadre, administrators, below });
  }
  return evenings;
}

/** The year as a page that a person can read. */
export function yearPage(policy: Policy, evenings: readonly SimulatedEvening[]): string {
  const lines = [
    `# ${policy.name}：模拟的一年`,
    '',
    `一位团干部一年里收到的全部提醒：${evenings.filter(({ cadre }) => cadre).length} 个晚上；单位管理员：${evenings.filter(({ administrators }) => administrators).length} 个晚上；直接下级的管理员：${evenings.filter(({ below }) => below).length} 个晚上。每周条数：${weeklyWords(evenings)}。`,
    '',
    '这一年是怎么过的：大多数工作日在群里和几位青年说话，周末不说；每六周有一周一句没说，有一周只和两位说上话；寒暑假按学期的日子算。',
  ];
  let month = 0;
  for (const { day, cadre, administrators, below } of evenings) {
    const civil = civilOf(day);
    if (civil.month !== month) lines.push('', `## ${civil.month} 月`);
    month = civil.month;
    lines.push('', `**${formatDay(day)} 周${'一二三四五六日'[weekdayOf(day) - 1]}**`);
    if (cadre !== undefined) lines.push(...cadre.split('\n').map((line) => `- ${line}`));
    if (administrators !== undefined)
      lines.push(...administrators.split('\n').map((line) => `- （管理员）${line}`));
    if (below !== undefined) lines.push(...below.split('\n').map((line) => `- （下级管理员）${line}`));
  }
  return `${lines.join('\n')}\n`;
}

/** How many messages a cadre got in each ISO week in which there were any. */
export function perWeek(evenings: readonly SimulatedEvening[]): ReadonlyMap<string, number> {
  const weeks = new Map<string, number>();
  for (const { day, cadre } of evenings)
    if (cadre !== undefined) weeks.set(weekOf(day).key, (weeks.get(weekOf(day).key) ?? 0) + 1);
  return weeks;
}

function weeklyWords(evenings: readonly SimulatedEvening[]): string {
  const counts = [...perWeek(evenings).values()];
  const many = [...new Set(counts)].sort((a, b) => a - b);
  return many.map((n) => `${n} 条的有 ${counts.filter((one) => one === n).length} 周`).join('，');
}
