/** Lines that a cadre can say as their own on an evening without a voice. The bot never says them in the group. */
import { z } from 'zod';
import type { Day } from '../calendar/day.ts';
import { type Season, seasonsOn } from './season.ts';
import { drawLot } from './suggest.ts';

/** The lines as data (`prompts/starters.json`): each a question or a greeting, true whoever says it. */
export const startersSchema = z
  .array(z.strictObject({ text: z.string().trim().min(6).max(40), season: z.string().optional() }))
  .min(3);

export type Starters = z.output<typeof startersSchema>;

const offered = 3;

/**
 * Three lines for a day: one of its season where there is one, the others in an order of the seed's own, so that none
 * comes again before all have come. `turn` further on in that order.
 */
export function startersOn(
  starters: Starters,
  seasons: readonly Season[],
  day: Day,
  { seed, turn = 0 }: { readonly seed: number; readonly turn?: number },
): readonly string[] {
  const at = day + turn;
  const on = seasonsOn(seasons, day);
  const ofSeason = shuffled(
    starters.filter(({ season }) => season !== undefined && on.has(season)),
    seed,
  );
  const always = shuffled(
    starters.filter(({ season }) => season === undefined),
    seed,
  );
  const seasonal = ofSeason.length > 0 ? [ofSeason[at % ofSeason.length]] : [];
  const others = offered - seasonal.length;
  const first = at * offered;
  const rest = Array.from({ length: others }, (_, i) => always[(first + i) % always.length]);
  return [...seasonal, ...rest].flatMap((one) => one?.text ?? []);
}

function shuffled(starters: Starters, seed: number): Starters {
  return [...starters].sort((a, b) => drawLot(seed, a.text) - drawLot(seed, b.text));
}
