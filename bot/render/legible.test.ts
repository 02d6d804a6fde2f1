import { describe, expect, test } from 'vitest';
import { oneLine, shorten } from './legible.ts';

describe('oneLine', () => {
  test.each([
    ['a\u202egpj\u0000.exe', 'agpj.exe'],
    [' 一\n\u2028\u3000班\t', '一 班'],
    ['\u3164\u200b\ufeff\u2800', ''],
    ['👩‍🏫 老师', '👩‍🏫 老师'],
    ['🏳️‍🌈', '🏳️‍🌈'],
    ['a\u200db\u200d', 'ab'],
    ['e\u0301\u0301\u0301\u0301', 'e\u0301\u0301'],
    ['买买提·艾力', '买买提·艾力'],
  ])('%j → %j', (name, line) => expect(oneLine(name)).toBe(line));
});

describe('shorten', () => {
  test.each([
    ['一二三', 6, '一二三'],
    ['一二三四', 6, '一二三…'],
    ['abcdef', 6, 'abcdef'],
    ['ab 一二', 3, 'ab…'],
    ['👩‍🏫👩‍🏫', 2, '👩‍🏫…'],
  ])('%j in %i columns → %j', (line, width, short) => expect(shorten(line, width)).toBe(short));
});
