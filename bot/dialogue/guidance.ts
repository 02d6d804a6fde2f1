/** What is said to somebody who has not been understood, or asked for what is not theirs. */
import { dayOf } from '../../domain/calendar/day.ts';
import { wishesAnonymity } from '../../domain/listening/anonymous.ts';
import { soundsDangerous } from '../../domain/listening/danger.ts';
import { type CadreOfPerson, cadreOfGroup, groupsLedBy, successorOf } from '../../prisma/store/cadres.ts';
import type { Action, CommandDeclaration, Context, Saying, Situation, Who } from './command.ts';
import { addressOf, nameOf, rolesOf } from './place.ts';
import { plain } from './plain.ts';
import type { Meant, Reading } from './registry.ts';
import { card, quietly } from './say.ts';
import { isFor, usableActions, usefulRoles } from './usable.ts';

export const helpButton = { label: '帮助', command: '/帮助' };
/** Of what was typed after a mistyped name, this much is offered again in the button. */
const longestRest = 1_200;
/** Of a command offered again, this much is written out, in characters. */
const longestShown = 40;

/** What a cadre does where a youth uses this command. */
const forCadres: Readonly<Record<string, string>> = {
  诉求: '看大家提的诉求，请发 /问题清单；您自己的困难和建议，可以直接向团组织说。',
  匿名: '看大家提的诉求，请发 /问题清单；您自己的困难和建议，可以直接向团组织说。',
  我的: '看大家提的诉求，请发 /问题清单。',
  同感: '看有多少人同感，请发 /问题清单 查看 加编号。',
  心愿: '看心愿墙、认领心愿，请发 /心愿 墙。',
  互助: '看大家的互助，请发 /互助 列表。',
  建议: '看大家的建议，请发 /问题清单；您自己的建议，可以直接向团组织说。',
  问: '看大家问的，请私聊我发 /答疑。',
  作答: '看结果，请私聊我发 /问卷 结果；答小伙伴问的，请发 /答疑。',
  签到: '活动的签到码，请私聊我发 /活动 签到码。',
};

/** There is no such command: what may have been meant, with a button for it. */
export async function unknownCommand(
  situation: Situation,
  { word, rest, near, meant }: Extract<Reading, { kind: 'unknown' }>,
): Promise<Saying> {
  if (word === '') return quietly(situation, card('想做什么？', '发 /帮助 看看我能做什么。', [helpButton]));
  const { roles, cadre } = await rolesOf(situation);
  const usable = meant.filter(({ action }) => roles.has(action.who));
  if (usable.length > 0) return withItsCommand(situation, usable, cadre ? '您' : '你');
  const shown = plain(word);
  if (near.length === 0)
    return quietly(
      situation,
      card('没有这个命令', `没有“/${shown}”这个命令，发 /帮助 看看有哪些。`, [helpButton]),
    );
  return quietly(
    situation,
    card(
      '是不是打错了？',
      `没有“/${shown}”这个命令。${cadre ? '您' : '你'}是不是想输入 ${asCommands(near)}？`,
      [
        ...near.map((name) => ({ label: `/${name}`, command: again(situation, `/${name}`, rest) })),
        ...(near.includes('帮助') ? [] : [helpButton]),
      ],
    ),
  );
}

/** An action's name was typed as a command: the whole command, with what was typed after it. */
export function withItsCommand(situation: Situation, meant: readonly Meant[], you: '您' | '你'): Saying {
  const [only] = meant;
  const here = meant.filter(({ action: { where } }) => where === 'both' || where === situation.chat.kind);
  if (only && here.length === 0) return quietly(situation, misplacedText(only.command, only.action));
  const whole = here.map(({ command, action, rest }) => {
    const title = `/${command.name} ${action.name}`;
    return { title, whole: again(situation, title, rest) };
  });
  // A group is not shown once more what was typed after it.
  const shown = whole.map(({ title, whole }) =>
    situation.chat.kind === 'group' ? title : plain([...whole].slice(0, longestShown).join('')),
  );
  return quietly(
    situation,
    card(
      '差一点',
      `${you}是不是想发：${shown.join(' 或 ')}`,
      whole.map(({ title, whole }) => ({ label: title, command: whole })),
    ),
  );
}

/** The command is known, what to do with it is not. */
export async function incomplete(
  context: Context,
  { command, word, rest, near }: Extract<Reading, { kind: 'incomplete' }>,
): Promise<Saying> {
  const roles = await usefulRoles(context);
  const usable = usableActions(context, roles, command);
  const shown = usable.length > 0 ? usable : command.actions;
  const meant = shown
    .filter((action) => [action.name, ...action.aliases].some((name) => near.includes(name)))
    .map(({ name }) => name);
  // Words of danger are never repeated.
  if (meant.length > 0 && !soundsDangerous(word))
    return quietly(
      context,
      card(
        '是不是打错了？',
        `/${command.name} 没有“${plain(word)}”。${await addressOf(context)}是不是想输入 ${asCommands(meant.map((name) => `${command.name} ${name}`))}？`,
        meant.map((name) => ({
          label: `/${command.name} ${name}`,
          command: again(context, `/${command.name} ${name}`, rest),
        })),
      ),
    );
  const summary = shown === command.actions || isFor(roles, command) ? `${command.summary}。` : '';
  const examples = shown.map((action) => action.examples[0]).join('\n');
  return quietly(
    context,
    card(`/${command.name} 怎么用`, `${summary}可以这样发：\n${examples}`, [
      { label: '详细说明', command: `/帮助 ${command.name}` },
    ]),
  );
}

/** Why somebody may not, and what they can do. */
export async function deniedText(
  { chat, db, now, person }: Situation,
  command: CommandDeclaration,
  who: Who,
  cadre: CadreOfPerson | undefined,
): Promise<string> {
  if (who === 'youth') return forYouthsText(command);
  if (who !== 'cadre' && who !== 'officer')
    return '这个命令是团组织管理员用的，而且只在私聊里用。如果您是管理员，请先私聊我发 /绑定 加上一次性绑定码。';
  if (chat.kind === 'private')
    return who === 'cadre'
      ? '这个命令是团干部用的。如果您是团干部，请先发 /绑定 加上团组织给您的绑定码。'
      : '这个命令是团组织管理员和团干部用的。如果您是，请先发 /绑定 加上团组织给您的绑定码。';
  const today = dayOf(now);
  if (cadre && (await successorOf(db, chat.groupId, today))?.personId === person.id)
    return '您已接手本群，从明天起生效，到时就能用这个命令了。';
  if (!(await cadreOfGroup(db, chat.groupId, today)))
    return cadre
      ? '本群还没有绑定团干部：请先在这里发 /绑定。'
      : '本群还没有绑定团干部。您是团干部的话，请在这里发 /绑定 加上团组织给您的绑定码。';
  return '这个命令是本群团干部用的。';
}

/** To a cadre who has sent a youth's command: whose it is, and what to do instead. */
export function forYouthsText({ name }: CommandDeclaration): string {
  return `这个命令是给群里小伙伴用的，您是团干部，不用发它。${forCadres[name] ?? '您能用的命令，发 /帮助 就看得到。'}`;
}

/** To an administrator who is in no group, and has sent a youth's command. */
export const forMembersText =
  '这个命令是给群里小伙伴用的，您是团组织管理员，不用发它。您能用的命令，发 /帮助 就看得到。';

/** To a cadre who leads no group today: from when on they will, or how to get one. */
export async function noGroupText({ db, now, person }: Situation): Promise<string> {
  const soon = await groupsLedBy(db, person.id, dayOf(now) + 1);
  return soon.length > 0
    ? `您已接手${soon.map((group) => `“${nameOf(group)}”`).join('、')}，从明天 0 点起生效。`
    : '您现在没有联系中的群。要联系一个群，请在那个群里发 /绑定。';
}

/** Where a command belongs. Says nothing of what was typed. */
export function misplacedText(command: CommandDeclaration, action: Action): string {
  const title = `/${[command.name, action.name].filter(Boolean).join(' ')}`;
  if (action.unnamed)
    return `群里大家看得见是谁发的。要匿名，请私聊我发 ${title} 加内容，我没有记下刚才那条。`;
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

/**
 * A command with what was typed after it, unless that is too much for a button or wants no name (a platform may keep
 * buttons for days). In a group it is for whoever typed it:
 * nobody else may say it as their own.
 */
export function again({ chat, person }: Situation, command: string, rest: string): string {
  const text = rest.trim();
  const wantsNoName = command.includes('匿名') || wishesAnonymity(text);
  if (text === '' || text.length > longestRest || wantsNoName) return command;
  return `${chat.kind === 'group' ? `${onlyFor(person.id)} ` : ''}${command} ${text}`;
}

function onlyFor(personId: number): string {
  return `只给#${personId}`;
}

/** Whose words a button holds, and the command without that; undefined where anybody may press it. */
export function readOnlyFor(
  pressed: string,
): { readonly personId: number; readonly rest: string } | undefined {
  const [, id, rest] = /^只给#(\d{1,15}) (.*)$/su.exec(pressed) ?? [];
  return id === undefined || rest === undefined ? undefined : { personId: Number(id), rest };
}
