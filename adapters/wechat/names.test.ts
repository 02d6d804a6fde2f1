import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mentionsIn, nameBook, withoutInlineQuote } from './names.ts';

const book = nameBook([
  { id: '@ann', name: '安然' },
  { id: '@bob', name: '博文 Bob' },
  { id: '@wang1', name: '王伟' },
  { id: '@wang2', name: '王伟' },
]);

describe('mentions', () => {
  it('count only when one person alone bears the name', () => {
    expect(mentionsIn('@安然\u2005 来一下', book)).toEqual(['@ann']);
    expect(mentionsIn('@博文 Bob\u2005@安然\u2005', book)).toEqual(['@bob', '@ann']);
    expect(mentionsIn('@安然 手打的', book)).toEqual(['@ann']);
    expect(mentionsIn('@王伟\u2005 在吗', book)).toEqual([]);
    expect(mentionsIn('@没有这个人\u2005 邮箱 a@b.com', book)).toEqual([]);
  });

  it('cost nothing in a flood', () => {
    const flood = '@安然\u2005'.repeat(100_000);
    const begin = performance.now();
    expect(mentionsIn(flood, book)).toEqual(['@ann']);
    expect(mentionsIn('@'.repeat(1_000_000), book)).toEqual([]);
    expect(performance.now() - begin).toBeLessThan(200);
  });

  it('are looked for behind the first twenty signs alone', () => {
    expect(mentionsIn(`${'@ '.repeat(19)}@安然\u2005`, book)).toEqual(['@ann']);
    expect(mentionsIn(`${'@ '.repeat(20)}@安然\u2005`, book)).toEqual([]);
    expect(mentionsIn(`@博文 Bob\u2005${'@ '.repeat(19)}@安然\u2005`, book)).toEqual(['@bob']);
  });

  it('never name anybody who is not in the group', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('@', '安', '然', '王', '伟', ' ', '\u2005') }),
        (text) => {
          expect(['@ann']).toEqual(expect.arrayContaining([...mentionsIn(text, book)]));
        },
      ),
    );
  });
});

describe('an inline quote', () => {
  const dashes = '- - - - - - - - - - - - - - -';
  it('is taken off before the text is judged', () => {
    expect(withoutInlineQuote(`「安然：图书馆几点开门」\n${dashes}\n七点`)).toEqual({
      text: '七点',
      quotedName: '安然',
      quotedText: '图书馆几点开门',
    });
    expect(withoutInlineQuote(`「甲：「乙：一」\n${dashes}\n二」\n${dashes}\n三`).text).toBe('三');
    expect(withoutInlineQuote(`「甲：一」\n${dashes}\n`).text).toBe('');
  });

  it('is nothing else', () => {
    for (const text of ['「七点」', '七点', `他说「好」\n${dashes}\n然后`, '「甲：一」\n- -\n二'])
      expect(withoutInlineQuote(text)).toEqual({ text });
  });
});
