import { describe, expect, it } from 'vitest';
import { library } from '../../tests/support/library.ts';
import { classify } from './classify.ts';

describe('kind and field by rules', () => {
  it.each([
    ['宿舍三楼热水晚上总是断', '诉求', '生活'],
    ['希望多办几场招聘会', '建议', '就业'],
    ['不知道该考研还是先复习四级', '困惑', '学习'],
    ['生活费不够，食堂又涨价', '困难', '生活'],
    ['', '诉求', '校园'],
  ])('of “%s” are %s, %s', (text, kind, field) => {
    expect(classify(text, library.fields)).toEqual({ kind, field });
  });
});
