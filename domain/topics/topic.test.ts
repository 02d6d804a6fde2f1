import { describe, expect, it } from 'vitest';
import { closesAt, decideClosing, isOpen, topicTag, topicWords } from './topic.ts';

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
