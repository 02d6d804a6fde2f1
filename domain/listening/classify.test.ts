import { describe, expect, it } from 'vitest';
import { classify } from './classify.ts';

describe('kind and field by rules', () => {
  it.each([
    ['三楼热水晚上总是断', '现实困难', '后勤'],
    ['希望多办几场招聘会', '意见建议', '就业创业'],
    ['不知道该考研还是先复习四级', '思想困惑', '学习'],
    ['生活费不够，助学金什么时候发', '现实困难', '资助'],
    ['食堂又涨价', '现实困难', '生活'],
    ['中介不退押金', '现实困难', '权益'],
    ['', '现实困难', '其他'],
  ])('of “%s” are %s, %s', (text, kind, field) => {
    expect(classify(text)).toEqual({ kind, field });
  });
});
