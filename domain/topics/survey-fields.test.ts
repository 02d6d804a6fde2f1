import { describe, expect, it } from 'vitest';
import { library } from '../../tests/support/library.ts';
import { dayFrom } from '../calendar/day.ts';
import { readForm } from '../surveys/read-form.ts';
import { resultsOf } from '../surveys/results.ts';
import { suggest } from './suggest.ts';
import { surveyFields } from './survey-fields.ts';

function results(counts: readonly number[], anonymous = true) {
  const reading = readForm('需要什么\n1. 最想（多选）\nA 学习\nB 就业创业\nC 不想运动\nD 食堂\n2. 说说');
  if (reading.kind === 'fault') throw new Error(reading.say);
  const answers = Array.from({ length: 30 }, (_, n) => ({
    0: { options: counts.flatMap((count, option) => (n < count ? [option] : [])) },
    1: { text: '想跑步' },
  }));
  return resultsOf({ number: 1, form: { ...reading.form, anonymous }, youths: 100 }, answers);
}

const fields = (...counts: number[]) => [...surveyFields([results(counts)], library.fields)];

describe('fields out of surveys', () => {
  it('are those that five or more chose something of, with the most frequent', () => {
    expect(fields(6, 12, 9, 5)).toEqual([
      ['study', { option: '学习', people: 6 }],
      ['career', { option: '就业创业', people: 12 }],
      ['life', { option: '食堂', people: 5 }],
    ]);
  });

  it.each([true, false])('are never told of fewer, nor of words (anonymous: %s)', (anonymous) => {
    expect(surveyFields([results([4, 4, 4, 4], anonymous)], library.fields).size).toBe(0);
  });

  it('put a topic in front, and say why', () => {
    const surveys = surveyFields([results([0, 12, 0, 0])], library.fields);
    const day = dayFrom(2026, 10, 14);
    const [first] = suggest(library, { day, past: [], demands: new Map(), surveys, shown: [], seed: 1 });
    expect(first?.topic.field).toBe('career');
    expect(first?.reason).toContain('最近的问卷里 12 人选了“就业创业”');
  });
});
