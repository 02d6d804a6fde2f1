/** Everything that the counting rules need to know of a group, out of the database. */
import { type Day, startOfDay } from '../../domain/calendar/day.ts';
import { yearOf } from '../../domain/calendar/period.ts';
import type { ActivityFacts, GroupFacts, Mark, TopicFacts } from '../../domain/presence/facts.ts';
import { joinIntervals } from '../../domain/presence/interval.ts';
import type { Db } from '../database.ts';
import { bindingsOf } from './bindings.ts';
import { botsOf } from './identity.ts';
import { listeningOf } from './listening.ts';
import { addressesOf, presenceOf } from './presence.ts';

/**
 * The facts of a group. Presence, addresses, coverage and topics are those of the days from `from` to `to`, both
 * included; activities are those of the whole years that these days lie in. Days that are folded have no presence.
 */
export async function loadFacts(
  db: Db,
  groupId: number,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<GroupFacts> {
  const { accountId } = await db.group.findUniqueOrThrow({
    where: { id: groupId },
    select: { accountId: true },
  });
  const span = { from: startOfDay(from), until: startOfDay(to + 1) };
  const presence = new Map<Day, Map<number, number>>();
  for (const row of await presenceOf(db, groupId, from, to))
    inner(presence, row.day).set(row.personId, row.slots);
  const addresses = new Map<Day, Map<number, Set<number>>>();
  for (const row of await addressesOf(db, groupId, from, to)) {
    const ofDay = inner(addresses, row.day);
    ofDay.set(row.fromId, (ofDay.get(row.fromId) ?? new Set()).add(row.toId));
  }
  const bindings = await bindingsOf(db, groupId);
  return {
    bindings,
    bots: new Set(await botsOf(db, groupId)),
    presence,
    addresses,
    listening: joinIntervals(
      await listeningOf(db, accountId, groupId, span, bindings[0]?.at ?? Number.POSITIVE_INFINITY),
    ),
    topics: await topicsOf(db, groupId, span),
    activities: await activitiesOf(db, groupId, yearOf(from).from, yearOf(to).to),
  };
}

async function topicsOf(
  db: Db,
  groupId: number,
  span: { readonly from: number; readonly until: number },
): Promise<readonly TopicFacts[]> {
  const topics = await db.topic.findMany({
    where: { groupId, openedAt: { gte: new Date(span.from), lt: new Date(span.until) } },
    orderBy: { number: 'asc' },
  });
  const facts: TopicFacts[] = [];
  for (const topic of topics) {
    const keys = [`tag:${topic.number}`, `topic:${topic.id}`];
    if (topic.messageId !== null) keys.push(`msg:${topic.messageId}`);
    const marks = await db.topicMark.findMany({ where: { groupId, key: { in: keys } } });
    facts.push({
      id: String(topic.number),
      at: topic.openedAt.getTime(),
      closesAt: (topic.closedAt ?? topic.closesAt).getTime(),
      marks: marks.map((mark): Mark => ({ person: mark.personId, at: Number(mark.at) })),
    });
  }
  return facts;
}

async function activitiesOf(db: Db, groupId: number, from: Day, to: Day): Promise<readonly ActivityFacts[]> {
  const activities = await db.activity.findMany({
    where: {
      groupId,
      startsAt: { gte: new Date(startOfDay(from)), lt: new Date(startOfDay(to + 1)) },
      // Closed without a note is cancelled: it did not take place, for no figure and no reminder.
      OR: [{ closedAt: null }, { note: { not: null } }],
    },
    include: { checkIns: true },
    orderBy: { number: 'asc' },
  });
  return activities.map((activity) => ({
    id: String(activity.id),
    at: activity.startsAt.getTime(),
    offline: activity.offline,
    closed: activity.closedAt !== null && activity.note !== null,
    checkIns: activity.checkIns.map((checkIn) => ({ person: checkIn.personId, at: checkIn.at.getTime() })),
  }));
}

function inner<K, V>(map: Map<Day, Map<K, V>>, day: Day): Map<K, V> {
  const known = map.get(day);
  if (known) return known;
  const made = new Map<K, V>();
  map.set(day, made);
  return made;
}
