/** What shows a step by itself, what only may, and what the cadre says. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { dayFrom } from '../calendar/day.ts';
import { evidenceGrades } from '../deeds/kinds.ts';
import { clauseOf } from '../policy/documents/documents.ts';
import { firstSteps } from '../policy/first-steps.ts';
import { requirementOf } from '../policy/policy.ts';
import { gqt } from '../policy/profiles/gqt.ts';
import { countSteps, type StepFacts, type StepRecord, stepKinds, stepStandings } from './first-steps.ts';

const day = dayFrom(2026, 9, 1);
const nothing: StepFacts = {
  records: [],
  boundOn: undefined,
  identityOn: undefined,
  linked: [],
  ticked: new Map(),
};
const record = (kind: StepRecord['kind'], words = ''): StepRecord => ({
  number: 4,
  kind,
  day,
  grade: 'stated',
  words,
});
const stand = (facts: Partial<StepFacts>, grades: readonly StepRecord['grade'][] = evidenceGrades) =>
  stepStandings({ ...nothing, ...facts }, grades);
const taken = (facts: Partial<StepFacts>, grades?: readonly StepRecord['grade'][]) =>
  stand(facts, grades).flatMap(({ number, proof }) => (proof ? [number] : []));
const hinted = (facts: Partial<StepFacts>) =>
  stand(facts).flatMap(({ number, hint }) => (hint ? [number] : []));

test('the ten are those of the document, in its own words', () => {
  expect(firstSteps.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  for (const { clause, name } of firstSteps) expect(clauseOf(clause)?.clause.text).toContain(name);
  expect(requirementOf(gqt, 'checklist')?.threshold).toEqual({ steps: firstSteps.length });
});

describe('a record', () => {
  it.each<[StepRecord['kind'], string, number[], number[]]>([
    ['grassroots_day', '清河街道', [8], []],
    ['grassroots_posting', '', [8], []],
    ['preaching', '走转改 进社区', [8], []],
    ['visit', '电气系宿舍', [9], []],
    // A visit to a company is a visit; that it was the step of a company the cadre says.
    ['visit', '远大机械公司', [9], [7]],
    ['exchange', '和远大工厂青工座谈', [], [7]],
    ['exchange', '给22级企业管理班', [], []],
    ['exchange', '学《公司法》', [], []],
    ['exchange', '回母校和计科2班见面', [], [6]],
    ['join_organisation', '市青年志愿者协会 清河', [5], []],
    ['join_organisation', '摄影兴趣组织', [4], []],
    ['join_organisation', '远航会', [], [4, 5]],
    ['volunteering', '献血', [], [5]],
    ['culture_sport', '篮球赛', [], []],
    ['sharing', '兴趣', [], []],
  ])('%s “%s” shows %j and may be %j', (kind, words, shows, mayBe) => {
    expect(taken({ records: [record(kind, words)] })).toEqual(shows);
    expect(hinted({ records: [record(kind, words)] })).toEqual(mayBe);
  });

  it('that does not count for the unit is no more than a hint', () => {
    const records = [record('visit')];
    expect(taken({ records }, ['verified', 'documented'])).toEqual([]);
    expect(stand({ records }, ['verified'])[8]).toMatchObject({ number: 9, hint: { of: 'record' } });
  });

  it('shows one step at most, whatever its words', () => {
    const words = fc.stringMatching(/^(志愿|兴趣|母校|公司|走转改|清河){0,6}$/u);
    fc.assert(
      fc.property(fc.constantFrom(...stepKinds), words, (kind, said) => {
        expect(taken({ records: [record(kind, said)] }).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

it('takes a bound group for the tenth, and no identity card for a whole step', () => {
  expect(taken({ boundOn: day })).toEqual([10]);
  expect(stand({ identityOn: day })[2]).toMatchObject({ proof: undefined, hint: { of: 'identity', day } });
  expect(stand({ linked: ['计科2班团支部'] })[5]).toMatchObject({
    proof: undefined,
    hint: { of: 'link', names: ['计科2班团支部'] },
  });
});

it('takes the cadre’s word where the records are silent, and the record where they are not', () => {
  const ticked = new Map([
    [1, day],
    [9, day],
  ]);
  expect(stand({ ticked })[8]?.proof).toEqual({ by: 'word', day });
  const both = stand({ ticked, records: [record('visit')], boundOn: day });
  expect(both.map(({ proof }) => proof?.by)).toEqual([
    'word',
    ...Array.from({ length: 7 }, () => undefined),
    'record',
    'group',
  ]);
  expect(countSteps(both)).toEqual({ verified: 1, documented: 0, stated: 2 });
});

it('counts each step once, however much shows it', () => {
  const some = fc.array(
    fc.constantFrom(...stepKinds).map((kind) => record(kind, '志愿')),
    { maxLength: 8 },
  );
  const ticks = fc.uniqueArray(fc.integer({ min: 1, max: 10 }));
  fc.assert(
    fc.property(some, ticks, (records, steps) => {
      const facts = { ...nothing, records, ticked: new Map(steps.map((step) => [step, day])) };
      const once = stepStandings(facts, evidenceGrades);
      const twice = stepStandings({ ...facts, records: [...records, ...records] }, evidenceGrades);
      expect(countSteps(twice)).toEqual(countSteps(once));
      const { verified, documented, stated } = countSteps(once);
      expect(verified + documented + stated).toBe(once.filter(({ proof }) => proof).length);
      for (const step of steps) expect(once[step - 1]?.proof).toBeDefined();
    }),
  );
});
