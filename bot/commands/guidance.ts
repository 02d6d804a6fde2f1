/** What is said to somebody who has not been understood, or asked for what is not theirs. */
import { dayOf } from '../../domain/calendar/day.ts';
import { type CadreOfPerson, cadreOfGroup, successorOf } from '../../prisma/store/cadres.ts';
import type { Action, CommandDeclaration, Context, Saying, Situation, Who } from './command.ts';
import { splits, withoutMentions } from './parse.ts';
import { plain } from './plain.ts';
import type { Reading, Registry } from './registry.ts';
import { card, quietly, reply } from './say.ts';

const helpButton = { label: '帮助', command: '/帮助' };
/** Of what was typed after a mistyped name, this much is offered again in the button. */
const longestRest = 300;

/** There is no such command: what may have been meant, with a button for it. */
export function unknownCommand(
  situation: Situation,
  { word, rest, near }: Extract<Reading, { kind: 'unknown' }>,
): Saying {
  if (word === '') return quietly(situation, card('想做什么？', '发 /帮助 看看我能做什么。', [helpButton]));
  const shown = plain(word);
  if (near.length === 0)
    return quietly(
      situation,
      card('没有这个命令', `没有“/${shown}”这个命令，发 /帮助 看看有哪些。`, [helpButton]),
    );
  return quietly(
    situation,
    card('是不是打错了？', `没有“/${shown}”这个命令。你是不是想输入 ${asCommands(near)}？`, [
      ...near.map((name) => ({ label: `/${name}`, command: again(`/${name}`, rest) })),
      ...(near.includes('帮助') ? [] : [helpButton]),
    ]),
  );
}

/** The command is known, what to do with it is not. */
export async function incomplete(
  context: Context,
  { command, word, rest, near }: Extract<Reading, { kind: 'incomplete' }>,
): Promise<Saying> {
  const usable = command.actions.map(({ examples }) => examples[0]).join('\n');
  if (near.length > 0)
    return quietly(
      context,
      card(
        '是不是打错了？',
        `/${command.name} 没有“${plain(word)}”。你是不是想输入 ${asCommands(near.map((name) => `${command.name} ${name}`))}？`,
        near.map((name) => ({
          label: `/${command.name} ${name}`,
          command: again(`/${command.name} ${name}`, rest),
        })),
      ),
    );
  return quietly(
    context,
    card(`/${command.name} 怎么用`, `${command.summary}。可以这样发：\n${usable}`, [
      { label: '详细说明', command: `/帮助 ${command.name}` },
    ]),
  );
}

/** A text that is no command: privately, or in a group where the bot was mentioned, a short hint; otherwise nothing. */
export function hint(situation: Situation, registry: Registry, typed: string): readonly Saying[] {
  const { chat, event } = situation;
  if (event.type === 'message' && chat.kind === 'group' && !event.mentionsBot) return [];
  // An IME's 、 or ＼ for the slash.
  const text = withoutMentions(typed).replace(/^[、\\＼·.。,，\s]+/u, '');
  const [first] = splits(text);
  const name = first && registry.find(first.word)?.name;
  if (first && name !== undefined)
    return [
      reply(
        situation,
        card('命令前面要加 /', `你是不是想输入 /${name}？`, [
          { label: `/${name}`, command: again(`/${name}`, first.rest) },
          helpButton,
        ]),
      ),
    ];
  const content =
    chat.kind === 'group'
      ? '我在。发 /帮助 看看我能做什么。'
      : '你好，我是联青。我听得懂以“/”开头的命令，例如 /帮助。想反映问题，发 /诉求 加上内容就行。';
  return [reply(situation, card('我是联青', content, [helpButton]))];
}

/** Why somebody may not, and what they can do. */
export async function deniedText(
  { chat, db, now, person }: Situation,
  who: Who,
  cadre: CadreOfPerson | undefined,
): Promise<string> {
  if (who === 'youth') return '这个命令是给群里小伙伴用的，您是本群的团干部，不用发它。';
  if (who !== 'cadre') return '这个命令要管理员才能用。';
  if (chat.kind === 'private')
    return '这个命令是团干部用的。如果您是团干部，请先发 /绑定 加上团组织给您的绑定码。';
  const today = dayOf(now);
  if (cadre && (await successorOf(db, chat.groupId, today))?.personId === person.id)
    return '您已接手本群，从明天起生效，到时就能用这个命令了。';
  if (cadre && !(await cadreOfGroup(db, chat.groupId, today)))
    return '本群还没有绑定团干部：请先在这里发 /绑定。';
  return '这个命令是本群团干部用的。';
}

/** Where a command belongs. Says nothing of what was typed. */
export function misplacedText(command: CommandDeclaration, action: Action): string {
  const title = `/${[command.name, action.name].filter(Boolean).join(' ')}`;
  return action.where === 'private' ? `这件事不方便在群里说，请私聊我发 ${title}。` : `${title} 请在群里发。`;
}

/** A group that is not known again after a login: nothing that depends on whose group it is can be done. */
export const unmatchedText =
  '机器人重新登录后还没认出本群，已经私下请团干部认一下，认好了再发一次就行。大家说的话照常在数，不会丢。团干部也可以私聊我发 /认群。';

/** “例如：…” */
export function examplesOf({ examples }: Action): string {
  return `例如：${examples[0] ?? ''}`;
}

function asCommands(names: readonly string[]): string {
  return names.map((name) => `/${name}`).join(' 或 ');
}

function again(command: string, rest: string): string {
  const text = rest.trim();
  return text === '' || text.length > longestRest ? command : `${command} ${text}`;
}
