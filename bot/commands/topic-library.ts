/** The library of topics, read once from the files of prompts/topics. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type LibraryTopic, readLibrary } from '../../domain/topics/library.ts';

/** All topics of the library. A fault in a file stops the start, with every fault named. */
export const topicLibrary: readonly LibraryTopic[] = load();

function load(): readonly LibraryTopic[] {
  const root = dirname(createRequire(import.meta.url).resolve('#root/package.json'));
  const folder = join(root, 'prompts', 'topics');
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name): [string, unknown] => [name, JSON.parse(readFileSync(join(folder, name), 'utf8'))]);
  const read = readLibrary(new Map(files));
  if (read.kind === 'fault') throw new Error(`the topic library has faults:\n${read.faults.join('\n')}`);
  return read.topics;
}
