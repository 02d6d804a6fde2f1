/** From one event to what is said about it: the one way in to every command. */
import type { MessageEvent, PressEvent } from '../../adapters/adapter.ts';
import { isUnmatched } from '../../prisma/store/recognition.ts';
import type { Outgoing } from '../outbox/message.ts';
import { registry } from './all.ts';
import { answerIn, askFirst, takeAnswer } from './answer.ts';
import type { Action, CommandDeclaration, Context, Saying, Situation } from './command.ts';
import { CommandFault } from './fault.ts';
import {
  deniedText,
  examplesOf,
  hint,
  incomplete,
  misplacedText,
  unknownCommand,
  unmatchedText,
} from './guidance.ts';
import { afterSlash } from './parse.ts';
import { chooseGroup, rolesOf } from './place.ts';
import { quietly } from './say.ts';

/**
 * Everything to be said about a message or a press: the command's answer, a question, a hint, or nothing where nobody
 * spoke to the bot. A person's mistake is answered; what is thrown is a fault of ours, and the caller's transaction is
 * rolled back. Keys come from the event unless what is said has a meaning of its own.
 */
export async function handle(situation: Situation): Promise<readonly Outgoing[]> {
  const { accountId, event } = situation;
  if (event.sender.bot) return [];
  const sayings = await respond(situation);
  return sayings.map((saying, n) => ({
    ...saying,
    key: saying.key ?? `reply/${accountId}/${event.id}/${n}`,
  }));
}

async function respond(situation: Situation): Promise<readonly Saying[]> {
  const typed = typedIn(situation.event);
  const answer = answerIn(typed);
  if (answer) {
    const taken = await takeAnswer(situation, answer);
    if (taken.kind === 'go') return perform(situation, taken.command, true);
    if (taken.kind === 'said') return taken.sayings;
  }
  const text = afterSlash(typed);
  return text === undefined ? hint(situation, registry, typed) : perform(situation, text, false);
}

/** What the person said; a form's values stand one a line after its command. */
function typedIn(event: MessageEvent | PressEvent): string {
  if (event.type === 'message') return event.text;
  return [event.command, ...Object.values(event.values).filter((value) => value.trim() !== '')].join('\n');
}

async function perform(situation: Situation, text: string, confirmed: boolean): Promise<readonly Saying[]> {
  const reading = registry.read(text);
  if (reading.kind === 'unknown') return [unknownCommand(situation, reading)];
  const context: Context = { ...situation, commands: registry.commands, confirmed };
  try {
    if (reading.kind === 'incomplete') return [await incomplete(context, reading)];
    return await run(context, reading.command, reading.action, reading.rest);
  } catch (fault) {
    if (!(fault instanceof CommandFault)) throw fault;
    return [quietly(situation, fault.person)];
  }
}

/** Role, place, group, arguments, question: only what passes all of them runs. Denied unless allowed. */
async function run(
  context: Context,
  command: CommandDeclaration,
  action: Action,
  rest: string,
): Promise<readonly Saying[]> {
  if (
    context.chat.kind === 'group' &&
    action.about === 'group' &&
    (await isUnmatched(context.db, context.chat.groupId))
  )
    throw new CommandFault('the group is not known again yet', unmatchedText);
  const { roles, cadre } = await rolesOf(context);
  if (!roles.has(action.who))
    throw new CommandFault(`denied: ${action.who} only`, await deniedText(context, action.who, cadre));
  if (action.where !== 'both' && action.where !== context.chat.kind)
    throw new CommandFault(`misplaced: ${action.where} only`, misplacedText(command, action));

  const title = `/${[command.name, action.name].filter(Boolean).join(' ')}`;
  let [ready, text] = [{ ...context, ...(cadre && { cadre }) }, rest];
  if (action.about === 'group') {
    const choice = await chooseGroup(context, action, { command: title, rest });
    if (choice.kind === 'ask') return [choice.saying];
    ready = { ...ready, ...{ group: choice.group } };
    text = choice.rest;
  }
  const { fault } = action.read(text);
  if (fault !== undefined) throw new CommandFault('bad arguments', `${fault}。\n${examplesOf(action)}`);

  const question = context.confirmed ? undefined : await action.ask(ready, text);
  if (!question) return action.run(ready, text);
  const group = 'group' in ready ? (ready as { group: { id: number } }).group : undefined;
  const kept = [title, ...(group ? [`群#${group.id}`] : []), question.keep ?? text].join(' ');
  return [await askFirst(context, question, kept)];
}
