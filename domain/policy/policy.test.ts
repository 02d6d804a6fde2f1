import { describe, expect, it, test } from 'vitest';
import { cadreKindNames } from '../units/unit.ts';
import { clauseOf } from './documents/documents.ts';
import { citationText, type Policy, policySchema, requirementOf } from './policy.ts';
import { defaultProfile, profiles } from './profiles/profiles.ts';
import { xinjiang } from './profiles/xinjiang.ts';

/** 新疆 §四.2 as it stands in the document, without its line breaks. */
const passage =
  '努力实现“5 个有”，即每天有声音，每周有互动，每月有话题，每季度有线下活动，每年与所联系的多数青年有面对面交流。';
const byId = (policy: Policy, id: string) => policy.requirements.find((one) => one.id === id);

describe.each(profiles)('$name', (policy) => {
  it('is what its schema says, and cites word for word', () => {
    expect(policySchema.parse(policy)).toEqual(policy);
    for (const requirement of policy.requirements) {
      const { clause } = clauseOf(requirement.citation.clause)!;
      expect(`${clause.title}${clause.text}`).toContain(requirement.citation.quote);
      expect(citationText(requirement)).toContain(clause.article);
    }
  });

  it('gives 100 youths, 10 or the unit’s number to every kind of cadre exactly once', () => {
    for (const kind of cadreKindNames)
      for (const manyYouths of [true, false]) {
        const bound = policy.requirements.filter(
          ({ measure, binds }) =>
            measure === 'roster' &&
            binds.kinds.includes(kind) &&
            (binds.manyYouths === undefined || binds.manyYouths === manyYouths),
        );
        expect(bound, `${kind} ${manyYouths}`).toHaveLength(1);
      }
  });

  it('counts whatever no document gives as open, above all day, week and month outside 新疆', () => {
    for (const id of ['voice', 'interaction', 'topic']) {
      const requirement = byId(policy, id);
      expect(requirement?.force).toBe(policy.id === 'xinjiang' ? 'binding' : 'advice');
      expect(requirement?.open?.includes('period') ?? false).toBe(policy.id !== 'xinjiang');
    }
  });
});

it('the five “有” of 新疆 come first, each with its own words', () => {
  expect(xinjiang.requirements.slice(0, 5).map(({ id, period }) => `${id}/${period}`)).toEqual([
    'voice/day',
    'interaction/week',
    'topic/month',
    'activity/quarter',
    'face-to-face/year',
  ]);
  for (const { citation, force } of xinjiang.requirements.slice(0, 5)) {
    expect(passage).toContain(citation.quote);
    expect(force).toBe('binding');
  }
  expect(defaultProfile).toBe(xinjiang);
});

test.each<[profile: string, id: string, threshold: object, period: string]>([
  ['xinjiang', 'roster-100', { youths: 100 }, 'standing'],
  ['xinjiang', 'group-100', { members: 100 }, 'year'],
  ['xinjiang', 'org-life', { atLeast: 1 }, 'year'],
  ['xinjiang', 'lecture', { atLeast: 2 }, 'year'],
  ['xinjiang', 'theme-day', { atLeast: 2 }, 'year'],
  ['xinjiang', 'heart-talk', { atLeast: 3 }, 'year'],
  ['xinjiang', 'pairing', { atLeast: 3, atMost: 5 }, 'standing'],
  ['gqt', 'lecture', { atLeast: 1 }, 'year'],
  ['gqt', 'five-ones', { atLeast: 5 }, 'quarter'],
  ['gqt', 'roster-10', { youths: 10 }, 'standing'],
  ['chuzhou', 'monthly-3', { atLeast: 3 }, 'month'],
  ['chuzhou', 'evaluation', { atLeast: 1 }, 'half-year'],
  ['meizhou', 'open-day', { atLeast: 1, participants: 50 }, 'quarter'],
  ['meizhou', 'unit-report', { atLeast: 1 }, 'half-year'],
])('%s asks for %s as its document has it', (profile, id, threshold, period) => {
  expect(byId(profiles.find((one) => one.id === profile)!, id)).toMatchObject({ threshold, period });
});

it.each([
  ['gqt', 'grassroots-posting', 'advice', true],
  ['meizhou', 'grassroots-posting', 'binding', true],
  ['gqt', 'grassroots-day', 'advice', true],
  ['meizhou', 'grassroots-day', 'binding', true],
  ['gqt', 'research', 'binding', true],
  ['gqt', 'ten-ones', 'advice', true],
  ['gqt', 'stories', 'advice', undefined],
  ['xinjiang', 'volunteers', 'advice', undefined],
  ['chuzhou', 'monthly-3', 'binding', undefined],
])('%s: %s is %s, and of the organs’ cadres alone: %s', (profile, id, force, organ) => {
  const { binds, ...found } = byId(profiles.find((one) => one.id === profile)!, id)!;
  expect(found.force).toBe(force);
  expect(binds.organ).toBe(organ);
});

it('asks 4+1 of who works in the organ, 8+4 of who is on its establishment, and never of part-timers', () => {
  const kinds = (profile: string, id: string) =>
    byId(profiles.find((one) => one.id === profile)!, id)!.binds.kinds.join(' ');
  for (const profile of ['gqt', 'meizhou'])
    expect(kinds(profile, 'grassroots-day')).toBe('full_time seconded');
  expect(kinds('gqt', 'grassroots-posting')).toBe('full_time seconded');
  expect(kinds('meizhou', 'grassroots-posting')).toBe('full_time');
});

it('finds a requirement by what it measures', () => {
  expect(requirementOf(xinjiang, 'topic')?.threshold).toEqual({ participants: 5, clear: 1 });
  expect(requirementOf({ ...xinjiang, requirements: [] }, 'topic')).toBeUndefined();
});

it('refuses a requirement twice, without its source, with other words, or with a threshold of another kind', () => {
  const [voice, interaction] = xinjiang.requirements;
  const valid = (requirements: unknown[]) => policySchema.safeParse({ ...xinjiang, requirements }).success;
  expect(valid([voice, interaction])).toBe(true);
  expect(valid([voice, voice])).toBe(false);
  expect(valid([{ ...voice, citation: undefined }])).toBe(false);
  expect(valid([{ ...voice, citation: { clause: 'xinjiang/4.2', quote: '每天打卡' } }])).toBe(false);
  expect(valid([{ ...voice, citation: { clause: 'xinjiang/9', quote: '每天有声音' } }])).toBe(false);
  expect(valid([{ ...voice, threshold: { youths: 3 } }])).toBe(false);
  expect(valid([{ ...voice, threshold: { atLeast: 0 } }])).toBe(false);
  expect(valid([{ ...voice, period: 'season' }])).toBe(false);
  expect(valid([{ ...voice, season: { from: '07-01', to: '08-31' } }])).toBe(false);
});
