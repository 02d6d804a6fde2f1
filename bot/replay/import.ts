/** `lianqing import`: what an event file tells, added to the groups of the database. Adding it twice changes nothing. */
import { type Day, startOfDay } from '../../domain/calendar/day.ts';
import type { TalliedGroup } from '../../domain/event-file/second-reading.ts';
import { cadreOn, firstCountedDay } from '../../domain/presence/bindings.ts';
import type { GroupFacts } from '../../domain/presence/facts.ts';
import { participation } from '../../domain/presence/topic.ts';
import type { Database, Tx } from '../../prisma/database.ts';
import { joined, left, resolveGroup, resolvePeople } from '../../prisma/store/identity.ts';
import { importActivities, importBinding, importTopics } from '../../prisma/store/imports.ts';
import { addListening } from '../../prisma/store/listening.ts';
import { addMarks, sealedBefore } from '../../prisma/store/presence.ts';
import type { Reading } from './read.ts';

/** What was added to one group. */
export interface GroupImport {
  readonly name: string;
  readonly isNew: boolean;
  readonly people: number;
  readonly days: number;
  readonly topics: number;
  readonly activities: number;
  /** Days that are folded already, on which the file could change nothing. */
  readonly sealedDays: number;
  /** A cadre of the file has not proved who they are here. */
  readonly unproved: boolean;
}

/** Adds all groups of a file to an account, one transaction a group. `now` in milliseconds. */
export async function importGroups(
  database: Database,
  accountId: number,
  reading: Reading,
  now: number,
): Promise<readonly GroupImport[]> {
  const imported: GroupImport[] = [];
  for (const [externalId, group] of reading.groups)
    imported.push(
      await database.transaction((tx) => importGroup(tx, accountId, externalId, group, reading, now)),
    );
  return imported;
}

async function importGroup(
  tx: Tx,
  accountId: number,
  externalId: string,
  group: TalliedGroup,
  { people }: Reading,
  now: number,
): Promise<GroupImport> {
  const { facts } = group;
  const known = await tx.groupAlias.findUnique({
    where: { accountId_externalId: { accountId, externalId } },
    select: { groupId: true },
  });
  const groupId = await resolveGroup(tx, accountId, { id: externalId, name: group.name }, now);
  const idOf = await resolveAll(tx, accountId, group, people.idOf.bind(people));

  let unproved = false;
  for (const binding of facts.bindings) {
    const proved = await importBinding(tx, groupId, {
      eventKey: `import:${binding.eventId}`,
      at: binding.at,
      personId: idOf(binding.cadre),
      name: group.members.get(binding.cadre)?.name ?? people.idOf(binding.cadre) ?? '',
    });
    unproved ||= !proved;
  }
  const here = [...group.members].filter(([, member]) => member.here).map(([person]) => idOf(person));
  const gone = [...group.members].filter(([, member]) => !member.here).map(([person]) => idOf(person));
  if (!known) {
    // Of a group that the bot sits in, the platform knows better who is in it today.
    await joined(tx, groupId, here, undefined);
    await joined(tx, groupId, gone, undefined);
    await left(tx, groupId, gone, now);
  }
  const sealed = (await sealedBefore(tx, groupId)) ?? Number.NEGATIVE_INFINITY;
  await addMarks(tx, marksOf(groupId, facts, idOf, sealed));
  await listened(tx, accountId, groupId, group, now);
  await importTopics(
    tx,
    groupId,
    facts.topics.map((topic) => ({
      ...topic,
      ...participation(facts, topic),
      messageId: group.topicMessages.get(topic.id),
      marks: topic.marks.map((mark) => ({ personId: idOf(mark.person), at: mark.at })),
    })),
  );
  await importActivities(
    tx,
    groupId,
    facts.activities.map((activity) => ({
      ...activity,
      title: group.activityTitles.get(activity.id) ?? '',
      checkIns: activity.checkIns.map((mark) => ({ personId: idOf(mark.person), at: mark.at })),
    })),
  );
  const days = [...facts.presence.keys()];
  return {
    name: group.name ?? externalId,
    isNew: known === null,
    people: new Set([...facts.presence.values()].flatMap((day) => [...day.keys()])).size,
    days: days.length,
    topics: facts.topics.length,
    activities: facts.activities.length,
    sealedDays: days.filter((day) => day < sealed).length,
    unproved,
  };
}

/** Our ids of everybody the group's facts name. */
async function resolveAll(
  tx: Tx,
  accountId: number,
  { facts, members }: TalliedGroup,
  externalOf: (person: number) => string | undefined,
): Promise<(person: number) => number> {
  const numbers = new Set<number>([...members.keys(), ...facts.bots]);
  for (const { cadre } of facts.bindings) numbers.add(cadre);
  for (const day of facts.presence.values()) for (const person of day.keys()) numbers.add(person);
  for (const day of facts.addresses.values())
    for (const [from, targets] of day) for (const person of [from, ...targets]) numbers.add(person);
  for (const { marks } of facts.topics) for (const { person } of marks) numbers.add(person);
  for (const { checkIns } of facts.activities) for (const { person } of checkIns) numbers.add(person);

  const known = [...numbers].map((number) => ({
    number,
    id: externalOf(number) ?? '',
    name: members.get(number)?.name,
    bot: facts.bots.has(number),
  }));
  const ids = await resolvePeople(tx, accountId, known);
  const byNumber = new Map(known.map(({ number, id }) => [number, ids.get(id)]));
  return (person) => {
    const id = byNumber.get(person);
    if (id === undefined) throw new Error('a person of the file was not resolved');
    return id;
  };
}

/** Presence and addresses of counted, unsealed days; addresses only where one of the two is the day's cadre. */
function marksOf(groupId: number, facts: GroupFacts, idOf: (person: number) => number, sealed: Day) {
  const counted = (day: Day) => day >= sealed && cadreOn(facts.bindings, day) !== undefined;
  const presence = [...facts.presence].flatMap(([day, slotsOf]) =>
    counted(day)
      ? [...slotsOf]
          .filter(([person]) => !facts.bots.has(person))
          .map(([person, slots]) => ({ groupId, day, personId: idOf(person), slots }))
      : [],
  );
  const addresses = [...facts.addresses].flatMap(([day, targetsOf]) => {
    const cadre = cadreOn(facts.bindings, day);
    if (!counted(day)) return [];
    return [...targetsOf].flatMap(([from, targets]) =>
      [...targets]
        .filter((to) => from === cadre || to === cadre)
        .map((to) => ({ groupId, day, fromId: idOf(from), toId: idOf(to) })),
    );
  });
  const seen = [...new Set(presence.map((row) => row.personId))].map((personId) => ({ groupId, personId }));
  return { presence, addresses, topicMarks: [], seen };
}

/** The file's own intervals; a file without any holds the complete history of its days (design.md, rule 8). */
async function listened(
  tx: Tx,
  accountId: number,
  groupId: number,
  { facts, messageDays }: TalliedGroup,
  now: number,
): Promise<void> {
  if (facts.listening !== 'all') {
    for (const interval of facts.listening) await addListening(tx, accountId, interval, groupId);
    return;
  }
  const first = firstCountedDay(facts.bindings) ?? messageDays?.from;
  if (first === undefined || messageDays === undefined || messageDays.to < first) return;
  await addListening(
    tx,
    accountId,
    {
      from: startOfDay(first),
      until: Math.min(startOfDay(messageDays.to + 1), Math.max(now, startOfDay(first))),
    },
    groupId,
  );
}
