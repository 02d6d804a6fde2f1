/**
 * Colours, type sizes and measures that every picture card shares.
 *
 * A card is laid out {@link cardWidth} points wide and drawn at {@link pixelRatio} pixels a point, that is 900 pixels.
 * A phone shows it at about 375: hence no type below 13.5 points (11.25 pixels there), and each colour that carries
 * text reaches a contrast of 4.5:1 on `paper`.
 */
export const palette = {
  paper: '#faf6ee',
  raised: '#fffdf8',
  line: '#e6ddcc',
  ink: '#2b2622',
  soft: '#6a6058',
  /** The League's red: the seal, today, and nothing that a figure means. */
  red: '#b3141c',
  onRed: '#fffaf2',
  green: '#1d6b4c',
  blue: '#275a8c',
  rust: '#934a12',
  violet: '#5d5478',
} as const;

export const size = { title: 25, figure: 22, section: 18, body: 15, caption: 13.5 } as const;
export const weight = { regular: 400, medium: 500, bold: 700 } as const;

/** In points. */
export const cardWidth = 450;
export const cardPadding = 28;
export const pixelRatio = 2;
