/** A room of a hundred with namesakes, and another of the same topic, over several logins: against the same without any. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Sender } from '../../adapters/adapter.ts';
import type { Database } from '../../prisma/database.ts';
import { bind } from '../../prisma/store/cadres.ts';
import { findGroup } from '../../prisma/store/identity.ts';
import { joinGroups } from '../../prisma/store/joining-groups.ts';
import { unmatchedGroupsOf } from '../../prisma/store/looks.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { firstLogin } from '../../tests/support/logins.ts';

const halfHour = 1_800_000;
const cadre = '张晓';
const namesake = '王伟';
/** Five bear one name; the cadre and one youth sit in both rooms. */
const ordinary = Array.from({ length: 94 }, (_, n) => `同学${n}`);
const namesakes = Array.from({ length: 5 }, (_, n) => `王伟${n}`);
const rooms: Readonly<Record<string, readonly string[]>> = {
  1: [cadre, ...ordinary, ...namesakes],
  2: [cadre, '同学0', ...Array.from({ length: 8 }, (_, n) => `别班${n}`)],
};
const firstNames = new Map(
  Object.values(rooms).flatMap((uids) =>
    uids.map((uid) => [uid, namesakes.includes(uid) ? namesake : uid] as const),
  ),
);

type Step =
  | { readonly kind: 'says'; readonly room: '1' | '2'; readonly who: number; readonly slot: number }
  /**
   * A login with new ids, and members in another order; meanwhile somebody has taken a name that nobody bears. The cadre's
   * answers come at once, or later.
   */
  | {
      readonly kind: 'login';
      readonly renamed: number | undefined;
      readonly turn: 0 | 1;
      readonly asked: 'now' | 'later';
    };

const says = fc.record({
  kind: fc.constant('says' as const),
  room: fc.constantFrom('1' as const, '1' as const, '2' as const),
  // Mostly the few of whom it matters.
  who: fc.oneof(fc.integer({ min: 90, max: 99 }), fc.nat(5)),
  slot: fc.nat(7),
});
const login = fc.record({
  kind: fc.constant('login' as const),
  renamed: fc.option(fc.oneof(fc.integer({ min: 90, max: 99 }), fc.integer({ min: 1, max: 4 })), {
    nil: undefined,
  }),
  turn: fc.constantFrom(0, 1),
  asked: fc.constantFrom('now' as const, 'later' as const),
});
const steps = fc
  .tuple(
    fc.array(says, { minLength: 3, maxLength: 12 }),
    login,
    fc.array(fc.oneof({ weight: 5, arbitrary: says }, { weight: 1, arbitrary: login }), { maxLength: 12 }),
  )
  .map(([before, one, after]): readonly Step[] => [...before, one, ...after]);

/** Everything of a story: what is kept of each true person in each room, row by row, and who was renamed or has a namesake. */
async function play(database: Database, story: readonly Step[], withLogins: boolean) {
  const { db, accountId, intake, directory, cadrePerson, groupId } = await firstLogin(database);
  const names = new Map(firstNames);
  let at = 'A';
  let [turn, count] = [0, 0];
  const sender = (uid: string): Sender => ({
    id: `@${uid}/${at}`,
    name: names.get(uid) ?? '',
    ...(uid === cadre ? { mark: 'K3X9' } : {}),
  });
  const chat = (room: string) => `@@${room}/${at}`;
  const listed = () =>
    directory(
      at,
      Object.entries(rooms).map(([room, uids]) => ({
        id: chat(room),
        name: '一班',
        members: (turn % 2 === 0 ? uids : uids.toReversed()).map(sender),
      })),
      [sender(cadre)],
    );
  await intake.accept(listed());
  await db.person.update({ where: { id: cadrePerson }, data: { mark: 'K3X9' } });
  const second = (await findGroup(db, accountId, chat('2'))) ?? 0;
  const { cadreId } = await db.binding.findFirstOrThrow();
  const begun = (await db.binding.findFirstOrThrow()).at.getTime();
  await bind(db, { groupId: second, cadreId, personId: cadrePerson, at: begun, eventKey: 'm:second' });
  await intake.presence.refresh(chat('2'));
  const groups = new Map([
    ['1', groupId],
    ['2', second],
  ]);
  /** The cadre says of every group that is not known again which it is. */
  const answer = async () => {
    for (const [room, known] of groups) {
      const here = (await findGroup(db, accountId, chat(room))) ?? 0;
      const open = await unmatchedGroupsOf(db, accountId, cadrePerson);
      if (!open.some(({ id }) => id === here)) continue;
      await database.transaction((tx) => joinGroups(tx, here, known));
    }
  };
  const renamed = new Set<string>();
  for (const step of story) {
    if (step.kind === 'says') {
      const uids = rooms[step.room] ?? [];
      const uid = uids[step.who % uids.length] ?? '';
      await intake.accept({
        type: 'message',
        id: `m${++count}`,
        at: begun + halfHour * (1 + step.slot),
        chat: { kind: 'group', id: chat(step.room) },
        sender: sender(uid),
        kind: 'text',
        text: '今天图书馆人多吗',
        mentions: [],
        mentionsBot: false,
      });
    } else {
      const uid = step.renamed === undefined ? undefined : rooms[1]?.[step.renamed];
      if (uid !== undefined) {
        renamed.add(uid);
        names.set(uid, `新名字${count}-${renamed.size}`);
      }
      if (!withLogins) continue;
      // What was asked in the login before is told at the latest now: with the next one its ids are no more.
      await answer();
      at = `${at}B`;
      turn += step.turn;
      await intake.accept(listed());
      if (step.asked === 'now') await answer();
    }
  }
  await answer();
  expect(await unmatchedGroupsOf(db, accountId, cadrePerson)).toEqual([]);
  const aliases = await db.personAlias.findMany({ where: { accountId } });
  const uidOf = new Map<number, Set<string>>();
  for (const { personId, externalId } of aliases) {
    const uid = /^@(.+)\/[AB]+$/.exec(externalId)?.[1] ?? '';
    uidOf.set(personId, (uidOf.get(personId) ?? new Set()).add(uid));
  }
  const kept = new Map<string, bigint[]>();
  for (const { groupId: group, personId, slots } of await db.presence.findMany()) {
    const room = [...groups].find(([, id]) => id === group)?.[0] ?? '?';
    const key = `${room}/${[...(uidOf.get(personId) ?? [])].join('+')}`;
    kept.set(key, [...(kept.get(key) ?? []), slots]);
  }
  return { kept, owners: [...uidOf.values()], renamed };
}

/** One of those with one name is called otherwise meanwhile: whoever is listed first bears it no more, in either order. */
const namesakeRenamed = [95, 99].flatMap((renamed) =>
  ([0, 1] as const).map((turn): readonly Step[] => [
    ...[95, 97, 99].map((who, slot) => ({ kind: 'says' as const, room: '1' as const, who, slot })),
    { kind: 'login', renamed, turn, asked: 'now' },
    ...[95, 97, 99].map((who, slot) => ({ kind: 'says' as const, room: '1' as const, who, slot: slot + 3 })),
  ]),
);

const union = (all: readonly bigint[]) => all.reduce((one, other) => one | other, 0n);

describeOnBoth('over logins with all new ids', (open) => {
  it('nobody is taken for another, nothing is lost, and who has a name of their own counts once', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (story) => {
        const want = await play(await open(), story, false);
        const got = await play(await open(), story, true);
        // No entry has two people's ids, whatever they were called.
        expect(got.owners.filter((uids) => uids.size > 1)).toEqual([]);
        expect(new Set(got.kept.keys())).toEqual(new Set(want.kept.keys()));
        for (const [key, rows] of got.kept) {
          const uid = key.slice(2);
          expect([key, union(rows)]).toEqual([key, union(want.kept.get(key) ?? [])]);
          if (!got.renamed.has(uid) && !namesakes.includes(uid)) expect([key, rows.length]).toEqual([key, 1]);
        }
      }),
      { numRuns: 10, examples: namesakeRenamed.map((story) => [story]) },
    );
  }, 120_000);
});
