/** The one renderer of the process: made when the first card is drawn, works on its own threads. */
import { type ImageSource, type Node, Renderer, type RenderOptions } from '@takumi-rs/core';
import { drawable, withEmoji } from './emoji.ts';
import { coverage, fontFamily, readFonts } from './font.ts';
import { cardWidth, pixelRatio } from './palette.ts';
import { halveQuotes } from './punctuation.ts';

/** Stands for a text of which nothing can be drawn: every card has a text form. */
const unseen = '（见文字版）';

interface Press {
  readonly renderer: Renderer;
  readonly covered: (codePoint: number) => boolean;
}

let press: Promise<Press> | undefined;

async function makePress(): Promise<Press> {
  const renderer = new Renderer({ cacheMaxBytes: 8 * 1024 * 1024 });
  const fonts = await readFonts();
  for (const { weight, data } of fonts) await renderer.registerFont({ name: fontFamily, weight, data });
  const [first] = fonts;
  if (!first) throw new Error('no font');
  return { renderer, covered: coverage(first.data) };
}

/** The drawing under way. One after another: side by side they are no faster, and each takes some 30 MB. */
let turn: Promise<unknown> = Promise.resolve();

function inTurn<T>(draw: () => Promise<T>): Promise<T> {
  const mine = turn.then(draw);
  turn = mine.catch(() => undefined);
  return mine;
}

function thePress(): Promise<Press> {
  press ??= makePress().catch((fault: unknown) => {
    press = undefined;
    throw fault;
  });
  return press;
}

/**
 * Draws a card as a PNG of {@link cardWidth} points at {@link pixelRatio} pixels a point, as high as its content.
 * `images` are the pictures that its nodes name. Emoji in its texts become pictures; characters that cannot be drawn
 * are left out. Throws where the font is missing or a style is not one that the renderer knows: so no style may be
 * made of data.
 */
export async function drawCard(card: Node, images: readonly ImageSource[] = []): Promise<Uint8Array> {
  const { renderer, covered } = await thePress();
  const emoji = await withEmoji(onlyDrawable(card, covered));
  const options: RenderOptions = {
    width: cardWidth * pixelRatio,
    devicePixelRatio: pixelRatio,
    format: 'png',
    images: [...images, ...emoji.images],
    lang: 'zh-CN',
  };
  return inTurn(() => renderer.render(halveQuotes(emoji.root), options));
}

function onlyDrawable(node: Node, covered: (codePoint: number) => boolean): Node {
  if (node.type === 'text') return { ...node, text: drawable(node.text, covered) || (node.text && unseen) };
  if (node.type !== 'container' || !node.children) return node;
  return { ...node, children: node.children.map((child) => onlyDrawable(child, covered)) };
}
