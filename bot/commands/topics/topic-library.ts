/** The library of topics, read once from the files of prompts/. */
import { readdirSync } from 'node:fs';
import { type Library, readLibrary } from '../../../domain/topics/library.ts';
import { promptFolder, promptJson } from '../../prompts.ts';

/** The whole library. A fault in a file stops the start, with every fault named. */
export const topicLibrary: Library = load();

function load(): Library {
  const files = readdirSync(promptFolder('topics'))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name): [string, unknown] => [name, promptJson(`topics/${name}`)]);
  const read = readLibrary(new Map(files), promptJson('seasons.json'));
  if (read.kind === 'fault') throw new Error(`the topic library has faults:\n${read.faults.join('\n')}`);
  return read.library;
}
