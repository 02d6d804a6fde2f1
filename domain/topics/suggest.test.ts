import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { library } from '../../tests/support/library.ts';
import { dayFrom, startOfDay } from '../calendar/day.ts';
import { demandFields, type Occasion, type PastTopic, restDays, suggest } from './suggest.ts';

const quiet = dayFrom(2026, 10, 14);
/** The library in a time without seasons. */
const always = { ...library, topics: library.topics.filter(({ seasons }) => !seasons) };
const byId = new Map(library.topics.map((topic) => [topic.id, topic]));

function had(id: string, day: number, clear?: number, inferred = 0): PastTopic {
  const { title = id, text = id } = byId.get(id) ?? {};
  const counts = { clear, inferred: clear === undefined ? undefined : inferred };
  return { libraryId: byId.has(id) ? id : undefined, title, text, openedAt: startOfDay(day), ...counts };
}

function propose(day: number, change: Partial<Occasion> = {}) {
  return suggest(library, {
    day,
    past: [],
    demands: new Map(),
    surveys: new Map(),
    shown: [],
    seed: 1,
    ...change,
  });
}

describe('suggestions', () => {
  it('are three of different fields on every day of the year, for a group that had none', () => {
    for (let day = dayFrom(2028, 1, 1); day <= dayFrom(2028, 12, 31); day++) {
      const three = propose(day, { seed: day });
      expect(new Set(three.map(({ topic }) => topic.field)).size).toBe(3);
      for (const { reason } of three) expect(reason).toMatch(/^因为./);
    }
  });

  it.each([
    [dayFrom(2026, 5, 3), '五四'],
    [dayFrom(2026, 12, 7), '一二九'],
    [dayFrom(2026, 9, 24), '中秋'],
    [dayFrom(2027, 2, 5), '春节'],
    [dayFrom(2026, 12, 21), '冬至'],
    [dayFrom(2027, 6, 8), '端午'],
    [dayFrom(2026, 9, 2), '开学季'],
  ])('put in front what the season of day %i is on: %s', (day, season) => {
    expect(propose(day).map(({ reason }) => reason)).toContainEqual(
      expect.stringContaining(`正当时（${season}）`),
    );
  });

  it('follow what several people asked for, and name their number', () => {
    const texts = ['想知道哪里招实习', '找工作的讲座太少了', '实习盖章太难', '食堂贵'];
    const demands = demandFields(
      texts.map((text, index) => ({ askerId: index + 1, text })),
      library.fields,
    );
    const career = propose(quiet, { demands }).find(({ topic }) => topic.field === 'career');
    expect(career?.reason).toContain('最近有 3 人反映的事和就业有关');
    // One person alone might be recognised; and said twice, it is one person.
    const one = demandFields(
      texts.map((text) => ({ askerId: 7, text })),
      library.fields,
    );
    expect(one.get('career')).toBe(1);
    for (const { reason } of propose(quiet, { demands: one })) expect(reason).not.toContain('反映');
  });

  it('never take up a cry for help', () => {
    const demands = demandFields(
      [1, 2, 3].map((askerId) => ({ askerId, text: '找工作失败，不想活了' })),
      library.fields,
    );
    expect([...demands.values()].every((people) => people === 0)).toBe(true);
  });

  it('come back to a field whose topics were joined, with the figures apart', () => {
    const past = [
      had('study-seat', quiet - 3, 1, 1),
      had('life-canteen', quiet - 20, 1, 0),
      had('culture-film', quiet - 30, 0, 2),
      had('campus-cat', quiet - 40, 12, 6),
    ];
    const again = propose(quiet, { past }).find(({ topic }) => topic.field === 'campus');
    expect(again?.reason).toContain('上次聊“校园里的猫狗”，明确参与 12 人、推测参与 6 人');
    expect(propose(quiet, { past }).map(({ topic }) => topic.field)).not.toContain('study');
  });

  it('turn to fields that the group had none of lately', () => {
    const past = [had('life-canteen', quiet - 2), had('study-seat', quiet - 9)];
    for (const { topic, reason } of propose(quiet, { past })) {
      expect(['life', 'study']).not.toContain(topic.field);
      expect(reason).toMatch(/最近没聊过|正当时/);
    }
  });

  it('leave out what resembles the cadre’s own words of the last half-year', () => {
    const text = '学校食堂里你回购最多的一道菜是什么？带上窗口名哦';
    const own = { libraryId: undefined, title: '食堂', text, clear: 3, inferred: 0 };
    const ids = (openedAt: number) =>
      new Set(
        Array.from({ length: 300 }, (_, seed) =>
          suggest(always, {
            day: quiet,
            past: [{ ...own, openedAt: startOfDay(openedAt) }],
            demands: new Map(),
            surveys: new Map(),
            shown: [],
            seed,
          }).map(({ topic }) => topic.id),
        ).flat(),
      );
    expect(ids(quiet - 30)).not.toContain('life-canteen');
    expect(ids(quiet - restDays - 1)).toContain('life-canteen');
  });

  it('bring others when asked again', () => {
    const first = propose(quiet).map(({ topic }) => topic.id);
    const second = propose(quiet, { shown: first }).map(({ topic }) => topic.id);
    expect(second.filter((id) => first.includes(id))).toEqual([]);
  });

  it('are the same for the same input, and never what the group had within half a year', () => {
    const ids = library.topics.map(({ id }) => id);
    fc.assert(
      fc.property(
        fc.integer({ min: 18_000, max: 24_000 }),
        fc.array(
          fc.record({
            id: fc.constantFrom(...ids),
            ago: fc.integer({ min: 0, max: 400 }),
            clear: fc.option(fc.nat(40), { nil: undefined }),
          }),
          { maxLength: 60 },
        ),
        fc.integer(),
        (day, topics, seed) => {
          const past = topics
            .sort((a, b) => a.ago - b.ago)
            .map(({ id, ago, clear }) => had(id, day - ago, clear));
          const three = propose(day, { past, seed });
          expect(three).toEqual(propose(day, { past, seed }));
          expect(three).toHaveLength(3);
          const resting = new Set(topics.filter(({ ago }) => ago <= restDays).map(({ id }) => id));
          expect(three.filter(({ topic }) => resting.has(topic.id))).toEqual([]);
        },
      ),
    );
  });

  it('are none when nothing is left, and come again after half a year', () => {
    const all = (ago: number) => library.topics.map(({ id }) => had(id, quiet - ago));
    expect(propose(quiet, { past: all(restDays) })).toEqual([]);
    const again = propose(quiet, { past: all(restDays + 1) });
    expect(again).toHaveLength(3);
    for (const { reason } of again) expect(reason).toMatch(/半年多前聊过|正当时/);
  });
});
