import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answers } from './answers.ts';
import type { SurveyForm } from './form.ts';
import { readForm } from './read-form.ts';
import { resultsOf, smallestCell } from './results.ts';

function made(typed: string): SurveyForm {
  const reading = readForm(typed);
  if (reading.kind === 'fault') throw new Error(reading.say);
  return reading.form;
}

const form = made(
  '1. 好吗 A 好 B 中 C 差\n2. 喜欢（多选） A 书 B 球\n3. 打几分（1-5分）\n4. 差在哪（若1选C）',
);
const of = (answers: readonly Answers[], which = form) =>
  resultsOf({ number: 1, form: which, youths: 100 }, answers);
const times = (count: number, answers: Answers) => Array.from({ length: count }, () => answers);
const o = (...options: number[]) => ({ options });

describe('an anonymous survey', () => {
  it('shows nothing of fewer than five, but how many they were', () => {
    expect(of(times(4, { 0: o(0) }))).toMatchObject({ answered: 4, youths: 100, questions: [] });
    expect(of([...times(5, { 0: o(0) }), ...times(4, { 2: { points: 5 } })]).questions[2]).toMatchObject({
      answered: undefined,
      mean: undefined,
    });
  });

  it('hides a rare choice, and enough with it that it cannot be reckoned', () => {
    const [first] = of([
      ...times(20, { 0: o(0) }),
      ...times(8, { 0: o(1) }),
      ...times(2, { 0: o(2) }),
    ]).questions;
    expect(first?.cells.map(({ count }) => count)).toEqual([20, undefined, undefined]);
  });

  it('hides nearly everybody’s choice among many', () => {
    const question = of(times(19, { 1: o(0, 1) }).concat(times(1, { 1: o(1) }))).questions[1];
    expect(question?.cells.map(({ count }) => count)).toEqual([undefined, 20]);
  });

  it('gives a scale with a rare mark by its mean alone, and a branch behind a hidden option not at all', () => {
    const answers = [
      ...times(8, { 0: o(0), 2: { points: 5 } }),
      ...times(2, { 0: o(2), 2: { points: 1 }, 3: { text: '排队' } }),
    ];
    const { questions } = of(answers);
    expect(questions[2]).toMatchObject({ cells: [], mean: 4.2 });
    expect(questions[3]).toMatchObject({ answered: undefined, texts: [] });
    expect(JSON.stringify(questions)).not.toContain('排队');
  });

  it('shows words without an order that says when', () => {
    const open = made('1. 想说什么');
    const said = ['戊', '甲', '丁', '乙', '丙'].map((text) => ({ 0: { text } }));
    expect(of(said, open).questions[0]?.texts).toEqual(of(said.toReversed(), open).questions[0]?.texts);
  });

  it('never lets a choice of fewer than five be read or reckoned', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 60 }), (choices) => {
        const [question] = of(choices.map((choice) => ({ 0: o(choice) }))).questions;
        if (!question?.cells.length) return;
        const shown = question.cells.flatMap(({ count }) => count ?? []);
        for (const count of shown) expect(count === 0 || count >= smallestCell).toBe(true);
        const hidden = question.cells.length - shown.length;
        const left = (question.answered ?? 0) - shown.reduce((sum, count) => sum + count, 0);
        expect(hidden === 0 || (hidden >= 2 && left >= smallestCell)).toBe(true);
      }),
    );
  });
});

it('a survey by name shows every figure', () => {
  const named = { ...form, anonymous: false };
  const { questions } = of(
    [
      { 0: o(2), 3: { text: '排队' } },
      { 0: o(0), 3: { text: '没有问到' } },
    ],
    named,
  );
  expect(questions[0]).toMatchObject({ answered: 2, cells: [{ count: 1 }, { count: 0 }, { count: 1 }] });
  expect(questions[3]?.texts).toEqual(['排队']);
});
