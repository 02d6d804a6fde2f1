/** A WeChat account over its logins: a group that its cadre bound in the first one, and what is heard in later ones. */
import type { DirectoryEvent, MessageEvent, Sender } from '../../adapters/adapter.ts';
import { Intake } from '../../bot/intake/intake.ts';
import type { Database } from '../../prisma/database.ts';
import { ensureAccount } from '../../prisma/store/accounts.ts';
import { bind, createCadre } from '../../prisma/store/cadres.ts';
import { findGroup } from '../../prisma/store/identity.ts';

export const begun = Date.parse('2026-09-02T10:00:00+08:00');
const youths = ['赵一', '马二', '曹三', '李四', '王五'];

/** The first login, with one group, bound by its cadre. */
export async function firstLogin(database: Database) {
  const { db } = database;
  const accountId = await ensureAccount(db, 'wechat', 'test');
  const clock = { now: begun };
  let woken = 0;
  const intake = new Intake({
    database,
    accountId,
    now: () => clock.now,
    heardSomething: () => undefined,
    recognised: () => woken++,
  });
  /** The ids of a login: every name with the login behind it. */
  const person = (login: string, name: string, mark?: string): Sender => ({
    id: `@${name}/${login}`,
    name,
    ...(mark ? { mark } : {}),
  });
  const directory = (
    login: string,
    groups: readonly { id: string; name: string; members: readonly Sender[] }[],
    friends: readonly Sender[] = [],
  ): DirectoryEvent => ({
    type: 'directory',
    id: `directory/${login}/${groups.map(({ id }) => id).join()}`,
    at: clock.now,
    login,
    friends,
    groups: groups.map((group) => ({
      ...group,
      members: [{ id: `@bot/${login}`, name: '联青', bot: true }, ...group.members],
    })),
  });
  let count = 0;
  const says = (chat: string, sender: Sender, text = '今天图书馆人多吗', more: Partial<MessageEvent> = {}) =>
    intake.accept({
      type: 'message',
      id: `m${++count}`,
      at: clock.now,
      chat: { kind: 'group', id: chat },
      sender,
      kind: 'text',
      text,
      mentions: [],
      mentionsBot: false,
      ...more,
    });
  const cadreName = '张晓';
  const members = (login: string, mark?: string) => [
    person(login, cadreName, mark),
    ...youths.map((name) => person(login, name)),
  ];
  // The first login: one group, bound by its cadre.
  await intake.accept(directory('A', [{ id: '@@1/A', name: '一班', members: members('A') }]));
  const groupId = (await findGroup(db, accountId, '@@1/A')) ?? 0;
  const idOf = async (externalId: string) =>
    (await db.personAlias.findFirst({ where: { accountId, externalId } }))?.personId;
  const cadrePerson = (await idOf(`@${cadreName}/A`)) ?? 0;
  await database.transaction(async (tx) => {
    const { cadreId } = await createCadre(tx, {
      name: cadreName,
      unit: '示例学院团委',
      now: begun,
      random: (bytes) => new Uint8Array(bytes),
      hash: (text) => text,
    });
    await tx.cadre.update({ where: { id: cadreId }, data: { personId: cadrePerson } });
    await bind(tx, { groupId, cadreId, personId: cadrePerson, at: begun - 86_400_000, eventKey: 'm:bind' });
  });
  intake.presence.forget();
  const slots = async () => {
    const rows = await db.presence.findMany({ orderBy: [{ groupId: 'asc' }, { personId: 'asc' }] });
    return rows.map(
      ({ groupId: group, personId, slots: bits }) =>
        `${group}/${personId}/${bits.toString(2).replace(/0+$/, '')}`,
    );
  };
  return {
    database,
    db,
    accountId,
    clock,
    intake,
    person,
    directory,
    says,
    members,
    groupId,
    idOf,
    cadrePerson,
    slots,
    woken: () => woken,
  };
}
