import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Day, dayFrom, startOfDay } from '../calendar/day.ts';
import { xinjiang } from '../policy/profiles/xinjiang.ts';
import type { GroupFacts } from '../presence/facts.ts';
import { measureProgress } from '../standing/measure.ts';
import { type Folded, figuresIn } from './figures.ts';

const hour = 3_600_000;
const cadre = 1;
const may = (date: number) => dayFrom(2026, 5, date);
const month = { from: may(1), to: may(31) };
/** Wednesday 13 May, 15:10. */
const now = startOfDay(may(13)) + 15 * hour + 600_000;

/** Bound in March, heard without a gap, and nothing said. */
const silent: GroupFacts = {
  bindings: [{ at: startOfDay(dayFrom(2026, 3, 2)), eventId: 'b', cadre }],
  bots: new Set(),
  presence: new Map(),
  addresses: new Map(),
  listening: 'all',
  topics: [],
  activities: [],
};
const nothingFolded: Folded = { days: new Map(), weeks: new Map(), topics: new Map() };

function figures(facts: Partial<GroupFacts>, at = now, folded = nothingFolded, days = month) {
  return figuresIn({ ...silent, ...facts }, folded, xinjiang, { cadre, ...days, now: at });
}

/** Who wrote at 20:00 of which day. */
function said(...days: [day: Day, ...people: number[]][]): GroupFacts['presence'] {
  return new Map(days.map(([day, ...people]) => [day, new Map(people.map((person) => [person, 2 ** 40]))]));
}

describe('the figures of a period', () => {
  it('are those of 进度, whatever was said and heard', () => {
    const day = fc.integer({ min: 0, max: 30 }).map((n) => may(1) + n);
    const people = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 6 });
    const facts = fc.record({
      presence: fc
        .array(fc.tuple(day, people))
        .map((days) => said(...days.map(([on, who]): [Day, ...number[]] => [on, ...who]))),
      listening: fc.constantFrom<GroupFacts['listening']>('all', [
        { from: startOfDay(may(1) - 40), until: startOfDay(may(6)) + 10 * hour },
        { from: startOfDay(may(6)) + 12 * hour, until: startOfDay(may(60)) },
      ]),
      topics: fc.constant([
        {
          id: '7',
          at: startOfDay(may(4)) + 20 * hour,
          closesAt: startOfDay(may(11)),
          marks: [{ person: 3, at: startOfDay(may(5)) }],
        },
      ]),
    });
    const when = fc.constantFrom(now, startOfDay(may(31)) + 23 * hour, startOfDay(may(40)));
    fc.assert(
      fc.property(facts, when, (given, at) => {
        const found = figures(given, at);
        const shown = measureProgress(
          { ...silent, ...given },
          xinjiang,
          Math.min(at, startOfDay(may(32)) - 1),
          {
            group: 'g',
            cadre: 'c',
            unit: 'u',
            roster: new Set([2, 3, 4, 5, 6]),
            topicTitles: new Map(),
          },
        );
        const days = (verdict: string) => shown.voice.days.filter((one) => one.verdict === verdict).length;
        expect(found.voice.met).toBe(days('met'));
        expect(found.voice.unknown).toBe(days('unknown'));
        expect(found.voice.of).toBe(shown.voice.days.filter(({ verdict }) => verdict !== 'none').length);
        const weeks = shown.weeks.filter(({ from }) => month.from <= from + 3 && from + 3 <= month.to);
        expect(found.weeks.met).toBe(weeks.filter(({ verdict }) => verdict === 'met').length);
        const [topic] = found.topics;
        expect([topic?.clear, topic?.inferred]).toEqual([shown.topic.clear, shown.topic.inferred]);
      }),
    );
  });

  it('leave out what another cadre did, before and after', () => {
    const handed = {
      ...silent,
      bindings: [...silent.bindings, { at: startOfDay(may(8)) + hour, eventId: 'c', cadre: 2 }],
      presence: said([may(5), 1, 2], [may(12), 1, 2]),
      topics: [may(5), may(12)].map((day, n) => ({
        id: String(n),
        at: startOfDay(day),
        closesAt: startOfDay(day + 7),
        marks: [],
      })),
      activities: [may(5), may(12)].map((day, n) => ({
        id: String(n),
        at: startOfDay(day) + hour,
        offline: true,
        closed: true,
        checkIns: [{ person: 5, at: startOfDay(day) + hour }],
      })),
    };
    const mine = figures(handed);
    expect([mine.voice.of, mine.voice.met, mine.topics.length, mine.activities.length]).toEqual([8, 1, 1, 1]);
    const theirs = figuresIn(handed, nothingFolded, xinjiang, { cadre: 2, ...month, now });
    expect([theirs.voice.of, theirs.voice.met, theirs.topics.length]).toEqual([5, 1, 1]);
    // The week of the handover is nobody's: Thursday 30 April belongs to April.
    expect([mine.weeks.of, theirs.weeks.of]).toEqual([0, 1]);
  });

  it('say what was silent and what was not heard apart, and judge no day before it is over', () => {
    const listening = [
      { from: startOfDay(may(1) - 40), until: startOfDay(may(6)) + 10 * hour },
      { from: startOfDay(may(6)) + 12 * hour, until: now },
    ];
    const { voice, heard, weeks } = figures({ listening, presence: said([may(3), 1]) });
    expect(voice).toEqual({ met: 1, silent: 10, unknown: 1, of: 13 });
    expect(heard).toEqual({ full: 11, of: 12 });
    expect(weeks).toMatchObject({ met: 0, silent: 0, unknown: 1, of: 2, needed: 3 });
  });

  it('take the counts of folded days, weeks and topics for what is gone', () => {
    const folded: Folded = {
      days: new Map([
        [may(4), { voice: true, complete: false }],
        [may(5), { voice: false, complete: false }],
        [may(6), { voice: false, complete: true }],
      ]),
      weeks: new Map([[may(4), 3]]),
      topics: new Map([['7', { clear: 9, inferred: 4 }]]),
    };
    const topics = [{ id: '7', at: startOfDay(may(4)), closesAt: startOfDay(may(11)), marks: [] }];
    const found = figures({ topics }, now, folded);
    expect(found.voice).toMatchObject({ met: 1, unknown: 1 });
    expect(found.weeks.met).toBe(1);
    expect(found.topics).toMatchObject([{ clear: 9, inferred: 4 }]);
    expect(found.heard).toEqual({ full: 10, of: 12 });
  });
});
