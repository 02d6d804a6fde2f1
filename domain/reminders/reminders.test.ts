import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Day, dayFrom, dayOf, startOfDay } from '../calendar/day.ts';
import { noHolidays } from '../calendar/workdays.ts';
import { xinjiang } from '../policy/profiles/xinjiang.ts';
import type { GroupFacts } from '../presence/facts.ts';
import { composeDigest } from './digest.ts';
import { type About, digestKey, dueReminders, type Reminder } from './due.ts';

const hour = 3_600_000;
const minute = 60_000;
const cadre = 1;
const date = (month: number, day: number, year = 2026) => dayFrom(year, month, day);
const at = (day: Day, hours = 20) => startOfDay(day) + hours * hour;

/** Bound in January, heard without a gap, and nothing said. */
const silent: GroupFacts = {
  bindings: [{ at: startOfDay(date(1, 5)), eventId: 'b', cadre }],
  bots: new Set(),
  presence: new Map(),
  addresses: new Map(),
  listening: 'all',
  topics: [],
  activities: [],
};
const about: About = {
  cadreId: 7,
  person: cadre,
  groupId: 3,
  groupName: '计科2班',
  mutes: [],
  calendar: noHolidays,
  sent: new Set(),
};

function due(now: number, facts: Partial<GroupFacts> = {}, to: Partial<About> = {}): Reminder[] {
  return dueReminders({ ...silent, ...facts }, xinjiang, now, { ...about, ...to });
}

function stages(now: number, facts: Partial<GroupFacts> = {}, to: Partial<About> = {}): string[] {
  return due(now, facts, to).map(({ requirement, stage, period }) => `${requirement} ${stage} ${period}`);
}

function boundOn(day: Day, hours = 9, person = cadre): Pick<GroupFacts, 'bindings'> {
  return { bindings: [{ at: at(day, hours), eventId: 'b', cadre: person }] };
}

/** The cadre and three youths wrote in one half-hour of the day. */
function lively(day: Day): Pick<GroupFacts, 'presence'> {
  return { presence: new Map([[day, new Map([cadre, 11, 12, 13].map((person) => [person, 1 << 20]))]]) };
}

function heardBut(now: number, from: number, until: number): GroupFacts['listening'] {
  return [
    { from: 0, until: from },
    { from: until, until: now },
  ];
}

function activity(
  day: Day,
  change: Partial<GroupFacts['activities'][number]> = {},
): GroupFacts['activities'][number] {
  return {
    id: 'a',
    at: at(day, 15),
    offline: true,
    closed: true,
    checkIns: [{ person: 11, at: at(day, 15) }],
    ...change,
  };
}

/** Tuesday, early in the quarter's middle month: nothing but the voice can be due. */
const plain = date(5, 12);

describe('an evening without a voice', () => {
  const table: [string, now: number, facts: Partial<GroupFacts>, to: Partial<About>, count: number][] = [
    ['at 19:59', at(plain) - 1, {}, {}, 0],
    ['at 20:00', at(plain), {}, {}, 1],
    ['caught up at 21:59', at(plain, 22) - 1, {}, {}, 1],
    ['at 22:00', at(plain, 22), {}, {}, 0],
    ['the next morning', at(plain + 1, 9), {}, {}, 0],
    ['something was said', at(plain), lively(plain), {}, 0],
    ['something was said yesterday', at(plain), lively(plain - 1), {}, 1],
    ['a gap today', at(plain), { listening: heardBut(at(plain), at(plain, 10), at(plain, 11)) }, {}, 0],
    ['a gap before seven', at(plain), { listening: heardBut(at(plain), at(plain, 3), at(plain, 6)) }, {}, 1],
    ['a gap yesterday', at(plain), { listening: heardBut(at(plain), at(plain, -10), at(plain, -8)) }, {}, 1],
    [
      'the connection broke off',
      at(plain),
      { listening: [{ from: 0, until: at(plain) - 20 * minute }] },
      {},
      0,
    ],
    [
      'listening noted a minute ago',
      at(plain),
      { listening: [{ from: 0, until: at(plain) - minute }] },
      {},
      1,
    ],
    ['not listening at all', at(plain), { listening: [] }, {}, 0],
    ['bound this morning', at(plain), boundOn(plain), {}, 1],
    ['bound at 20:30', at(plain, 21), boundOn(plain, 20.5), {}, 0],
    ['not bound', at(plain), { bindings: [] }, {}, 0],
    ['to somebody else', at(plain), boundOn(plain - 3, 9, 2), {}, 0],
    ['muted', at(plain), {}, { mutes: [{ requirement: 'voice', until: undefined }] }, 0],
    ['all muted', at(plain), {}, { mutes: [{ requirement: '*', until: at(plain) + 1 }] }, 0],
    ['muted until now', at(plain), {}, { mutes: [{ requirement: 'voice', until: at(plain) }] }, 1],
    ['another muted', at(plain), {}, { mutes: [{ requirement: 'topic', until: undefined }] }, 1],
    ['reminded already', at(plain), {}, { sent: new Set(['reminder/voice/7/3/2026-05-12/evening']) }, 0],
    ['the digest was sent already', at(plain), {}, { sent: new Set([digestKey(7, plain)]) }, 0],
  ];
  test.each(table)('%s', (_, now, facts, to, count) => {
    expect(stages(now, facts, to)).toEqual(count === 1 ? ['voice evening 2026-05-12'] : []);
  });

  it('expires when it gets quiet', () => {
    expect(due(at(plain))[0]).toMatchObject({
      key: 'reminder/voice/7/3/2026-05-12/evening',
      expiresAt: at(plain, 22),
    });
  });
});

/** What is due on an evening beside the voice. */
function others(day: Day, facts: Partial<GroupFacts> = {}, to: Partial<About> = {}): string[] {
  return stages(at(day), facts, to).filter((stage) => !stage.startsWith('voice'));
}

describe('the week, the month and the quarter', () => {
  const thursday = date(5, 14);
  const topic = (day: Day, clear: number) => ({
    topics: [
      {
        id: '4',
        at: at(day, 9),
        closesAt: at(day + 7, 9),
        marks: [...Array(clear).keys()].map((i) => ({ person: 11 + i, at: at(day, 10) })),
      },
    ],
  });
  const table: [
    string,
    day: Day,
    facts: Partial<GroupFacts>,
    requirement: string,
    expected: string | undefined,
  ][] = [
    ['Wednesday', thursday - 1, {}, 'interaction', undefined],
    ['Thursday', thursday, {}, 'interaction', 'thursday 2026-W20'],
    ['Thursday, met', thursday, lively(thursday - 2), 'interaction', undefined],
    ['Sunday, caught up', thursday + 3, {}, 'interaction', 'thursday 2026-W20'],
    ['Monday', thursday + 4, {}, 'interaction', undefined],
    ['bound on Saturday', thursday + 3, boundOn(thursday + 2), 'interaction', undefined],
    ['bound on Tuesday', thursday, boundOn(thursday - 2), 'interaction', 'thursday 2026-W20'],
    ['the 19th', date(4, 19), {}, 'topic', undefined],
    ['the 20th', date(4, 20), {}, 'topic', '20th 2026-04'],
    ['the 20th, met', date(4, 20), topic(date(4, 8), 5), 'topic', undefined],
    ['the 20th, four took part', date(4, 20), topic(date(4, 8), 4), 'topic', '20th 2026-04'],
    ['the last of the month', date(4, 30), {}, 'topic', '20th 2026-04'],
    ['the next month', date(5, 1), {}, 'topic', undefined],
    ['bound on the 22nd', date(4, 28), boundOn(date(4, 22)), 'topic', undefined],
    ['five weeks before the end', date(6, 1), {}, 'activity', undefined],
    ['four weeks', date(6, 2), {}, 'activity', '4w 2026-Q2'],
    ['four weeks, caught up', date(6, 15), {}, 'activity', '4w 2026-Q2'],
    ['two weeks', date(6, 16), {}, 'activity', '2w 2026-Q2'],
    ['one week', date(6, 23), {}, 'activity', '1w 2026-Q2'],
    ['the last day', date(6, 30), {}, 'activity', '1w 2026-Q2'],
    ['held', date(6, 16), { activities: [activity(date(4, 15))] }, 'activity', undefined],
    [
      'announced',
      date(6, 16),
      { activities: [activity(date(6, 20), { closed: false, checkIns: [] })] },
      'activity',
      undefined,
    ],
    [
      'online only',
      date(6, 16),
      { activities: [activity(date(6, 20), { offline: false })] },
      'activity',
      '2w 2026-Q2',
    ],
    [
      'without its note',
      date(6, 16),
      { activities: [activity(date(6, 5), { closed: false })] },
      'activity',
      '2w 2026-Q2',
    ],
    ['bound after two weeks', date(6, 22), boundOn(date(6, 17)), 'activity', undefined],
    ['overdue', date(7, 1), {}, 'activity', 'overdue 2026-Q2'],
    ['overdue, caught up', date(7, 28), {}, 'activity', 'overdue 2026-Q2'],
    ['overdue too long', date(7, 29), {}, 'activity', undefined],
    ['overdue, but held', date(7, 1), { activities: [activity(date(6, 29))] }, 'activity', undefined],
    ['the quarter ended before the binding', date(7, 7), boundOn(date(7, 2)), 'activity', undefined],
    ['bound too late for the quarter', date(7, 1), boundOn(date(6, 3)), 'activity', undefined],
    ['overdue over the turn of the year', date(1, 6, 2027), {}, 'activity', 'overdue 2026-Q4'],
  ];
  test.each(table)('%s', (_, day, facts, requirement, expected) => {
    const found = due(at(day), facts).find((reminder) => reminder.requirement === requirement);
    expect(found && `${found.stage} ${found.period}`).toBe(expected);
  });

  it('sends only the latest stage, and no earlier one after it', () => {
    const sent = new Set(['reminder/activity/7/3/2026-Q2/2w']);
    expect(others(date(6, 16), {}, { sent })).toEqual([]);
    expect(others(date(6, 23), lively(date(6, 23)), { sent })).toContain('activity 1w 2026-Q2');
  });

  it('leaves to a new cadre what comes after the handover, which takes effect the next day', () => {
    const day = date(6, 10);
    const bindings = [...silent.bindings, { at: at(day, 9), eventId: 'c', cadre: 2 }];
    expect(others(day, { bindings })).toEqual(['activity 4w 2026-Q2']);
    expect(others(day + 1, { bindings })).toEqual([]);
    expect(others(day, { bindings }, { person: 2 })).toEqual([]);
    expect(others(day + 1, { bindings }, { person: 2 })).toEqual(['interaction thursday 2026-W24']);
    expect(others(date(6, 16), { bindings }, { person: 2 })).toEqual(['activity 2w 2026-Q2']);
    expect(others(date(7, 1), { bindings }, { person: 2 })).toEqual([]);
  });

  it('says so where the week was not fully heard', () => {
    const gap = { listening: heardBut(at(thursday), at(thursday - 1, 10), at(thursday - 1, 11)) };
    const lines = due(at(thursday), { ...gap, ...lively(thursday - 9) }).map(({ line }) => line);
    expect(lines.join()).toContain('没听全');
    expect(
      due(at(thursday))
        .map(({ line }) => line)
        .join(),
    ).not.toContain('没听全');
  });
});

describe('the digest', () => {
  const everything = due(at(date(6, 25)));

  it('is one message, the most pressing first, with a button for each and a way to mute', () => {
    const digest = composeDigest([...everything].reverse());
    expect(everything).toHaveLength(4);
    expect(digest).toMatchInlineSnapshot(`
      {
        "buttons": [
          {
            "command": "/话题 推荐",
            "label": "找个话头",
          },
          {
            "command": "/进度",
            "label": "看看进度",
          },
          {
            "command": "/活动 发布",
            "label": "发布活动",
          },
          {
            "command": "/提醒",
            "label": "提醒设置",
          },
        ],
        "expiresAt": 1782396000000,
        "keys": [
          "reminder/voice/7/3/2026-06-25/evening",
          "reminder/interaction/7/3/2026-W26/thursday",
          "reminder/activity/7/3/2026-Q2/1w",
          "reminder/topic/7/3/2026-06/20th",
        ],
        "text": "1. 今天还没听到你在群里的声音，睡前随手聊两句就好。
      2. 这周和 0 位青年有来有往，目标是 3 位，还有 3 天。回应一下谁的话吧。
      3. 这个季度还没有线下活动，还有 5 天。小一点也行，散步、读书都算。
      4. 这个月还没开话题，还有 5 天。挑一个发到群里？

      不想收到这些？发“/提醒”可以调整。",
        "title": "今晚的小提醒（4 件）",
      }
    `);
    expect(composeDigest([])).toBeUndefined();
  });

  it('names the groups when there are several', () => {
    const [voice] = due(at(plain));
    const [other] = due(at(plain), {}, { groupId: 4, groupName: '' });
    const digest = composeDigest([voice!, other!]);
    expect(digest?.text).toContain('1. 【计科2班】今天还没');
    expect(digest?.text).toContain('2. 【未命名的群】今天还没');
    expect(composeDigest([voice!])?.text).toMatch(/^今天还没/);
  });

  it('is short, and blames nobody', () => {
    const text = composeDigest(everything)?.text ?? '';
    expect([...text].length).toBeLessThan(250);
    expect(text).not.toMatch(/必须|未完成|通报|扣分|不合格|落后/);
  });
});

describe('for any ticks over half a year', () => {
  const start = date(2, 20);
  const facts = fc.record({
    bindings: fc.integer({ min: start - 40, max: start + 60 }).map((day) => boundOn(day).bindings),
    presence: fc
      .uniqueArray(fc.integer({ min: start, max: start + 180 }), { maxLength: 60 })
      .map((days) => new Map(days.flatMap((day) => [...lively(day).presence]))),
    listening: fc.oneof(fc.constant('all' as const), fc.constant([{ from: 0, until: at(start + 100) }])),
    activities: fc.array(
      fc.integer({ min: start, max: start + 180 }).map((day) => activity(day)),
      { maxLength: 2 },
    ),
  });
  const ticks = fc.array(fc.integer({ min: at(start, 0), max: at(start + 180, 0) }), {
    minLength: 1,
    maxLength: 60,
  });
  const evenings = fc.array(
    fc
      .tuple(fc.integer({ min: start, max: start + 180 }), fc.integer({ min: 0, max: 125 }))
      .map(([day, late]) => at(day) + late * minute),
    { maxLength: 120 },
  );

  it('says nothing twice, nothing at night, and one digest a day at most', () => {
    fc.assert(
      fc.property(facts, ticks, evenings, (given, some, more) => {
        const sent = new Set<string>();
        for (const now of [...some, ...more].sort((a, b) => a - b)) {
          const reminders = due(now, given, { sent });
          const hourOfDay = (now - startOfDay(dayOf(now))) / hour;
          if (reminders.length > 0) {
            expect(hourOfDay >= 20 && hourOfDay < 22).toBe(true);
            expect(sent.has(digestKey(7, dayOf(now)))).toBe(false);
            sent.add(digestKey(7, dayOf(now)));
          }
          for (const { key, expiresAt, requirement } of reminders) {
            expect(sent.has(key)).toBe(false);
            expect(expiresAt).toBeGreaterThan(now);
            if (requirement === 'voice') expect(given.presence.has(dayOf(now))).toBe(false);
            sent.add(key);
          }
        }
      }),
    );
  });
});
