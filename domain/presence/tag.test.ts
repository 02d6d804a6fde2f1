import { expect, test } from 'vitest';
import { mayHaveTag, tagFinder, tagNumbersIn } from './tag.ts';

const finds = (id: string, text: string) => tagFinder([id])(text).has(id);

test.each([
  ['12', '#话题12'],
  ['12', '我也来 #话题12！'],
  ['12', '#话题12人'],
  ['12', '#话题12a'],
  ['12', '＃话题１２。'],
  ['12', '﹟话题12'],
  ['12', '#话题123 #话题12'],
  ['12', '#话题#话题12'],
  ['１２', '#话题12人'],
  ['12', '#话题12٣'],
  ['t1', '看#话题t1'],
  ['t1', '#话题t1-好'],
  ['t1', '#话题ｔ１ '],
  ['t1', '#话题t12 #话题t1😀'],
  ['a b', '#话题a b'],
  ['a-', '#话题a-#'],
  ['一', '#话题一，'],
  ['\ud83d', '#话题\ud83d'],
  ['#话题', '#话题#话题'],
])('tag of %j in %j', (id, text) => {
  expect(mayHaveTag(text)).toBe(true);
  expect(finds(id, text)).toBe(true);
});

test.each([
  ['12', '#话题123'],
  ['12', '#话题 12'],
  ['12', '话题12'],
  ['12', '#话题012'],
  ['12', '#話題12'],
  ['t1', '#话题t12'],
  ['t1', '#话题t1a'],
  ['t1', '#话题t1好'],
  ['t1', '#话题t1𠮷'],
  ['t1', '#话题t1½'],
  ['t1', '#话题T1'],
  ['e', '#话题e\u0301'], // composed: another letter
  ['\ud83d', '#话题😀'],
  ['12', ''],
])('no tag of %j in %j', (id, text) => {
  expect(finds(id, text)).toBe(false);
});

test('finds all of several topics', () => {
  const find = tagFinder(['1', '12', 'a', 'ab', 'a-b', '１']);
  expect([...find('#话题12，#话题a-b')].sort()).toEqual(['12', 'a', 'a-b']);
  expect([...find('#话题1')].sort()).toEqual(['1', '１']);
});

test('numbers are taken out of a text as written', () => {
  expect(tagNumbersIn('＃话题１２ #话题3x #话题3 #话题 4 #话题05')).toEqual(['12', '3', '05']);
});

test('a number too long is none of a topic, and a text names twenty topics at most', () => {
  expect(tagNumbersIn(`#话题13800138000 #话题1234567 #话题${'9'.repeat(20_000)} #话题123456`)).toEqual([
    '123456',
  ]);
  const many = Array.from({ length: 130_000 }, (_, n) => `#话题${n % 100_000}`).join('');
  expect(tagNumbersIn(`#话题0${many}`)).toEqual(Array.from({ length: 20 }, (_, n) => `${n}`));
});
