import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formText, type SurveyForm } from './form.ts';
import { readForm } from './read-form.ts';

/** A form in short: each question's kind, text, options, and what else it says. */
function short(form: SurveyForm): readonly string[] {
  return form.questions.map(({ kind, text, options, most, from, to, when }) =>
    [
      kind,
      text,
      ...(options.length > 0 ? [options.join('/')] : []),
      ...(most === undefined ? [] : [`≤${most}`]),
      ...(from === undefined ? [] : [`${from}..${to}`]),
      ...(when ? [`if ${when.question + 1}=${when.options.join('')}`] : []),
    ].join('|'),
  );
}

describe('a text becomes a survey', () => {
  it.each<[string, readonly string[]]>([
    ['1. 好吗 A. 好 B. 不好', ['single|好吗|好/不好']],
    ['1、好吗 A、好 B、不好', ['single|好吗|好/不好']],
    ['１．好吗　Ａ．好　Ｂ．不好', ['single|好吗|好/不好']],
    ['1 好吗 A好 B不好', ['single|好吗|好/不好']],
    ['（1）好吗\n（A）好\n（B）不好', ['single|好吗|好/不好']],
    ['第1题 好吗\nA 好\nB 不好', ['single|好吗|好/不好']],
    ['Q1 好吗？A.好；B.不好', ['single|好吗？|好/不好']],
    ['1. 喜欢什么（多选） A 书 B 球 C 歌', ['multiple|喜欢什么|书/球/歌']],
    ['1. [多选]喜欢什么 A 书 B 球', ['multiple|喜欢什么|书/球']],
    ['1. 喜欢什么【可多选，最多2项】\nA 书\nB 球\nC 歌', ['multiple|喜欢什么|书/球/歌|≤2']],
    ['1. 打几分（1-5分）', ['scale|打几分|1..5']],
    ['1. 打个分 1-5分', ['scale|打个分|1..5']],
    ['1. 睡几点，23-24点', ['open|睡几点，23-24点']],
    ['1. 打几分（0到10分）', ['scale|打几分|0..10']],
    ['1. 打几分（打分）', ['scale|打几分']],
    ['1. 还想说什么', ['open|还想说什么']],
    ['1. 还想说什么（问答）', ['open|还想说什么']],
    ['1. 吃过（至少一次）吗 A 吃过 B 没有', ['single|吃过（至少一次）吗|吃过/没有']],
    ['1. 好吗 A 好 B 不好\n2. 为什么（若1选B）', ['single|好吗|好/不好', 'open|为什么|if 1=1']],
    [
      '1. 好吗 A 好 B 中 C 差\n2. 哪里（第1题选B或C，多选） A 饭 B 菜',
      ['single|好吗|好/中/差', 'multiple|哪里|饭/菜|if 1=12'],
    ],
    ['1. 好吗 A 好 B 不好 2. 为什么', ['single|好吗|好/不好', 'open|为什么']],
    ['1. 去哪 A 去 C 区 B 去 A 区', ['single|去哪|去 C 区/去 A 区']],
    ['1. 每周几次 A. 1次 B. 2-3次 C. 4次以上', ['single|每周几次|1次/2-3次/4次以上']],
    ['1. 有 2 个校区，你在哪个 A 东 B 西', ['single|有 2 个校区，你在哪个|东/西']],
    ['1. WiFi 够快吗\n\nA. 够\n\nB. 不够', ['single|WiFi 够快吗|够/不够']],
  ])('“%s”', (typed, expected) => {
    const reading = readForm(typed);
    expect(reading.kind === 'form' ? short(reading.form) : reading.say).toEqual(expected);
  });

  it.each<[string, string, boolean]>([
    ['1. 好吗', '小调查', true],
    ['食堂满意度\n1. 好吗', '食堂满意度', true],
    ['标题：食堂满意度（记名）\n1. 好吗', '食堂满意度', false],
    ['食堂满意度\n实名\n1. 好吗', '食堂满意度', false],
    ['匿名 问食堂\n1. 好吗', '问食堂', true],
    ['校园实名认证怎么样\n1. 好吗', '校园实名认证怎么样', true],
    ['班级活动，实名\n1. 好吗', '班级活动', false],
  ])('“%s” is titled %s', (typed, title, anonymous) => {
    expect(readForm(typed)).toMatchObject({ form: { title, anonymous } });
  });
});

describe('what is wrong is said with the place and what to do', () => {
  it.each<[string, string]>([
    ['', '每道题请用“1.”“2.”开头'],
    ['好吗', '没有看到题目'],
    ['2. 好吗', '第一题应当是 1，您写的是 2'],
    ['1. 好吗\n3. 为什么', '第 1 题后面应当是 2，您写的是 3'],
    ['1.\n2. 为什么', '第 1 题没有写问什么'],
    ['1. A. 好 B. 不好', '第 1 题没有写问什么'],
    ['1. 好吗\nA. 好', '第 1 题是选择题，请写至少两个选项'],
    ['1. 好吗（单选）', '第 1 题是选择题，请写至少两个选项'],
    ['1. 好吗\nA. 好\nC. 不好\nB. 中', '第 1 题的选项要按 A、B、C 的顺序写：这里应当是 B，您写的是 C'],
    ['1. 好吗\nA.\nB. 不好', '第 1 题的选项 A 是空的'],
    ['1. 好吗 A 好 B 好', '第 1 题有两个选项都是“好”'],
    ['1. 好吗（1-5分） A 好 B 不好', '第 1 题是打分题，不用写选项'],
    ['1. 好吗（问答） A 好 B 不好', '第 1 题是问答题，不用写选项'],
    ['1. 好吗（单选）（多选） A 好 B 不好', '第 1 题写了两种题型'],
    ['1. 好吗（最多3项） A 好 B 不好', '第 1 题最多选 3 项，可是只有 2 个选项'],
    ['1. 打分（5-1分）', '第 1 题的分数请从小到大写'],
    ['1. 打分（1-99分）', '第 1 题的分数请从小到大写，最高 10 分'],
    ['1. 为什么（若2选A）\n2. 好吗 A 好 B 不好', '第 1 题要看第 2 题的回答，可是第 2 题不在它前面'],
    ['1. 好吗\n2. 为什么（若1选A）', '第 2 题要看第 1 题选了什么，可是第 1 题不是选择题'],
    ['1. 好吗 A 好 B 不好\n2. 为什么（若1选D）', '第 1 题没有选项 D'],
    [`1. ${'长'.repeat(121)}`, '第 1 题的题目有 121 个字'],
    [`1. 好吗 A ${'长'.repeat(41)} B 不好`, '第 1 题的选项 A 有 41 个字'],
    [`${'长'.repeat(41)}\n1. 好吗`, '标题有 41 个字'],
    [`1. 好吗\n${'长'.repeat(3_000)}`, '整份问卷请控制在 3000 字以内'],
    [Array.from({ length: 21 }, (_, n) => `${n + 1}. 好吗`).join('\n'), '有 21 道题，请控制在 20 道以内'],
  ])('“%s”', (typed, say) => {
    expect(readForm(typed)).toMatchObject({ kind: 'fault', say: expect.stringContaining(say) });
  });
});

it('what is shown of a form reads back as the same form', () => {
  const words = fc.stringMatching(/^[一-龥]{2,12}$/u);
  const question = fc.oneof(
    fc.record({ kind: fc.constant('open' as const), text: words, options: fc.constant<string[]>([]) }),
    fc.record({
      kind: fc.constantFrom('single' as const, 'multiple' as const),
      text: words,
      options: fc.uniqueArray(words, { minLength: 2, maxLength: 6 }),
    }),
  );
  fc.assert(
    fc.property(fc.array(question, { minLength: 1, maxLength: 20 }), (questions) => {
      const form = { title: '小调查', anonymous: true, questions };
      const reading = readForm(formText(form).replaceAll('可多选', '多选'));
      expect(reading).toEqual({ kind: 'form', form });
    }),
  );
});

it('anything is read in no time, and never throws', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (typed) => void readForm(typed)));
  for (const hostile of [
    '1. '.repeat(1_000),
    `1. ${'（'.repeat(2_900)}`,
    `1. ${'A '.repeat(1_400)}`,
    ' '.repeat(3_000),
  ]) {
    const begun = performance.now();
    readForm(hostile);
    expect(performance.now() - begun).toBeLessThan(200);
  }
});
