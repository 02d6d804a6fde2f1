/** The lines for an evening without a voice, read once from prompts/. */
import type { Day } from '../../../domain/calendar/day.ts';
import { startersOn, startersSchema } from '../../../domain/topics/starters.ts';
import { promptJson } from '../../prompts.ts';
import { topicLibrary } from './topic-library.ts';

const starters = startersSchema.parse(promptJson('starters.json'));

/** Three lines that a cadre can say as their own on a day. `turn`: others of the same day. */
export function startersFor(cadreId: number, day: Day, turn = 0): readonly string[] {
  return startersOn(starters, topicLibrary.seasons, day, { seed: cadreId, turn });
}
