/** Which part of the commands somebody can really use in a chat, and how that part is summed up. */
import { dayOf } from '../../domain/calendar/day.ts';
import { groupsJoinedBy } from '../../prisma/store/cadres.ts';
import type { Action, CommandDeclaration, Situation, Who } from './command.ts';
import { rolesOf } from './place.ts';

/** The roles for which somebody has anything to do here: an officer is a youth privately only if some group has them as one. */
export async function usefulRoles(situation: Situation): Promise<ReadonlySet<Who>> {
  const { roles } = await rolesOf(situation);
  if (!(await isNobodysYouth(situation, roles))) return roles;
  return new Set([...roles].filter((who) => who !== 'youth'));
}

/** Whether somebody who speaks privately is a cadre or an administrator, and in no group but those that they lead. */
export async function isNobodysYouth(
  { chat, db, person, now }: Situation,
  roles: ReadonlySet<Who>,
): Promise<boolean> {
  if (chat.kind === 'group' || !roles.has('officer')) return false;
  return (await groupsJoinedBy(db, person.id, dayOf(now))).length === 0;
}

/** The actions of a command that these roles may use in this chat; what is about a group is not for who has none. */
export function usableActions(
  { chat }: Situation,
  roles: ReadonlySet<Who>,
  command: CommandDeclaration,
): readonly Action[] {
  const groupless = !roles.has('cadre') && !roles.has('youth');
  return command.actions.filter(
    ({ who, where, about }) =>
      roles.has(who) && (where === 'both' || where === chat.kind) && !(groupless && about === 'group'),
  );
}

/** Whether a command's summary speaks to these roles: it is written for those whom the first action is for. */
export function isFor(roles: ReadonlySet<Who>, { actions }: CommandDeclaration): boolean {
  return actions[0] !== undefined && roles.has(actions[0].who);
}
