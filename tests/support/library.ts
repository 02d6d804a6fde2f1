/** The library of topics as it lies in prompts/, for tests of pure functions. */
import { readdirSync, readFileSync } from 'node:fs';
import { type Library, readLibrary } from '../../domain/topics/library.ts';

const prompts = new URL('../../prompts/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, prompts), 'utf8'));

export const topicFiles: ReadonlyMap<string, unknown> = new Map(
  readdirSync(new URL('topics/', prompts))
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, read(`topics/${name}`)]),
);

export const library: Library = (() => {
  const reading = readLibrary(topicFiles, read('seasons.json'));
  if (reading.kind === 'fault') throw new Error(reading.faults.join('\n'));
  return reading.library;
})();
