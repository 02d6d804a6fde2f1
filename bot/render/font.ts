/** Noto Sans SC (OFL), the one typeface of everything that is drawn; it comes from npm, so no machine needs fonts. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { weight } from './palette.ts';

const require = createRequire(import.meta.url);

export const fontFamily = 'Noto Sans SC';

const files = [
  { weight: weight.regular, file: '400Regular/NotoSansSC_400Regular.ttf' },
  { weight: weight.medium, file: '500Medium/NotoSansSC_500Medium.ttf' },
  { weight: weight.bold, file: '700Bold/NotoSansSC_700Bold.ttf' },
] as const;

/** Where the font files lie, with their weights. Throws where the font package is not installed. */
export function fontFiles(): { readonly weight: number; readonly path: string }[] {
  return files.map(({ weight: of, file }) => ({
    weight: of,
    path: require.resolve(`@expo-google-fonts/noto-sans-sc/${file}`),
  }));
}

/** One font file with what it can draw. */
export interface Font {
  readonly weight: number;
  readonly data: Uint8Array;
}

/** Reads the three weights (10 MB each; the caller lets go of them once they are registered). */
export function readFonts(): Promise<Font[]> {
  return Promise.all(
    fontFiles().map(async ({ weight: of, path }) => ({ weight: of, data: await readFile(path) })),
  );
}

/**
 * Which characters a TrueType font can draw, from its `cmap` table's format 12 (OpenType specification, “cmap”):
 * a predicate over code points. Throws where the font has no such table.
 */
export function coverage(data: Uint8Array): (codePoint: number) => boolean {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const cmap = tableOffset(view, 'cmap');
  const count = view.getUint16(cmap + 2);
  for (let i = 0; i < count; i++) {
    const at = cmap + view.getUint32(cmap + 8 + i * 8);
    if (view.getUint16(at) === 12) return inGroups(view, at);
  }
  throw new Error('font has no format 12 cmap');
}

function tableOffset(view: DataView, tag: string): number {
  const count = view.getUint16(4);
  for (let at = 12; at < 12 + count * 16; at += 16) {
    const name = [0, 1, 2, 3].map((i) => String.fromCharCode(view.getUint8(at + i))).join('');
    if (name === tag) return view.getUint32(at + 8);
  }
  throw new Error(`font has no ${tag} table`);
}

/** The groups (first, last, glyph) are sorted: copied out, so that the font itself can be let go, and searched. */
function inGroups(view: DataView, table: number): (codePoint: number) => boolean {
  const count = view.getUint32(table + 12);
  const firsts = Uint32Array.from({ length: count }, (_, i) => view.getUint32(table + 16 + i * 12));
  const lasts = Uint32Array.from({ length: count }, (_, i) => view.getUint32(table + 20 + i * 12));
  return (codePoint) => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lasts[middle] ?? 0) < codePoint) low = middle + 1;
      else high = middle;
    }
    return low < count && (firsts[low] ?? Number.POSITIVE_INFINITY) <= codePoint;
  };
}
