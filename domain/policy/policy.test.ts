import { expect, it } from 'vitest';
import { policySchema, requirementOf } from './policy.ts';
import { xinjiang } from './xinjiang.ts';

/** 新疆 §四.2 as it stands in the document, without its line breaks. */
const passage =
  '努力实现“5 个有”，即每天有声音，每周有互动，每月有话题，每季度有线下活动，每年与所联系的多数青年有面对面交流。';

it('holds the five “有”, each with its own words', () => {
  expect(xinjiang.requirements.map(({ id, period }) => `${id}/${period}`)).toEqual([
    'voice/day',
    'interaction/week',
    'topic/month',
    'activity/quarter',
    'face-to-face/year',
  ]);
  for (const { citation, force } of xinjiang.requirements) {
    expect(passage).toContain(citation.quote);
    expect(force).toBe('binding');
  }
});

it('finds a requirement by what it measures', () => {
  expect(requirementOf(xinjiang, 'topic')?.threshold).toEqual({ participants: 5, clear: 1 });
  expect(requirementOf({ ...xinjiang, requirements: [] }, 'topic')).toBeUndefined();
});

it('refuses a requirement twice, without its source, or with a threshold of another kind', () => {
  const [voice, interaction] = xinjiang.requirements;
  const valid = (requirements: unknown[]) => policySchema.safeParse({ ...xinjiang, requirements }).success;
  expect(valid([voice, interaction])).toBe(true);
  expect(valid([voice, voice])).toBe(false);
  expect(valid([{ ...voice, citation: undefined }])).toBe(false);
  expect(valid([{ ...voice, threshold: { youths: 3 } }])).toBe(false);
  expect(valid([{ ...voice, threshold: { atLeast: 0 } }])).toBe(false);
});
