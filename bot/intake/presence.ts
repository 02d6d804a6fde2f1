/**
 * Ordinary messages of groups: each becomes marks in the sets of design.md, The heart, or nothing at all when every
 * mark of it is known to be committed.
 */
import type { MessageEvent, Sender } from '../../adapters/adapter.ts';
import { dayOf } from '../../domain/calendar/day.ts';
import type { Database } from '../../prisma/database.ts';
import { bindingsOf } from '../../prisma/store/bindings.ts';
import { identitiesOf } from '../../prisma/store/identities.ts';
import { countedGroups, type Marks } from '../../prisma/store/presence.ts';
import {
  type KnownGroup,
  type KnownPerson,
  knownDay,
  knownGroup,
  knowsTargets,
  marksOf,
  noGroup,
  nothingNew,
  type Placed,
  remember,
  targetsOf,
} from './presence-marks.ts';
import { Together } from './together.ts';
import type { Writer, Writing } from './writer.ts';

/** People and groups of which is kept in memory what is committed. Beyond it is only slower. */
const peopleKnown = 1_000_000;
const groupsKnown = 20_000;

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
    if (
      known === noGroup ||
      (await bindingsOf(this.#database.db, known.groupId)).length !== known.bindings.length
    )
      this.#groups.delete(chatId);
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
