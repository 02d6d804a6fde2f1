/** `lianqing import`: what an event file tells, added to the groups of the database. Adding it twice changes nothing. */
import { type Day, dayOf, startOfDay } from '../../domain/calendar/day.ts';
import { weekOf } from '../../domain/calendar/period.ts';
import type { TalliedGroup } from '../../domain/event-file/second-reading.ts';
import { cadreOn, firstCountedDay } from '../../domain/presence/bindings.ts';
import { type GroupFacts, isYouth, type Mark } from '../../domain/presence/facts.ts';
import type { Database, Tx } from '../../prisma/database.ts';
import { left, resolveGroup, resolvePeople, wereHere } from '../../prisma/store/identity.ts';
import { importActivities, importBinding, importTopics } from '../../prisma/store/imports.ts';
import { addListening } from '../../prisma/store/listening.ts';
import { addMarks, sealedWeeks } from '../../prisma/store/presence.ts';
import { oneLine } from '../render/legible.ts';
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
      name: oneLine(group.members.get(binding.cadre)?.name || (people.idOf(binding.cadre) ?? '')),
    });
    unproved ||= !proved;
  }
  const sealed = await sealedWeeks(tx, groupId);
  const isSealed = (day: Day) => sealed.has(weekOf(day).from);
  const { presence, addresses } = marksOf(groupId, facts, idOf, isSealed);
  await addMarks(tx, { presence, addresses, topicMarks: [], seen: [] });
  await noteMembers(tx, groupId, group, idOf, { isNew: known === null, now });
  await listened(tx, accountId, groupId, group, now);
  await importTopics(
    tx,
    groupId,
    facts.topics
      .filter((topic) => !isSealed(dayOf(topic.at)))
      .map((topic) => ({
        ...topic,
        title: `（导入）${oneLine(topic.id)}`,
        messageId: group.topicMessages.get(topic.id),
        marks: topic.marks.map((mark) => ({ personId: idOf(mark.person), at: mark.at })),
      })),
  );
  await importActivities(
    tx,
    groupId,
    facts.activities.map((activity) => ({
      ...activity,
      title: oneLine(group.activityTitles.get(activity.id) ?? '') || `（导入）${oneLine(activity.id)}`,
      checkIns: checkInsOf(facts, activity.checkIns).map((mark) => ({
        personId: idOf(mark.person),
        at: mark.at,
      })),
    })),
  );
  const days = new Set([...facts.presence.keys(), ...facts.topics.map(({ at }) => dayOf(at))]);
  // A chat export names its group by our id; whoever imports knows it by its name.
  const { name } = await tx.group.findUniqueOrThrow({ where: { id: groupId }, select: { name: true } });
  return {
    name: oneLine(name) || oneLine(externalId),
    isNew: known === null,
    people: new Set([...facts.presence.values()].flatMap((day) => [...day.keys()])).size,
    days: facts.presence.size,
    topics: facts.topics.length,
    activities: facts.activities.length,
    sealedDays: [...days].filter(isSealed).length,
    unproved,
  };
}

/** Whoever the file names was in the group. Of one that the bot sits in, the platform knows better who is in it today. */
async function noteMembers(
  tx: Tx,
  groupId: number,
  { facts, members }: TalliedGroup,
  idOf: (person: number) => number,
  { isNew, now }: { readonly isNew: boolean; readonly now: number },
): Promise<void> {
  const named = new Set([...members.keys(), ...facts.bots]);
  for (const day of facts.presence.values()) for (const person of day.keys()) named.add(person);
  const everybody = [...named].map(idOf);
  if (!isNew) return wereHere(tx, groupId, everybody, now);
  const seen = everybody.map((personId) => ({ groupId, personId }));
  await addMarks(tx, { presence: [], addresses: [], topicMarks: [], seen });
  const gone = [...members].filter(([, member]) => !member.here).map(([person]) => idOf(person));
  await left(tx, groupId, gone, now);
}

/** One check-in a person: of several, the first on a day on which they were a youth (design.md, counting rule 6). */
function checkInsOf(facts: GroupFacts, marks: readonly Mark[]): readonly Mark[] {
  const first = new Map<number, Mark>();
  const counts = (mark: Mark) => isYouth(facts, mark.person, dayOf(mark.at));
  for (const mark of [...marks].sort((a, b) => a.at - b.at)) {
    const known = first.get(mark.person);
    if (!known || (counts(mark) && !counts(known))) first.set(mark.person, mark);
  }
  return [...first.values()];
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
function marksOf(
  groupId: number,
  facts: GroupFacts,
  idOf: (person: number) => number,
  isSealed: (day: Day) => boolean,
) {
  const counted = (day: Day) => !isSealed(day) && cadreOn(facts.bindings, day) !== undefined;
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
  return { presence, addresses };
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
  // Of a day that is not over yet, no more than what is over.
  const end = startOfDay(messageDays.to + 1);
  const until = dayOf(now) === messageDays.to ? now : end;
  await addListening(tx, accountId, { from: startOfDay(first), until }, groupId);
}
