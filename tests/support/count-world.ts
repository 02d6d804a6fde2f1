/** A small account whose members, activities and deeds change at random in every way that the store's functions change them. */
import fc from 'fast-check';
import { dayFrom, startOfDay } from '../../domain/calendar/day.ts';
import { quarterOf, yearOf } from '../../domain/calendar/period.ts';
import { activitiesIn, metIn } from '../../domain/presence/activity.ts';
import type { Database, Tx } from '../../prisma/database.ts';
import { metByDeeds } from '../../prisma/store/deed-facts.ts';
import { loadFacts } from '../../prisma/store/facts.ts';
import type { GroupCounts } from '../../prisma/store/group-count-rows.ts';
import { youthsOf } from '../../prisma/store/identity.ts';
import { mergePeople } from '../../prisma/store/merging.ts';
import { eraseOwn } from '../../prisma/store/own-data.ts';
import { addMarks } from '../../prisma/store/presence.ts';

export const thisYear = yearOf(dayFrom(2026, 6, 1));
const june = startOfDay(dayFrom(2026, 6, 1));

export interface CountWorld {
  readonly accountId: number;
  readonly groups: readonly number[];
  readonly people: readonly number[];
  /** One leads each group: the person of the same place. */
  readonly cadres: readonly number[];
  readonly activities: readonly number[];
  readonly deeds: readonly number[];
}

const [groups, people] = [3, 8];

/** Before the year, in it before what happens in June, on that day, and after it. */
const days = [0, 40, 120, 151, 152, 160, 200, 330].map((n) =>
  n === 0 ? 0 : startOfDay(thisYear.from + n) + 36_000_000,
);

/** Three groups with a cadre, two activities and two talks each, everybody in all of them, and some met in each way. */
export async function countWorld({ db }: Database): Promise<CountWorld> {
  const made: Record<Exclude<keyof CountWorld, 'accountId'>, number[]> = {
    groups: [],
    people: [],
    cadres: [],
    activities: [],
    deeds: [],
  };
  const unit = await db.unit.create({ data: { name: `u${Math.random()}` } });
  const { id: accountId } = await db.account.create({ data: { platform: 'test', name: unit.name } });
  for (let n = 0; n < people; n++)
    made.people.push((await db.person.create({ data: { accountId, name: `p${n}` } })).id);
  for (let n = 0; n < groups; n++) {
    const group = await db.group.create({ data: { accountId, createdAt: new Date(0) } });
    const [groupId, personId] = [group.id, made.people[n] ?? 0];
    const data = { name: `c${n}`, unitId: unit.id, personId, createdAt: new Date(0) };
    const cadreId = (await db.cadre.create({ data })).id;
    await db.binding.create({ data: { groupId, cadreId, personId, at: new Date(0), eventKey: 'e' } });
    made.groups.push(groupId);
    made.cadres.push(cadreId);
    for (const number of [1, 2]) {
      const startsAt = new Date(june);
      const activity = {
        groupId,
        number,
        title: 'a',
        startsAt,
        endsAt: startsAt,
        offline: true,
        createdAt: startsAt,
      };
      made.activities.push((await db.activity.create({ data: activity })).id);
      const deed = {
        cadreId,
        number,
        kind: 'heart_talk',
        day: thisYear.from,
        grade: 'stated',
        createdAt: startsAt,
      };
      made.deeds.push((await db.deed.create({ data: deed })).id);
    }
  }
  const pairs = (ids: readonly number[], every: number) =>
    ids.flatMap((id, n) =>
      made.people.flatMap((personId, m) => ((n + m) % every === 0 ? [{ id, personId }] : [])),
    );
  const at = new Date(june);
  await db.member.createMany({
    data: pairs(made.groups, 1).map(({ id, personId }) => ({ groupId: id, personId })),
  });
  await db.checkIn.createMany({
    data: pairs(made.activities, 3).map(({ id, personId }) => ({ activityId: id, personId, at })),
  });
  await db.deedConfirmation.createMany({
    data: pairs(made.deeds, 4).map(({ id, personId }) => ({ deedId: id, personId, at })),
  });
  return { accountId, ...made };
}

const place = (length: number) => fc.nat({ max: length - 1 });
/** One change: what, of which group, activity or deed, by or to whom, and one of two ways. */
export const change = fc.record({
  what: fc.constantFrom(
    ...([
      'seen',
      'left',
      'forgotten',
      'back',
      'bot',
      'merged',
      'erased',
      'bound',
      'handed',
      'rebound',
      'moved',
    ] as const),
    ...(['checked in', 'unticked', 'cancelled', 'put off', 'online', 'regrouped'] as const),
    ...(['checked in by another', 'confirmed by another'] as const),
    ...(['confirmed', 'unconfirmed', 'withdrawn', 'reworded', 'redated', 'counted'] as const),
  ),
  at: place(groups * 2),
  who: place(people),
  way: fc.boolean(),
});
export type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

/** Makes a change; what cannot be done is left undone. */
export async function apply(tx: Tx, world: CountWorld, { what, at, who, way }: Change): Promise<void> {
  const groupId = world.groups[at % groups] ?? 0;
  const cadreId = world.cadres[at % groups] ?? 0;
  const personId = world.people[who] ?? 0;
  const activityId = world.activities[at] ?? 0;
  const deedId = world.deeds[at] ?? 0;
  if (!(await tx.person.findUnique({ where: { id: personId } }))) return;
  const leads = (await tx.cadre.count({ where: { personId } })) > 0;
  const activity = (data: object) => tx.activity.update({ where: { id: activityId }, data });
  const deed = (data: object) => tx.deed.update({ where: { id: deedId }, data });
  switch (what) {
    case 'seen':
      return addMarks(tx, { presence: [], addresses: [], topicMarks: [], seen: [{ groupId, personId }] });
    case 'left':
    case 'back':
      await tx.member.updateMany({
        where: { groupId, personId },
        data: { leftAt: what === 'left' ? new Date(june) : null },
      });
      return;
    case 'forgotten':
      await tx.member.deleteMany({ where: { groupId, personId } });
      return;
    case 'bot':
      await tx.person.update({ where: { id: personId }, data: { bot: way } });
      return;
    case 'merged':
      if (!leads && who >= 5) await mergePeople(tx, personId, world.people[3] ?? 0);
      return;
    case 'erased':
      if (!leads)
        await eraseOwn(tx, personId, { now: june, random: () => new Uint8Array(16), respondentOf: () => '' });
      return;
    case 'bound':
      await tx.binding.deleteMany({ where: { groupId, cadreId } });
      if (way)
        await tx.binding.create({
          data: { groupId, cadreId, personId, at: new Date(days[at] ?? 0), eventKey: `e${cadreId}` },
        });
      return;
    case 'handed': {
      const to = { cadreId: world.cadres[who % groups] ?? 0 };
      await tx.binding.updateMany({ where: { groupId }, data: way ? { cadreId } : to });
      return;
    }
    case 'rebound':
      await tx.binding.updateMany({ where: { groupId, cadreId }, data: { at: new Date(days[who] ?? 0) } });
      return;
    case 'moved':
      if (!leads) await tx.cadre.update({ where: { id: cadreId }, data: { personId } });
      return;
    case 'checked in':
      await tx.checkIn.upsert({
        where: { activityId_personId: { activityId, personId } },
        create: { activityId, personId, at: new Date(june), ticked: way },
        update: { ticked: way, at: new Date(days[who] ?? june) },
      });
      return;
    case 'unticked':
      await tx.checkIn.deleteMany({ where: { activityId, personId } });
      return;
    case 'cancelled':
      await activity({ closedAt: new Date(june), note: way ? '好' : null });
      return;
    case 'put off':
      await activity({ startsAt: new Date(way ? (days[who] ?? june) : june - 366 * 86_400_000) });
      return;
    case 'online':
      await activity({ offline: way });
      return;
    case 'regrouped':
      await activity({ groupId: world.groups[who % groups] ?? 0, number: 10 + activityId });
      return;
    case 'confirmed':
      if ((await tx.deedConfirmation.count({ where: { deedId, personId } })) === 0)
        await tx.deedConfirmation.create({ data: { deedId, personId, at: new Date(june) } });
      return;
    case 'checked in by another': {
      const other = world.people[(who + 1) % people] ?? 0;
      if ((await tx.checkIn.count({ where: { activityId, personId: other } })) === 0)
        await tx.checkIn.updateMany({ where: { activityId, personId }, data: { personId: other } });
      return;
    }
    case 'confirmed by another': {
      const other = world.people[(who + 1) % people] ?? 0;
      if ((await tx.deedConfirmation.count({ where: { deedId, personId: other } })) === 0)
        await tx.deedConfirmation.updateMany({ where: { deedId, personId }, data: { personId: other } });
      return;
    }
    case 'unconfirmed':
      await tx.deedConfirmation.deleteMany({ where: { deedId, personId } });
      return;
    case 'withdrawn':
      await deed({ withdrawnAt: way ? new Date(june) : null });
      return;
    case 'reworded':
      await deed({ kind: way ? 'visit' : 'volunteering' });
      return;
    case 'redated':
      await deed({ day: way ? thisYear.to : thisYear.from - 1 });
      return;
    case 'counted':
      return;
  }
}

/** The counts of a group for its cadre, as `/进度` counts one. */
export async function countedByHand(
  { db }: Database,
  group: { readonly id: number; readonly cadreId: number; readonly personId: number },
): Promise<GroupCounts> {
  const facts = await loadFacts(db, group.id, thisYear);
  const roster = new Set(await youthsOf(db, group.id, group.personId));
  const met = new Set([...metIn(facts, thisYear), ...(await metByDeeds(db, group.cadreId, thisYear))]);
  const held = (month: number) => activitiesIn(facts, quarterOf(dayFrom(2026, month, 1)));
  return {
    roster: roster.size,
    met: [...met].filter((person) => roster.has(person)).length,
    held: [held(1), held(4), held(7), held(10)],
  };
}
