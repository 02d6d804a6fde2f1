import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';

const require = createRequire(import.meta.url);

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface Asset {
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/**
 * The page's scripts, styles and icon by file name. They are served as written, so they lie in the source folder also
 * when the program runs compiled.
 */
export async function pageAssets(): Promise<ReadonlyMap<string, Asset>> {
  const dir = join(dirname(require.resolve('#root/package.json')), 'adapters', 'sandbox', 'page');
  const assets = new Map<string, Asset>();
  for (const name of await readdir(dir)) {
    const type = types[extname(name)];
    if (type) assets.set(name, { type, body: new Uint8Array(await readFile(join(dir, name))) });
  }
  return assets;
}

const fontFiles: Readonly<Record<string, string>> = {
  '400.ttf': '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  '700.ttf': '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
};

/** The path of the page's Chinese font in one weight; undefined for another name. */
export function fontPath(name: string): string | undefined {
  const file = Object.hasOwn(fontFiles, name) ? fontFiles[name] : undefined;
  return file === undefined ? undefined : require.resolve(file);
}
