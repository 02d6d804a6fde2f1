import { expect, test } from 'vitest';
import { codeIn } from './check-in-code.ts';

test.each<[typed: string, number: number | undefined]>([
  ['3890', undefined],
  [' 3890。', undefined],
  ['3890！', undefined],
  ['３８９０', undefined],
  ['　３８９０　', undefined],
  ['3 8 9 0', undefined],
  ['38 90', undefined],
  ['签到码3890', undefined],
  ['签到码：3890', undefined],
  ['签到码是3890.', undefined],
  ['码 3890', undefined],
  ['“3890”', undefined],
  ['活动 3890', undefined],
  ['2 3890', 2],
  ['2号 3890', 2],
  ['2，3890', 2],
  ['2\n签到码3890。', 2],
  ['活动2 签到码：3890', 2],
  ['第２号活动 ３８９０', 2],
  ['2 3 8 9 0', 2],
])('%s', (typed, number) => {
  expect(codeIn(typed)).toEqual({ code: '3890', number });
});

test.each([
  '',
  '389',
  '38901',
  '三八九零',
  'abcd',
  '3890 来了',
  '\u202e3',
  '9'.repeat(500),
  '3890 3890 3890',
])('%s is no code', (typed) => {
  expect(codeIn(typed)).toBeUndefined();
});
