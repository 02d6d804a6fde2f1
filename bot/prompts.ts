/** Where the data of prompts/ lies, from the sources as well as from the compiled program. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(dirname(createRequire(import.meta.url).resolve('#root/package.json')), 'prompts');

/** The path of a folder of prompts/. */
export function promptFolder(name: string): string {
  return join(root, name);
}

/** The parsed content of a JSON file of prompts/, by its path there. Throws where it cannot be read. */
export function promptJson(name: string): unknown {
  return JSON.parse(promptText(name));
}

/** The text of a file of prompts/, by its path there. Throws where it cannot be read. */
export function promptText(name: string): string {
  return readFileSync(join(root, name), 'utf8');
}
