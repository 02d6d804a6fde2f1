/** Actions on what one has brought oneself: by its number, privately, nobody else's. */
import { number } from '../../dialogue/arguments.ts';
import { action, type ContextFor, type Saying } from '../../dialogue/command.ts';

/** Makes such actions of a command; `missing` tells what number to write. */
export function ownActions(command: string, missing: string) {
  return (
    name: string,
    summary: string,
    aliases: readonly string[],
    run: (
      context: ContextFor<'youth', 'group'>,
      wanted: { readonly number: number },
    ) => Promise<readonly Saying[]>,
  ) =>
    action({
      name,
      aliases,
      summary,
      examples: [`/${command} ${name} 3`],
      who: 'youth',
      where: 'private',
      about: 'group',
      arguments: number(missing),
      confirm: false,
      run,
    });
}
