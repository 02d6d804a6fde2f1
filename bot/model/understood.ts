/** The command that a model took a sentence for, if it is one that the cadre could have typed. */
import { registry } from '../commands/all.ts';
import type { Who } from '../dialogue/command.ts';
import { plain } from '../dialogue/plain.ts';

/** What binds, or hands over, is never proposed. */
const never = ['绑定', '帮助'];

const forCadres: readonly Who[] = ['cadre', 'officer'];

/**
 * The command, fit to be shown and offered; undefined where it is none of a cadre's, or its arguments cannot be read. It is
 * only offered: pressing it goes through every check and question that typing it would.
 */
export function commandIn(written: string): string | undefined {
  const command = plain(written).replace(/\s+/gu, ' ');
  if (!command.startsWith('/')) return undefined;
  const reading = registry.read(command.slice(1));
  if (
    reading.kind !== 'found' ||
    !forCadres.includes(reading.action.who) ||
    never.includes(reading.command.name)
  )
    return undefined;
  return reading.action.read(reading.rest).fault === undefined ? command : undefined;
}
