/** The five “有” out of figures that were counted already. */
import { describe, expect, it } from 'vitest';
import { dayFrom } from '../calendar/day.ts';
import { gqt } from '../policy/profiles/gqt.ts';
import { xinjiang } from '../policy/profiles/xinjiang.ts';
import { figureStandings, type GroupFigures } from './presence.ts';

const none: GroupFigures = { voice: false, exchange: 0, topics: [], held: 0, met: 0, roster: 100 };
const thursday = dayFrom(2026, 11, 19);
const of = (figures: Partial<GroupFigures>, id: string, day = thursday, policy = xinjiang) => {
  const found = figureStandings(policy, { ...none, ...figures }, undefined, day);
  const { status, have, need } = found.find(({ requirement }) => requirement.id === id)!;
  return `${status} ${have}/${need}`;
};

describe('figures of one group', () => {
  it('are met at the number, and have time or press below it', () => {
    expect(of({}, 'voice')).toBe('due_soon 0/1');
    expect(of({ voice: true }, 'voice')).toBe('met 1/1');
    expect(of({ exchange: 2 }, 'interaction')).toBe('due_soon 2/3');
    expect(of({ exchange: 2 }, 'interaction', thursday - 1)).toBe('underway 2/3');
    expect(of({ exchange: 3 }, 'interaction')).toBe('met 3/3');
    expect(of({ held: 1 }, 'activity')).toBe('met 1/1');
    expect(of({}, 'activity', dayFrom(2026, 12, 2))).toMatch(/^underway|due_soon/);
  });

  it('need more than half of the roster met in person: half is not enough', () => {
    expect(of({ met: 50 }, 'face-to-face')).toMatch(/^(underway|due_soon) 50\/51$/);
    expect(of({ met: 51 }, 'face-to-face')).toBe('met 51/51');
    expect(of({ met: 1, roster: 3 }, 'face-to-face')).toMatch(/ 1\/2$/);
    expect(of({ met: 2, roster: 3 }, 'face-to-face')).toBe('met 2/2');
    expect(of({ met: 0, roster: 0 }, 'face-to-face')).toMatch(/ 0\/1$/);
  });

  it('take the topic that is met, else the one that drew most', () => {
    const topic = (at: number, clear: number, inferred: number) => ({ at, took: { clear, inferred } });
    expect(of({}, 'topic')).toMatch(/ 0\/5$/);
    expect(of({ topics: [topic(1, 1, 4)] }, 'topic')).toBe('met 5/5');
    // Nobody by deed: however many were there, it is not met.
    expect(of({ topics: [topic(1, 0, 9)] }, 'topic')).toMatch(/^(underway|due_soon) 9\/5$/);
    expect(of({ topics: [topic(1, 0, 9), topic(2, 1, 4)] }, 'topic')).toBe('met 5/5');
    expect(of({ topics: [topic(1, 2, 1), topic(2, 1, 3)] }, 'topic')).toMatch(/ 4\/5$/);
  });

  it('are never missed, and only advised where the documents give no day', () => {
    for (const policy of [xinjiang, gqt])
      for (const { status } of figureStandings(policy, none, undefined, dayFrom(2026, 12, 31)))
        expect(['underway', 'due_soon']).toContain(status);
    const advised = figureStandings(gqt, none, undefined, thursday).filter(
      ({ requirement }) => requirement.force === 'advice',
    );
    expect(advised.map(({ requirement }) => requirement.id)).toEqual(['voice', 'interaction', 'topic']);
  });
});
