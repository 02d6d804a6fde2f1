/** The second reading of a file's events: what hangs on other lines; and then the facts of every group. */
import { type Day, dayOf } from '../calendar/day.ts';
import { type Binding, cadreOn, orderBindings, type PersonId } from '../presence/bindings.ts';
import type { GroupFacts, Mark } from '../presence/facts.ts';
import type { DaySpan } from '../presence/figures.ts';
import { joinIntervals } from '../presence/interval.ts';
import { isCommand, isSubstantive } from '../presence/substantive.ts';
import { tagFinder } from '../presence/tag.ts';
import { topicOpenMs } from '../presence/topic.ts';
import type { FileEvent } from './event.ts';
import type { GroupTally } from './group-tally.ts';
import type { Member } from './member.ts';
import type { People } from './people.ts';

type MessageLine = Extract<FileEvent, { type: 'message' }>;

/** All that a file tells of a group. */
export interface TalliedGroup {
  readonly facts: GroupFacts;
  readonly name: string | undefined;
  /** Who was listed or came in or left; people who only wrote are not here. Bots stand in `facts.bots`. */
  readonly members: ReadonlyMap<PersonId, Member>;
  /** Titles of activities, where given, and the messages that topics were posted as, by their ids. */
  readonly activityTitles: ReadonlyMap<string, string>;
  readonly topicMessages: ReadonlyMap<string, string>;
  /** The days of the first and the last message of any sender and kind. */
  readonly messageDays: DaySpan | undefined;
}

/** What the second reading gathers of one group. */
class GroupReading {
  readonly tally: GroupTally;
  readonly bindings: readonly Binding[];
  readonly addresses = new Map<Day, Map<PersonId, Set<PersonId>>>();
  readonly marks = new Map<string, Mark[]>();
  readonly topicsByMessage = new Map<string, string[]>();
  readonly findTags: (text: string) => ReadonlySet<string>;
  /** Quotes, until all messages have been seen, and who wrote the messages that may be quoted. */
  readonly quotes: { readonly day: Day; readonly from: PersonId; readonly message: string }[] = [];
  readonly senders = new Map<string, PersonId>();

  constructor(tally: GroupTally) {
    this.tally = tally;
    this.bindings = orderBindings(tally.bindings.values());
    this.findTags = tagFinder(tally.topics.keys());
    for (const [id, { message }] of tally.topics) {
      this.marks.set(id, []);
      const same = this.topicsByMessage.get(message);
      if (same) same.push(id);
      else this.topicsByMessage.set(message, [id]);
    }
  }

  addMessage(event: MessageLine, people: People): void {
    const from = people.numberOf(event.sender);
    this.senders.set(event.id, from);
    const text = (event.text ?? '').normalize('NFKC');
    if (isCommand(text)) return;
    if (isSubstantive({ kind: event.kind ?? 'text', text })) {
      const day = dayOf(event.at);
      for (const mentioned of event.mentions ?? []) {
        // Whoever nobody has heard of cannot have had an exchange.
        const to = people.find(mentioned);
        if (to !== undefined) this.addAddress(day, from, to);
      }
      if (event.quotes !== undefined) this.quotes.push({ day, from, message: event.quotes });
    }
    const topics = this.findTags(text);
    for (const id of topics) this.addMark(id, from, event.at);
    for (const id of this.topicsByMessage.get(event.quotes ?? '') ?? []) {
      if (!topics.has(id)) this.addMark(id, from, event.at);
    }
  }

  /** Of addresses only those that one of the two being that day's cadre makes matter. */
  addAddress(day: Day, from: PersonId, to: PersonId): void {
    const cadre = cadreOn(this.bindings, day);
    if (cadre === undefined || (from !== cadre && to !== cadre)) return;
    let ofDay = this.addresses.get(day);
    if (!ofDay) {
      ofDay = new Map();
      this.addresses.set(day, ofDay);
    }
    const addressed = ofDay.get(from);
    if (addressed) addressed.add(to);
    else ofDay.set(from, new Set([to]));
  }

  addMark(topicId: string, person: PersonId, at: number): void {
    const topic = this.tally.topics.get(topicId);
    if (topic && at >= topic.at && at <= topic.at + topicOpenMs)
      this.marks.get(topicId)?.push({ person, at });
  }

  finish(): TalliedGroup {
    for (const { day, from, message } of this.quotes) {
      const to = this.senders.get(message);
      if (to !== undefined) this.addAddress(day, from, to);
    }
    const { tally } = this;
    return {
      facts: {
        bindings: this.bindings,
        bots: tally.bots,
        presence: tally.presence,
        addresses: this.addresses,
        listening: tally.listening ? joinIntervals(tally.listening) : 'all',
        topics: Array.from(tally.topics, ([id, { at }]) => ({
          id,
          at,
          closesAt: at + topicOpenMs,
          marks: this.marks.get(id) ?? [],
        })).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
        activities: Array.from(tally.activities.values(), ({ id, at, offline }) => ({
          id,
          at,
          offline: offline ?? true,
          closed: tally.closed.has(id),
          checkIns: tally.checkIns.get(id) ?? [],
        })),
      },
      name: tally.name.value,
      members: tally.members,
      activityTitles: new Map(
        Array.from(tally.activities.values()).flatMap(({ id, title }) =>
          title === undefined ? [] : [[id, title]],
        ),
      ),
      topicMessages: new Map(Array.from(tally.topics, ([id, { message }]) => [id, message])),
      messageDays:
        tally.firstMessageDay <= tally.lastMessageDay
          ? { from: tally.firstMessageDay, to: tally.lastMessageDay }
          : undefined,
    };
  }
}

/** Takes at least the events that the first reading asked for, in any order; more of them change nothing. */
export class SecondReading {
  readonly #people: People;
  readonly #groups: ReadonlyMap<string, GroupReading>;

  constructor(people: People, groups: ReadonlyMap<string, GroupTally>) {
    this.#people = people;
    this.#groups = new Map(Array.from(groups, ([id, tally]) => [id, new GroupReading(tally)]));
  }

  /** Takes an event that the first reading took before. */
  add(event: FileEvent): void {
    if (event.type !== 'message' || event.fromBot) return;
    this.#groups.get(event.group)?.addMessage(event, this.#people);
  }

  /** The groups of the file by their ids, in the order of these: all that have any good line. */
  finish(): ReadonlyMap<string, TalliedGroup> {
    const groups = [...this.#groups].sort(([a], [b]) => (a < b ? -1 : 1));
    return new Map(groups.map(([id, group]) => [id, group.finish()]));
  }
}
