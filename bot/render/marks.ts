/**
 * The signs of the verdicts. Each differs in shape, in colour and has its word beside it, so that none of the three is
 * needed to tell them apart: a full disc with a tick, a half disc, a ring with a bar, a broken ring with a question
 * mark, a dot.
 */
import type { ImageSource, Node } from '@takumi-rs/core';
import type { Verdict } from '../../domain/standing/progress.ts';
import { picture } from './layout.ts';
import { palette } from './palette.ts';

export const markColour: Readonly<Record<Verdict, string>> = {
  met: palette.green,
  underway: palette.blue,
  missed: palette.rust,
  unknown: palette.violet,
  none: palette.soft,
};

const shapes: Readonly<Record<Verdict, (colour: string) => string>> = {
  met: (c) =>
    `<circle cx="12" cy="12" r="11" fill="${c}"/><path d="M6.8 12.4l3.6 3.6 6.9-7.4" fill="none" stroke="${palette.raised}" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>`,
  underway: (c) =>
    `<circle cx="12" cy="12" r="10" fill="${palette.raised}" stroke="${c}" stroke-width="2"/><path d="M12 5a7 7 0 0 0 0 14z" fill="${c}"/>`,
  missed: (c) =>
    `<circle cx="12" cy="12" r="10" fill="none" stroke="${c}" stroke-width="2"/><path d="M7.5 12h9" stroke="${c}" stroke-width="2.6" stroke-linecap="round"/>`,
  unknown: (c) =>
    `<circle cx="12" cy="12" r="10" fill="none" stroke="${c}" stroke-width="2" stroke-dasharray="3.5 2.783"/><path d="M9.2 9.6a2.9 2.9 0 1 1 4.4 2.5c-1 .6-1.6 1.1-1.6 2.1" fill="none" stroke="${c}" stroke-width="2" stroke-linecap="round"/><circle cx="12" cy="17" r="1.3" fill="${c}"/>`,
  none: (c) => `<circle cx="12" cy="12" r="3" fill="${c}"/>`,
};

const verdicts: readonly Verdict[] = ['met', 'underway', 'missed', 'unknown', 'none'];

/** The pictures that {@link mark} names: to be handed to `drawCard`. */
export const markImages: readonly ImageSource[] = verdicts.map((verdict) => ({
  src: key(verdict),
  data: new TextEncoder().encode(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="96" height="96">${shapes[verdict](markColour[verdict])}</svg>`,
  ),
}));

/** The sign of a verdict, `side` points square. */
export function mark(verdict: Verdict, side: number): Node {
  return picture(key(verdict), side);
}

function key(verdict: Verdict): string {
  return `mark:${verdict}`;
}
