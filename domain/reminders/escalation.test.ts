import { describe, expect, it } from 'vitest';
import { type Day, dayFrom, startOfDay } from '../calendar/day.ts';
import { noHolidays } from '../calendar/workdays.ts';
import { withEvidence } from '../policy/adjust.ts';
import { gqt } from '../policy/profiles/gqt.ts';
import { xinjiang } from '../policy/profiles/xinjiang.ts';
import type { CadreFacts } from '../standing/facts.ts';
import type { DutyAbout } from './duties.ts';
import {
  type CadreToEscalate,
  escalationId,
  escalations,
  isEscalationTime,
  overdueAmong,
} from './escalation.ts';

const start = dayFrom(2025, 1, 1);
const facts: CadreFacts = {
  kind: 'full_time',
  organ: false,
  manyYouths: undefined,
  exempt: undefined,
  since: start,
  records: { since: start, all: [] },
  roster: undefined,
  group: undefined,
  identityOn: undefined,
  links: undefined,
  paired: undefined,
  steps: undefined,
};
const cadre = (more: Partial<CadreFacts> = {}, activities: readonly Day[] = []): CadreToEscalate => ({
  policy: xinjiang,
  facts: { ...facts, ...more },
  activities,
});
/** The first day on which the second quarter of 2026 may be spoken of, and the last. */
const [opens, closes] = [dayFrom(2026, 7, 15), dayFrom(2026, 7, 28)];
const idsOf = (cadres: readonly CadreToEscalate[], today: Day) =>
  overdueAmong(cadres, today).map(({ requirement, span, cadres: n }) => `${requirement.id} ${span.key} ${n}`);

describe('what is overdue', () => {
  it('is spoken of from two weeks after the period until four', () => {
    expect(idsOf([cadre()], opens)).toEqual([
      'five-ones 2026-Q2 1',
      'problem-list 2026-Q2 1',
      'activity 2026-Q2 1',
    ]);
    expect(idsOf([cadre()], closes)).toHaveLength(3);
    for (const day of [opens - 1, closes + 1]) {
      expect(idsOf([cadre()], day)).toEqual([]);
      expect(isEscalationTime([xinjiang], day)).toBe(false);
    }
    expect(isEscalationTime([xinjiang], opens)).toBe(true);
    expect(isEscalationTime([], opens)).toBe(false);
  });

  it('never is of a day, a week or a month', () => {
    const found = Array.from({ length: 365 }, (_, n) =>
      overdueAmong([cadre()], dayFrom(2026, 1, 1) + n),
    ).flat();
    const periods = new Set(found.map(({ requirement }) => requirement.period));
    expect([...periods].sort()).toEqual(['quarter', 'season', 'semester', 'year']);
    expect(found.every(({ requirement }) => requirement.subject === 'cadre')).toBe(true);
  });

  it('counts cadres, each duty by itself', () => {
    const did = { kind: 'good_deed', day: dayFrom(2026, 5, 4), grade: 'stated', participants: 3 } as const;
    const busy = { records: { since: start, all: [did, did, did, did, did] } };
    const cadres = [cadre(), cadre(busy), cadre(busy, [dayFrom(2026, 6, 30)])];
    expect(idsOf(cadres, opens)).toEqual([
      'five-ones 2026-Q2 1',
      'problem-list 2026-Q2 3',
      'activity 2026-Q2 2',
    ]);
    // Records that are only stated count for nothing where the unit asks for more.
    const strict = cadres.map((one) => ({ ...one, policy: withEvidence(xinjiang, 'documented') }));
    expect(idsOf(strict, opens)[0]).toBe('five-ones 2026-Q2 3');
  });

  it('takes activities of the quarter alone', () => {
    const held = (day: Day) => idsOf([cadre({}, [day])], opens).some((id) => id.startsWith('activity'));
    expect(held(dayFrom(2026, 4, 1))).toBe(false);
    expect(held(dayFrom(2026, 6, 30))).toBe(false);
    expect(held(dayFrom(2026, 3, 31))).toBe(true);
    expect(held(dayFrom(2026, 7, 1))).toBe(true);
  });

  it('is nobody’s who is exempt, not bound, or came in the middle of the quarter', () => {
    expect(idsOf([cadre({ exempt: { reason: 'maternity', from: start, until: undefined } })], opens)).toEqual(
      [],
    );
    const away = (from: Day, until: Day) =>
      idsOf([cadre({ exempt: { reason: 'maternity', from, until } })], opens);
    expect(away(dayFrom(2026, 6, 1), dayFrom(2026, 6, 30))).toEqual([]);
    expect(away(start, dayFrom(2026, 3, 31))).toHaveLength(3);
    const changed = { ...cadre(), policy: { ...xinjiang, since: dayFrom(2026, 4, 2) } };
    expect(idsOf([changed], opens)).toEqual([]);
    expect(idsOf([cadre({ since: dayFrom(2026, 4, 2) })], opens)).toEqual([]);
    expect(idsOf([cadre({ since: dayFrom(2026, 4, 1) })], opens)).toHaveLength(3);
    const season = dayFrom(2026, 9, 15);
    const campaign = (kind: CadreFacts['kind']) => idsOf([{ ...cadre({ kind }), policy: gqt }], season);
    expect(campaign('seconded')).toEqual(['campaign-zzg 2026 1']);
    expect(campaign('part_time')).toEqual([]);
  });

  it('is nothing where the activity is only advised', () => {
    const requirements = xinjiang.requirements.map((one) =>
      one.id === 'activity' ? { ...one, force: 'advice' as const } : one,
    );
    const advised = { ...cadre(), policy: { ...xinjiang, requirements } };
    expect(idsOf([advised], opens).some((id) => id.startsWith('activity'))).toBe(false);
  });
});

describe('what an administrator is told', () => {
  const about: DutyAbout = {
    cadreId: 7,
    administrator: true,
    groupId: 0,
    groupName: '',
    since: start,
    mutes: [],
    sent: new Set(),
    calendar: noHolidays,
  };
  const told = (more: Partial<DutyAbout> = {}, day = opens, hour = 20) =>
    escalations(overdueAmong([cadre(), cadre()], day), 5, startOfDay(day) + hour * 3_600_000, {
      ...about,
      ...more,
    });

  it('is a count, without blame, each once for ever', () => {
    const [first, ...others] = told();
    expect(first).toMatchObject({
      key: 'reminder/five-ones/admin7/cadres/2026-Q2/escalation',
      stage: 'escalation',
      groupId: 0,
      action: { command: '/本单位' },
      expiresAt: startOfDay(opens) + 22 * 3_600_000,
    });
    expect(first?.line).toBe(
      '“每季度‘五个一’”上一期（2026 年第二季度）到期没有记到的团干部有 2 位，共 5 位。可能是做了没记，可以问问有什么难处；不通报、不排名。',
    );
    expect(others).toHaveLength(2);
    expect(told({ sent: new Set([first?.key ?? '']) })).toEqual(others);
    expect(new Set(told().map(({ key }) => key))).toEqual(new Set(told({}, opens + 3).map(({ key }) => key)));
  });

  it('comes in the evening of a working day that is not quiet', () => {
    for (const hour of [8, 19, 22, 23]) expect(told({}, opens, hour)).toEqual([]);
    expect(told({}, opens, 21)).toHaveLength(3);
    const calendar = (more: object) => ({ calendar: { ...noHolidays, ...more } });
    expect(told(calendar({ holidays: new Set([opens]) }))).toEqual([]);
    expect(told(calendar({ vacations: [{ from: opens, to: opens }] }))).toEqual([]);
    // 18 July 2026 is a Saturday.
    expect(told(calendar({ years: new Set([2026]) }), dayFrom(2026, 7, 18))).toEqual([]);
    expect(told(calendar({ years: new Set([2026]) }), dayFrom(2026, 7, 17))).toHaveLength(3);
  });

  it('is nothing that came up before they were one, and nothing when muted', () => {
    expect(told({ since: opens })).toHaveLength(3);
    expect(told({ since: opens + 1 }, opens + 2)).toEqual([]);
    expect(told({ mutes: [{ requirement: escalationId, until: undefined }] })).toEqual([]);
    expect(told({ mutes: [{ requirement: '*', until: undefined }] })).toEqual([]);
    expect(told({ mutes: [{ requirement: 'visit', until: undefined }] })).toHaveLength(3);
  });
});
