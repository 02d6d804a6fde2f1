import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedOnly, looksLikeAnswers, nextUnanswered, readAnswers } from './answers.ts';
import type { SurveyForm } from './form.ts';
import { readForm } from './read-form.ts';

function made(typed: string): SurveyForm {
  const reading = readForm(typed);
  if (reading.kind === 'fault') throw new Error(reading.say);
  return reading.form;
}

const form = made(
  '1. 好吗 A 好 B 中 C 差\n2. 喜欢（多选，最多2项） A 书 B 球 C 歌\n3. 还想说什么\n4. 打几分（1-5分）\n5. 差在哪（若1选C）',
);
const o = (...options: number[]) => ({ options });

describe('answers in one message', () => {
  it.each<[string, Record<string, unknown>]>([
    ['1A 2BC 3 很好', { 0: o(0), 1: o(1, 2), 2: { text: '很好' } }],
    ['1a,2bc,3很好', { 0: o(0), 1: o(1, 2), 2: { text: '很好' } }],
    ['１Ａ　２ＢＣ　３　很好', { 0: o(0), 1: o(1, 2), 2: { text: '很好' } }],
    ['1.A 2.B、C 4. 5', { 0: o(0), 1: o(1, 2), 3: { points: 5 } }],
    ['1 A\n2 B C\n4 3分', { 0: o(0), 1: o(1, 2), 3: { points: 3 } }],
    ['第1题A 第4题 5', { 0: o(0), 3: { points: 5 } }],
    ['1C 5 打饭要排 20 分钟', { 0: o(2), 4: { text: '打饭要排 20 分钟' } }],
    ['3 我有 2 个建议，4 楼太热', { 2: { text: '我有 2 个建议，4 楼太热' } }],
    ['3 很好 4 5', { 2: { text: '很好' }, 3: { points: 5 } }],
    ['1 好', { 0: o(0) }],
    ['1 A. 好', { 0: o(0) }],
  ])('“%s”', (typed, answers) => {
    expect(readAnswers(form, typed)).toEqual({ answers, faults: [] });
  });

  it.each<[string, string]>([
    ['1D', '第 1 题请用字母回答，从 A 到 C'],
    ['1AB', '第 1 题只选一项，你写了 AB'],
    ['2ABC', '第 2 题最多选 2 项，你写了 3 项'],
    ['4 9', '第 4 题请写 1 到 5 的一个数'],
    ['9A', '没有第 9 题，一共 5 题'],
    [`3 ${'长'.repeat(501)}`, '第 3 题请控制在 500 字以内'],
  ])('“%s” is refused, and what else is there still counts', (typed, say) => {
    const { faults } = readAnswers(form, typed);
    expect(faults.join()).toContain(say);
    expect(readAnswers(form, `1B ${typed === '1D' || typed === '1AB' ? '2A' : typed}`).answers).toMatchObject(
      { 0: o(1) },
    );
  });

  it('any text is read without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (typed) => void readAnswers(form, typed)),
    );
  });
});

describe('ordinary talk is no answer', () => {
  it.each(['1A 2BC 3 很好', '1a', '1A。', '问卷2 1A 2B', ' 1.A 2.B', '1A,2B'])('“%s” is one', (typed) => {
    expect(looksLikeAnswers(typed)).toBe(true);
  });
  it.each([
    '我选1A',
    '3D电影真好看',
    '1班同学来一下',
    '5G 好快啊',
    '12306',
    '1',
    'A',
    '2B铅笔带了吗',
    '1 2 3',
    '',
  ])('“%s” is none', (typed) => {
    expect(looksLikeAnswers(typed)).toBe(false);
  });
});

it('a branch is asked only of those who chose it, and forgotten when they choose anew', () => {
  expect(nextUnanswered(form, { 0: o(0), 1: o(0), 2: { text: '无' }, 3: { points: 3 } })).toBeUndefined();
  expect(nextUnanswered(form, { 0: o(2), 1: o(0), 2: { text: '无' }, 3: { points: 3 } })).toBe(4);
  expect(askedOnly(form, { 0: o(0), 4: { text: '排队' } })).toEqual({ 0: o(0) });
  expect(askedOnly(form, { 0: o(2), 4: { text: '排队' } })).toEqual({ 0: o(2), 4: { text: '排队' } });
});
