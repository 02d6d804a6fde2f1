import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideContacts, redact } from './redact.ts';

const names = ['张晓明', '欧阳明月', 'Tom Li', '阿依古丽', '古丽娜尔·买买提', 'A.*(b', '.. '];

/** What is said, and what must not be left of it. */
const corpus: readonly (readonly [string, ...string[]])[] = [
  ['我的电话13812345678，晚上打', '13812345678'],
  ['打 138 1234 5678 找我', '5678'],
  ['手机138-1234-5678', '1234'],
  ['+86 13912345678', '13912345678'],
  ['１３８１２３４５６７８ 是我的号', '13812345678', '１３８'],
  ['一三八一二三四五六七八', '一二三四'],
  ['宿管电话 0991-1234567', '1234567'],
  ['身份证650101200501011234', '650101'],
  ['证件 650101 20050101 123X 丢了', '123X', '650101'],
  ['学号2023010234查不到成绩', '2023010234'],
  ['学号：jk20230102 选不上课', 'jk20230102'],
  ['工号是 A10293', 'A10293'],
  ['加我微信 zhang_xm99', 'zhang_xm99'],
  ['vx：abc12345', 'abc12345'],
  ['微信号是wxid_a8s7d6f5', 'wxid_a8s7d6f5'],
  ['我是 wxid_q1w2e3r4', 'wxid_q1w2e3r4'],
  ['QQ 123456789 联系', '123456789'],
  ['邮箱 xm@example.edu.cn', 'xm@example'],
  ['看 https://example.com/u/123?me=1', 'example.com'],
  ['张晓明欠我钱', '张晓明', '晓明'],
  ['晓明说食堂贵', '晓明'],
  ['欧阳明月想转专业', '欧阳明月'],
  ['tell Tom Li', 'Tom Li'],
  ['阿依古丽的团关系', '阿依古丽'],
  ['古丽娜尔的宿舍漏水', '古丽娜尔'],
  ['古丽娜尔•买买提没领到书', '古丽娜尔', '买买提'],
  ['张 晓 明说食堂贵', '晓'],
  ['问 tom li 去', 'tom', 'li'],
  ['a.*(B 说的', '*('],
  ['我叫王小虎，想反映热水', '王小虎'],
  ['姓名：刘洋 诉求：补办卡', '刘洋'],
  ['联系人 陈静。', '陈静'],
  ['李老师上课拖堂', '李老师'],
  ['请王建国书记看看', '王建国'],
  ['3号楼 502 的水管', '502'],
  ['十二栋301室漏水', '301'],
  ['银行卡 6222021234567890123', '6222021234567890123'],
  ['密码是abcd1234', 'abcd1234'],
  ['准考证号 650100123456789', '650100123456789'],
  ['1\u200b38\u200b12345678', '12345678'],
];

describe('redaction', () => {
  it.each(corpus)('of %s', (said, ...gone) => {
    const left = redact(said, names);
    for (const piece of gone) expect(left).not.toContain(piece);
    expect(left).toContain('〔');
  });

  it.each([
    '食堂二楼的菜太咸了，能不能少放盐',
    '图书馆晚上10点就关门，希望延到11点',
    '四级报名什么时候开始？',
    '2026年9月的助学金还没发，一共1500元',
    '操场的灯坏了3盏',
    '选课系统老是卡，周三下午2点之后进不去',
    '希望多办招聘会，尤其是汽修和护理专业',
  ])('leaves what tells nobody: %s', (said) => {
    expect(redact(said, names)).toBe(said.normalize('NFKC'));
  });

  it('takes out whatever people call themselves', () => {
    expect(redact('古丽米热(护理23-2班)来过', ['古丽米热(护理23-2班)'])).toBe('〔某人〕来过');
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.string({ maxLength: 20 }),
        (name, ascii) => {
          expect(redact('你好', [name, ascii])).toMatch(/^(?:你好|〔某人〕|你〔某人〕|〔某人〕好)$/);
          expect(redact('你好', [`x-${ascii}`, `(${name}`])).toBe('你好');
        },
      ),
    );
  });

  it('finds any phone and identity number in any text, and is the same done twice', () => {
    const phone = fc.stringMatching(/^1[3-9]\d{9}$/);
    const around = fc.constantFrom('', '电话', '，', ' ', '请打', '谢谢');
    fc.assert(
      fc.property(around, phone, around, (before, number, after) => {
        const left = redact(`${before}${number}${after}`);
        expect(left).not.toContain(number);
        expect(redact(left)).toBe(left);
      }),
    );
  });
});

it('a text for many eyes loses ways to get in touch, and nothing else', () => {
  expect(hideContacts('求高数笔记，电话１３８００１３８０００，微信 abc_12345；宿舍3号楼302')).toBe(
    '求高数笔记，电话〔电话〕，微信 〔账号〕；宿舍3号楼302',
  );
  expect(hideContacts('群号 123456789，看 https://a.example/x')).toBe('群号 〔号码〕，看 〔链接〕');
  expect(hideContacts('借 2 本书，周三 18:30，价格不超过 200！？')).toBe(
    '借 2 本书，周三 18:30，价格不超过 200！？',
  );
});
