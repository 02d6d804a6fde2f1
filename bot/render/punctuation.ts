/** Chinese quotation marks at half their width: no hole before a line's first one, nor between ” and the next sign. */
import type { Node } from '@takumi-rs/core';
import { text } from '@takumi-rs/helpers';

const quotes = /([“”‘’]+)/u;
const half = { fontFeatureSettings: '"halt" 1' } as const;

/** Sets the quotation marks of every text below `node` at half width (the font is full-width, and has no `chws`). */
export function halveQuotes(node: Node): Node {
  if (node.type === 'text') {
    if (!quotes.test(node.text)) return node;
    const { text: words, type: _, ...rest } = node;
    return { ...rest, type: 'container', children: pieces(words) };
  }
  if (node.type !== 'container' || !node.children) return node;
  // A text without a style is a piece of a line (beside an emoji): its own pieces stay in that line.
  const children = node.children.flatMap((child) =>
    child.type === 'text' && !child.style ? pieces(child.text) : [halveQuotes(child)],
  );
  return { ...node, children };
}

function pieces(words: string): Node[] {
  return words
    .split(quotes)
    .filter((piece) => piece !== '')
    .map((piece) => (quotes.test(piece) ? text(piece, half) : text(piece)));
}
