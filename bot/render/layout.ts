/** Small builders that every card is put together from. Styles are constants; data comes in as text and as numbers. */
import type { Node } from '@takumi-rs/core';
import { container, image, text } from '@takumi-rs/helpers';
import { fontFamily } from './font.ts';
import { cardPadding, cardWidth, palette, size, weight } from './palette.ts';

export type Style = NonNullable<Node['style']>;

/** Things below each other, `gap` points apart. */
export function column(gap: number, children: Node[], style: Style = {}): Node {
  return container({ style: { display: 'flex', flexDirection: 'column', gap, ...style }, children });
}

/** Things side by side, centred on one line, `gap` points apart. */
export function row(gap: number, children: Node[], style: Style = {}): Node {
  return container({ style: { display: 'flex', alignItems: 'center', gap, ...style }, children });
}

/** Takes the space that is left over in a row. */
export const filler: Node = container({ style: { flexGrow: 1 }, children: [] });

/** Running text; wraps by the rules of Chinese line breaking. */
export function body(words: string, style: Style = {}): Node {
  return text(words, {
    display: 'block',
    fontSize: size.body,
    lineHeight: 1.5,
    overflowWrap: 'anywhere',
    ...style,
  });
}

/** An explanation, in the smallest type a card may have. */
export function caption(words: string, style: Style = {}): Node {
  return body(words, { fontSize: size.caption, color: palette.soft, ...style });
}

/** A word in bold. */
export function strong(words: string, style: Style = {}): Node {
  return body(words, { fontWeight: weight.bold, ...style });
}

/** A picture by its key among the images given to `drawCard`, `side` points square. */
export function picture(key: string, side: number): Node {
  return image({ src: key, width: side, height: side, style: { width: side, height: side, flexShrink: 0 } });
}

/** A hairline over the card's width. */
export function rule(): Node {
  return container({ style: { height: 1, backgroundColor: palette.line }, children: [] });
}

/** A part of a card: its name, at the right what it comes to, below it the rest. */
export function section(title: string, sum: string, children: Node[]): Node {
  const head = row(12, [
    strong(title, { fontSize: size.section, lineHeight: 1.4, flexShrink: 0 }),
    filler,
    body(sum, { color: palette.soft, textAlign: 'right' }),
  ]);
  return column(10, [head, ...children]);
}

/** How far {@link hung} is set in: a sign of 20 points and its distance. */
const hang = 28;

/** Lines below a line that starts with a sign, set in to stand under its words. */
export function hung(gap: number, children: Node[]): Node {
  return column(gap, children, { paddingLeft: hang });
}

/** A bar filled to `percent` (0–100; what is outside is held to that), with a tick at `goal`. */
export function bar(percent: number, goal: number, colour: string): Node {
  const filled = container({
    style: { width: `${held(percent)}%`, height: 14, backgroundColor: colour },
    children: [],
  });
  const track = container({
    style: {
      display: 'flex',
      width: '100%',
      height: 16,
      borderRadius: 8,
      overflow: 'hidden',
      border: `1px solid ${palette.soft}`,
      backgroundColor: palette.raised,
    },
    children: [filled],
  });
  const tick = container({
    style: {
      position: 'absolute',
      left: `${held(goal)}%`,
      top: -4,
      width: 2,
      height: 24,
      backgroundColor: palette.ink,
    },
    children: [],
  });
  return container({
    style: { position: 'relative', display: 'flex', width: '100%' },
    children: [track, tick],
  });
}

function held(percent: number): number {
  return Math.min(100, Math.max(0, Math.round(percent) || 0));
}

/** The seal in a card's corner: 联青, as a name stamp is cut. */
function seal(): Node {
  return container({
    style: {
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'center',
      justifyContent: 'center',
      flexShrink: 0,
      width: 40,
      height: 52,
      borderRadius: 6,
      backgroundColor: palette.red,
      color: palette.onRed,
      fontSize: 20,
      fontWeight: weight.bold,
      lineHeight: 1.1,
    },
    children: [text('联'), text('青')],
  });
}

/** The head of a card: title (at most two lines), lines below it, and the seal. */
export function heading(title: string, lines: string[]): Node {
  const words = column(
    2,
    [
      strong(title, {
        fontSize: size.title,
        lineHeight: 1.3,
        lineClamp: 2,
        overflow: 'hidden',
        textOverflow: 'ellipsis',
      }),
      ...lines.map((line) => body(line, { color: palette.soft })),
    ],
    { flexGrow: 1, flexBasis: 0, minWidth: 0 },
  );
  return row(16, [words, seal()], { alignItems: 'flex-start' });
}

/** The sheet that a card stands on. */
export function sheet(children: Node[], footer: string): Node {
  return column(18, [...children, caption(footer, { textAlign: 'center' })], {
    width: cardWidth,
    padding: cardPadding,
    backgroundColor: palette.paper,
    color: palette.ink,
    fontFamily,
    fontWeight: weight.regular,
    fontSize: size.body,
  });
}
