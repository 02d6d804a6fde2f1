/** Walks each row of the scheme to the profile entry, the evaluation and the reminder that serve it. */
import { describe, expect, it, test } from 'vitest';
import { type Day, dayFrom, startOfDay } from '../calendar/day.ts';
import { noHolidays } from '../calendar/workdays.ts';
import { dueReminders } from '../reminders/due.ts';
import { dutyReminders } from '../reminders/duties.ts';
import { cadreOverdue, cadreStandings, unitOverdue, unitStandings } from '../standing/evaluate.ts';
import type { CadreFacts } from '../standing/facts.ts';
import { measureProgress } from '../standing/measure.ts';
import { presenceStandings } from '../standing/presence.ts';
import type { Standing } from '../standing/standing.ts';
import { clauseOf } from './documents/documents.ts';
import type { Policy, Requirement } from './policy.ts';
import { profiles } from './profiles/profiles.ts';
import { type SchemeRow, schemeRows } from './scheme.ts';

/** Rows that are no requirement with a period: what serves them, or the later work that will. */
const served: Readonly<Record<string, string>> = {
  fields: '以后：青年名册',
  age: '以后：青年名册',
  local: '以后：青年名册',
  'civil-servants': '以后：青年名册',
  breadth: '以后：青年名册',
  'no-duplicates': '以后：青年名册',
  privacy: 'docs/privacy.md；bot/dialogue/place.ts（rolesOf）',
  import: '以后：青年名册',
  'no-fabrication': 'domain/standing/evaluate.ts（三级佐证，grades）；domain/presence/substantive.ts',
  'no-forcing': '青年从不被提醒：domain/reminders 只对团干部',
  'no-piling-on': 'domain/policy/adjust.ts',
  'quality-over-quantity': '没有排名；超过门槛不多算',
  'lawful-help': '/制度 查问答 61、64；问题清单的答复',
  accounts: 'bot/dialogue/place.ts（rolesOf）；管理员在以后',
  'keep-youths': '以后：青年名册',
  log: 'issue 5：/记（domain/deeds）',
  publish: '/活动 发布',
  reflection: 'issue 5：/记（domain/deeds）',
  photos: 'issue 5：/记（domain/deeds）',
  points: '以后：积分与通报',
  tree: 'issue 5：lianqing 命令；转岗交接以后',
  statistics: '以后：通报',
  'youth-side': '/诉求、/心愿、/建议、/问、/问卷（评价团干部）、/推送',
  'good-practice': '以后：基层好做法',
  exempt: 'domain/standing/evaluate.ts（barring）',
  handover: '以后：转岗交接',
  replace: '以后：青年名册',
};

/** What is never reminded of, and why. */
const unreminded: Readonly<Record<string, string>> = {
  'roster-unit': '单位还没有定人数之前无从提醒；定了就和 roster-10 一样',
  'ten-ones': '参考路径，不是义务',
};

const documentsOf: Readonly<Record<string, readonly string[]>> = {
  gqt: ['gqt-notice', 'gqt-steps', 'gqt-september', 'gqt-qa'],
  xinjiang: ['xinjiang'],
  chuzhou: ['chuzhou'],
  meizhou: ['meizhou'],
};

const start = dayFrom(2025, 1, 1);
const facts = (requirement: Requirement): CadreFacts => ({
  kind: requirement.binds.kinds[0],
  organ: true,
  manyYouths: requirement.binds.manyYouths ?? true,
  exempt: undefined,
  since: start,
  records: { since: start, all: [] },
  roster: { count: 3, grade: 'verified' },
  group: { count: 3, grade: 'verified', owner: true },
  identityOn: undefined,
  links: { branch: [], club: [] },
  paired: { count: 0, grade: 'stated' },
  steps: { verified: 0, documented: 0, stated: 0 },
});
const silent = {
  bindings: [{ at: startOfDay(start), eventId: 'b', cadre: 1 }],
  bots: new Set<number>(),
  presence: new Map(),
  addresses: new Map(),
  listening: 'all' as const,
  topics: [],
  activities: [],
};

function standingOf(policy: Policy, requirement: Requirement, today: Day): Standing[] {
  const known = facts(requirement);
  const progress = measureProgress(silent, policy, startOfDay(today) + 20 * 3_600_000, {
    group: '',
    cadre: '',
    unit: '',
    roster: new Set([11, 12]),
    topicTitles: new Map(),
  });
  return [
    ...cadreStandings(policy, known, today),
    ...presenceStandings(policy, progress, known),
    ...unitStandings(policy, known, today),
  ].filter((standing) => standing.requirement.id === requirement.id);
}

/** 10 July, or a day of its season. */
function dayInside({ season }: Requirement): Day {
  const [month = 7, date = 10] = season ? season.from.split('-').map(Number) : [];
  return dayFrom(2026, month, date);
}

/** On how many days of a year somebody who has done nothing is reminded of a requirement. */
function remindedOf(policy: Policy, requirement: Requirement): number {
  const about = { cadreId: 1, groupId: 0, groupName: '', since: start, mutes: [], calendar: noHolidays };
  const sent = new Set<string>();
  let days = 0;
  for (let day = dayFrom(2026, 1, 1); day <= dayFrom(2026, 12, 31); day++) {
    const now = startOfDay(day) + 20 * 3_600_000;
    const known = facts(requirement);
    const found = [
      ...dueReminders(silent, policy, now, { ...about, person: 1, groupId: 1, sent }),
      ...dutyReminders(
        policy,
        standingOf(policy, requirement, day).filter(
          ({ requirement: { measure } }) => !['voice', 'interaction', 'topic', 'activity'].includes(measure),
        ),
        [...cadreOverdue(policy, known, day), ...unitOverdue(policy, known, day)],
        now,
        { ...about, sent },
      ),
    ].filter((reminder) => reminder.requirement === requirement.id);
    for (const { key } of found) sent.add(key);
    if (found.length > 0) days++;
  }
  return days;
}

const requirements = schemeRows.filter(({ table }) => table === 'cadre' || table === 'unit');

describe.each(requirements.map((row) => [row.id, row] as const))('%s', (_, row: SchemeRow) => {
  const asking = profiles.filter(({ id }) =>
    row.clauses.some((clause) => documentsOf[id]?.includes(clause.split('/')[0] ?? '')),
  );

  it('stands in its documents', () => {
    expect(row.clauses.length).toBeGreaterThan(0);
    for (const clause of row.clauses) expect(clauseOf(clause), clause).toBeDefined();
  });

  it('has an entry in the profile of each document that it stands in', () => {
    expect(asking.length).toBeGreaterThan(0);
    for (const policy of asking)
      expect(
        policy.requirements.filter(({ id, subject }) => id === row.id && subject === row.table),
        `${policy.name} ${row.id}`,
      ).toHaveLength(1);
  });

  it('is evaluated, and reminded of through a year in which nothing is done', () => {
    for (const policy of asking) {
      const requirement = policy.requirements.find(({ id }) => id === row.id)!;
      const [standing, ...more] = standingOf(policy, requirement, dayInside(requirement));
      expect(more).toEqual([]);
      expect(['underway', 'due_soon', 'missed', 'unknown', 'met']).toContain(standing?.status);
      if (row.id in unreminded) continue;
      expect(remindedOf(policy, requirement), `${policy.name} ${row.id}`).toBeGreaterThan(0);
    }
  });
});

test('every entry of every profile is a row of the scheme', () => {
  const own = ['open-day-may'];
  for (const policy of profiles)
    for (const { id } of policy.requirements)
      expect(own.includes(id) || requirements.some((row) => row.id === id), `${policy.name} ${id}`).toBe(
        true,
      );
});

test('every other row says what serves it, and nothing else does', () => {
  const others = schemeRows.filter(({ table }) => table !== 'cadre' && table !== 'unit').map(({ id }) => id);
  expect(Object.keys(served).sort()).toEqual(others.sort());
});
