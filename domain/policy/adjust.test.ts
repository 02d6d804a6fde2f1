import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayFrom } from '../calendar/day.ts';
import { type Adjustment, adjustPolicy, kindsCounted, raisedLines, withEvidence } from './adjust.ts';
import type { Policy, Requirement } from './policy.ts';
import { chuzhou } from './profiles/chuzhou.ts';
import { gqt } from './profiles/gqt.ts';
import { profiles } from './profiles/profiles.ts';
import { xinjiang } from './profiles/xinjiang.ts';

const change = (policy: Policy, ...adjustments: Adjustment[]) => adjustPolicy(policy, adjustments);
const refusal = (policy: Policy, adjustment: Adjustment) => {
  const result = change(policy, adjustment);
  if (result.kind !== 'refused') throw new Error('it was let through');
  return result.faults.map(({ say }) => say).join('\n');
};
const adjusted = (policy: Policy, ...adjustments: Adjustment[]) => {
  const result = change(policy, ...adjustments);
  if (result.kind !== 'adjusted') throw new Error(result.faults.map(({ say }) => say).join('\n'));
  return result.policy;
};
const find = (policy: Policy, id: string): Requirement =>
  policy.requirements.find((one) => one.id === id) ?? (undefined as never);

describe('what the documents leave open', () => {
  it('a unit sets: how many youths make an interaction, and how many a part-time cadre keeps', () => {
    const policy = adjusted(adjusted(xinjiang, { requirement: 'interaction', threshold: { youths: 5 } }));
    expect(find(policy, 'interaction').threshold).toEqual({ youths: 5 });
    expect(raisedLines(policy)).toEqual([]);
    expect(
      find(adjusted(gqt, { requirement: 'roster-unit', threshold: { youths: 30 } }), 'roster-unit'),
    ).toMatchObject({ threshold: { youths: 30 } });
  });

  it('the five kinds of a quarter, which count in that quarter only', () => {
    const policy = adjusted(chuzhou, {
      requirement: 'five-ones',
      quarter: '2026-Q4',
      evidence: ['visit', 'sharing', 'league_lecture', 'volunteering', 'heart_talk'],
    });
    const fiveOnes = find(policy, 'five-ones') as Extract<Requirement, { measure: 'records' }>;
    expect(kindsCounted(fiveOnes, dayFrom(2026, 11, 3)).names).toBe(
      '走访、分享交流、讲团课、志愿服务、谈心谈话',
    );
    expect(kindsCounted(fiveOnes, dayFrom(2027, 1, 3)).kinds).toEqual(fiveOnes.evidence);
    expect(refusal(gqt, { requirement: 'lecture', evidence: ['visit'] })).toContain('算哪些工作是文件定的');
  });

  it('semesters, the days around 五四, and what counts as shown', () => {
    expect(withEvidence(xinjiang, 'documented').grades).toHaveLength(2);
    const season = { from: '05-01', to: '05-07' };
    expect(find(adjusted(chuzhou, { requirement: 'open-day-may', season }), 'open-day-may').season).toEqual(
      season,
    );
    expect(refusal(chuzhou, { requirement: 'stories', season })).toContain('时间是文件定的');
  });

  it('what two documents give different months for, and what the provinces settle (问答 12, 16)', () => {
    const season = { from: '08-01', to: '09-30' };
    expect(find(adjusted(xinjiang, { requirement: 'campaign-zzg', season }), 'campaign-zzg').season).toEqual(
      season,
    );
    for (const policy of profiles) {
      const evidence = ['visit', 'volunteering'] as const;
      const set = adjusted(policy, { requirement: 'five-ones', quarter: '2026-Q4', evidence: [...evidence] });
      const fiveOnes = find(set, 'five-ones') as Extract<Requirement, { measure: 'records' }>;
      expect(kindsCounted(fiveOnes, dayFrom(2026, 12, 1)).kinds).toEqual(evidence);
    }
  });

  it('how often, where they say 定期 or 经常; a level sets it once, and nobody moves a written period', () => {
    const policy = adjusted(gqt, { requirement: 'problem-list', period: 'half-year' });
    expect(find(policy, 'problem-list').period).toBe('half-year');
    expect(raisedLines(policy)).toEqual([]);
    const linked = adjusted(xinjiang, { requirement: 'link-club', period: 'year' });
    expect(find(linked, 'link-club').period).toBe('year');
    expect(refusal(linked, { requirement: 'link-club', period: 'month' })).toContain('多久一次是文件定的');
    expect(refusal(xinjiang, { requirement: 'problem-list', period: 'month' })).toContain('按季度整理报送');
    expect(refusal(gqt, { requirement: 'voice', period: 'month' })).toContain('多久一次');
  });
});

describe('层层加码', () => {
  it('is refused, naming the article of the requirement and of the prohibition', () => {
    const said = refusal(xinjiang, { requirement: 'heart-talk', threshold: { atLeast: 6 } });
    expect(said).toContain('3→6');
    expect(said).toContain('新疆应用职业技术学院团干部直接联系青年制度实施方案》四、工作内容 3.促活跃');
    expect(said).toContain('七、相关要求 4.统筹协调：“对于团干部联系青年的数量、开展活动的频次不能层层加码”');
    expect(said).toContain('请写明理由');
  });

  it('making advice a duty is one', () => {
    expect(refusal(gqt, { requirement: 'voice', force: 'binding' })).toContain('建议→必须');
  });

  it('with a reason stands, and the reason is for every cadre to see', () => {
    const policy = adjusted(xinjiang, {
      requirement: 'heart-talk',
      threshold: { atLeast: 4 },
      reason: '本学期新生多，学院党委要求',
    });
    expect(raisedLines(policy)).toEqual([
      '“每年4次谈心谈话”比上一级要求得多（3→4），理由：本学期新生多，学院党委要求',
    ]);
  });

  it.each([
    ['lecture', xinjiang, { atLeast: 3 }, '每年给团支部上3次团课'],
    ['pairing', xinjiang, { atLeast: 4 }, '结对帮扶4–5名困难青年'],
    ['pairing', xinjiang, { atMost: 6 }, '结对帮扶3–6名困难青年'],
    ['roster-100', xinjiang, { youths: 120 }, '直接联系青年120名'],
    ['monthly-3', chuzhou, { atLeast: 4 }, '每月不少于4次活动'],
  ] as const)('%s is called by the number that holds', (requirement, policy, threshold, name) => {
    const more = adjusted(policy, { requirement, threshold, reason: '质量年' });
    expect(find(more, requirement).name).toBe(name);
    for (const other of more.requirements)
      if (other.id !== requirement) expect(other.name).toBe(find(policy, other.id).name);
  });

  it('a unit below may not ask for more, nor for less, than the unit above has set', () => {
    const school = adjusted(xinjiang, { requirement: 'interaction', threshold: { youths: 4 } });
    expect(refusal(school, { requirement: 'interaction', threshold: { youths: 6 } })).toContain('层层加码');
    expect(refusal(school, { requirement: 'interaction', threshold: { youths: 3 } })).toContain('不能改少');
  });

  it('nor move the days or the kinds that it has set for good; a quarter’s kinds alone settle nothing', () => {
    const season = { from: '05-01', to: '05-07' };
    const set = adjusted(chuzhou, { requirement: 'open-day-may', season });
    expect(refusal(set, { requirement: 'open-day-may', season: { from: '04-01', to: '05-07' } })).toContain(
      '时间是文件定的',
    );
    const evidence = ['visit', 'sharing'] as const;
    const kinds: Adjustment = { requirement: 'five-ones', evidence: [...evidence] };
    expect(refusal(adjusted(chuzhou, kinds), kinds)).toContain('算哪些工作是文件定的');
    const quarterly = { ...kinds, quarter: '2026-Q4' };
    const twice = adjusted(adjusted(chuzhou, quarterly), { ...quarterly, quarter: '2027-Q1' });
    expect(find(twice, 'five-ones').open).toContain('evidence');
  });

  it('nor is anything that a document fixes made less', () => {
    expect(refusal(xinjiang, { requirement: 'roster-100', threshold: { youths: 50 } })).toContain('不能改少');
    expect(refusal(xinjiang, { requirement: 'voice', force: 'advice' })).toContain('必须→建议');
  });

  it('what makes no sense is refused in plain words, and changes nothing', () => {
    expect(refusal(xinjiang, { requirement: 'x' })).toContain('没有“x”这一项');
    expect(refusal(xinjiang, { requirement: 'voice', threshold: { youths: 5 } })).toContain(
      '没有“youths”这个数',
    );
    expect(refusal(xinjiang, { requirement: 'interaction', threshold: { youths: -1 } })).toContain('正整数');
    expect(
      change(xinjiang, { requirement: 'interaction', threshold: { youths: 5 } }, { requirement: 'x' }).kind,
    ).toBe('refused');
  });

  it('no fixed number rises without a reason, in any profile', () => {
    const all = profiles.flatMap((policy) =>
      policy.requirements.map((requirement) => ({ policy, requirement })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.integer({ min: 1, max: 50 }), ({ policy, requirement }, by) => {
        for (const [name, value] of Object.entries(requirement.threshold)) {
          const result = change(policy, {
            requirement: requirement.id,
            threshold: { [name]: (value ?? 0) + by },
          });
          if (!requirement.open?.includes(name)) expect(result.kind).toBe('refused');
        }
      }),
    );
  });
});
