import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { library } from '../../tests/support/library.ts';
import { dayFrom } from '../calendar/day.ts';
import { startersOn, startersSchema } from './starters.ts';

const starters = startersSchema.parse(
  JSON.parse(readFileSync(new URL('../../prompts/starters.json', import.meta.url), 'utf8')),
);
const on = (day: number, turn = 0) => startersOn(starters, library.seasons, day, { seed: 4, turn });

describe('starters', () => {
  it('are true whoever says them, name known seasons, and stand once', () => {
    expect(new Set(starters.map(({ text }) => text)).size).toBe(starters.length);
    const seasons = new Set(library.seasons.map(({ name }) => name));
    for (const { text, season } of starters) {
      if (season !== undefined) expect(seasons, text).toContain(season);
      // What the cadre did or saw is theirs to say.
      expect(text).not.toMatch(/我(今天|刚|昨天|看到|去了|吃了|路过)|刚(路过|忙完|看到)/);
    }
  });

  it('are three different ones on every evening, of the season where there is one', () => {
    for (let day = dayFrom(2026, 9, 1); day < dayFrom(2027, 9, 1); day++)
      expect(new Set(on(day)).size).toBe(3);
    expect(
      on(dayFrom(2026, 9, 24)).some(
        (line) => line.includes('月亮') || line.includes('课表') || line.includes('训'),
      ),
    ).toBe(true);
    expect(on(dayFrom(2027, 1, 1)).length).toBe(3);
  });

  it('come again only after many evenings', () => {
    const quiet = dayFrom(2026, 10, 20);
    const lines = Array.from({ length: 10 }, (_, turn) => on(quiet, turn).slice(1)).flat();
    expect(new Set(lines).size).toBe(lines.length);
    expect(on(quiet)).toEqual(on(quiet));
    expect(startersOn(starters, library.seasons, quiet, { seed: 5 })).not.toEqual(on(quiet));
  });
});
