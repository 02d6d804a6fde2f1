/** A poster: a title, some lines, and a QR code to scan from a screen. */
import { encode } from 'uqr';
import { body, caption, column, heading, picture, rule, sheet } from './layout.ts';
import { oneLine } from './legible.ts';
import { cardPadding, cardWidth, palette, size, weight } from './palette.ts';
import { drawCard } from './renderer.ts';

/** What a poster says. */
export interface Poster {
  readonly title: string;
  readonly lines: readonly string[];
  /** What scanning gives, and what to do with it. */
  readonly qr: { readonly text: string; readonly caption: string };
}

const qrSide = 260;

/** Draws a poster as a PNG of the usual card width. Texts may be anything: they are made one line each, and fit. */
export function drawPoster({ title, lines, qr }: Poster): Promise<Uint8Array> {
  // The renderer may remember pictures by their key: one code must never be shown for another.
  const key = `qr:${qr.text}`;
  const card = sheet(
    [
      heading(oneLine(title), []),
      column(
        6,
        lines.map((line) => body(oneLine(line), { fontSize: size.section, fontWeight: weight.medium })),
      ),
      rule(),
      column(10, [picture(key, qrSide), caption(oneLine(qr.caption), { textAlign: 'center' })], {
        alignItems: 'center',
        width: cardWidth - 2 * cardPadding,
      }),
    ],
    '联青 · 报名、签到全凭自愿',
  );
  return drawCard(card, [{ src: key, data: Buffer.from(qrSvg(qr.text)) }]);
}

/** A QR code with the quiet border that scanners need. Black on white: the card's own paper is too dark a white. */
function qrSvg(text: string): string {
  const { data, size: side } = encode(text, { ecc: 'M', border: 4 });
  const dark = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side * 8}" height="${side * 8}"><path fill="#ffffff" d="M0 0h${side}v${side}H0z"/><path fill="${palette.ink}" d="${dark}"/></svg>`;
}
