/** From one event to what is said about it: the one way in to every command. */
import type { MessageEvent, PressEvent } from '../../adapters/adapter.ts';
import { dayOf } from '../../domain/calendar/day.ts';
import { wishesAnonymity } from '../../domain/listening/anonymous.ts';
import { soundsDangerous } from '../../domain/listening/danger.ts';
import { cadreOfPerson, groupsLedBy } from '../../prisma/store/cadres.ts';
import { isUnmatched } from '../../prisma/store/looks.ts';
import { answerIn, askFirst, takeAnswer } from '../dialogue/answer.ts';
import type { Action, CommandDeclaration, Context, Saying, Situation, Who } from '../dialogue/command.ts';
import { helpFor } from '../dialogue/danger.ts';
import { CommandFault } from '../dialogue/fault.ts';
import {
  deniedText,
  examplesOf,
  forMembersText,
  forYouthsText,
  incomplete,
  misplacedText,
  noGroupText,
  readOnlyFor,
  unknownCommand,
  unmatchedText,
} from '../dialogue/guidance.ts';
import { afterSlash } from '../dialogue/parse.ts';
import { addressOf, chooseGroup, rolesOf } from '../dialogue/place.ts';
import type { Reading } from '../dialogue/registry.ts';
import { notice, quietly } from '../dialogue/say.ts';
import { isNobodysYouth } from '../dialogue/usable.ts';
import type { Outgoing } from '../outbox/message.ts';
import { sealedAddress } from '../sealed-address.ts';
import { registry } from './all.ts';
import { help } from './help.ts';
import { anonymous } from './listening/anonymous.ts';
import { demand } from './listening/demand.ts';
import { takePicture } from './picture.ts';
import { plainTalk } from './plain-talk.ts';
import { answerSurvey } from './surveys/answer-survey.ts';
import { surveyTalk } from './surveys/survey-talk.ts';
import { ask } from './voices/ask.ts';
import { suggestion } from './voices/suggestion.ts';

/**
 * Everything to be said about a message or a press: the command's answer, a question, a hint, or nothing where nobody
 * spoke to the bot. A person's mistake is answered; what is thrown is a fault of ours, and the caller's transaction is
 * rolled back. Keys come from the event unless what is said has a meaning of its own.
 */
export async function handle(situation: Situation): Promise<readonly Outgoing[]> {
  const { accountId, event } = situation;
  if (event.sender.bot) return [];
  const sayings = await respond(situation);
  // A quote would show a group the cry once more.
  const quotable = sayings.length === 0 || !soundsDangerous(typedIn(event));
  return sayings.map(({ quote, ...saying }, n) => ({
    ...saying,
    ...(quotable && quote !== undefined ? { quote } : {}),
    key: saying.key ?? `reply/${accountId}/${event.id}/${n}`,
  }));
}

async function respond(situation: Situation): Promise<readonly Saying[]> {
  const pressed = situation.event.type === 'press' ? readOnlyFor(typedIn(situation.event)) : undefined;
  if (pressed && pressed.personId !== situation.person.id)
    return [
      quietly(
        situation,
        '这个按钮里是别人写的话，只有本人能用。想说自己的，直接发就好，例如：/诉求 加内容。',
      ),
    ];
  const typed = pressed?.rest ?? typedIn(situation.event);
  const answer = answerIn(typed);
  if (answer) {
    const taken = await takeAnswer(situation, answer);
    if (taken.kind === 'go') return perform(situation, taken.command, true);
    if (taken.kind === 'said') return taken.sayings;
  }
  const pictured = await takePicture(situation);
  if (pictured) return pictured;
  const text = afterSlash(typed);
  return text === undefined ? talk(situation, typed) : perform(situation, text, false);
}

async function talk(situation: Situation, typed: string): Promise<readonly Saying[]> {
  const survey = await ofSurvey(situation, typed);
  if (survey) return survey;
  const said = await plainTalk(situation, registry, typed);
  return 'command' in said ? perform(situation, said.command, false) : said;
}

async function ofSurvey(situation: Situation, typed: string): Promise<readonly Saying[] | undefined> {
  try {
    return await surveyTalk(situation, typed);
  } catch (fault) {
    if (!(fault instanceof CommandFault)) throw fault;
    const lines = soundsDangerous(typed) ? [await helpFor(situation)] : [];
    return [...lines, notice(situation.person.id, fault.person, 'reply')];
  }
}

/** What the person said; a form's values stand one a line after its command. */
function typedIn(event: MessageEvent | PressEvent): string {
  if (event.type === 'message') return event.text;
  return [event.command, ...Object.values(event.values).filter((value) => value.trim() !== '')].join('\n');
}

/** Words of danger in these become a demand, which brings the help lines along. */
const heardAsDemands: readonly CommandDeclaration[] = [demand, anonymous, suggestion, ask];

async function perform(situation: Situation, text: string, confirmed: boolean): Promise<readonly Saying[]> {
  const reading = registry.read(text);
  const dangerous = soundsDangerous(text);
  if (reading.kind === 'unknown') {
    if (!dangerous) return [await unknownCommand(situation, reading)];
    // A slip in its name must not keep a cry for help.
    const [near = ''] = reading.near;
    if (registry.find(near) === demand) return perform(situation, `${demand.name} ${reading.rest}`, false);
    return hear(situation, text);
  }
  if (dangerous && reading.command === help && reading.kind === 'found') return hear(situation, reading.rest);
  const { command } = reading;
  // Who asks for it in so many words is not taken by name.
  const isBrought = reading.kind === 'found' && reading.action.name === '';
  if (isBrought && (command === demand || command === suggestion))
    if (wishesAnonymity(reading.rest)) return perform(situation, `${anonymous.name} ${reading.rest}`, false);
  const context: Context = { ...situation, commands: registry.commands, confirmed };
  const isDemand = heardAsDemands.includes(command);
  const lines =
    dangerous &&
    (isDemand || command === answerSurvey || !(await cadreOfPerson(situation.db, situation.person.id)))
      ? [await helpFor(situation)]
      : [];
  if (reading.kind === 'incomplete') return [...lines, await incomplete(context, reading)];
  const said = await answered(context, reading, lines, isDemand);
  return reading.action.unnamed ? Promise.all(said.map((saying) => unnamed(situation, saying))) : said;
}

async function answered(
  context: Context,
  { command, action, rest }: Extract<Reading, { kind: 'found' }>,
  lines: readonly Saying[],
  isDemand: boolean,
): Promise<readonly Saying[]> {
  try {
    const sayings = await run(context, command, action, rest);
    // A demand that was taken brings them along, with its number.
    if (isDemand || lines.length === 0) return sayings;
    // What looks something up repeats what was asked: not in a group.
    return [...lines, ...sayings.filter(({ to }) => !('groupId' in to))];
  } catch (fault) {
    if (!(fault instanceof CommandFault)) throw fault;
    return [...lines, quietly(context, fault.person)];
  }
}

/** What is said back to somebody whose name nothing may keep: to a sealed address; in a group without a quote. */
async function unnamed({ db, secret, person }: Situation, { quote: _, ...saying }: Saying): Promise<Saying> {
  const isTheirs = 'personId' in saying.to && saying.to.personId === person.id;
  return isTheirs ? { ...saying, to: { sealed: await sealedAddress(db, secret, person.id) } } : saying;
}

/** A cry for help that is no command: a group is not shown once more what was cried. */
async function hear(situation: Situation, cry: string): Promise<readonly Saying[]> {
  return situation.chat.kind === 'group' ? [await helpFor(situation)] : talk(situation, cry);
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
    (action.about === 'group' || action.who === 'youth') &&
    (await isUnmatched(context.db, context.chat.groupId))
  )
    throw new CommandFault('the group is not known again yet', unmatchedText);
  const { roles, cadre, administrator } = await rolesOf(context);
  if (!roles.has(action.who))
    throw new CommandFault(
      `denied: ${action.who} only`,
      await deniedText(context, command, action.who, cadre),
    );
  if (action.where !== 'both' && action.where !== context.chat.kind)
    throw new CommandFault(`misplaced: ${action.where} only`, misplacedText(command, action));

  const title = `/${[command.name, action.name].filter(Boolean).join(' ')}`;
  let [ready, text] = [
    { ...context, ...(cadre && { cadre }), ...(administrator && { administrator }) },
    rest,
  ];
  if (action.about === 'group') {
    if (context.chat.kind === 'private') await refuseWithoutGroup(context, command, action, roles);
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
  if (!question.privately || context.chat.kind === 'private')
    return [await askFirst(context, question, kept)];
  const asked = await askFirst({ ...context, chat: { kind: 'private' } }, question, kept);
  // Who pressed a button looks at what came of it; who wrote in the group is told where to look.
  return context.event.type === 'press'
    ? [asked]
    : [asked, quietly(context, `私聊里和${await addressOf(context)}确认一下。`)];
}

/** A cadre who leads no group, or a youth's command of an officer who is nobody's youth: {@link CommandFault} with what to do. */
async function refuseWithoutGroup(
  context: Context,
  command: CommandDeclaration,
  { who }: Action,
  roles: ReadonlySet<Who>,
): Promise<void> {
  const { db, person, now } = context;
  if (who === 'youth' && (await isNobodysYouth(context, roles)))
    throw new CommandFault(
      'a youth’s command of nobody’s youth',
      roles.has('cadre') ? forYouthsText(command) : forMembersText,
    );
  if (who === 'cadre' && (await groupsLedBy(db, person.id, dayOf(now))).length === 0)
    throw new CommandFault('the cadre leads no group', await noGroupText(context));
}
