import { describe, expect, it } from 'vitest';
import { dayFrom } from './day.ts';
import { quarterName, readQuarter } from './quarter-words.ts';

const today = dayFrom(2026, 9, 28);

describe('a quarter as people write it', () => {
  it.each<[string, string | undefined]>([
    ['', '2026-Q3'],
    ['本季度', '2026-Q3'],
    ['上季度', '2026-Q2'],
    ['上个季度', '2026-Q2'],
    ['2026-Q3', '2026-Q3'],
    ['2026q1', '2026-Q1'],
    ['2025年第四季度', '2025-Q4'],
    ['２０２５年第四季度', '2025-Q4'],
    ['三季度', '2026-Q3'],
    ['今年第二季度', '2026-Q2'],
    ['Q4', '2026-Q4'],
    ['第五季度', undefined],
    ['2026', undefined],
    ['九月', undefined],
  ])('“%s”', (text, key) => {
    expect(readQuarter(text, today)?.key).toBe(key);
  });

  it('has its Chinese name', () => {
    expect(quarterName({ kind: 'quarter', key: '', from: dayFrom(2026, 10, 1), to: 0 })).toBe(
      '2026年第四季度',
    );
  });
});
