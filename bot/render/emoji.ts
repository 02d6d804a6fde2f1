/** Emoji on cards: the text font has none, so each is a small picture from Twemoji, read from the npm package. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { ImageSource, Node } from '@takumi-rs/core';
import { extractEmojis } from '@takumi-rs/helpers/emoji';

const folder = join(createRequire(import.meta.url).resolve('@twemoji/svg/package.json'), '..');
const graphemes = new Intl.Segmenter('zh-CN', { granularity: 'grapheme' });
const pictured = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const variant = '\ufe0f';

/**
 * What of a text can be drawn: characters that the font covers, and emoji. Others (a script that the font lacks) are
 * left out rather than shown as boxes; the text form of a card always has them.
 */
export function drawable(line: string, covered: (codePoint: number) => boolean): string {
  let kept = '';
  for (const { segment } of graphemes.segment(line)) {
    if ([...segment].every((c) => c === variant || covered(c.codePointAt(0) ?? 0))) kept += segment;
    // A pictograph in text style (❤ without its variant) would be a box: ask for its picture.
    else if (pictured.test(segment)) kept += [...segment].length === 1 ? segment + variant : segment;
  }
  return kept.replace(/ {2,}/g, ' ').trim();
}

/** Replaces emoji in a node tree by pictures, and reads those; one that Twemoji does not know is left out. */
export async function withEmoji(root: Node): Promise<{ root: Node; images: ImageSource[] }> {
  const extracted = extractEmojis(root, 'twemoji');
  const wanted = new Set<string>();
  collect(extracted, wanted);
  const images = new Map<string, ImageSource>();
  for (const src of wanted) {
    try {
      images.set(src, { src, data: await readFile(join(folder, basename(src))) });
    } catch {
      // Newer than the package: the text goes without it.
    }
  }
  return {
    root: without(extracted, (src) => wanted.has(src) && !images.has(src)),
    images: [...images.values()],
  };
}

/** `extractEmojis` names a picture by its address on Twemoji's server, which is never asked. */
function collect(node: Node, into: Set<string>): void {
  if (node.type === 'image' && typeof node.src === 'string' && node.src.startsWith('https:'))
    into.add(node.src);
  if (node.type === 'container') for (const child of node.children ?? []) collect(child, into);
}

function without(node: Node, gone: (src: string) => boolean): Node {
  if (node.type !== 'container' || !node.children) return node;
  const children = node.children
    .filter((child) => !(child.type === 'image' && typeof child.src === 'string' && gone(child.src)))
    .map((child) => without(child, gone));
  return { ...node, children };
}
