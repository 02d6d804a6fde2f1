import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayFrom } from '../calendar/day.ts';
import { type LibraryTopic, readLibrary } from './library.ts';
import { suggest } from './suggest.ts';
import { closesAt, decideClosing, isOpen, topicTag, topicWords } from './topic.ts';

const folder = new URL('../../prompts/topics/', import.meta.url);
const files = new Map<string, unknown>(
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8'))]),
);

function library(): readonly LibraryTopic[] {
  const read = readLibrary(files);
  if (read.kind === 'fault') throw new Error(read.faults.join('\n'));
  return read.topics;
}

describe('the library', () => {
  it('holds at least 30 different topics, each in a line that asks for an answer', () => {
    const topics = library();
    expect(topics.length).toBeGreaterThanOrEqual(30);
    expect(new Set(topics.map(({ title }) => title)).size).toBe(topics.length);
    for (const { text } of topics) expect([...text].length).toBeLessThanOrEqual(60);
  });

  it('always has three for a group that had none, on every day of the year', () => {
    for (let day = dayFrom(2028, 1, 1); day <= dayFrom(2028, 12, 31); day++) {
      const three = suggest(library(), day, [], day);
      expect(new Set(three.map(({ topic }) => topic.field)).size).toBe(3);
    }
  });

  it('names every fault with its file', () => {
    const topic = { id: 'a-b', title: '标题', text: '今天吃了什么好吃的？', followUp: '好吃吗？' };
    const field = { field: 'life', name: '生活', topics: [topic] };
    expect(readLibrary(new Map([['a.json', field]]))).toMatchObject({
      kind: 'library',
      topics: [{ fieldName: '生活' }],
    });
    const bad = readLibrary(
      new Map<string, unknown>([
        ['a.json', field],
        ['b.json', field],
        [
          'c.json',
          {
            ...field,
            topics: [{ ...topic, id: 'c', windows: [{ name: '开学', from: '9-1', to: '09-30' }] }],
          },
        ],
        ['d.json', null],
      ]),
    );
    expect(bad.kind === 'fault' && bad.faults.map((fault) => fault.slice(0, 18))).toEqual([
      'b.json: a-b stands',
      'c.json: topics.0.w',
      'd.json: : Invalid ',
    ]);
  });
});

describe('suggestions', () => {
  it('put the season in front, and say so', () => {
    const [first] = suggest(library(), dayFrom(2026, 5, 3), [], 1);
    expect(first).toMatchObject({ topic: { id: 'growth-youth-day' }, reason: '正当时：五四青年节' });
    const newYear = suggest(library(), dayFrom(2027, 1, 2), [], 1).map(({ reason }) => reason);
    expect(newYear).toContain('正当时：岁末年初');
  });

  it('prefer fields that the group had none of', () => {
    const recent = ['life-canteen', 'sport-steps', 'culture-film', 'service-skill-swap'];
    const three = suggest(library(), dayFrom(2026, 8, 1), recent, 7);
    expect(
      three
        .map(({ topic }) => topic.field)
        .slice(0, 2)
        .sort(),
    ).toEqual(['career', 'study']);
    expect(three.map(({ topic, reason }) => reason.replace(topic.fieldName, '…'))).toEqual([
      '最近没聊过…，换个话题',
      '最近没聊过…，换个话题',
      '接着聊…，换个问法',
    ]);
  });

  it('are the same for the same input, differ with the seed, and never repeat while others are left', () => {
    const ids = library().map(({ id }) => id);
    fc.assert(
      fc.property(
        fc.integer({ min: 18_000, max: 24_000 }),
        fc.subarray(ids, { maxLength: 12 }),
        fc.integer(),
        (day, recent, seed) => {
          const three = suggest(library(), day, recent, seed);
          expect(three).toEqual(suggest(library(), day, recent, seed));
          expect(new Set(three.map(({ topic }) => topic.id)).size).toBe(3);
          expect(three.filter(({ topic }) => recent.includes(topic.id))).toEqual([]);
          for (const { reason } of three) expect(reason).not.toBe('');
        },
      ),
    );
    const drawn = new Set(
      Array.from({ length: 20 }, (_, seed) =>
        suggest(library(), 20_700, [], seed)
          .map(({ topic }) => topic.id)
          .join(),
      ),
    );
    expect(drawn.size).toBeGreaterThan(5);
  });

  it('come again, the longest ago first, when all have been used', () => {
    const day = dayFrom(2026, 8, 1);
    const ids = library().map(({ id }) => id);
    const always = library()
      .filter(({ windows }) => !windows)
      .map(({ id }) => id);
    const again = suggest(library(), day, ids, 3).map(({ topic }) => topic.id);
    expect(again).toEqual(always.slice(-3).reverse());
    expect(suggest([], day, [], 1)).toEqual([]);
  });
});

describe('a topic', () => {
  const topic = { number: 12, openedAt: 1000, closesAt: closesAt(1000), closedAt: undefined };

  it('is open for seven times 24 hours, both ends included', () => {
    expect(topicTag(12)).toBe('#话题12');
    expect(closesAt(1000) - 1000).toBe(7 * 24 * 3_600_000);
    expect([999, 1000, topic.closesAt, topic.closesAt + 1].map((now) => isOpen(topic, now))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isOpen({ ...topic, closedAt: 2000 }, 3000)).toBe(false);
  });

  it('closes once, and not later than it ran out', () => {
    expect(decideClosing(topic, 5000)).toEqual({ kind: 'closed', closedAt: 5000 });
    expect(decideClosing(topic, topic.closesAt + 5)).toEqual({ kind: 'closed', closedAt: topic.closesAt });
    expect(decideClosing({ ...topic, closedAt: 2000 }, 5000)).toMatchObject({ kind: 'fault' });
  });

  it('takes its title from the first line', () => {
    expect(topicWords(' 食堂点将 \n\n回购最多的一道菜？\r\n带上窗口名 ')).toEqual({
      kind: 'words',
      title: '食堂点将',
      text: '回购最多的一道菜？\n带上窗口名',
    });
    expect(topicWords('今天吃什么')).toEqual({ kind: 'words', title: '今天吃什么', text: '今天吃什么' });
    expect(topicWords('😀'.repeat(40))).toMatchObject({ title: `${'😀'.repeat(29)}…` });
    expect(topicWords(' \n')).toMatchObject({ kind: 'fault' });
    expect(topicWords('长'.repeat(501))).toMatchObject({ kind: 'fault' });
    expect(topicWords('长'.repeat(500))).toMatchObject({ kind: 'words' });
  });
});
