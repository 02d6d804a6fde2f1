/** Small random worlds of cadres, groups and what happened in them, with everything that makes counting awkward. */
import fc from 'fast-check';
import { type Day, startOfDay } from '../../domain/calendar/day.ts';
import { yearOf } from '../../domain/calendar/period.ts';
import { deedKindNames, evidenceGrades } from '../../domain/deeds/kinds.ts';
import type { Database } from '../../prisma/database.ts';

const people = 9;
const person = fc.integer({ min: 0, max: people - 1 });
/** People 0 to 3 are cadres, 4 is a bot; the others are youths. */
const cadre = fc.integer({ min: 0, max: 3 });
const ago = (most: number) => fc.integer({ min: 0, max: most });

const binding = fc.record({ cadre, ago: fc.oneof(ago(3), ago(60), ago(400)), minute: ago(1439) });
/** Half-hours of a morning, so that people meet. */
const slot = fc.oneof(fc.integer({ min: 18, max: 24 }), ago(47));

const group = fc.record({
  bindings: fc.oneof(
    { weight: 2, arbitrary: fc.array(binding, { minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(binding, { minLength: 2, maxLength: 3 }) },
  ),
  gone: fc.uniqueArray(person, { maxLength: 2 }),
  owner: fc.option(cadre, { nil: undefined }),
  ownerSaid: fc.boolean(),
  presence: fc.array(
    fc.record({
      person: fc.oneof(cadre, person),
      ago: fc.oneof(ago(1), ago(9)),
      slots: fc.array(slot, { maxLength: 3 }),
    }),
    { minLength: 20, maxLength: 60 },
  ),
  addresses: fc.array(fc.record({ from: person, to: person, ago: ago(8) }), { maxLength: 6 }),
  topics: fc.array(
    fc.record({
      ago: fc.oneof(ago(1), ago(40)),
      minute: ago(1439),
      closed: fc.option(ago(5), { nil: undefined }),
      marks: fc.array(
        fc.record({
          person,
          kind: fc.constantFrom('tag', 'topic', 'msg'),
          after: fc.oneof(fc.integer({ min: 0, max: 600 }), fc.integer({ min: -600, max: 11_000 })),
        }),
        { maxLength: 16 },
      ),
    }),
    { maxLength: 2 },
  ),
  activities: fc.array(
    fc.record({
      ago: fc.oneof(ago(20), ago(400)),
      offline: fc.boolean(),
      end: fc.constantFrom('open', 'cancelled', 'noted'),
      checkIns: fc.uniqueArray(person, { maxLength: 8 }),
    }),
    { maxLength: 3 },
  ),
});

const deed = fc.record({
  cadre,
  kind: fc.constantFrom(...deedKindNames),
  partner: fc.constantFrom('', '志愿者协会', '摄影俱乐部'),
  ago: fc.oneof(ago(10), ago(400)),
  grade: fc.constantFrom(...evidenceGrades),
  participants: fc.option(ago(60), { nil: null }),
  withBranch: fc.boolean(),
  withClub: fc.boolean(),
  withdrawn: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  confirmed: fc.uniqueArray(fc.integer({ min: 5, max: people - 1 }), { maxLength: 3 }),
});

export const world = fc.record({
  profiles: fc.tuple(
    fc.constantFrom(null, 'xinjiang', 'gqt', 'chuzhou', 'meizhou'),
    fc.constantFrom(null, 'gqt'),
  ),
  evidence: fc.constantFrom(null, 'documented'),
  cadres: fc.array(
    fc.record({
      kind: fc.constantFrom('full_time', 'seconded', 'leading_part_time', 'part_time'),
      below: fc.boolean(),
      exempt: fc.constantFrom(null, null, null, 'maternity'),
      branch: fc.constantFrom('', '计科2班团支部'),
      club: fc.constantFrom('', '摄影社'),
      identity: fc.boolean(),
      paired: fc.integer({ min: 0, max: 4 }),
      organ: fc.boolean(),
      /** Nine of ten are ticked often: the tenth is the bound group. */
      steps: fc.oneof(
        fc.constant<number[]>([1, 2, 3, 4, 5, 6, 7, 8, 9]),
        fc.uniqueArray(fc.integer({ min: 1, max: 10 })),
      ),
      /** An imported file names them; or they moved to another account after they had bound. */
      account: fc.constantFrom('own', 'own', 'own', 'own', 'none', 'moved'),
    }),
    { minLength: 4, maxLength: 4 },
  ),
  groups: fc.array(group, { minLength: 2, maxLength: 5 }),
  deeds: fc.array(deed, { maxLength: 40 }),
  /** Others' cadres and groups come between, so that the ids lie far apart. */
  scattered: fc.boolean(),
});
export type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

let worlds = 0;

/** Puts a world into a database, beside those that are there already. Returns its units. */
export async function fillWorld(
  { db }: Database,
  { profiles, evidence, cadres, groups, deeds, scattered }: World,
  now: number,
  today: Day,
): Promise<readonly number[]> {
  const name = `world ${++worlds}`;
  const account = await db.account.create({ data: { platform: 'test', name } });
  const top = await db.unit.create({ data: { name, profile: profiles[0], evidence } });
  const below = await db.unit.create({
    data: { name: `${name} below`, parentId: top.id, profile: profiles[1] },
  });
  const ids: number[] = [];
  for (let n = 0; n < people + cadres.length; n++)
    ids.push((await db.person.create({ data: { accountId: account.id, name: `p${n}`, bot: n === 4 } })).id);
  const idOf = (n: number) => ids[n] ?? 0;
  const apart = await db.unit.create({ data: { name: `${name} apart` } });
  const between = Array.from({ length: scattered ? 4 : 0 }, () => new Date(0));
  const at = (ago: number, minute = 600) => Math.min(startOfDay(today - ago) + minute * 60_000, now);
  const cadreIds: number[] = [];
  for (const [n, one] of cadres.entries()) {
    await db.cadre.createMany({
      data: between.map((createdAt) => ({ name: 'x', unitId: apart.id, createdAt })),
    });
    const personId = one.account === 'none' ? null : idOf(one.account === 'moved' ? people + n : n);
    const { kind, organ, exempt, branch, club } = one;
    const row = await db.cadre.create({
      data: {
        name: `c${n}`,
        unitId: one.below ? below.id : top.id,
        personId,
        kind,
        organ,
        exempt,
        branch,
        club,
        createdAt: new Date(0),
        identityAt: one.identity ? new Date(at(3)) : null,
      },
    });
    cadreIds.push(row.id);
    await db.firstStep.createMany({
      data: one.steps.map((step) => ({ cadreId: row.id, step, day: today - step })),
    });
    await db.pairing.createMany({
      data: Array.from({ length: one.paired }, (_, index) => ({
        cadreId: row.id,
        number: index + 1,
        name: '',
        since: today - 9,
        endedAt: index === 3 ? new Date(0) : null,
      })),
    });
  }
  for (const shape of groups) await fillGroup(shape);
  async function fillGroup(shape: World['groups'][number]) {
    await db.group.createMany({ data: between.map((createdAt) => ({ accountId: account.id, createdAt })) });
    const { id: groupId } = await db.group.create({
      data: {
        accountId: account.id,
        name: 'g',
        createdAt: new Date(0),
        ownerId: shape.owner === undefined ? null : idOf(shape.owner),
        ownerSaid: shape.ownerSaid,
      },
    });
    await db.member.createMany({
      data: ids.map((personId, n) => ({
        groupId,
        personId,
        leftAt: shape.gone.includes(n) ? new Date(at(1)) : null,
      })),
    });
    await db.binding.createMany({
      data: shape.bindings.map((binding, n) => ({
        groupId,
        cadreId: cadreIds[binding.cadre] ?? 0,
        personId: idOf(binding.cadre),
        at: new Date(at(binding.ago, binding.minute)),
        eventKey: `e${n}`,
      })),
    });
    const presence = new Map(
      shape.presence.map((one) => [
        `${one.ago}/${one.person}`,
        {
          groupId,
          day: today - one.ago,
          personId: idOf(one.person),
          slots: BigInt([...new Set(one.slots)].reduce((sum, slot) => sum + 2 ** slot, 0)),
        },
      ]),
    );
    await db.presence.createMany({ data: [...presence.values()] });
    const addresses = new Map(
      shape.addresses.map((one) => [
        `${one.ago}/${one.from}/${one.to}`,
        { groupId, day: today - one.ago, fromId: idOf(one.from), toId: idOf(one.to) },
      ]),
    );
    await db.address.createMany({ data: [...addresses.values()] });
    for (const [n, topic] of shape.topics.entries()) {
      const openedAt = at(topic.ago, topic.minute);
      const row = await db.topic.create({
        data: {
          groupId,
          number: n + 1,
          title: 't',
          text: 't',
          openedAt: new Date(openedAt),
          closesAt: new Date(openedAt + 7 * 86_400_000),
          closedAt: topic.closed === undefined ? null : new Date(openedAt + topic.closed * 86_400_000),
          messageId: n === 0 ? `m${groupId}` : null,
        },
      });
      const keys = {
        tag: `tag:${n + 1}`,
        topic: `topic:${row.id}`,
        msg: `msg:m${groupId}${n === 0 ? '' : '-none'}`,
      };
      const marks = new Map(
        topic.marks.map((mark) => {
          const markedAt = Math.min(openedAt + mark.after * 60_000, now);
          const key = keys[mark.kind as keyof typeof keys];
          const data = { groupId, key, personId: idOf(mark.person), at: BigInt(markedAt) };
          return [`${key}/${data.personId}/${markedAt}`, data];
        }),
      );
      await db.topicMark.createMany({ data: [...marks.values()] });
    }
    for (const [n, activity] of shape.activities.entries()) {
      const startsAt = at(activity.ago);
      const row = await db.activity.create({
        data: {
          groupId,
          number: n + 1,
          title: 'a',
          startsAt: new Date(startsAt),
          endsAt: new Date(startsAt + 3_600_000),
          offline: activity.offline,
          createdAt: new Date(0),
          closedAt: activity.end === 'open' ? null : new Date(startsAt + 3_600_000),
          note: activity.end === 'noted' ? '好' : null,
        },
      });
      await db.checkIn.createMany({
        data: activity.checkIns.map((one) => ({
          activityId: row.id,
          personId: idOf(one),
          at: new Date(startsAt),
        })),
      });
    }
  }
  for (const [n, one] of deeds.entries()) {
    const { kind, grade, participants, withBranch, withClub } = one;
    const row = await db.deed.create({
      data: {
        cadreId: cadreIds[one.cadre] ?? 0,
        number: n + 1,
        kind,
        partner: one.partner,
        grade,
        participants,
        withBranch,
        withClub,
        day: Math.max(today - one.ago, yearOf(today).from - 400),
        createdAt: new Date(0),
        withdrawnAt: one.withdrawn ? new Date(0) : null,
      },
    });
    await db.deedConfirmation.createMany({
      data: one.confirmed.map((who) => ({ deedId: row.id, personId: idOf(who), at: new Date(0) })),
    });
  }
  return [top.id, below.id];
}
