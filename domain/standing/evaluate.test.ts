import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Day, dayFrom } from '../calendar/day.ts';
import type { EvidenceGrade } from '../deeds/kinds.ts';
import { withEvidence } from '../policy/adjust.ts';
import type { Policy } from '../policy/policy.ts';
import { chuzhou } from '../policy/profiles/chuzhou.ts';
import { gqt } from '../policy/profiles/gqt.ts';
import { meizhou } from '../policy/profiles/meizhou.ts';
import { profiles } from '../policy/profiles/profiles.ts';
import { xinjiang } from '../policy/profiles/xinjiang.ts';
import { type RecordKind, recordKinds } from '../policy/records.ts';
import { cadreOverdue, cadreStandings, unitOverdue, unitStandings } from './evaluate.ts';
import type { CadreFacts, RecordFact } from './facts.ts';
import { leftOf } from './standing.ts';

const start = dayFrom(2026, 1, 1);
const deed = (
  kind: RecordKind,
  day: Day,
  grade: EvidenceGrade = 'stated',
  participants?: number,
): RecordFact => ({
  kind,
  day,
  grade,
  participants,
});
const cadre: CadreFacts = {
  kind: 'full_time',
  organ: false,
  manyYouths: true,
  exempt: undefined,
  since: start,
  records: { since: start, all: [] },
  roster: { count: 60, grade: 'verified' },
  group: { count: 101, grade: 'verified', owner: true },
  identityOn: undefined,
  links: { branch: [], club: [] },
  paired: { count: 2, grade: 'stated' },
  steps: undefined,
};
const did = (...all: RecordFact[]): Partial<CadreFacts> => ({ records: { since: start, all } });
const of = (policy: Policy, id: string, facts: Partial<CadreFacts>, today: Day) =>
  cadreStandings(policy, { ...cadre, ...facts }, today).find(({ requirement }) => requirement.id === id);

type Row = [what: string, policy: Policy, id: string, facts: Partial<CadreFacts>, today: Day, found: object];
const may = (date: number) => dayFrom(2026, 5, date);
const lectures = did(deed('league_lecture', may(4)), deed('league_lecture', may(20), 'documented'));
const five = Array.from({ length: 5 }, (_, n) => deed('good_deed', may(4 + n)));
const rows: Row[] = [
  ['two lectures', xinjiang, 'lecture', lectures, may(21), { status: 'met', have: 2, need: 2 }],
  ['one of them to come', xinjiang, 'lecture', lectures, may(19), { status: 'underway', have: 1 }],
  ['one is enough elsewhere', gqt, 'lecture', lectures, may(19), { status: 'met', have: 1, need: 1 }],
  [
    'a year presses twelve weeks before',
    xinjiang,
    'lecture',
    {},
    dayFrom(2026, 10, 8),
    { status: 'due_soon' },
  ],
  ['and not a day earlier', xinjiang, 'lecture', {}, dayFrom(2026, 10, 7), { status: 'underway' }],
  [
    'records are not kept',
    xinjiang,
    'lecture',
    { records: undefined },
    may(1),
    { status: 'unknown', why: 'not_kept' },
  ],
  ['five deeds', gqt, 'five-ones', did(...five), may(20), { status: 'met', evidence: { stated: 5 } }],
  [
    'of a kind not set',
    chuzhou,
    'five-ones',
    did(deed('visit', may(4))),
    may(20),
    { status: 'underway', have: 0 },
  ],
  ['three a month', chuzhou, 'monthly-3', did(...five), may(20), { status: 'met', have: 5, need: 3 }],
  ['a month presses from the 20th', chuzhou, 'monthly-3', {}, may(20), { status: 'due_soon' }],
  [
    'last month does not count',
    chuzhou,
    'monthly-3',
    did(...five),
    dayFrom(2026, 6, 2),
    { status: 'underway', have: 0 },
  ],
  [
    '60 of 100 youths',
    xinjiang,
    'roster-100',
    {},
    may(1),
    { status: 'underway', have: 60, need: 100, span: undefined },
  ],
  [
    '100 for a part-time cadre of 新疆 too',
    xinjiang,
    'roster-100',
    { kind: 'part_time' },
    may(1),
    { need: 100 },
  ],
  ['10 elsewhere', gqt, 'roster-10', { kind: 'part_time', manyYouths: false }, may(1), { status: 'met' }],
  ['but not where there are many', gqt, 'roster-10', { kind: 'part_time' }, may(1), { why: 'not_bound' }],
  [
    'whose number is the unit’s',
    gqt,
    'roster-unit',
    { kind: 'part_time' },
    may(1),
    { status: 'unknown', why: 'not_set' },
  ],
  [
    'nobody has said which kind',
    gqt,
    'roster-100',
    { kind: undefined },
    may(1),
    { status: 'unknown', why: 'kind_unknown' },
  ],
  ['where it does not matter', xinjiang, 'roster-100', { kind: undefined }, may(1), { status: 'underway' }],
  ['of a leading organ only', gqt, 'research', {}, may(1), { status: 'not_applicable', why: 'not_bound' }],
  ['of one', gqt, 'research', { organ: true }, may(1), { status: 'underway' }],
  ['101 in a group of theirs', xinjiang, 'group-100', {}, may(1), { status: 'met' }],
  [
    'not the owner',
    xinjiang,
    'group-100',
    { group: { count: 101, grade: 'verified', owner: false } },
    may(1),
    { status: 'underway', why: 'not_owner' },
  ],
  [
    'nobody has said who owns it',
    xinjiang,
    'group-100',
    { group: { count: 101, grade: 'verified', owner: undefined } },
    may(1),
    { status: 'underway', why: 'owner_unknown' },
  ],
  [
    'too small, whoever owns it',
    xinjiang,
    'group-100',
    { group: { count: 60, grade: 'verified', owner: false } },
    may(1),
    { status: 'underway', have: 60, why: undefined },
  ],
  ['identity not shown', xinjiang, 'identity', {}, may(1), { status: 'underway', need: 1 }],
  ['identity shown', xinjiang, 'identity', { identityOn: may(1) }, may(1), { status: 'met' }],
  [
    'no contact in the semester',
    xinjiang,
    'link-club',
    { links: { club: [{ day: start, grade: 'stated' }] } },
    may(1),
    { status: 'underway', have: 0 },
  ],
  [
    'one contact',
    xinjiang,
    'link-club',
    { links: { club: [{ day: may(1), grade: 'documented' }] } },
    may(1),
    { status: 'met' },
  ],
  ['none linked', xinjiang, 'link-club', { links: {} }, may(1), { status: 'unknown', why: 'not_linked' }],
  ['links not kept', xinjiang, 'link-club', { links: undefined }, may(1), { status: 'unknown' }],
  ['two paired of three', xinjiang, 'pairing', {}, may(1), { status: 'underway', have: 2, need: 3 }],
  ['before its season', gqt, 'campaign-zzg', {}, may(1), { status: 'not_applicable', why: 'not_yet' }],
  [
    'in its season',
    gqt,
    'campaign-zzg',
    did(deed('visit', dayFrom(2026, 7, 9))),
    dayFrom(2026, 7, 9),
    { status: 'met' },
  ],
  [
    '第一学期报告',
    xinjiang,
    'semester-report',
    did(deed('semester_report', may(3))),
    may(4),
    { status: 'met', span: { key: '2026-spring' } },
  ],
];

describe('a cadre', () => {
  test.each(rows)('%s', (_, policy, id, facts, today, found) => {
    expect(of(policy, id, facts, today)).toMatchObject(found);
  });

  it('who is exempt has no duty, from the day to the day (问答 9)', () => {
    const exempt = { reason: 'maternity', from: may(1), until: may(31) } as const;
    for (const today of [may(1), may(31)])
      for (const { status, why } of cadreStandings(xinjiang, { ...cadre, exempt }, today))
        expect([status, why]).toEqual(['not_applicable', 'exempt']);
    expect(of(xinjiang, 'roster-100', { exempt }, dayFrom(2026, 6, 1))?.status).toBe('underway');
  });

  it('is still told of the semester before where the new one was set to begin later than usual', () => {
    const set = [{ key: '2026-autumn', from: dayFrom(2026, 9, 7), to: dayFrom(2027, 1, 17) }];
    const policy = { ...xinjiang, semesters: { ...xinjiang.semesters, set } };
    const [found] = cadreOverdue(policy, cadre, dayFrom(2026, 9, 10)).filter(
      ({ requirement }) => requirement.id === 'semester-report',
    );
    expect(found?.span).toMatchObject({ key: '2026-spring', to: dayFrom(2026, 8, 31) });
  });

  it('who was exempt for a part of a period, or whose unit changed its profile in it, misses nothing of it', () => {
    const july = dayFrom(2026, 7, 3);
    const missed = (policy: Policy, facts: Partial<CadreFacts>, day = july) =>
      cadreOverdue(policy, { ...cadre, ...facts }, day).map(({ requirement }) => requirement.id);
    expect(missed(xinjiang, {})).toContain('five-ones');
    const leave = { reason: 'maternity', from: may(1), until: may(31) } as const;
    expect(missed(xinjiang, { exempt: leave })).not.toContain('five-ones');
    expect(
      missed(xinjiang, { exempt: { ...leave, from: dayFrom(2026, 1, 5), until: dayFrom(2026, 3, 31) } }),
    ).toContain('five-ones');
    // Back again, the period that goes on is theirs, and can be met.
    expect(of(xinjiang, 'lecture', { exempt: leave }, july)?.status).toBe('underway');
    expect(of(xinjiang, 'lecture', { exempt: leave, ...lectures }, july)?.status).toBe('met');
    expect(missed({ ...xinjiang, since: dayFrom(2026, 4, 2) }, {})).not.toContain('five-ones');
    expect(missed({ ...xinjiang, since: dayFrom(2026, 4, 1) }, {})).toContain('five-ones');
    expect(missed({ ...xinjiang, since: dayFrom(2026, 4, 2) }, {}, dayFrom(2026, 10, 9))).toContain(
      'five-ones',
    );
  });

  it('is told how much is left', () => {
    expect(leftOf(of(xinjiang, 'heart-talk', did(deed('heart_talk', may(2))), may(3))!)).toBe(2);
  });

  it('shows every record by its grade, and counts those that the unit counts', () => {
    const strict = withEvidence(xinjiang, 'documented');
    expect(of(strict, 'lecture', lectures, may(21))).toMatchObject({
      have: 1,
      status: 'underway',
      evidence: { stated: 1, documented: 1, verified: 0, days: [may(4), may(20)] },
    });
  });
});

describe('what is over', () => {
  const overdue = (policy: Policy, facts: Partial<CadreFacts>, today: Day) =>
    cadreOverdue(policy, { ...cadre, ...facts }, today).map(
      ({ requirement, span }) => `${requirement.id} ${span?.key}`,
    );

  it('is missed where it binds, and spoken of for a while', () => {
    expect(overdue(chuzhou, {}, dayFrom(2026, 7, 3))).toEqual([
      'five-ones 2026-Q2',
      'monthly-3 2026-06',
      'problem-list 2026-Q2',
    ]);
    expect(overdue(chuzhou, {}, dayFrom(2026, 7, 28))).toEqual(['five-ones 2026-Q2', 'problem-list 2026-Q2']);
    expect(overdue(chuzhou, {}, dayFrom(2026, 7, 29))).toEqual([]);
  });

  it('is missed by nobody who came in the middle, or whose records began then', () => {
    expect(overdue(chuzhou, { since: dayFrom(2026, 6, 2) }, dayFrom(2026, 7, 3))).toEqual([]);
    expect(
      overdue(chuzhou, { records: { since: dayFrom(2026, 6, 2), all: [] } }, dayFrom(2026, 7, 3)),
    ).toEqual([]);
  });

  it('a season too', () => {
    expect(overdue(gqt, {}, dayFrom(2026, 9, 3))).toContain('campaign-zzg 2026');
    expect(overdue(gqt, {}, dayFrom(2026, 9, 29))).not.toContain('campaign-zzg 2026');
  });
});

describe('a unit', () => {
  const unit = (all: RecordFact[] = []) => ({ since: start, records: { since: start, all } });
  const standing = (policy: Policy, id: string, today: Day, ...all: RecordFact[]) =>
    unitStandings(policy, unit(all), today).find(({ requirement }) => requirement.id === id);

  it('reports two weeks before the quarter ends (滁州 §七)', () => {
    expect(standing(chuzhou, 'unit-report', dayFrom(2026, 6, 16))).toMatchObject({ status: 'due_soon' });
    expect(standing(chuzhou, 'unit-report', dayFrom(2026, 6, 17))).toMatchObject({ status: 'missed' });
    expect(
      standing(chuzhou, 'unit-report', dayFrom(2026, 6, 17), deed('unit_report', dayFrom(2026, 6, 15))),
    ).toMatchObject({ status: 'met' });
  });

  it('opens its doors to fifty (梅州 四.4); how many came must be known', () => {
    const on = (participants?: number) =>
      standing(meizhou, 'open-day', may(20), deed('open_day', may(4), 'verified', participants));
    expect(on(50)?.status).toBe('met');
    expect(on(49)).toMatchObject({ status: 'underway', have: 0 });
    const later = unitOverdue(meizhou, unit([deed('open_day', may(4))]), dayFrom(2026, 7, 3));
    expect(later.map(({ requirement }) => requirement.id)).toEqual(['unit-report']);
  });

  it('has a service month that runs over New Year, and half-years', () => {
    expect(standing(chuzhou, 'service-month', dayFrom(2027, 1, 20))?.span).toMatchObject({
      key: '2026',
      from: dayFrom(2026, 12, 15),
      to: dayFrom(2027, 2, 28),
    });
    expect(standing(chuzhou, 'evaluation', dayFrom(2026, 7, 1))?.span?.key).toBe('2026-H2');
  });
});

describe('whatever the facts', () => {
  const grade = fc.constantFrom<EvidenceGrade>('verified', 'documented', 'stated');
  const record = fc.record({
    kind: fc.constantFrom(...recordKinds),
    day: fc.integer({ min: start, max: start + 364 }),
    grade,
    participants: fc.option(fc.nat(100), { nil: undefined }),
  });
  const policies = fc.constantFrom(...profiles);
  const today = fc.integer({ min: start, max: start + 364 });

  it('order changes nothing, one more record never takes anything away, advice is never missed', () => {
    fc.assert(
      fc.property(policies, fc.array(record, { maxLength: 30 }), record, today, (policy, all, more, day) => {
        const standings = (records: RecordFact[]) => [
          ...cadreStandings(policy, { ...cadre, organ: true, ...did(...records) }, day),
          ...unitStandings(policy, { since: start, records: { since: start, all: records } }, day),
        ];
        const before = standings(all);
        const backwards = standings([...all].reverse());
        expect(backwards).toEqual(before);
        standings([...all, more]).forEach((after, index) => {
          expect(after.have).toBeGreaterThanOrEqual(before[index]!.have);
          if (before[index]!.status === 'met') expect(after.status).toBe('met');
          if (after.requirement.force === 'advice') expect(after.status).not.toBe('missed');
          if (after.status === 'missed') expect(day).toBeGreaterThan(after.span!.until);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('every requirement of every profile has a standing', () => {
    for (const policy of profiles)
      expect(
        cadreStandings(policy, cadre, may(1)).length +
          unitStandings(policy, { since: start, records: undefined }, may(1)).length +
          5,
      ).toBe(policy.requirements.length);
  });
});
