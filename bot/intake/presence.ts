/**
 * Ordinary messages of groups: each becomes marks in the sets of design.md, The heart, or nothing at all when every
 * mark of it is known to be committed. The text is looked at here and goes no further.
 */
import type { MessageEvent, Sender } from '../../adapters/adapter.ts';
import { type Day, dayOf, halfHourOf } from '../../domain/calendar/day.ts';
import { cadreOn } from '../../domain/presence/bindings.ts';
import { hasSlot, type Slots, union, withSlot } from '../../domain/presence/slots.ts';
import { isSubstantive } from '../../domain/presence/substantive.ts';
import { tagNumbersIn } from '../../domain/presence/tag.ts';
import type { Database } from '../../prisma/database.ts';
import { bindingsOf } from '../../prisma/store/bindings.ts';
import { identitiesOf } from '../../prisma/store/identities.ts';
import {
  type AddressRow,
  type CountedGroup,
  countedGroups,
  type Marks,
  type TopicMarkRow,
} from '../../prisma/store/presence.ts';
import { Together } from './together.ts';
import type { Writer } from './writer.ts';

/** What is known of a group: who holds it, what is sealed, and which marks are committed. */
interface KnownGroup extends CountedGroup {
  readonly seen: Set<number>;
  readonly days: Map<Day, KnownDay>;
}

interface KnownDay {
  readonly cadre: number | undefined;
  readonly slots: Map<number, Slots>;
  /** Who addressed the cadre, and whom the cadre addressed. */
  readonly toCadre: Set<number>;
  readonly fromCadre: Set<number>;
}

/** Our ids of people by the platform's. */
type Ids = ReadonlyMap<string, number>;

/** Days of a group whose marks are kept in memory, and people whose ids are. Beyond it is only slower. */
const daysKnown = 2;
const peopleKnown = 1_000_000;
const groupsKnown = 20_000;

/** Longer ids of messages are no platform's, and too long for a key. */
const longestMessageId = 200;

/** A clock further ahead than this is wrong: its messages cannot be counted on any day. */
const aheadAtMostMs = 24 * 3_600_000;

export class PresenceIntake {
  readonly #database: Database;
  readonly #accountId: number;
  readonly #writer: Writer;
  readonly #now: () => number;
  readonly #groups = new Map<string, KnownGroup>();
  readonly #people = new Map<string, number>();
  readonly #groupLookups = new Together<string>((chats) => this.#loadGroups(chats));
  /** Chats that changed since the last lookup of groups began. */
  readonly #changed = new Set<string>();
  /** How often all was forgotten. */
  #forgotten = 0;
  /** How often people and groups had been joined when what is known was read: later, its ids may be nobody's. */
  #identities = -1;
  /** Messages that came too late (their week is folded) or from a clock far ahead, and so were not counted. */
  uncounted = 0;

  constructor(parts: { database: Database; accountId: number; writer: Writer; now: () => number }) {
    this.#database = parts.database;
    this.#accountId = parts.accountId;
    this.#writer = parts.writer;
    this.#now = parts.now;
  }

  /** Takes a message of a group. A promise settles when its marks are durable; none means there is nothing to write. */
  accept(event: MessageEvent): Promise<void> | undefined {
    if (event.sender.bot) return undefined;
    const group = this.#groups.get(event.chat.id);
    if (!group) return this.#loadThenAccept(event);
    const day = dayOf(event.at);
    const known = knownDay(group, day);
    if (known.cadre === undefined && !group.unmatched) return undefined;
    if (day < group.sealedBefore || event.at > this.#now() + aheadAtMostMs) {
      this.uncounted++;
      return undefined;
    }
    if (!this.#knows(event)) return this.#meet(event, group, day, known);
    const marks = marksOf(event, group, day, known, this.#people);
    if (marks === nothingNew) return undefined;
    return this.#write(event, group, known, { marks: () => marks });
  }

  /** The bindings of a chat's group may have changed, or who people and groups are: looks again. */
  async refresh(chatId: string): Promise<void> {
    // A lookup under way may have read it before the change.
    this.#changed.add(chatId);
    if ((await identitiesOf(this.#database.db, this.#accountId)) !== this.#identities) this.forget();
    const known = this.#groups.get(chatId);
    if (!known) return;
    const { length } = known === nothing ? none : await bindingsOf(this.#database.db, known.groupId);
    if (known === nothing || length !== known.bindings.length) this.#groups.delete(chatId);
  }

  /** Drops all that is known, and being looked up: after bindings by others, erasure, restore and folding. */
  forget(): void {
    this.#forgotten++;
    this.#groups.clear();
    this.#people.clear();
  }

  /** Whether the ids of the writer and of whom the message addresses are known. */
  #knows(event: MessageEvent): boolean {
    if (!this.#people.has(event.sender.id)) return false;
    return !addressesSomebody(event) || targetsOf(event).every((target) => this.#people.has(target));
  }

  async #loadThenAccept(event: MessageEvent): Promise<void> {
    await this.#groupLookups.add(event.chat.id);
    await this.accept(event);
  }

  /** Reads what the database knows of chats; not kept when it may be of before a {@link forget}. */
  async #loadGroups(chats: readonly string[]): Promise<void> {
    const before = this.#forgotten;
    this.#changed.clear();
    // First: what is read after it is at least as new.
    const identities = await identitiesOf(this.#database.db, this.#accountId);
    const found = await countedGroups(this.#database.db, this.#accountId, chats);
    if (this.#forgotten !== before) return;
    if (identities !== this.#identities) this.forget();
    this.#identities = identities;
    if (this.#groups.size + chats.length > groupsKnown) this.#groups.clear();
    for (const chatId of chats)
      if (!this.#groups.has(chatId) && !this.#changed.has(chatId))
        this.#groups.set(chatId, knownGroup(found.get(chatId)));
  }

  /** Takes a message of people who are not known yet: they and its marks are written together. */
  async #meet(event: MessageEvent, group: KnownGroup, day: Day, known: KnownDay): Promise<void> {
    const before = this.#forgotten;
    const strangers = [event.sender, ...targetsOf(event).map((id) => ({ id }))];
    let met: Ids = this.#people;
    await this.#write(event, group, known, {
      strangers,
      marks: (ids) => {
        met = ids;
        return marksOf(event, group, day, known, ids);
      },
    });
    if (this.#forgotten !== before) return;
    if (this.#people.size > peopleKnown) this.#people.clear();
    for (const { id } of strangers) {
      const ours = met.get(id);
      if (ours !== undefined) this.#people.set(id, ours);
    }
  }

  /** Writes marks. Where people or groups were joined since their ids were read, the message is taken anew. */
  async #write(
    event: MessageEvent,
    group: KnownGroup,
    known: KnownDay,
    { strangers, marks }: { readonly strangers?: readonly Sender[]; readonly marks: (ids: Ids) => Marks },
  ): Promise<void> {
    const identities = this.#identities;
    let written: Marks | undefined;
    await this.#writer.add({
      ...(strangers && { strangers }),
      marks: (ids, now) => {
        written = now === identities ? marks(ids) : undefined;
        return written ?? nothingNew;
      },
    });
    if (written) return remember(group, known, written);
    if (this.#groups.get(event.chat.id) === group) this.forget();
    await this.accept(event);
  }
}

/** Stands for a group that is not in the database: nothing of it is counted. */
const nothing = knownGroup({
  groupId: -1,
  bindings: [],
  sealedBefore: 0,
  unmatched: false,
  cadreUnknown: false,
});

function knownGroup(counted: CountedGroup | undefined): KnownGroup {
  return counted ? { ...counted, seen: new Set(), days: new Map() } : nothing;
}

function knownDay(group: KnownGroup, day: Day): KnownDay {
  let known = group.days.get(day);
  if (!known) {
    if (group.days.size >= daysKnown) group.days.delete(Math.min(...group.days.keys()));
    known = {
      cadre: cadreOn(group.bindings, day),
      slots: new Map(),
      toCadre: new Set(),
      fromCadre: new Set(),
    };
    group.days.set(day, known);
  }
  return known;
}

/** Shared by the many messages that leave nothing, or nothing of a kind. */
const none: readonly never[] = [];
const nothingNew: Marks = { presence: none, addresses: none, topicMarks: none, seen: none };

/** Notes marks that are committed. */
function remember(group: KnownGroup, known: KnownDay, { presence, addresses, seen }: Marks): void {
  for (const { personId } of seen) group.seen.add(personId);
  for (const { personId, slots } of presence)
    known.slots.set(personId, union(known.slots.get(personId) ?? 0, slots));
  for (const { fromId, toId } of addresses)
    if (toId === known.cadre) known.toCadre.add(fromId);
    else known.fromCadre.add(toId);
}

/** What a message leaves that is not known to be committed, given the ids of its people. */
function marksOf(event: MessageEvent, group: KnownGroup, day: Day, known: KnownDay, ids: Ids): Marks {
  const person = ids.get(event.sender.id);
  if (person === undefined) return nothingNew;
  const { groupId } = group;
  const slot = halfHourOf(event.at);
  const isNew = !hasSlot(known.slots.get(person) ?? 0, slot);
  const topicMarks = topicMarksOf(event, groupId, person);
  let addresses = addressesOf(event, group, day, known, person, ids);
  let presence = isNew ? [{ groupId, day, personId: person, slots: withSlot(0, slot) }] : none;
  // Judging the text comes last: mostly everything that it could add is known.
  if ((isNew || addresses.length > 0) && !isSubstantive(event)) {
    presence = none;
    addresses = none;
  }
  const seen = group.seen.has(person) ? none : [{ groupId, personId: person }];
  if (presence.length + seen.length + addresses.length + topicMarks.length === 0) return nothingNew;
  return { presence, addresses, topicMarks, seen };
}

/** Whom the message addresses, kept only where one of the two is the day's cadre (design.md, The heart). */
function addressesOf(
  event: MessageEvent,
  group: KnownGroup,
  day: Day,
  known: KnownDay,
  person: number,
  ids: Ids,
): readonly AddressRow[] {
  if (!addressesSomebody(event)) return none;
  const rows: AddressRow[] = [];
  for (const target of targetsOf(event)) {
    const toId = ids.get(target);
    if (toId === undefined || toId === person) continue;
    // Of a group that is not known again yet, or whose cadre is not, whose words they are is seen later.
    if (!group.unmatched && !group.cadreUnknown) {
      if (toId === known.cadre ? known.toCadre.has(person) : known.fromCadre.has(toId)) continue;
      if (toId !== known.cadre && person !== known.cadre) continue;
    }
    rows.push({ groupId: group.groupId, day, fromId: person, toId });
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

function addressesSomebody(event: MessageEvent): boolean {
  return event.mentions.length > 0 || quotedPerson(event) !== undefined;
}

function targetsOf(event: MessageEvent): readonly string[] {
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
