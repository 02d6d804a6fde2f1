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
import type { Writer, Writing } from './writer.ts';

/** What is known of a group: who holds it, what is sealed, and which marks are committed. */
interface KnownGroup extends CountedGroup {
  readonly people: Map<string, KnownPerson>;
  readonly days: Map<Day, KnownDay>;
}

/** A person in a group, found by one look: our id, and what is committed of them there. */
interface KnownPerson {
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
interface Placed {
  readonly event: MessageEvent;
  readonly group: KnownGroup;
  readonly day: Day;
  readonly known: KnownDay;
}

/** Days, people and groups of which is kept in memory what is committed. Beyond it is only slower. */
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
  /** How many people are known in all groups; at least. */
  #people = 0;
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
    const placed = { event, group, day, known };
    const writer = group.people.get(event.sender.id);
    if (!writer || !knowsTargets(event, group.people)) return this.#meet(placed);
    const marks = marksOf(placed, writer, group.people);
    return marks === nothingNew ? undefined : this.#mark(placed, writer, marks);
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
    this.#clear();
  }

  #clear(): void {
    this.#groups.clear();
    this.#people = 0;
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
    if (this.#groups.size + chats.length > groupsKnown || this.#people > peopleKnown) this.#clear();
    for (const chatId of chats)
      if (!this.#groups.has(chatId) && !this.#changed.has(chatId))
        this.#groups.set(chatId, knownGroup(found.get(chatId)));
  }

  async #mark(placed: Placed, writer: KnownPerson, marks: Marks): Promise<void> {
    if (await this.#write(placed, { marks: () => marks })) remember(placed, writer, marks);
  }

  /** Takes a message of people who are not known yet: they and its marks are written together. */
  async #meet(placed: Placed): Promise<void> {
    const { event, group, day } = placed;
    const strangers = [event.sender, ...targetsOf(event).map((id) => ({ id }))];
    const met = new Map<string, KnownPerson>();
    const marks = await this.#write(placed, {
      strangers,
      marks: (ids) => {
        met.clear();
        for (const { id } of strangers) {
          const ours = ids.get(id);
          if (ours !== undefined) met.set(id, { id: ours, seen: false, day, slots: 0 });
        }
        const writer = met.get(event.sender.id);
        return writer ? marksOf(placed, writer, met) : nothingNew;
      },
    });
    if (!marks) return;
    for (const [id, person] of met) {
      if (group.people.has(id)) continue;
      group.people.set(id, person);
      this.#people++;
    }
    const writer = group.people.get(event.sender.id);
    if (writer) remember(placed, writer, marks);
  }

  /** Writes marks, and gives them; undefined where people or groups were joined since their ids were read, and the message was taken anew. */
  async #write(
    { event, group }: Placed,
    {
      strangers,
      marks,
    }: { readonly strangers?: readonly Sender[]; readonly marks: NonNullable<Writing['marks']> },
  ): Promise<Marks | undefined> {
    const identities = this.#identities;
    let written: Marks | undefined;
    await this.#writer.add({
      ...(strangers && { strangers }),
      marks: (ids, now) => {
        written = now === identities ? marks(ids, now) : undefined;
        return written ?? nothingNew;
      },
    });
    if (written) return written;
    if (this.#groups.get(event.chat.id) === group) this.forget();
    await this.accept(event);
    return undefined;
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
  return counted ? { ...counted, people: new Map(), days: new Map() } : nothing;
}

function knownDay(group: KnownGroup, day: Day): KnownDay {
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

/** Shared by the many messages that leave nothing, or nothing of a kind. */
const none: readonly never[] = [];
const nothingNew: Marks = { presence: none, addresses: none, topicMarks: none, seen: none };

/** Notes marks that are committed. */
function remember({ known, day }: Placed, writer: KnownPerson, { presence, addresses, seen }: Marks): void {
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
function marksOf(placed: Placed, writer: KnownPerson, people: People): Marks {
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
function knowsTargets(event: MessageEvent, people: People): boolean {
  return !addressesSomebody(event) || targetsOf(event).every((target) => people.has(target));
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
