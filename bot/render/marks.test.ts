import { expect, test } from 'vitest';
import { markColour } from './marks.ts';
import { palette } from './palette.ts';

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

test.each([palette.paper, palette.raised])(
  'every colour of text stands out on %s (WCAG AA, 4.5:1)',
  (ground) => {
    for (const colour of [palette.ink, palette.soft, palette.red, ...Object.values(markColour)])
      expect(contrast(colour, ground), colour).toBeGreaterThanOrEqual(4.5);
  },
);

test('the red carries its own text', () => {
  expect(contrast(palette.onRed, palette.red)).toBeGreaterThanOrEqual(4.5);
});
