import fc from 'fast-check';
import { expect, it } from 'vitest';
import { split } from './split.ts';

it('leaves a text that fits as it is', () => {
  expect(split('第一行\n\n第二行 ', 20)).toEqual(['第一行\n\n第二行 ']);
  expect(split('', 20)).toEqual(['']);
});

it('breaks between paragraphs before lines, and lines before sentences', () => {
  expect(split('一二三四五六\n\n七八九\n十甲乙丙丁', 14)).toEqual(['一二三四五六', '七八九\n十甲乙丙丁']);
  expect(split('一二三四。五六七八。\n九十甲乙丙丁戊', 14)).toEqual([
    '一二三四。五六七八。',
    '九十甲乙丙丁戊',
  ]);
  expect(split('一二三四五六。七八九十甲乙丙丁戊', 10)).toEqual(['一二三四五六。', '七八九十甲乙丙丁戊']);
});

it('loses nothing but white space, keeps to the limit and cuts no character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('字', '。', '\n', ' ', '，', 'a', '😀'), maxLength: 400 }),
      fc.integer({ min: 2, max: 60 }),
      (text, limit) => {
        const parts = split(text, limit);
        expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(limit);
          expect(part).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
        }
      },
    ),
  );
});
