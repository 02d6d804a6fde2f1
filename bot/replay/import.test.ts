import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayFrom, dayOf } from '../../domain/calendar/day.ts';
import { weekOf } from '../../domain/calendar/period.ts';
import { figures, type GroupFigures } from '../../domain/presence/figures.ts';
import type { Database } from '../../prisma/database.ts';
import { ensureAccount } from '../../prisma/store/accounts.ts';
import { createCadre, groupsLedBy } from '../../prisma/store/cadres.ts';
import { loadFacts } from '../../prisma/store/facts.ts';
import { foldWeeks } from '../../prisma/store/folding.ts';
import { findGroup, joined, resolveGroup, resolvePeople, youthsOf } from '../../prisma/store/identity.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { eventLines } from '../../tests/support/event-lines.ts';
import { importGroups } from './import.ts';
import { whyNotKept } from './kept.ts';
import { type Reading, readEventFile } from './read.ts';

const now = Date.UTC(2026, 10, 1);
const year = { from: dayFrom(2026, 1, 1), to: dayFrom(2026, 12, 31) };

/** The lines as a file; a person is a bot or is none for the whole account, so each group has its own. */
function fileOf(lines: readonly object[], groups = ''): Promise<Reading> {
  const texts = lines.map((line) =>
    JSON.stringify(line, (key, value) =>
      key === 'group' ? `${groups}${value}` : value === 'b' ? `b${(line as { group: string }).group}` : value,
    ),
  );
  return readEventFile(
    (async function* () {
      yield Buffer.from(texts.join('\n'));
    })(),
    { refuse: whyNotKept },
  );
}

/** The figures of a group out of the database, its topics by their ids in the file. */
async function stored(
  { db }: Database,
  accountId: number,
  group: string,
  file: Reading,
): Promise<GroupFigures> {
  const groupId = (await findGroup(db, accountId, group))!;
  const facts = await loadFacts(db, groupId, year);
  const counted = figures(facts, file.groups.get(group)?.messageDays);
  const rows = await db.topic.findMany({ where: { groupId } });
  const idOf = new Map(rows.map((row) => [String(row.number), row.source!.slice('import:'.length)]));
  const topics = Object.entries(counted.topics).map(([number, counts]) => [idOf.get(number), counts]);
  return { ...counted, topics: Object.fromEntries(topics) };
}

const line = (id: string, at: string, rest: object) => ({
  id,
  at: `2026-09-${at}+08:00`,
  group: 'g',
  ...rest,
});
const bound = line('b1', '01T08:00:00', {
  type: 'group',
  cadre: 'c',
  name: '一群',
  members: [{ id: 'u', name: '小青' }],
});
const says = (id: string, at: string, sender: string, rest = {}) =>
  line(id, at, { type: 'message', sender, text: '大家早上好', ...rest });

describeOnBoth('import', (open) => {
  it('gives the figures that replay gives, and twice gives them again', async () => {
    const database = await open();
    const accountId = await ensureAccount(database.db, 'test', 'bot');
    let run = 0;
    const seen = { weeks: 0, topics: 0, unknownDays: 0, quarters: 0, years: 0, voiceDays: 0 };
    await fc.assert(
      fc.asyncProperty(eventLines, async (lines) => {
        const file = await fileOf(lines, `${run++}-`);
        for (const _ of ['first', 'again']) {
          await importGroups(database, accountId, file, now);
          for (const [group, { facts, messageDays }] of file.groups) {
            const replayed = figures(facts, messageDays);
            expect(await stored(database, accountId, group, file)).toEqual(replayed);
            for (const key of Object.keys(seen) as (keyof typeof seen)[])
              if (Object.keys(replayed[key]).length > 0) seen[key]++;
          }
        }
      }),
      { numRuns: database.dialect === 'sqlite' ? 60 : 20 },
    );
    // Fewer runs may happen to lack something.
    if (database.dialect === 'sqlite')
      for (const [key, often] of Object.entries(seen)) expect(often, key).toBeGreaterThan(0);
  });

  it('of a file in parts gives the figures of the whole', async () => {
    const database = await open();
    const accountId = await ensureAccount(database.db, 'test', 'bot');
    const lines = [
      bound,
      line('t1', '01T09:00:00', { type: 'topic', message: 'p1' }),
      says('m1', '01T09:10:00', 'u'),
      says('m2', '01T09:15:00', 'c'),
      says('m3', '03T12:00:00', 'v', { text: '#话题t1 我也来' }),
      line('a1', '05T10:00:00', { type: 'activity', title: '飞盘' }),
      line('k1', '05T10:00:00', { type: 'checkin', activity: 'a1', member: 'u' }),
      line('x1', '05T18:00:00', { type: 'close', activity: 'a1' }),
    ];
    const whole = await fileOf(lines);
    for (const until of [3, 6, 8])
      await importGroups(database, accountId, await fileOf(lines.slice(0, until)), now);
    expect(await stored(database, accountId, 'g', whole)).toEqual(
      figures(whole.groups.get('g')!.facts, whole.groups.get('g')!.messageDays),
    );
    expect(await database.db.topic.findFirst()).toMatchObject({ clear: 1, inferred: 1 });
  });

  it('into a group that the bot sits in adds to it and leaves its roster alone', async () => {
    const database = await open();
    const { db } = database;
    const accountId = await ensureAccount(db, 'test', 'bot');
    const groupId = await resolveGroup(db, accountId, { id: 'g', name: '一群' }, now);
    const people = await resolvePeople(db, accountId, [{ id: 'c' }, { id: 'u' }]);
    await joined(db, groupId, [...people.values()], undefined);
    const file = await fileOf([
      { ...bound, members: [{ id: 'u' }, { id: 'robot', bot: true }, { id: 'old' }] },
      says('m1', '01T09:00:00', 'u'),
      says('m2', '01T09:05:00', 'c'),
      says('m3', '01T09:05:00', 'gone'),
      says('m4', '01T09:05:00', 'robot'),
    ]);
    const [result] = await importGroups(database, accountId, file, now);
    expect(result).toMatchObject({ isNew: false, name: '一群', sealedDays: 0, unproved: true });
    const unnamed = await fileOf([{ ...bound, name: undefined }, says('m1', '01T09:00:00', 'u')]);
    expect(await importGroups(database, accountId, unnamed, now)).toMatchObject([{ name: '一群' }]);
    expect(await findGroup(db, accountId, 'g')).toBe(groupId);
    expect(await youthsOf(db, groupId, people.get('c'))).toEqual([people.get('u')]);
    expect(await stored(database, accountId, 'g', file)).toMatchObject({ activeByDay: { '2026-09-01': 2 } });
  });

  it('gives a cadre of the file no right over anything', async () => {
    const database = await open();
    const { db } = database;
    const accountId = await ensureAccount(db, 'test', 'bot');
    await importGroups(database, accountId, await fileOf([bound, says('m1', '01T09:00:00', 'c')]), now);
    const person = (await resolvePeople(db, accountId, [{ id: 'c' }])).get('c')!;
    expect(await groupsLedBy(db, person, dayOf(now))).toEqual([]);
    expect(await db.cadre.findMany({ select: { personId: true } })).toEqual([{ personId: null }]);
    // One of the same name who proves who they are in a unit of their own has nothing of it either.
    const { cadreId } = await database.transaction((tx) =>
      createCadre(tx, {
        name: 'c',
        unit: '学院团委',
        now,
        random: (bytes) => new Uint8Array(bytes),
        hash: (text) => text,
      }),
    );
    const other = (await resolvePeople(db, accountId, [{ id: 'c2' }])).get('c2')!;
    await db.cadre.update({ where: { id: cadreId }, data: { personId: other } });
    expect(await groupsLedBy(db, other, dayOf(now))).toEqual([]);
  });

  it('changes nothing in sealed weeks, and says so', async () => {
    const database = await open();
    const { db } = database;
    const accountId = await ensureAccount(db, 'test', 'bot');
    const first = [bound, says('m1', '01T09:00:00', 'u'), says('m2', '01T09:05:00', 'c')];
    await importGroups(database, accountId, await fileOf(first), now);
    const groupId = (await findGroup(db, accountId, 'g'))!;
    const sealed = weekOf(dayFrom(2026, 9, 1));
    await database.transaction((tx) => foldWeeks(tx, groupId, sealed.to + 1));
    const before = await db.foldedDay.findMany();

    const later = [
      ...first,
      says('m3', '02T09:00:00', 'v'),
      line('t1', '02T09:00:00', { type: 'topic', message: 'p1' }),
      says('m4', '09T09:00:00', 'v'),
    ];
    const [result] = await importGroups(database, accountId, await fileOf(later), now);
    expect(result).toMatchObject({ sealedDays: 2, isNew: false });
    expect(await db.foldedDay.findMany()).toEqual(before);
    expect(await db.presence.findMany({ select: { day: true } })).toEqual([{ day: dayFrom(2026, 9, 9) }]);
    expect(await db.topic.count()).toBe(0);

    // A week before the sealed one is none of it.
    const earlier = [
      { ...bound, id: 'b0', at: '2026-08-20T08:00:00+08:00' },
      { ...says('m0', '', 'c'), at: '2026-08-21T08:00:00+08:00' },
    ];
    expect((await importGroups(database, accountId, await fileOf(earlier), now))[0]).toMatchObject({
      sealedDays: 0,
    });
    expect(await db.presence.count({ where: { day: dayFrom(2026, 8, 21) } })).toBe(1);
  });

  it('takes names and titles with control characters, long ids and times as they can be kept', async () => {
    const database = await open();
    const accountId = await ensureAccount(database.db, 'test', 'bot');
    const file = await fileOf([
      { ...bound, name: '一\u0000群\u202e', members: [{ id: 'u', name: '小\ud800青\u0000' }] },
      says('m1', '01T09:00:00', 'u'),
      says('m2', '01T09:00:00', 'c', { text: '长'.repeat(350_000) }),
      line('a1', '05T10:00:00', { type: 'activity', title: '飞\u0000盘\n\u202e' }),
      says('m3', '01T09:00:00', 'x\u0000'),
      says('m4', '01T09:00:00', 'x'.repeat(501)),
      { ...says('m5', '', 'u'), at: '0000-01-01T00:00:00Z' },
      { ...says('m6', '', 'u'), at: '9999-12-31T23:59:59Z' },
    ]);
    expect(file.bad.map(({ line: number }) => number)).toEqual([5, 6, 7, 8]);
    const [result] = await importGroups(database, accountId, file, now);
    expect(result).toMatchObject({ name: '一群', people: 2 });
    expect(await database.db.activity.findFirst()).toMatchObject({ title: '飞盘' });
    expect(await stored(database, accountId, 'g', file)).toMatchObject({ voiceDays: ['2026-09-01'] });
  });

  it('does not say of a day that is not over that it was heard to its end', async () => {
    const database = await open();
    const accountId = await ensureAccount(database.db, 'test', 'bot');
    const file = await fileOf([bound, says('m1', '01T09:00:00', 'u')]);
    const noon = Date.UTC(2026, 8, 1, 4);
    await importGroups(database, accountId, file, noon);
    expect(await database.db.listening.findMany()).toMatchObject([{ untilMs: BigInt(noon) }]);
    await importGroups(database, accountId, file, noon + 86_400_000);
    expect(await database.db.listening.findMany()).toMatchObject([
      { untilMs: BigInt(Date.UTC(2026, 8, 1, 16)) },
    ]);
  });
});
