/** Who the person is here, and which group a command is about. */
import { dayOf } from '../../domain/calendar/day.ts';
import { type AdministratorOfPerson, administratorOfPerson } from '../../prisma/store/administrators.ts';
import {
  type CadreOfPerson,
  cadreOfGroup,
  cadreOfPerson,
  groupsJoinedBy,
  groupsLedBy,
} from '../../prisma/store/cadres.ts';
import { oneLine } from '../render/legible.ts';
import type { Action, GroupHere, Saying, Situation, Who } from './command.ts';
import { CommandFault } from './fault.ts';
import { plain } from './plain.ts';
import { card, reply } from './say.ts';

/**
 * Who somebody is in this chat, by the database alone, never by a display name (design.md, Authority). In a group its
 * present cadre is its cadre and everybody else a youth; privately who has proved to be a cadre is one, and everybody
 * may be a youth of some group, and who has proved to be an administrator is one. Nobody is an operator in a chat.
 */
export async function rolesOf(situation: Situation): Promise<{
  readonly roles: ReadonlySet<Who>;
  readonly cadre: CadreOfPerson | undefined;
  readonly administrator: AdministratorOfPerson | undefined;
}> {
  const { db, chat, person, now } = situation;
  const cadre = await cadreOfPerson(db, person.id);
  if (chat.kind === 'private') {
    const administrator = await administratorOfPerson(db, person.id);
    const roles = new Set<Who>(['anyone', 'youth']);
    if (cadre) roles.add('cadre');
    if (administrator) roles.add('administrator');
    if (cadre || administrator) roles.add('officer');
    return { roles, cadre, administrator };
  }
  const present = await cadreOfGroup(db, chat.groupId, dayOf(now));
  const leads = present !== undefined && present.personId === person.id;
  const roles = new Set<Who>(leads ? ['anyone', 'cadre', 'officer'] : ['anyone', 'youth']);
  return { roles, cadre, administrator: undefined };
}

/** How the bot addresses somebody: a cadre, and privately an administrator, with 您, a youth with 你. */
export async function addressOf({ db, chat, person }: Situation): Promise<'您' | '你'> {
  if (await cadreOfPerson(db, person.id)) return '您';
  return chat.kind === 'private' && (await administratorOfPerson(db, person.id)) ? '您' : '你';
}

/** A group's name as one line that calls nobody; or that it has none. */
export function nameOf(group: GroupHere): string {
  return plain(oneLine(group.name)) || '未命名的群';
}

export type GroupChoice =
  | { readonly kind: 'group'; readonly group: GroupHere; readonly rest: string }
  | { readonly kind: 'ask'; readonly saying: Saying };

/**
 * The group that a command is about: in a group that one; privately the only one that the person leads (a cadre's
 * command) or is in (a youth's), or the one named first in the arguments: `群2` by its number in the list, `@群名`
 * by its name. Otherwise the list is shown and asked. Throws {@link CommandFault} when there is none.
 */
export async function chooseGroup(
  situation: Situation,
  action: Action,
  typed: { readonly command: string; readonly rest: string },
): Promise<GroupChoice> {
  const { chat, rest } = { chat: situation.chat, rest: typed.rest };
  if (chat.kind === 'group')
    return { kind: 'group', group: { id: chat.groupId, name: chat.name }, rest: withoutChoice(rest) };
  const groups = await candidates(situation, action.who);
  const [only, ...others] = groups;
  // A cadre without a group was told before.
  if (!only)
    throw new CommandFault(
      'the person is in no known group',
      `我还不知道${await addressOf(situation)}在哪个群：请先在群里说句话，再来找我。`,
    );
  const chosen = named(groups, rest);
  if (chosen) return { kind: 'group', ...chosen };
  if (others.length === 0 && !/^群\s*#?\d{1,9}(?!\S)/u.test(rest))
    return { kind: 'group', group: only, rest };
  if (action.urgent(rest))
    return { kind: 'group', group: await firstWithCadre(situation, groups, only), rest };
  if (rest.length > longestKept) throw new CommandFault('too long to ask about', '太长了，请写短一些再发。');
  const you = await addressOf(situation);
  const kept = rest.length * Math.min(groups.length, mostButtons);
  const asked =
    action.unnamed || kept > mostKept
      ? bareQuestion(groups, typed.command, you)
      : question(groups, typed, you);
  return { kind: 'ask', saying: reply(situation, asked) };
}

async function firstWithCadre(
  { db, now }: Situation,
  groups: readonly GroupHere[],
  otherwise: GroupHere,
): Promise<GroupHere> {
  for (const group of groups) if (await cadreOfGroup(db, group.id, dayOf(now))) return group;
  return otherwise;
}

async function candidates({ db, person, now }: Situation, who: Who): Promise<readonly GroupHere[]> {
  const today = dayOf(now);
  if (who === 'cadre') return groupsLedBy(db, person.id, today);
  const joined = await groupsJoinedBy(db, person.id, today);
  return who === 'youth' ? joined : [...(await groupsLedBy(db, person.id, today)), ...joined];
}

/** The group that the text begins with. `群#12` is our own way to write it, in buttons and kept questions. */
function named(
  groups: readonly GroupHere[],
  text: string,
): { readonly group: GroupHere; readonly rest: string } | undefined {
  const numbered = /^群\s*(#?)([0-9０-９]{1,9})(?:\s+|$)/u.exec(text);
  if (numbered) {
    const number = Number(numbered[2]?.normalize('NFKC'));
    const group = numbered[1] ? groups.find(({ id }) => id === number) : groups[number - 1];
    return group && { group, rest: text.slice(numbered[0].length) };
  }
  if (!/^[@＠]/u.test(text)) return undefined;
  const byLength = [...groups].sort((a, b) => b.name.length - a.name.length);
  const group = byLength.find(({ name }) => name !== '' && text.startsWith(name, 1));
  return group && { group, rest: text.slice(1 + group.name.length).trimStart() };
}

/** In a group the group is plain; a choice typed out of habit, or kept with a question, is taken off. */
function withoutChoice(text: string): string {
  return text.replace(/^群\s*#[0-9]{1,9}(?:\s+|$)/u, '');
}

const mostButtons = 6;
/** What was typed goes along in the buttons, up to this length in UTF-16 units: more than any text may have. */
const longestKept = 4_000;
/** All the buttons together carry so many: a platform refuses a card that is larger. */
const mostKept = 6_000;

/** Without what was typed: a platform may keep its buttons for days, and they hold only so much. */
function bareQuestion(groups: readonly GroupHere[], command: string, you: '您' | '你') {
  const list = groups.map((group, index) => `群${index + 1}　${nameOf(group)}`).join('\n');
  return card(
    '是哪个群？',
    `${you}在 ${groups.length} 个群里。请在前面写上群号再发一遍，例如：${command} 群1 后面写内容。刚才写的我没有留。\n${list}`,
  );
}

function question(
  groups: readonly GroupHere[],
  { command, rest }: { readonly command: string; readonly rest: string },
  you: '您' | '你',
) {
  const list = groups.map((group, index) => `群${index + 1}　${nameOf(group)}`).join('\n');
  const shown = plain([...rest].slice(0, 20).join(''));
  return card(
    '是哪个群？',
    `${you}在 ${groups.length} 个群里，这次说的是哪一个？点一下，或者在前面写上群号再发：\n${list}\n例如：${[command, '群1', shown].filter(Boolean).join(' ')}`,
    groups.slice(0, mostButtons).map((group) => ({
      label: nameOf(group),
      command: [command, `群#${group.id}`, rest].filter(Boolean).join(' '),
    })),
  );
}
