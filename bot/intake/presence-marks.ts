/** What a message leaves behind, beside what is known to be committed already. The text is looked at here and goes no further. */
import type { MessageEvent } from '../../adapters/adapter.ts';
import { type Day, halfHourOf } from '../../domain/calendar/day.ts';
import { cadreOn } from '../../domain/presence/bindings.ts';
import { hasSlot, type Slots, union, withSlot } from '../../domain/presence/slots.ts';
import { isSubstantive } from '../../domain/presence/substantive.ts';
import { tagNumbersIn } from '../../domain/presence/tag.ts';
import type { AddressRow, CountedGroup, Marks, TopicMarkRow } from '../../prisma/store/presence.ts';

/** What is known of a group: who holds it, what is sealed, and which marks are committed. */
export interface KnownGroup extends CountedGroup {
  readonly people: Map<string, KnownPerson>;
  readonly days: Map<Day, KnownDay>;
}

/** A person in a group, found by one look: our id, and what is committed of them there. */
export interface KnownPerson {
  readonly id: number;
  seen: boolean;
  /** The day that the slots are of: the last one of which something was committed. */
  day: Day;
  slots: Slots;
}

interface KnownDay {
  readonly cadre: number | undefined;
  /** Who addressed the cadre, and whom the cadre addressed. */
  readonly toCadre: Set<number>;
  readonly fromCadre: Set<number>;
}

/** People by the platform's ids. */
type People = ReadonlyMap<string, KnownPerson>;

/** A message, and what is known of where and when it was written. */
export interface Placed {
  readonly event: MessageEvent;
  readonly group: KnownGroup;
  readonly day: Day;
  readonly known: KnownDay;
}

/** Days of a group of which is kept in memory what is committed. Beyond it is only slower. */
const daysKnown = 2;

/** Longer ids of messages are no platform's, and too long for a key. */
const longestMessageId = 200;

/** Stands for a group that is not in the database: nothing of it is counted. */
export const noGroup = knownGroup({
  groupId: -1,
  bindings: [],
  sealedBefore: 0,
  unmatched: false,
  cadreUnknown: false,
});

/** A group as the database tells it, of which nothing is known to be committed; a group that is not there is one of which nothing counts. */
export function knownGroup(counted: CountedGroup | undefined): KnownGroup {
  return counted ? { ...counted, people: new Map(), days: new Map() } : noGroup;
}

/** What is known of a day of a group; of the last days only. */
export function knownDay(group: KnownGroup, day: Day): KnownDay {
  let known = group.days.get(day);
  if (!known) {
    if (group.days.size >= daysKnown) group.days.delete(Math.min(...group.days.keys()));
    known = {
      cadre: cadreOn(group.bindings, day),
      toCadre: new Set(),
      fromCadre: new Set(),
    };
    group.days.set(day, known);
  }
  return known;
}

/** Shared by the many messages that leave nothing of a kind. */
const none: readonly never[] = [];

/** Shared by the many messages that leave nothing. */
export const nothingNew: Marks = { presence: none, addresses: none, topicMarks: none, seen: none };

/** Notes marks that are committed. */
export function remember(
  { known, day }: Placed,
  writer: KnownPerson,
  { presence, addresses, seen }: Marks,
): void {
  if (seen.length > 0) writer.seen = true;
  for (const { slots } of presence) {
    writer.slots = writer.day === day ? union(writer.slots, slots) : slots;
    writer.day = day;
  }
  for (const { fromId, toId } of addresses)
    if (toId === known.cadre) known.toCadre.add(fromId);
    else known.fromCadre.add(toId);
}

/** What a message of somebody leaves that is not known to be committed. */
export function marksOf(placed: Placed, writer: KnownPerson, people: People): Marks {
  const { event, group, day } = placed;
  const { groupId } = group;
  const personId = writer.id;
  const slot = halfHourOf(event.at);
  const isNew = writer.day !== day || !hasSlot(writer.slots, slot);
  const topicMarks = topicMarksOf(event, groupId, personId);
  let addresses = addressesOf(placed, personId, people);
  let presence = isNew ? [{ groupId, day, personId, slots: withSlot(0, slot) }] : none;
  // Judging the text comes last: mostly everything that it could add is known.
  if ((isNew || addresses.length > 0) && !isSubstantive(event)) {
    presence = none;
    addresses = none;
  }
  const seen = writer.seen ? none : [{ groupId, personId }];
  if (presence.length + seen.length + addresses.length + topicMarks.length === 0) return nothingNew;
  return { presence, addresses, topicMarks, seen };
}

/** Whom the message addresses, kept only where one of the two is the day's cadre (design.md, The heart). */
function addressesOf(
  { event, group, day, known }: Placed,
  fromId: number,
  people: People,
): readonly AddressRow[] {
  if (!addressesSomebody(event)) return none;
  const rows: AddressRow[] = [];
  for (const target of targetsOf(event)) {
    const toId = people.get(target)?.id;
    if (toId === undefined || toId === fromId) continue;
    // Of a group that is not known again yet, or whose cadre is not, whose words they are is seen later.
    if (!group.unmatched && !group.cadreUnknown) {
      if (toId === known.cadre ? known.toCadre.has(fromId) : known.fromCadre.has(toId)) continue;
      if (toId !== known.cadre && fromId !== known.cadre) continue;
    }
    rows.push({ groupId: group.groupId, day, fromId, toId });
  }
  return rows;
}

/** Signs of taking part in a topic; whether they count is seen when the topic closes (counting rule 5). */
function topicMarksOf(event: MessageEvent, groupId: number, personId: number): readonly TopicMarkRow[] {
  const quote = mayBeOurs(event.quotes) ? event.quotes : undefined;
  const tags = mayHoldTag(event.text) ? tagNumbersIn(event.text) : none;
  if (!quote && tags.length === 0) return none;
  const keys = tags.map((number) => `tag:${number}`);
  if (quote) keys.push(`msg:${quote.id}`);
  return keys.map((key) => ({ groupId, key, personId, at: event.at }));
}

/** Whether a quoted message may be the bot's: where the platform says so, or cannot say whose it is. */
function mayBeOurs(quotes: MessageEvent['quotes']): boolean {
  if (!quotes || quotes.id.length > longestMessageId) return false;
  return quotes.bot === true || quotes.sender === undefined;
}

/** Whether everybody whom the message addresses is known. */
export function knowsTargets(event: MessageEvent, people: People): boolean {
  return !addressesSomebody(event) || targetsOf(event).every((target) => people.has(target));
}

function addressesSomebody(event: MessageEvent): boolean {
  return event.mentions.length > 0 || quotedPerson(event) !== undefined;
}

/** The platform's ids of whom the message addresses. */
export function targetsOf(event: MessageEvent): readonly string[] {
  const quoted = quotedPerson(event);
  return quoted === undefined ? event.mentions : [...event.mentions, quoted];
}

/** Whom the message quotes; the bot is nobody. */
function quotedPerson({ quotes }: MessageEvent): string | undefined {
  return quotes?.bot ? undefined : quotes?.sender;
}

/** Cheap test for `#话题`, of which `#` may be a full-width or small form. */
function mayHoldTag(text: string): boolean {
  return text.includes('话题') && /[#＃﹟]/.test(text);
}
