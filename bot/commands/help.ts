/** 帮助: what one can do here, and how. */
import { z } from 'zod';
import {
  type Action,
  action,
  type CommandDeclaration,
  type Context,
  defineCommand,
  type Saying,
  type Who,
} from '../dialogue/command.ts';
import { firstWord, spelled } from '../dialogue/parse.ts';
import { plain } from '../dialogue/plain.ts';
import { resembling } from '../dialogue/resemblance.ts';
import { card, quietly } from '../dialogue/say.ts';
import { isFor, usableActions, usefulRoles } from '../dialogue/usable.ts';
import { whereWords, whoWords } from '../dialogue/words.ts';

const mostButtons = 6;

export const help = defineCommand({
  name: '帮助',
  aliases: ['help', '菜单', '命令', '?'],
  summary: '看看我能做什么、怎么用',
  actions: [
    action({
      name: '',
      summary: '列出现在能用的命令；后面加命令名，看它的详细用法',
      examples: ['/帮助', '/帮助 话题'],
      who: 'anyone',
      where: 'both',
      about: 'person',
      arguments: z.string().transform(firstWord),
      confirm: false,
      run: async (context, topic) => {
        const roles = await usefulRoles(context);
        return [topic === '' ? list(context, roles) : details(context, roles, topic)];
      },
    }),
  ],
});

function list(context: Context, roles: ReadonlySet<Who>): Saying {
  const usable = context.commands.filter((command) => usableActions(context, roles, command).length > 0);
  const lines = usable.flatMap((command) => linesOf(context, roles, command));
  const here = context.chat.kind === 'group' ? '在群里可以发' : '私聊可以发';
  const elsewhere = context.chat.kind === 'group' ? '\n更多功能请私聊我发 /帮助' : '';
  const example = usable.find(({ name }) => name !== '帮助')?.name ?? '帮助';
  return quietly(
    context,
    card(
      '联青能做什么',
      `${here}：\n${lines.join('\n')}\n详细用法发 /帮助 加命令名，例如 /帮助 ${example}${elsewhere}`,
      buttons(context, roles, usable),
    ),
  );
}

/** A line for a command; for somebody to whom only a part of it is open, one for each action of that part. */
function linesOf(context: Context, roles: ReadonlySet<Who>, command: CommandDeclaration): readonly string[] {
  if (isFor(roles, command)) return [`/${command.name}　${command.summary}`];
  return usableActions(context, roles, command).map(
    ({ name, summary }) => `${titleOf(command, name)}　${summary}`,
  );
}

function titleOf(command: CommandDeclaration, name: string): string {
  return `/${[command.name, name].filter(Boolean).join(' ')}`;
}

/** Buttons for what can be done without writing anything more; a group is spared them. */
function buttons(context: Context, roles: ReadonlySet<Who>, usable: readonly CommandDeclaration[]) {
  if (context.chat.kind === 'group') return [];
  return usable
    .filter(
      (command) =>
        command.name !== '帮助' &&
        usableActions(context, roles, command).some(
          ({ name, read }) => (name === '' || name === command.byDefault) && read('').fault === undefined,
        ),
    )
    .slice(0, mostButtons)
    .map(({ name }) => ({ label: name, command: `/${name}` }));
}

function details(context: Context, roles: ReadonlySet<Who>, topic: string): Saying {
  const command = context.commands.find(({ name, aliases }) =>
    [name, ...aliases].map(spelled).includes(topic),
  );
  if (!command) {
    const near = resembling(
      topic,
      context.commands.map(({ name }) => name),
    );
    const meant =
      near.length > 0
        ? `你是不是想看 ${near.map((name) => `/帮助 ${name}`).join(' 或 ')}？`
        : '发 /帮助 看全部。';
    return quietly(
      context,
      card(
        '没有这个命令',
        `没有“${plain(topic)}”这个命令。${meant}`,
        (near.length > 0 ? near.map((name) => `/帮助 ${name}`) : ['/帮助']).map((label) => ({
          label,
          command: label,
        })),
      ),
    );
  }
  const actions = command.actions.filter(({ who }) => roles.has(who));
  // Somebody may ask about a command that is not theirs: then it is told whole, with whose it is.
  const shown = actions.length > 0 ? actions : command.actions;
  const summary = shown === command.actions || isFor(roles, command) ? [command.summary] : [];
  return quietly(
    context,
    card(`/${command.name}`, [...summary, ...shown.map((one) => explain(command, one))].join('\n\n')),
  );
}

function explain(command: CommandDeclaration, { name, summary, who, where, examples }: Action): string {
  return [
    `${titleOf(command, name)}（${whoWords[who]}，${whereWords[where]}）`,
    summary,
    `例：${examples.join('　')}`,
  ].join('\n');
}
