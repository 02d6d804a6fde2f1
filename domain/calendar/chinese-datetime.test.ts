import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseDateTime } from './chinese-datetime.ts';
import { chineseNumber, chineseYear, foldWidths } from './chinese-numbers.ts';
import { startOfDay } from './day.ts';
import { formatDate, formatDateTime, formatDateTimeRange } from './format-datetime.ts';

function at(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
}

function local(ms: number | undefined): string | undefined {
  return ms === undefined
    ? undefined
    : new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** Wednesday. */
const now = at('2026-05-13 10:00');

/** text → start, end; `?` behind the start: the half-day was assumed; `<`: past. */
const understood: [text: string, start: string, end?: string][] = [
  ['今天15:00', '2026-05-13 15:00'],
  ['明天下午3点', '2026-05-14 15:00'],
  ['后天上午十点一刻', '2026-05-15 10:15'],
  ['大后天中午', '2026-05-16 12:00'],
  ['今晚七点半', '2026-05-13 19:30'],
  ['今晚7点', '2026-05-13 19:00'],
  ['明早8点', '2026-05-14 08:00'],
  ['明晚19:30', '2026-05-14 19:30'],
  ['今天晚上十二点', '2026-05-14 00:00'],
  ['周五15点', '2026-05-15 15:00'],
  ['星期五下午三点四十', '2026-05-15 15:40'],
  ['礼拜天早上9点', '2026-05-17 09:00'],
  ['周日晚7:00', '2026-05-17 19:00'],
  ['周一 14:00', '2026-05-18 14:00'],
  ['周三 14:00', '2026-05-13 14:00'],
  ['周三 09:00', '2026-05-20 09:00'],
  ['下周三 14:00', '2026-05-20 14:00'],
  ['下周日下午2点', '2026-05-24 14:00'],
  ['下下周一上午9点', '2026-05-25 09:00'],
  ['本周六 14:00', '2026-05-16 14:00'],
  ['这周日晚上8点', '2026-05-17 20:00'],
  ['下个星期二 16:00', '2026-05-19 16:00'],
  ['本周一 14:00', '2026-05-11 14:00<'],
  ['昨天14:00', '2026-05-12 14:00<'],
  ['今天9:00', '2026-05-13 09:00<'],
  ['5月20日 14:00', '2026-05-20 14:00'],
  ['5月20号14点30分', '2026-05-20 14:30'],
  ['5月20 15点30', '2026-05-20 15:30'],
  ['5.20 14:00', '2026-05-20 14:00'],
  ['5-20 14:00', '2026-05-20 14:00'],
  ['5/20 14:00', '2026-05-20 14:00'],
  ['6.1 14:00', '2026-06-01 14:00'],
  ['2026-05-20 14:00', '2026-05-20 14:00'],
  ['2026-05-20T14:00', '2026-05-20 14:00'],
  ['2026/5/20 14:00', '2026-05-20 14:00'],
  ['2026.5.20 14:00', '2026-05-20 14:00'],
  ['20260520 14:00', '2026-05-20 14:00'],
  ['2026年5月20日下午2点', '2026-05-20 14:00'],
  ['26年5月20日下午2点', '2026-05-20 14:00'],
  ['二〇二六年五月二十日下午两点', '2026-05-20 14:00'],
  ['6月的20号 14:00', '2026-06-20 14:00'],
  ['五月二十号晚上七点半', '2026-05-20 19:30'],
  ['明年3月5日 9点整', '2027-03-05 09:00?'],
  ['3月5日 09:00', '2027-03-05 09:00'],
  ['5月12日 14:00', '2027-05-12 14:00'],
  ['2025-05-20 14:00', '2025-05-20 14:00<'],
  ['20号 14:00', '2026-05-20 14:00'],
  ['二十号下午四点', '2026-05-20 16:00'],
  ['5号 14:00', '2026-06-05 14:00'],
  ['下个月3号 14:00', '2026-06-03 14:00'],
  ['5月20日（周三）14:00', '2026-05-20 14:00'],
  ['５月２０日　１４：００', '2026-05-20 14:00'],
  ['周五凌晨1点', '2026-05-15 01:00'],
  ['周五傍晚6点', '2026-05-15 18:00'],
  ['周五中午12点半', '2026-05-15 12:30'],
  ['周五中午1点', '2026-05-15 13:00'],
  ['周五3pm', '2026-05-15 15:00'],
  ['周五 3:30 PM', '2026-05-15 15:30'],
  ['周五三点零五分', '2026-05-15 15:05?'],
  ['周五三点三刻', '2026-05-15 15:45?'],
  ['周五十五时三十分', '2026-05-15 15:30'],
  ['周五3点', '2026-05-15 15:00?'],
  ['周五8点', '2026-05-15 08:00?'],
  ['8点', '2026-05-13 20:00?'],
  ['11点', '2026-05-13 11:00?'],
  ['3点', '2026-05-13 15:00?'],
  ['12点', '2026-05-13 12:00'],
  ['09:00', '2026-05-14 09:00'],
  ['15:00', '2026-05-13 15:00'],
  ['半小时后', '2026-05-13 10:30'],
  ['两小时后', '2026-05-13 12:00'],
  ['一个半小时后', '2026-05-13 11:30'],
  ['45分钟以后', '2026-05-13 10:45'],
  ['3天后 15:00', '2026-05-16 15:00'],
  ['两周后下午3点', '2026-05-27 15:00'],
  ['周五14:00-16:00', '2026-05-15 14:00', '2026-05-15 16:00'],
  ['周五 14：00—16：00', '2026-05-15 14:00', '2026-05-15 16:00'],
  ['周五14:00~16:00', '2026-05-15 14:00', '2026-05-15 16:00'],
  ['周五从14:00到16:00', '2026-05-15 14:00', '2026-05-15 16:00'],
  ['周五下午2点到4点', '2026-05-15 14:00', '2026-05-15 16:00'],
  ['周五下午2-4点', '2026-05-15 14:00', '2026-05-15 16:00'],
  ['周五2点至4点', '2026-05-15 14:00?', '2026-05-15 16:00'],
  ['周五14-16点', '2026-05-15 14:00', '2026-05-15 16:00'],
  ['周五9点到5点', '2026-05-15 09:00?', '2026-05-15 17:00'],
  ['周五上午10点到下午2点', '2026-05-15 10:00', '2026-05-15 14:00'],
  ['周五下午6:00-8:30', '2026-05-15 18:00', '2026-05-15 20:30'],
  ['周五晚上10点到凌晨1点', '2026-05-15 22:00', '2026-05-16 01:00'],
  ['周五22:00-2:00', '2026-05-15 22:00', '2026-05-16 02:00'],
  ['5月20日14:00到5月21日12:00', '2026-05-20 14:00', '2026-05-21 12:00'],
  ['周五14:00到周六12:00', '2026-05-15 14:00', '2026-05-16 12:00'],
  ['12月31日23:00-次日1:00', '2026-12-31 23:00', '2027-01-01 01:00'],
  ['周五14:00到第二天16:00', '2026-05-15 14:00', '2026-05-16 16:00'],
  ['5/28(周四)19:00~21:00', '2026-05-28 19:00', '2026-05-28 21:00'],
  ['28晚上7点', '2026-05-28 19:00'],
  ['周五下午3:30分', '2026-05-15 15:30'],
  ['2026 年 5 月 20 日 14 : 00', '2026-05-20 14:00'],
  ['5月20日 下午 3 点 15 分', '2026-05-20 15:15'],
  ['周五24:00', '2026-05-16 00:00'],
  ['周五15:00 2小时', '2026-05-15 15:00', '2026-05-15 17:00'],
  ['周五下午3点，一个半小时', '2026-05-15 15:00', '2026-05-15 16:30'],
  ['周五15:00共90分钟', '2026-05-15 15:00', '2026-05-15 16:30'],
  ['周五15:00 1.5小时', '2026-05-15 15:00', '2026-05-15 16:30'],
];

test.each(understood)('%s', (text, start, end) => {
  const read = parseDateTime(text, now);
  expect(read).toMatchObject({ kind: 'read' });
  if (read.kind !== 'read') return;
  expect([local(read.at), read.past, local(read.until), read.rest]).toEqual([
    start.slice(0, 16),
    start.endsWith('<'),
    end,
    '',
  ]);
  if (end === undefined) expect(read.assumed).toBe(start.endsWith('?'));
});

const refused: [text: string, why: string, says: string][] = [
  ['', 'nothing', '没看到时间'],
  ['羽毛球赛', 'nothing', '没看到时间'],
  ['2月30日 14:00', 'impossible', '2月30日'],
  ['2.30 14:00', 'impossible', '2.30'],
  ['13月1日 14:00', 'impossible', '13月1日'],
  ['5月0日 14:00', 'impossible', '5月0日'],
  ['2026年2月29日 14:00', 'impossible', '2月29日'],
  ['25:00', 'impossible', '25:00'],
  ['明天25点', 'impossible', '25点'],
  ['明天12:60', 'impossible', '12:60'],
  ['明天24:30', 'impossible', '24:30'],
  ['明天上午15点', 'impossible', '上午'],
  ['14.30 图书馆 15:00', 'impossible', '14.30'],
  ['5月20日', 'no-time', '5月20日（周三）'],
  ['3天后', 'no-time', '5月16日（周六）'],
  ['周五下午', 'no-time', '5月15日（周五）'],
  ['明天 8.30', 'ambiguous', '8.30'],
  ['周五 5月20日 14:00', 'ambiguous', '周三'],
  ['周五或周六 14:00', 'ambiguous', '周六'],
  ['5月20日-5月22日 14:00', 'ambiguous', '一个日期'],
  ['5.20-5.22 14:00', 'ambiguous', '只写一个日期'],
  ['周五 14:00 16:00', 'ambiguous', '几个时间'],
  ['今晚1点', 'ambiguous', '哪一天'],
  ['今晚凌晨1点', 'ambiguous', '为准'],
  ['周末 14:00', 'ambiguous', '哪一天'],
  ['每周三 14:00', 'ambiguous', '哪一天'],
  ['月底下午3点', 'ambiguous', '哪一天'],
  ['下周 14:00', 'ambiguous', '哪一天'],
  ['国庆 19:00', 'ambiguous', '哪一天'],
  ['5月 14:00', 'ambiguous', '哪一天'],
  ['六一上午9点', 'ambiguous', '哪一天'],
  ['农历5月20日 9:00', 'ambiguous', '哪一天'],
  ['第十五周周三14:00', 'ambiguous', '哪一天'],
  ['5.20-21 14:00', 'ambiguous', '哪一天'],
  ['5月20-21日 14:00', 'ambiguous', '哪一天'],
  ['周五下午0点', 'impossible', '“下午0点”'],
  ['5-20-5-22 14:00', 'ambiguous', '哪一天'],
  ['差五分三点', 'ambiguous', '哪一天'],
  ['周五16:00-14:00', 'impossible', '晚于开始'],
  ['周五14:00-25:00', 'impossible', '晚于开始'],
  ['5月20日14:00到5月19日12:00', 'impossible', '晚于开始'],
  ['两小时后 15:00', 'ambiguous', '为准'],
  ['周五15:00 0小时', 'ambiguous', '多久'],
];

test.each(refused)('%s is refused: %s', (text, why, says) => {
  const read = parseDateTime(text, now);
  expect(read).toMatchObject({ kind: 'fault', why });
  if (read.kind === 'fault') {
    expect(read.say).toContain(says);
    expect(read.say).toMatch(/[。？]$/);
  }
});

const around: [text: string, start: string, rest: string, end?: string][] = [
  ['周五下午3点 图书馆 读书会', '2026-05-15 15:00', '图书馆 读书会'],
  ['羽毛球赛 周五 14:00-16:00 体育馆3号场', '2026-05-15 14:00', '羽毛球赛 体育馆3号场', '2026-05-15 16:00'],
  ['羽毛球赛（周五下午3点）体育馆', '2026-05-15 15:00', '羽毛球赛 体育馆'],
  ['读书会，5月20日（周三）14:00，20号楼', '2026-05-20 14:00', '读书会， ，20号楼'],
  ['志愿服务 3-5人 周五下午2点', '2026-05-15 14:00', '志愿服务 3-5人'],
  ['活动2.0 周五15:00', '2026-05-15 15:00', '活动2.0'],
  ['周五晚 篮球赛 7点', '2026-05-15 19:00', '篮球赛'],
  ['周五下午三点篮球赛', '2026-05-15 15:00', '篮球赛'],
  ['下午茶 周五10:00', '2026-05-15 10:00', '下午茶'],
  ['周五3点5人制足球', '2026-05-15 15:00', '5人制足球'],
  ['周五15:00 一小时阅读', '2026-05-15 15:00', '一小时阅读'],
  ['每周一练 周五15:00', '2026-05-15 15:00', '每周一练'],
  ['读书会\n周五15:00\n图书馆', '2026-05-15 15:00', '读书会\n图书馆'],
  ['第3号教室 周五15:00', '2026-05-15 15:00', '第3号教室'],
  ['《五四》朗诵 5月15日19:00', '2026-05-15 19:00', '《五四》朗诵'],
];

test.each(around)('%s keeps the rest', (text, start, rest, end) => {
  const read = parseDateTime(text, now);
  expect(read.kind === 'read' && [local(read.at), read.rest, local(read.until)]).toEqual([start, rest, end]);
});

it('says so where the half-day of the end was assumed', () => {
  expect(parseDateTime('周五上午9点到周六3点', now)).toMatchObject({
    until: at('2026-05-16 15:00'),
    assumed: true,
  });
  expect(parseDateTime('周五上午9点到周六下午3点', now)).toMatchObject({ assumed: false });
});

describe('at other times', () => {
  it('takes the evening where the morning is over, and tomorrow where the day is', () => {
    const evening = at('2026-05-13 21:30');
    expect(parseDateTime('8点', evening)).toMatchObject({ at: at('2026-05-14 08:00'), assumed: true });
    expect(parseDateTime('今天8点', evening)).toMatchObject({ at: at('2026-05-13 20:00'), past: true });
    expect(parseDateTime('15:00', evening)).toMatchObject({ at: at('2026-05-14 15:00') });
  });

  it('goes over the end of a month and a year', () => {
    const newYearsEve = at('2026-12-31 10:00');
    expect(parseDateTime('明天15:00', newYearsEve)).toMatchObject({ at: at('2027-01-01 15:00') });
    expect(parseDateTime('1号 15:00', newYearsEve)).toMatchObject({ at: at('2027-01-01 15:00') });
    expect(parseDateTime('1月8日 15:00', newYearsEve)).toMatchObject({ at: at('2027-01-08 15:00') });
    expect(parseDateTime('31号 15:00', at('2026-04-10 10:00'))).toMatchObject({
      kind: 'fault',
      why: 'impossible',
    });
    expect(parseDateTime('2月29日 15:00', at('2027-06-01 10:00'))).toMatchObject({
      at: at('2028-02-29 15:00'),
    });
  });
});

describe('properties', () => {
  const instants = fc.integer({ min: at('2020-01-01 00:00'), max: at('2035-01-01 00:00') });
  const words =
    '今明后大周星期礼拜天下上本这个月日号年点半刻分时小午晚早凌晨中到至-~:：.／/（） 零一二两三四五六七八九十0123456789０９每末pm\n';
  const sentences = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...words), maxLength: 24 }),
  );

  it('never throws, and says something about everything', () => {
    fc.assert(
      fc.property(sentences, instants, (text, time) => {
        const read = parseDateTime(text, time);
        if (read.kind === 'fault') return read.say.length > 0;
        return (
          Number.isSafeInteger(read.at) &&
          read.past === read.at < time &&
          (read.until === undefined || read.until > read.at)
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(instants, instants, fc.integer({ min: 1, max: 3000 }), (time, said, length) => {
        const start = Math.floor(time / 60_000) * 60_000;
        const end = start + length * 60_000;
        // Without a year a date means the next one; so only what lies ahead, in this year, is written without one.
        const dated = said < start ? said : startOfDay(Math.floor(start / 86_400_000) - 400);
        expect(parseDateTime(formatDateTime(start, dated), dated)).toMatchObject({ at: start, rest: '' });
        expect(parseDateTime(formatDateTimeRange(start, end, dated), dated)).toMatchObject({
          at: start,
          until: end,
        });
      }),
    );
  });
});

test('dates are written with the year only when it is another', () => {
  expect(formatDateTime(at('2026-05-20 14:00'), now)).toBe('5月20日（周三）14:00');
  expect(formatDateTime(at('2027-01-03 08:05'), now)).toBe('2027年1月3日（周日）08:05');
  expect(formatDateTimeRange(at('2026-05-20 14:00'), at('2026-05-20 16:00'), now)).toBe(
    '5月20日（周三）14:00-16:00',
  );
  expect(formatDate(0, now)).toBe('1970年1月1日（周四）');
});

test('numbers', () => {
  expect(['十', '二十', '二十三', '零五', '两', '12', '九十九'].map(chineseNumber)).toEqual([
    10, 20, 23, 5, 2, 12, 99,
  ]);
  expect(['', '一二', '十十', '百'].map(chineseNumber)).toEqual([undefined, undefined, undefined, undefined]);
  expect([chineseYear('二〇二六'), chineseYear('2026'), chineseYear('二零')]).toEqual([
    2026,
    2026,
    undefined,
  ]);
  expect(foldWidths('１４：００—😀ＡＭ')).toBe('14:00-😀AM');
});
