/**
 * Ordinary messages of groups: each becomes marks in the sets of design.md, The heart, or nothing at all when every
 * mark of it is known to be committed. The text is looked at here and goes no further.
 */
import type { MessageEvent, Sender } from '../../adapters/adapter.ts';
import { type Day, dayOf, halfHourOf } from '../../domain/calendar/day.ts';
import { cadreOn } from '../../domain/presence/bindings.ts';
import { hasSlot, type Slots, withSlot } from '../../domain/presence/slots.ts';
import { isSubstantive } from '../../domain/presence/substantive.ts';
import { tagNumbersIn } from '../../domain/presence/tag.ts';
import type { Database } from '../../prisma/database.ts';
import { bindingsOf } from '../../prisma/store/bindings.ts';
import { resolvePeople } from '../../prisma/store/identity.ts';
import {
  type AddressRow,
  type CountedGroup,
  countedGroups,
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
  readonly #personLookups = new Together<Sender>((people) => this.#loadPeople(people));
  /** Chats that changed since the last lookup of groups began. */
  readonly #changed = new Set<string>();
  /** How often all was forgotten. */
  #forgotten = 0;
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
    const person = this.#people.get(event.sender.id);
    if (person === undefined || !this.#knowsTargets(event)) return this.#resolveThenAccept(event);
    return this.#mark(event, group, day, known, person);
  }

  /** The bindings of a chat's group may have changed: looks again. */
  async refresh(chatId: string): Promise<void> {
    // A lookup under way may have read it before the change.
    this.#changed.add(chatId);
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

  #mark(
    event: MessageEvent,
    group: KnownGroup,
    day: Day,
    known: KnownDay,
    person: number,
  ): Promise<void> | undefined {
    const slot = halfHourOf(event.at);
    const hasBit = hasSlot(known.slots.get(person) ?? 0, slot);
    const topicMarks = this.#topicMarks(event, group, person);
    let addresses = this.#addresses(event, group, day, known, person);
    let presence = hasBit
      ? undefined
      : { groupId: group.groupId, day, personId: person, slots: withSlot(0, slot) };
    // Judging the text comes last: mostly everything that it could add is known.
    if ((presence || addresses.length > 0) && !isSubstantive(event)) {
      presence = undefined;
      addresses = none;
    }
    const seen = group.seen.has(person) ? undefined : { groupId: group.groupId, personId: person };
    if (!presence && !seen && addresses.length === 0 && topicMarks.length === 0) return undefined;

    return this.#writer.add({ presence, addresses, topicMarks, seen }).then(() => {
      if (seen) group.seen.add(person);
      if (presence) known.slots.set(person, withSlot(known.slots.get(person) ?? 0, slot));
      for (const { fromId, toId } of addresses)
        if (toId === known.cadre) known.toCadre.add(fromId);
        else known.fromCadre.add(toId);
    });
  }

  /** Whom the message addresses, kept only where one of the two is the day's cadre (design.md, The heart). */
  #addresses(
    event: MessageEvent,
    group: KnownGroup,
    day: Day,
    known: KnownDay,
    person: number,
  ): readonly AddressRow[] {
    if (!addressesSomebody(event)) return none;
    const rows: AddressRow[] = [];
    for (const target of targetsOf(event)) {
      const toId = this.#people.get(target);
      if (toId === undefined || toId === person) continue;
      // Whose words they are is seen when the group is known.
      if (!group.unmatched) {
        if (toId === known.cadre ? known.toCadre.has(person) : known.fromCadre.has(toId)) continue;
        if (toId !== known.cadre && person !== known.cadre) continue;
      }
      rows.push({ groupId: group.groupId, day, fromId: person, toId });
    }
    return rows;
  }

  /** Signs of taking part in a topic; whether they count is seen when the topic closes (counting rule 5). */
  #topicMarks(event: MessageEvent, group: KnownGroup, personId: number): readonly TopicMarkRow[] {
    const quote = this.#mayBeOurs(group, event.quotes) ? event.quotes : undefined;
    const tags = mayHoldTag(event.text) ? tagNumbersIn(event.text) : none;
    if (!quote && tags.length === 0) return none;
    const keys = tags.map((number) => `tag:${number}`);
    if (quote) keys.push(`msg:${quote.id}`);
    return keys.map((key) => ({ groupId: group.groupId, key, personId, at: event.at }));
  }

  /** Whether a quoted message may be the bot's: not where its writer has spoken in the group as a person. */
  #mayBeOurs(group: KnownGroup, quotes: MessageEvent['quotes']): boolean {
    if (!quotes || quotes.id.length > longestMessageId) return false;
    const id = quotes.bot || quotes.sender === undefined ? undefined : this.#people.get(quotes.sender);
    return id === undefined || !group.seen.has(id);
  }

  #knowsTargets(event: MessageEvent): boolean {
    if (!addressesSomebody(event)) return true;
    return targetsOf(event).every((target) => this.#people.has(target));
  }

  async #loadThenAccept(event: MessageEvent): Promise<void> {
    await this.#groupLookups.add(event.chat.id);
    await this.accept(event);
  }

  /** Reads what the database knows of chats; not kept when it may be of before a {@link forget}. */
  async #loadGroups(chats: readonly string[]): Promise<void> {
    const before = this.#forgotten;
    this.#changed.clear();
    const found = await countedGroups(this.#database.db, this.#accountId, chats);
    if (this.#forgotten !== before) return;
    if (this.#groups.size + chats.length > groupsKnown) this.#groups.clear();
    for (const chatId of chats)
      if (!this.#groups.has(chatId) && !this.#changed.has(chatId))
        this.#groups.set(chatId, knownGroup(found.get(chatId)));
  }

  async #resolveThenAccept(event: MessageEvent): Promise<void> {
    const lookups = [this.#personLookups.add(event.sender)];
    for (const target of targetsOf(event))
      if (!this.#people.has(target)) lookups.push(this.#personLookups.add({ id: target }));
    await Promise.all(lookups);
    await this.accept(event);
  }

  /** Learns the ids of people; who is new is made, with the name by which they themselves speak. */
  async #loadPeople(people: readonly Sender[]): Promise<void> {
    const before = this.#forgotten;
    const named = people.filter(({ name }) => name !== undefined);
    const ids = await this.#database.transaction((tx) =>
      resolvePeople(tx, this.#accountId, [...people, ...named]),
    );
    if (this.#forgotten !== before) return;
    if (this.#people.size + ids.size > peopleKnown) this.#people.clear();
    for (const [external, id] of ids) this.#people.set(external, id);
  }
}

/** Stands for a group that is not in the database: nothing of it is counted. */
const nothing = knownGroup({ groupId: -1, bindings: [], sealedBefore: 0, unmatched: false });

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

/** Shared by the many messages that leave nothing of a kind. */
const none: readonly never[] = [];

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
