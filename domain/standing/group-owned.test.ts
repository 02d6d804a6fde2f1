import { expect, it } from 'vitest';
import { largestOwned } from './group-owned.ts';

const me = 7;
const group = (youths: number, ownerId: number | null, ownerSaid = false) => ({ youths, ownerId, ownerSaid });

it.each([
  ['none', [], { count: 0, grade: 'verified', owner: undefined }],
  ['as the platform reports', [group(120, me)], { count: 120, grade: 'verified', owner: true }],
  ['as the cadre says', [group(120, me, true)], { count: 120, grade: 'stated', owner: true }],
  ['somebody else’s', [group(120, 8)], { count: 120, grade: 'verified', owner: false }],
  [
    'what a cadre before said is not this one’s word',
    [group(120, 8, true)],
    { count: 120, grade: 'verified', owner: undefined },
  ],
  ['nobody has said', [group(120, null)], { count: 120, grade: 'verified', owner: undefined }],
  [
    'their own before a larger one',
    [group(150, 8), group(130, null), group(110, me)],
    { count: 110, grade: 'verified', owner: true },
  ],
  [
    'the largest of their own',
    [group(90, me), group(110, me, true), group(100, me)],
    { count: 110, grade: 'stated', owner: true },
  ],
] as const)('%s', (_what, groups, fact) => {
  expect(largestOwned(groups, me)).toEqual(fact);
});
