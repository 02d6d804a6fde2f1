/** For dialogues on a platform whose ids change with each login: who is there under the ids of each. */
import { findGroup } from '../../prisma/store/identity.ts';
import { recognise } from '../../prisma/store/recognition.ts';
import type { Actor, Stage, StageGroup } from './testing.ts';

/**
 * A login of the stage's account in which everybody has a new id; gives the group under it. `marks`: what the account has
 * put on whom, by name.
 */
export async function logIn(
  stage: Stage,
  login: string,
  room: string,
  names: readonly string[],
  marks: Readonly<Record<string, string>> = {},
): Promise<StageGroup> {
  const members = names.map((name) => ({ id: `person-${name}/${login}`, name, mark: marks[name] }));
  const externalId = `${room}/${login}`;
  const book = { login, friends: [], groups: [{ id: externalId, name: room, members }] };
  await stage.database.transaction((tx) => recognise(tx, stage.accountId, book, stage.now));
  const id = (await findGroup(stage.database.db, stage.accountId, externalId)) ?? 0;
  return { id, externalId, name: room };
}

/** Who bears a name under a login. */
export function under(stage: Stage, login: string, name: string, group?: StageGroup): Promise<Actor> {
  return stage.person(`${name}/${login}`, group);
}
