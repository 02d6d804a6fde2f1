import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSentences } from './check.ts';
import type { EvidenceRecord } from './report.ts';

const records: readonly EvidenceRecord[] = [
  '群里计入 61 天，其中 52 天有声音。',
  '讲团课 2 次（有印证 1 次、仅口述 1 次）：9 月 20 日“从一枚团徽讲起”（31 人参加）。',
  '“每年3次谈心谈话”：2026 年有 1 次，要求 3 次，还没有达到，期限还没到。',
  '问卷收到答卷 40 份，回收 80%。',
].map((text, n) => ({ number: n + 1, text, source: '', mustSay: false, part: '做法' }));

const check = (text: string, ...named: number[]) =>
  checkSentences([{ part: '做法', text, records: named }], records);

describe('a sentence on records', () => {
  it.each<[string, ...number[]]>([
    ['计入的 61 天里，有 52 天有声音。', 1],
    ['讲了 2 堂团课，其中“从一枚团徽讲起”有 31 人参加。', 2],
    ['9 月 20 日讲团课，31 名同学参加。', 2],
    ['讲团课两次，三十一人参加。', 2],
    ['回收百分之八十。', 4],
    ['谈心谈话还差着，按“每年3次谈心谈话”接着做。', 3],
    ['每天有声音是“五个有”之一。'.replace('“五个有”', '五个有'), 1],
    ['有声音和团课都记下了。', 1, 2],
  ])('stays: %s', (text, ...named) => {
    const { kept, struck } = check(text, ...named);
    expect([kept.length, struck]).toEqual([1, []]);
  });

  it.each<[string, string, ...number[]]>([
    ['no-record', '群里有声音。'],
    ['unknown-record', '群里有声音。', 9],
    ['unknown-record', '群里有声音。', 1, 0],
    ['number', '计入的 62 天里都有声音。', 1],
    ['number', '52 人有声音。', 1],
    ['number', '讲团课 2 次。', 1],
    ['number', '讲团课三次。', 2],
    ['number', '有声音的占百分之九十。', 1],
    ['number', '下一步办 5 场活动。', 2],
    ['number', '参加的有３２人。', 2],
    ['title', '讲了“从一面团旗讲起”。', 2],
    ['title', '“办了 50 场”也记下了。', 1],
    ['boast', '团课深受欢迎。', 2],
    ['boast', '大部分青年都在说话。', 1],
    ['number', '三十多人来听团课。', 2],
    ['boast', '好几次都有人来听团课。', 2],
    ['boast', '成效显著。', 1],
  ])('is struck (%s): %s', (why, text, ...named) => {
    expect(check(text, ...named)).toEqual({ kept: [], struck: [why] });
  });

  it('is taken apart from the others in its text, each of which must be borne', () => {
    const { kept, struck } = check('计入 61 天。反响热烈！共 99 天有声音\n其中 52 天有声音', 1);
    expect(kept.map(({ text }) => text)).toEqual(['计入 61 天。', '其中 52 天有声音。']);
    expect(struck).toEqual(['boast', 'number']);
  });

  it('never carries a number that its records have not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 99_999 }), fc.constantFrom('人', '次', '天', ''), (n, unit) => {
        expect(check(`群里有 ${n} ${unit}说话。`, 1, 2, 3, 4).kept).toEqual([]);
      }),
    );
  });
});
