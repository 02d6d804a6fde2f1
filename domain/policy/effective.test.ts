import { describe, expect, it } from 'vitest';
import { dayFrom } from '../calendar/day.ts';
import type { Unit } from '../units/unit.ts';
import type { Adjustment } from './adjust.ts';
import { effectivePolicy, policyOfOffice, profileNamed } from './effective.ts';
import type { Policy } from './policy.ts';
import { chuzhou } from './profiles/chuzhou.ts';
import { defaultProfile, profiles } from './profiles/profiles.ts';
import { xinjiang } from './profiles/xinjiang.ts';

const unit = (id: number, parentId?: number, more: Partial<Unit> = {}): Unit => ({
  id,
  name: `unit ${id}`,
  parentId,
  profile: undefined,
  semesters: [],
  ...more,
});
const youths = (count: number, reason?: string): Adjustment => ({
  requirement: 'interaction',
  threshold: { youths: count },
  ...(reason === undefined ? {} : { reason }),
});
const lecture = (atLeast: number, reason?: string): Adjustment => ({
  requirement: 'lecture',
  threshold: { atLeast },
  ...(reason === undefined ? {} : { reason }),
});
const adjusting = (...levels: [unitId: number, ...adjustments: Adjustment[]][]) =>
  new Map(levels.map(([unitId, ...adjustments]) => [unitId, adjustments]));
const thresholdOf = ({ requirements }: Policy, id: string) =>
  requirements.find((requirement) => requirement.id === id)?.threshold;

/** 1 above 2 above 3; 4 beside 3. */
const tree = (...more: Partial<Unit>[]) =>
  [undefined, 1, 2, 2].map((parentId, n) => unit(n + 1, parentId, more[n]));

describe('the profile', () => {
  it('is the default one, the unit’s own, or that of the nearest above that chose', () => {
    expect(effectivePolicy(tree(), new Map(), 3)).toEqual({ policy: defaultProfile, void: [] });
    const chosen = tree({ profile: 'chuzhou' }, {}, { profile: 'meizhou' });
    expect(effectivePolicy(chosen, new Map(), 2).policy).toBe(chuzhou);
    expect(effectivePolicy(chosen, new Map(), 3).policy.id).toBe('meizhou');
    expect(effectivePolicy(chosen, new Map(), 4).policy).toBe(chuzhou);
  });

  it('is the default one for a stored name that no profile has any more', () => {
    expect(effectivePolicy(tree({ profile: 'gone' }), new Map(), 3).policy).toBe(defaultProfile);
    expect(profileNamed('gone')).toBeUndefined();
    for (const profile of profiles) expect(profileNamed(profile.id)).toBe(profile);
  });
});

describe('adjustments', () => {
  it('hold for the unit and those below, level by level, and not above or beside', () => {
    const made = adjusting([1, lecture(3, '团课年')], [3, youths(2)]);
    expect(thresholdOf(effectivePolicy(tree(), made, 3).policy, 'lecture')).toEqual({ atLeast: 3 });
    expect(thresholdOf(effectivePolicy(tree(), made, 3).policy, 'interaction')).toEqual({ youths: 2 });
    for (const id of [1, 2, 4])
      expect(thresholdOf(effectivePolicy(tree(), made, id).policy, 'interaction')).toEqual({ youths: 3 });
    expect(thresholdOf(effectivePolicy(tree(), made, 4).policy, 'lecture')).toEqual({ atLeast: 3 });
  });

  it('of a level above that goes by another profile are not its own', () => {
    const units = tree({ profile: 'xinjiang' }, { profile: 'chuzhou' });
    const made = adjusting([1, lecture(9, '只在上面')], [2, lecture(2, '只在这里')]);
    expect(thresholdOf(effectivePolicy(units, made, 3).policy, 'lecture')).toEqual({ atLeast: 2 });
    expect(thresholdOf(effectivePolicy(units, made, 1).policy, 'lecture')).toEqual({ atLeast: 9 });
  });

  it('of a level above that chose the same profile itself still hold', () => {
    const units = tree({ profile: 'chuzhou' }, { profile: 'chuzhou' });
    const made = adjusting([1, lecture(2, '团课年')]);
    expect(thresholdOf(effectivePolicy(units, made, 3).policy, 'lecture')).toEqual({ atLeast: 2 });
  });

  it('that the level above has closed since are left out and told, the sound ones beside them kept', () => {
    const made = adjusting([1, youths(4)], [2, youths(2), lecture(3, '团课年')]);
    const found = effectivePolicy(tree(), made, 3);
    expect(thresholdOf(found.policy, 'interaction')).toEqual({ youths: 4 });
    expect(thresholdOf(found.policy, 'lecture')).toEqual({ atLeast: 3 });
    expect(found.void).toMatchObject([{ unitId: 2, requirement: 'interaction' }]);
    expect(found.void[0]?.say).toContain('不能改少');
  });

  it('of a requirement that is not in the profile are told too', () => {
    const found = effectivePolicy(tree(), adjusting([2, { requirement: 'open-day', force: 'binding' }]), 3);
    expect(found.policy).toEqual(xinjiang);
    expect(found.void).toMatchObject([{ unitId: 2, requirement: 'open-day' }]);
  });
});

it('semester dates are the nearest unit’s, each', () => {
  const autumn = { key: '2026-autumn', from: dayFrom(2026, 8, 24), to: dayFrom(2027, 1, 17) };
  const spring = { key: '2027-spring', from: dayFrom(2027, 2, 28), to: dayFrom(2027, 7, 4) };
  const later = { ...autumn, from: autumn.from + 7 };
  const units = tree({ semesters: [autumn, spring] }, {}, { semesters: [later] });
  expect(effectivePolicy(units, new Map(), 4).policy.semesters.set).toEqual([autumn, spring]);
  expect(effectivePolicy(units, new Map(), 3).policy.semesters.set).toEqual([later, spring]);
  expect(effectivePolicy(tree(), new Map(), 3).policy.semesters.set).toBeUndefined();
});

it('the evidence that counts is the strictest that the unit or one above asks for', () => {
  const grades = (units: readonly Unit[], id: number) =>
    effectivePolicy(units, new Map(), id).policy.grades.join(' ');
  expect(grades(tree(), 3)).toBe('verified documented stated');
  const units = tree({ evidence: 'documented' }, { evidence: 'stated' }, { evidence: 'verified' });
  expect(grades(units, 1)).toBe('verified documented');
  expect(grades(units, 2)).toBe('verified documented');
  expect(grades(units, 3)).toBe('verified');
  expect(grades(units, 4)).toBe('verified documented');
});

describe('a unit’s own duties', () => {
  const duties = (units: readonly Unit[], id: number) =>
    policyOfOffice(effectivePolicy(units, new Map(), id).policy, units, id)
      .requirements.filter(({ subject }) => subject === 'unit')
      .map((requirement) => requirement.id);

  it('are those of its level: 校团委 leads and evaluates, 团总支 reports, 团支部 shares (滁州 §三.1, §三.3, §七)', () => {
    const school = tree({ profile: 'chuzhou' });
    expect(duties(school, 1)).toEqual([
      'open-day',
      'open-day-may',
      'sharing',
      'face-day',
      'volunteer-day',
      'collective',
      'set-five-ones',
      'bulletin',
      'evaluation',
      'service-month',
    ]);
    expect(duties(school, 2)).toEqual(['open-day', 'sharing', 'unit-report', 'stories']);
    expect(duties(school, 3)).toEqual(['sharing']);
  });

  it('学院团委 visits, the 分团委 below it does not (新疆 §四.4); 梅州 asks its counties', () => {
    expect(duties(tree(), 1)).toEqual(['visit']);
    expect(duties(tree(), 2)).toEqual([]);
    const city = tree({ profile: 'meizhou' });
    expect(duties(city, 1)).toEqual([]);
    expect(duties(city, 2)).toEqual(['open-day', 'unit-report']);
  });

  it('are all of them where a unit stands alone, and begin anew below one of another profile', () => {
    expect(duties([unit(1, undefined, { profile: 'meizhou' })], 1)).toEqual(['open-day', 'unit-report']);
    expect(duties(tree({}, { profile: 'chuzhou' }), 2)).toContain('bulletin');
    expect(duties(tree({}, { profile: 'chuzhou' }), 3)).toContain('unit-report');
  });

  it('take nothing from what is asked of cadres', () => {
    const { policy } = effectivePolicy(tree({ profile: 'chuzhou' }), new Map(), 3);
    const asked = ({ requirements }: Policy) => requirements.filter(({ subject }) => subject === 'cadre');
    expect(asked(policyOfOffice(policy, tree({ profile: 'chuzhou' }), 3))).toEqual(asked(policy));
  });
});

it('carries whether the unit has many youths, of the nearest that says, and since when it goes by its profile', () => {
  const found = (units: readonly Unit[], id: number) => effectivePolicy(units, new Map(), id).policy;
  const units = tree(
    { manyYouths: true, profileSince: 20_000 },
    {},
    { manyYouths: false, profileSince: 20_100 },
  );
  expect([1, 2, 3, 4].map((id) => found(units, id).manyYouths)).toEqual([true, true, false, true]);
  expect([1, 2, 3, 4].map((id) => found(units, id).since)).toEqual([20_000, 20_000, 20_100, 20_000]);
  // What the unit above did before this one chose for itself is nothing to it.
  const own = tree({ profileSince: 20_300 }, { profile: 'chuzhou', profileSince: 20_100 });
  expect([2, 3].map((id) => found(own, id).since)).toEqual([20_100, 20_100]);
  expect(found(tree(), 3)).not.toHaveProperty('since');
});
