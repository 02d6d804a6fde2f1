import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Day, dayFrom, daysInMonth, weekdayOf } from '../../domain/calendar/day.ts';
import { xinjiang } from '../../domain/policy/profiles/xinjiang.ts';
import { cadenceNames } from '../../domain/standing/measure.ts';
import type { Progress, Verdict } from '../../domain/standing/progress.ts';
import { drawProgress } from './progress-card.ts';
import { progressText } from './progress-text.ts';

const verdicts: readonly Verdict[] = ['met', 'underway', 'missed', 'unknown', 'none'];

function sample(
  year: number,
  month: number,
  date: number,
  verdictOf: (date: number) => Verdict = () => 'met',
): Progress {
  const first: Day = dayFrom(year, month, 1);
  const length = daysInMonth(year, month);
  const today = first + date - 1;
  const monday = first - (weekdayOf(first) - 1);
  return {
    ...cadenceNames(xinjiang),
    group: '计算机 2401 班青年交流群',
    cadre: '阿依古丽',
    unit: '信息工程学院团总支',
    today,
    youths: 98,
    voice: {
      month: `${year}-${String(month).padStart(2, '0')}`,
      days: Array.from({ length }, (_, i) => ({
        day: first + i,
        verdict: i < date ? verdictOf(i + 1) : 'none',
      })),
    },
    weeks: [0, 7, 14, 21, 28].map((offset) => {
      const from = monday + offset;
      const verdict = from > today ? 'none' : from + 6 >= today ? 'underway' : 'met';
      return { key: String(from), from, to: from + 6, exchange: 4, needed: 3, verdict };
    }),
    topic: { title: '图书馆今天人多吗', clear: 3, inferred: 4, needed: 5, neededClear: 1, verdict: 'met' },
    activity: { quarter: '2026-Q3', held: 1, needed: 1, daysLeft: 2, verdict: 'met' },
    faceToFace: { year: '2026', met: 62, roster: 98, percent: 63, neededPercent: 50, verdict: 'met' },
    coverage: { heard: 828, of: 900, fullDays: 25, days: 28 },
    raised: [],
  };
}

function pngSize(png: Uint8Array): { width: number; height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

const hostileNames = [
  '',
  '\u0000\u0007\u202e',
  'a\u202egpj.exe\n\n\u2067b',
  'ئۇيغۇرچە',
  '\ud800',
  '“”‘’',
  '<b style="width:x">&amp;',
  '👩‍🏫🏳️‍🌈1️⃣🇨🇳❤🪾',
  `e${'\u0301'.repeat(5000)}`,
  '👩‍'.repeat(5000),
  '长'.repeat(200_000),
];

describe('drawProgress', () => {
  test('is a PNG, 900 pixels wide, higher where the month has a week more', async () => {
    const february = await drawProgress(sample(2027, 2, 28));
    const fromSunday = await drawProgress({ ...sample(2027, 2, 28), voice: sample(2026, 3, 31).voice });
    expect([...february.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(pngSize(february).width).toBe(900);
    // 1 to 28 February 2027 are four whole weeks; 31 days from a Sunday touch six.
    expect(pngSize(fromSunday).height).toBeGreaterThan(pngSize(february).height + 80);
  });

  test('each verdict of a day looks different', async () => {
    const pictures = new Set<string>();
    for (const verdict of verdicts) {
      const png = await drawProgress(sample(2026, 9, 28, (date) => (date === 9 ? verdict : 'met')));
      pictures.add(Buffer.from(png).toString('base64'));
    }
    expect(pictures.size).toBe(verdicts.length);
  });

  test('every figure shows, and the same progress gives the same picture', async () => {
    const base = sample(2026, 9, 28);
    const draw = async (progress: Progress) => Buffer.from(await drawProgress(progress)).toString('base64');
    const before = await draw(base);
    expect(await draw(base)).toBe(before);
    const others: Progress[] = [
      { ...base, youths: 99 },
      { ...base, weeks: base.weeks.map((week) => ({ ...week, exchange: 5 })) },
      { ...base, topic: { ...base.topic, clear: 4, inferred: 3 } },
      { ...base, topic: { ...base.topic, title: undefined } },
      { ...base, activity: { ...base.activity, held: 2 } },
      { ...base, activity: { ...base.activity, daysLeft: 0 } },
      { ...base, faceToFace: { ...base.faceToFace, percent: 64 } },
      { ...base, coverage: { ...base.coverage, heard: 700 } },
    ];
    for (const other of others) expect(await draw(other)).not.toBe(before);
  });

  test.each(hostileNames.map((name, i) => [i, name]))('hostile name %i is drawn', async (_, name) => {
    const base = sample(2026, 9, 28);
    const hostile = {
      ...base,
      group: name,
      cadre: name,
      unit: name,
      topic: { ...base.topic, title: name },
    };
    const { height } = pngSize(await drawProgress(hostile));
    expect(height).toBeLessThan(pngSize(await drawProgress(base)).height + 400);
  });

  test('figures that cannot be do not throw', async () => {
    const base = sample(2026, 9, 28);
    const faceToFace = { ...base.faceToFace, roster: 0, met: 7, percent: Number.NaN };
    const coverage = { heard: 0, of: 0, fullDays: 0, days: 0 };
    const odd = { ...base, faceToFace, coverage, voice: { month: '', days: [] }, weeks: [] };
    expect(pngSize(await drawProgress(odd)).width).toBe(900);
  });
});

describe('progressText', () => {
  test('says every day once, in its verdict', () => {
    const text = progressText(
      sample(2026, 9, 28, (date) =>
        date < 4 ? 'none' : date < 7 ? 'missed' : date === 8 ? 'unknown' : 'met',
      ),
    );
    expect(text).toContain('今天：达成。');
    expect(text).toContain('有声音 21 天：7 日、9 日至 28 日。');
    expect(text).toContain('没有声音 3 天：4 日至 6 日。');
    expect(text).toContain('不确定 1 天：8 日。');
    expect(text).toContain('未计入 5 天：1 日至 3 日、29 日至 30 日。');
    expect(text).toContain('2026 年 9 月 28 日，星期一');
  });

  test('a day underway is a day with time left', () => {
    const text = progressText(sample(2026, 9, 28, (date) => (date === 28 ? 'underway' : 'met')));
    expect(text).toContain('今天还没有听到声音，还来得及。');
  });

  test.each([
    ['met', '达成'],
    ['underway', '进行中'],
    ['missed', '未达成'],
    ['unknown', '不确定'],
    ['none', '未计入'],
  ] as const)('%s is “%s” for topic, activity, face-to-face and week', (verdict, word) => {
    const base = sample(2026, 9, 28);
    const text = progressText({
      ...base,
      weeks: base.weeks.slice(0, 1).map((week) => ({ ...week, verdict })),
      topic: { ...base.topic, verdict },
      activity: { ...base.activity, verdict },
      faceToFace: { ...base.faceToFace, verdict },
    });
    expect(text).toContain(`三、每月有话题，2026 年 9 月：${word}。`);
    expect(text).toContain(`四、每季度有线下活动，2026 年第三季度：${word}。`);
    expect(text).toContain(`五、每年有面对面交流，2026 年：${word}。`);
    expect(text).toContain(`8 月 31 日至 9 月 6 日：${word}。`);
    expect(text.includes('有来有往 4 人，需 3 人')).toBe(verdict !== 'none');
  });

  test('a week still to come is not one before the binding', () => {
    const text = progressText(sample(2026, 9, 16));
    expect(text).toContain('9 月 14 日至 9 月 20 日（本周）：进行中。');
    expect(text).toContain('9 月 21 日至 9 月 27 日：还没到。');
  });

  test('shows both kinds of taking part apart, and says when a clear one lacks', () => {
    const base = sample(2026, 9, 28);
    expect(progressText(base)).toContain(
      '话题“图书馆今天人多吗”：明确参与 3 人，推测参与 4 人，共 7 人，需 5 人。',
    );
    const silent = { ...base, topic: { ...base.topic, clear: 0, inferred: 6 } };
    expect(progressText(silent)).toContain('共 6 人，需 5 人，其中至少 1 人明确。');
    const none = { ...base.topic, title: undefined, verdict: 'underway' } as const;
    expect(progressText({ ...base, topic: none })).toContain('这个月还没有发布话题。');
    expect(progressText({ ...base, topic: { ...none, verdict: 'missed' } })).toContain(
      '这个月没有发布话题。',
    );
  });

  test('says who was met and what it takes', () => {
    expect(progressText(sample(2026, 9, 28))).toContain(
      '已见 62 人，共 98 人，占 63%。见过的青年超过一半即达成。',
    );
  });

  test('says how much was heard, rounded down', () => {
    const base = sample(2026, 9, 28);
    expect(progressText(base)).toContain('本月机器人在听 92%（28 天中 25 天全天）。');
    const almost = { heard: 899, of: 900, fullDays: 27, days: 28 };
    expect(progressText({ ...base, coverage: almost })).toContain('在听 99%');
  });

  test('whatever a name is, nothing invisible or directional and no line more comes of it', () => {
    const base = sample(2026, 9, 28);
    const lines = progressText(base).split('\n').length;
    const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileNames));
    fc.assert(
      fc.property(name, (group) => {
        const text = progressText({ ...base, group, topic: { ...base.topic, title: group } });
        expect(text.split('\n')).toHaveLength(lines);
        expect(text).not.toMatch(/[\p{Cs}\u202a-\u202e\u2066-\u2069\u200b]/u);
        expect(text).not.toContain('\u0000');
        expect(text.length).toBeLessThan(3000);
      }),
    );
  });
});
