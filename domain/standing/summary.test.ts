import { expect, it } from 'vitest';
import { xinjiang } from '../policy/profiles/xinjiang.ts';
import { noEvidence, type Standing, type Status } from './standing.ts';
import { summaryOf } from './summary.ts';

const standing = (id: string, status: Status): Standing => ({
  requirement: xinjiang.requirements.find((one) => one.id === id)!,
  status,
  why: undefined,
  span: undefined,
  have: 0,
  need: 1,
  evidence: noEvidence,
});

it('counts cadres by requirement, and groups by what is asked of a group, the shortest period first', () => {
  const rows = summaryOf([
    {
      own: [standing('lecture', 'met'), standing('five-ones', 'due_soon')],
      groups: [[standing('voice', 'met')]],
    },
    {
      own: [standing('lecture', 'underway'), standing('five-ones', 'not_applicable')],
      groups: [[standing('voice', 'met')], [standing('voice', 'underway')]],
    },
  ]);
  expect(rows.map(({ name, by }) => `${name} ${by}`)).toEqual([
    '每天有声音 group',
    '每季度“五个一” cadre',
    '每年给团支部上2次团课 cadre',
  ]);
  expect(rows.map(({ counts }) => counts)).toMatchObject([
    { met: 2, underway: 1 },
    { due_soon: 1, not_applicable: 1, met: 0 },
    { met: 1, underway: 1, missed: 0, unknown: 0 },
  ]);
  expect(summaryOf([])).toEqual([]);
});
