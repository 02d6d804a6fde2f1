import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCommand, isSubstantive, messageKinds } from './substantive.ts';

const says = (text: string) => isSubstantive({ kind: 'text', text });

describe('a text says something', () => {
  test.each([
    '图书馆今天人多吗',
    '嗯嗯嗯',
    '好的好的',
    '好的呢',
    '111 1',
    '12',
    'a1',
    '𠮷𠮷',
    '𝒶𝒷',
    '５５',
    '收到收到',
    'okok',
    'no',
    '你 好',
    '你[微笑]好',
    '[微笑微笑微笑微]',
    '[微 笑]',
    '[]ab',
    '【收到】了',
    '@张三 明天见',
    '明天见@张三',
    '@ 你好',
    '#话题12',
    '参加#接龙',
    '# 接龙',
    '接 龙',
    'ㅇㅋ',
    '½',
    'สวัสดี',
    'é́e',
    '[[微笑]ab]',
    '¹²',
    '\u200b你好',
    '@a @b /进度',
    '收到/进度',
    '1/2',
    '二〇',
    '[😀😀😀😀😀😀😀]',
  ])('%j', (text) => {
    // Seven emoji in brackets are no emoticon, and no letters either.
    expect(says(text)).toBe(text !== '[😀😀😀😀😀😀😀]');
  });

  test.each([
    '',
    ' ',
    '\ufeff',
    '好',
    '收到',
    ' 收到！',
    '收 到',
    '收到，谢谢！',
    '收到[玫瑰]',
    '@所有人 收到',
    '已收到。',
    '1 1',
    '1-1-1',
    '①①',
    'OK',
    'ＯＫ',
    'Okay~',
    'YES!',
    'O\u212a',
    '打卡',
    '签到✅',
    '👍👍👍',
    '😀你',
    '𠮷',
    '[微笑]',
    '［微笑］',
    '﹇微笑﹈',
    '[呲牙][呲牙]',
    '#接龙\n1. 张三',
    '＃接龙 1',
    '﹟接龙',
    ' \u3000接龙 我来',
    '\ufeff接龙参加',
    '接龙',
    '@张三',
    '＠张三你好',
    '﹫张三',
    'a@b.com',
    '……',
    '@张三[微笑]你好',
    '[😀😀😀]a',
    '\u0301\u0301a',
    '/进度',
    '／进度',
    ' /进度 你好',
    '@小青 /进度',
    '@小青\u2005／进度',
    '@ /x',
  ])('%j says nothing', (text) => {
    expect(says(text)).toBe(false);
  });

  test('an emoticon has one to six code points, none of them white space or a bracket', () => {
    expect(says('[123456]')).toBe(false);
    expect(says('[1234567]')).toBe(true);
    expect(says('[𠮷𠮷𠮷𠮷𠮷𠮷]')).toBe(false);
    expect(says('[12\ufeff]')).toBe(true);
    expect(says('[12[34]')).toBe(true);
  });

  test('a mention ends at white space, U+FEFF among it', () => {
    expect(says('@张三\ufeff你好')).toBe(true);
    expect(says('@张三\u3000你好')).toBe(true);
    expect(says('@张三\u200b你好')).toBe(false);
    expect(says('@张三\u0085你好')).toBe(false);
  });
});

describe('kinds', () => {
  test.each(messageKinds)('%s', (kind) => {
    expect(isSubstantive({ kind })).toBe(!['text', 'sticker'].includes(kind));
    expect(isSubstantive({ kind, text: '好' })).toBe(!['text', 'sticker'].includes(kind));
    expect(isSubstantive({ kind, text: '你好呀' })).toBe(kind !== 'sticker');
    expect(isSubstantive({ kind, text: '/进度' })).toBe(false);
  });
});

describe('commands', () => {
  test.each(['/', '/进度', '／进度', ' \ufeff/x', '@bot /x', '@bot\n/x', '＠bot\u3000／x', ' @ /x', '//'])(
    '%j',
    (text) => {
      expect(isCommand(text)).toBe(true);
    },
  );
  test.each(['', '进度', '@bot/x', '@a @b /x', 'a/x', '\u2215x', '@bot', '\u200b/x', '\\x', '℀'])(
    'not %j',
    (text) => {
      expect(isCommand(text)).toBe(false);
    },
  );
});

test('agrees with the rule spelt out', () => {
  const parts = fc.constantFrom(
    '收到',
    '好',
    '的',
    'O',
    'k',
    '1',
    '１',
    '@',
    '＠',
    ' ',
    '\u3000',
    '\ufeff',
    '[',
    ']',
    '［',
    '微',
    '😀',
    '#',
    '接龙',
    '/',
    '／',
    '，',
    '\u0301',
    '𠮷',
    'İ',
    '谢谢',
    '\n',
    '½',
    '㍿',
  );
  const empty =
    '收到|好的|嗯嗯|哦哦|是的|知道了|明白|已阅|已读|已收到|收到谢谢|谢谢|11|111|ok|okay|yes|打卡|签到'.split(
      '|',
    );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 9 }), (pieces) => {
      const raw = pieces.join('');
      const text = raw.trim().normalize('NFKC');
      const kept = [...text.replace(/@[^\s]*/gu, '').replace(/\[[^\s[\]]{1,6}\]/gu, '')].filter((one) =>
        /^[\p{L}\p{N}]$/u.test(one),
      );
      const stripped = text
        .trimStart()
        .replace(/^@[^\s]*(?=\s|$)/u, '')
        .trimStart();
      const command = text.trimStart().startsWith('/') || stripped.startsWith('/');
      const expected =
        !command &&
        !/^#?接龙/u.test(text) &&
        kept.length >= 2 &&
        !empty.includes(kept.join('').toLowerCase());
      expect(isCommand(raw)).toBe(command);
      expect(says(raw)).toBe(expected);
    }),
    { numRuns: 3000 },
  );
});
