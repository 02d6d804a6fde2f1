import { describe, expect, it } from 'vitest';
import { type Day, dayFrom, startOfDay } from '../calendar/day.ts';
import { noHolidays, type WorkCalendar } from '../calendar/workdays.ts';
import { type Adjustment, adjustPolicy } from '../policy/adjust.ts';
import type { Policy } from '../policy/policy.ts';
import { chuzhou } from '../policy/profiles/chuzhou.ts';
import { gqt } from '../policy/profiles/gqt.ts';
import { meizhou } from '../policy/profiles/meizhou.ts';
import { xinjiang } from '../policy/profiles/xinjiang.ts';
import type { RecordKind } from '../policy/records.ts';
import { cadreOverdue, cadreStandings, unitOverdue, unitStandings } from '../standing/evaluate.ts';
import type { CadreFacts } from '../standing/facts.ts';
import { composeDigest } from './digest.ts';
import type { Reminder } from './due.ts';
import { type DutyAbout, dutyReminders } from './duties.ts';

const start = dayFrom(2026, 1, 1);
const cadre: CadreFacts = {
  kind: 'full_time',
  organ: false,
  manyYouths: true,
  exempt: undefined,
  since: start,
  records: { since: start, all: [] },
  roster: { count: 60, grade: 'verified' },
  group: { count: 60, grade: 'verified', owner: true },
  identityOn: undefined,
  links: { branch: [], club: [] },
  paired: { count: 2, grade: 'stated' },
  steps: undefined,
};
const about: DutyAbout = {
  cadreId: 7,
  groupId: 0,
  groupName: '',
  since: start,
  mutes: [],
  sent: new Set(),
  calendar: noHolidays,
};
const evening = (day: Day, hour = 20) => startOfDay(day) + hour * 3_600_000;

function due(
  policy: Policy,
  day: Day,
  more: { facts?: Partial<CadreFacts>; to?: Partial<DutyAbout>; hour?: number } = {},
) {
  const facts = { ...cadre, ...more.facts };
  return dutyReminders(
    policy,
    [...cadreStandings(policy, facts, day), ...unitStandings(policy, facts, day)],
    [...cadreOverdue(policy, facts, day), ...unitOverdue(policy, facts, day)],
    evening(day, more.hour),
    { ...about, ...more.to },
  );
}
const named = (...args: Parameters<typeof due>) =>
  due(...args).map(({ requirement, stage }) => `${requirement} ${stage}`);

describe('duties', () => {
  it('come up at the stages of their own period', () => {
    expect(named(xinjiang, dayFrom(2026, 3, 3))).toContain('problem-list 4w');
    expect(named(xinjiang, dayFrom(2026, 3, 2))).not.toContain('problem-list 4w');
    expect(named(xinjiang, dayFrom(2026, 10, 8))).toContain('lecture 12w');
    expect(named(xinjiang, dayFrom(2026, 12, 24))).toContain('lecture 1w');
    expect(named(chuzhou, dayFrom(2026, 6, 17))).toContain('unit-report late');
    expect(named(chuzhou, dayFrom(2026, 7, 3))).toContain('five-ones overdue');
    expect(named(xinjiang, dayFrom(2026, 5, 12))).toEqual([
      'roster-100 standing',
      'identity standing',
      'pairing standing',
    ]);
  });

  it('say what is left, until when, and lead somewhere', () => {
    const heartTalk = {
      since: start,
      all: [{ kind: 'heart_talk' as RecordKind, day: start, grade: 'stated' as const, participants: 1 }],
    };
    const [found] = due(xinjiang, dayFrom(2026, 12, 24), { facts: { records: heartTalk } }).filter(
      ({ requirement }) => requirement === 'heart-talk',
    );
    expect(found?.line).toBe('“每年3次谈心谈话”已有 1 次，还差 2 次，还有 7 天。');
    expect(found?.action.command).toBe('/记 填写 谈心谈话');
    expect(due(xinjiang, dayFrom(2026, 4, 15))[1]?.action.command).toBe('/亮身份');
  });

  it('are not said twice, at night, when muted, exempt, not known, or from before one came', () => {
    const day = dayFrom(2026, 12, 24);
    const keys = new Set(due(xinjiang, day).map(({ key }) => key));
    expect(keys.size).toBeGreaterThan(5);
    expect(due(xinjiang, day, { to: { sent: keys } })).toEqual([]);
    expect(due(xinjiang, day, { hour: 22 })).toEqual([]);
    expect(due(xinjiang, day, { to: { mutes: [{ requirement: '*', until: undefined }] } })).toEqual([]);
    expect(
      named(xinjiang, day, { to: { mutes: [{ requirement: 'lecture', until: undefined }] } }),
    ).not.toContain('lecture 1w');
    const unknown = {
      records: undefined,
      links: undefined,
      paired: undefined,
      roster: undefined,
      group: undefined,
    };
    // Of what nothing is kept it is said once a period that its time has come, and that nobody can tell.
    const untracked = due(xinjiang, day, { facts: unknown }).filter(({ stage }) => stage === 'untracked');
    expect(untracked.every(({ line }) => line.includes('联青还不记'))).toBe(true);
    expect(
      named(xinjiang, day, { facts: unknown }).filter(
        (one) => !one.startsWith('identity') && !one.endsWith('untracked'),
      ),
    ).toEqual([]);
    expect(due(xinjiang, day, { to: { since: day + 1 } })).toEqual([]);
    const exempt = { reason: 'maternity' as const, from: start, until: undefined };
    expect(
      due(xinjiang, day, { facts: { exempt } }).filter(({ requirement }) => requirement !== 'visit'),
    ).toEqual([]);
  });

  it('of a quarter and longer come on working days, and nothing on holidays and in vacations', () => {
    const calendar: WorkCalendar = {
      years: new Set([2026]),
      holidays: new Set([dayFrom(2026, 12, 24)]),
      workdays: new Set([dayFrom(2026, 12, 27)]),
      vacations: [{ from: dayFrom(2026, 12, 28), to: dayFrom(2026, 12, 29) }],
    };
    const on = (date: number) => named(xinjiang, dayFrom(2026, 12, date), { to: { calendar } }).length;
    expect(on(23)).toBeGreaterThan(0);
    expect(on(24)).toBe(0);
    expect(on(25)).toBeGreaterThan(0);
    // Saturday: of a cadre's only what has a month, of a unit's nothing; Sunday is worked.
    expect(on(26)).toBe(0);
    expect(named(chuzhou, dayFrom(2026, 12, 26), { to: { calendar } })).toEqual(['monthly-3 20th']);
    expect(on(27)).toBeGreaterThan(1);
    expect(on(28)).toBe(0);
    expect(on(30)).toBeGreaterThan(0);
  });
});

describe('a unit’s duties', () => {
  const of = (requirement: string, day: Day, to: Partial<DutyAbout> = {}) =>
    due(chuzhou, day, { to }).filter((one) => one.requirement === requirement);

  it('what opens the quarter is asked for on its first day and two weeks later, and no more', () => {
    const days = Array.from({ length: 120 }, (_, n) => dayFrom(2026, 4, 1) + n);
    const sent = new Set<string>();
    const said = days.flatMap((day) => {
      const found = of('set-five-ones', day, { sent });
      for (const { key } of found) sent.add(key);
      return found.map(({ stage, line }) => [day - dayFrom(2026, 4, 1), stage, line]);
    });
    const line = '“公布本季度‘五个一’内容”还没有记到，最好在这一期开头就办。';
    expect(said).toEqual([
      [0, 'first', line],
      [14, 'opening', line],
      [91, 'first', line],
      [105, 'opening', line],
    ]);
  });

  it('lead to the record where the administrator can make it, else say who can', () => {
    const day = dayFrom(2026, 6, 23);
    expect(of('bulletin', day, { records: true })[0]).toMatchObject({
      line: '“季度通报”还没有记到，还有 7 天。',
      action: { command: '/记 填写 工作通报' },
    });
    const [others] = of('bulletin', day, { records: false });
    expect(others).toMatchObject({
      line: '“季度通报”还没有记到，还有 7 天。',
      action: { label: '看季度通报要求', command: '/制度 原文 chuzhou/6.1' },
    });
    const saidBy = (...reminders: Reminder[]) =>
      composeDigest(reminders)?.text.match(/请本级一位团干部发 \/记 记上/gu)?.length;
    expect(saidBy(others!, { ...others!, key: 'another', line: '…' })).toBe(1);
    expect(saidBy(...of('bulletin', day, { records: true }))).toBeUndefined();
  });
});

it('the five kinds that the unit has set for the quarter stand beside the reminder', () => {
  const change: Adjustment = { requirement: 'five-ones', quarter: '2026-Q2', evidence: ['visit', 'sharing'] };
  const policy = adjustPolicy(chuzhou, [change]);
  if (policy.kind === 'refused') throw new Error('it was refused');
  const [line, later] = [dayFrom(2026, 6, 23), dayFrom(2026, 9, 23)].map(
    (day) => due(policy.policy, day).find(({ requirement }) => requirement === 'five-ones')?.line,
  );
  expect(line).toBe('“每季度‘五个一’”还没有记到，还有 7 天。（这个季度算：走访、分享交流。）');
  expect(later).toBe('“每季度‘五个一’”还没有记到，还有 7 天。');
  const over = due(policy.policy, dayFrom(2026, 7, 2)).find(({ requirement }) => requirement === 'five-ones');
  expect(over?.line).toMatch(/^“每季度‘五个一’”上一期没有记到。.*（上个季度算：走访、分享交流。）$/u);
});

it('says of a link how often the unit asks for it', () => {
  const change: Adjustment = { requirement: 'link-club', period: 'year' };
  const policy = adjustPolicy(xinjiang, [change]);
  if (policy.kind === 'refused') throw new Error('it was refused');
  const lines = due(policy.policy, dayFrom(2026, 12, 24)).map(({ line }) => line);
  expect(lines).toContain('“经常联系一个社团”今年还没有记到联系，还有 7 天。');
});

describe('the digest', () => {
  const many = due(xinjiang, dayFrom(2026, 12, 24));

  it('stays short, the most pressing first; the rest comes later, and keeps its keys until then', () => {
    const digest = composeDigest(many)!;
    const [body = ''] = digest.text.split('\n\n');
    expect(body.match(/^\d\. /gm)?.length).toBeLessThanOrEqual(6);
    // What is said of several is said once.
    expect(body.match(/还没有记到，还有 7 天/g)).toHaveLength(1);
    expect(body).toMatch(/”、“.*还没有记到，还有 7 天/);
    expect(new Set(digest.keys).size).toBe(digest.keys.length);
    const apart = many.map((one, n) => ({ ...one, line: `${one.line}${n}` }));
    const cut = composeDigest(apart)!;
    expect(cut.keys).toHaveLength(6);
    expect(cut.text).toContain(`另有 ${many.length - 6} 件不急`);
    const urgency = new Map(many.map((one) => [one.key, one.urgency]));
    const told = digest.keys.map((key) => urgency.get(key)!);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(digest.text).not.toMatch(/必须|未完成|扣分|不合格|落后|【/);
  });

  it('says when a year’s holidays are not known', () => {
    expect(composeDigest(many, { unknownYear: 2027 })?.text).toContain('2027 年的放假安排还没有告诉我');
    expect(composeDigest([], { unknownYear: 2027 })).toBeUndefined();
  });
});

it('something weekly is spoken of twice in five weeks where it binds, and once where it is advice', () => {
  const organ = { organ: true };
  const thursdays = Array.from({ length: 10 }, (_, n) => dayFrom(2026, 3, 5) + 7 * n);
  const told = (policy: Policy) => {
    const sent = new Set<string>();
    return thursdays.flatMap((day, n) => {
      const found = due(policy, day, { facts: organ, to: { sent } }).filter(
        ({ requirement }) => requirement === 'grassroots-day',
      );
      for (const { key } of found) sent.add(key);
      return found.map(() => n);
    });
  };
  expect(told(meizhou)).toEqual([0, 1, 5, 6]);
  expect(told(gqt)).toEqual([0, 5]);
});
