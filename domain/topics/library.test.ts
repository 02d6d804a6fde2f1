import { describe, expect, it } from 'vitest';
import { library, topicFiles } from '../../tests/support/library.ts';
import { dayFrom } from '../calendar/day.ts';
import { lunarDate } from '../calendar/lunar.ts';
import { readLibrary } from './library.ts';
import { seasonsOn } from './season.ts';
import { similarity } from './similarity.ts';
import { restDays, sameTopic } from './suggest.ts';

const { topics, fields, seasons } = library;

/** Every pair of the library whose lines are about the same. */
function twins(said: (topic: (typeof topics)[number]) => string): string[] {
  return topics.flatMap((one, index) =>
    topics
      .slice(0, index)
      .filter((other) => similarity(said(one), said(other)) >= sameTopic)
      .map((other) => `${one.id} ~ ${other.id}`),
  );
}

describe('the library', () => {
  it('holds at least 120 topics, each of its own title, and none twice in other words', () => {
    expect(topics.length).toBeGreaterThanOrEqual(120);
    expect(new Set(topics.map(({ title }) => title)).size).toBe(topics.length);
    expect(twins(({ text }) => text)).toEqual([]);
    expect(twins(({ title, followUp }) => `${title}${followUp}`)).toEqual([]);
  });

  it('tells twins by their words', () => {
    const twin = '你们学校食堂里，你回购最多的那一道菜是什么呀？带窗口名';
    expect(similarity(twin, topics.find(({ id }) => id === 'life-canteen')?.text ?? '')).toBeGreaterThan(
      sameTopic,
    );
    expect(similarity('', '。')).toBe(0);
  });

  it('asks nothing private and nobody’s stance, and sounds like no slogan', () => {
    const unwanted =
      /对象|恋爱|暗恋|收入|工资|存款|信仰|宗教|父母离|体重|身高|疾病|抑郁|家庭条件|贫困|政治|支持谁|怎么看待|谈谈你对|心得|体会|感悟|奋斗|使命|担当|赋能|正能量|青春无悔|砥砺|扬帆|绽放/;
    for (const { id, title, text, followUp } of topics)
      expect(`${title}${text}${followUp}`, id).not.toMatch(unwanted);
  });

  it('has the days that a cadre would look for', () => {
    const named = new Set(topics.flatMap((topic) => topic.seasons ?? []));
    const wanted =
      '开学季 五四 毕业季 考研 国庆 一二九 四六级 期末 军训 第一场雪 中秋 春节 立冬 冬至 清明 谷雨';
    for (const season of wanted.split(' ')) expect(named, season).toContain(season);
    for (const { name } of seasons) expect(named, `${name} has no topic`).toContain(name);
  });

  it('lasts half a year of a topic a week without its seasons, whatever the field', () => {
    expect(topics.filter((topic) => !topic.seasons).length).toBeGreaterThan(restDays / 7);
    for (const { field } of fields)
      expect(topics.filter((topic) => topic.field === field).length).toBeGreaterThanOrEqual(12);
  });

  it('names every fault with its file', () => {
    const [[name, content] = ['', {}]] = topicFiles;
    const good = content as { topics: object[] };
    const [topic] = good.topics;
    const only = (change: object) => ({ ...good, topics: [{ ...topic, id: 'x', ...change }] });
    const files = new Map<string, unknown>([
      [name, good],
      ['again.json', good],
      ['season.json', only({ seasons: ['没有的节'] })],
      ['style.json', only({ id: 'y', style: 'neon' })],
      ['long.json', only({ id: 'z', text: '长'.repeat(61) })],
      ['none.json', null],
    ]);
    const read = readLibrary(files, seasons);
    const faults = read.kind === 'fault' ? read.faults : [];
    for (const file of ['again', 'season', 'style', 'long', 'none'])
      expect(
        faults.some((fault) => fault.startsWith(`${file}.json: `)),
        file,
      ).toBe(true);
    expect(faults.some((fault) => fault.startsWith(name))).toBe(false);
    expect(readLibrary(new Map(), [{ name: '开学', from: '9-1', to: '09-30' }])).toMatchObject({
      kind: 'fault',
    });
  });
});

describe('seasons', () => {
  const on = (year: number, month: number, date: number) => [
    ...seasonsOn(seasons, dayFrom(year, month, date)).keys(),
  ];

  it('know the days of the Chinese calendar', () => {
    expect(lunarDate(dayFrom(2026, 2, 17))).toBe('01-01');
    expect(lunarDate(dayFrom(2026, 9, 25))).toBe('08-15');
    expect(lunarDate(dayFrom(2027, 6, 9))).toBe('05-05');
    // A leap sixth month.
    expect(lunarDate(dayFrom(2025, 8, 1))).toBeUndefined();
  });

  it('are found where they lie', () => {
    expect(on(2026, 2, 16)).toContain('春节');
    expect(on(2026, 3, 3)).toEqual(expect.arrayContaining(['元宵', '新学期', '学雷锋']));
    expect(on(2026, 9, 25)).toContain('中秋');
    expect(on(2026, 9, 28)).not.toContain('中秋');
    expect(on(2027, 9, 14)).toContain('中秋');
    expect(on(2026, 12, 31)).toEqual(expect.arrayContaining(['岁末年初', '期末', '冬天']));
    expect(on(2027, 1, 1)).toEqual(expect.arrayContaining(['岁末年初', '期末', '第一场雪']));
    expect(seasonsOn(seasons, dayFrom(2026, 12, 5)).get('一二九')).toBe(7);
    expect(seasonsOn(seasons, dayFrom(2026, 12, 25)).get('岁末年初')).toBe(18);
  });
});
