/** What a file tells of one group, gathered line by line. Every part of it is a set: order and repetition are of no matter. */
import { type Day, dayOf, halfHourOf } from '../calendar/day.ts';
import type { Binding, PersonId } from '../presence/bindings.ts';
import type { Mark } from '../presence/facts.ts';
import type { Interval } from '../presence/interval.ts';
import { type Slots, withSlot } from '../presence/slots.ts';
import type { FileEvent } from './event.ts';
import { Latest, type Moment } from './latest.ts';
import { Member } from './member.ts';
import type { People } from './people.ts';

type Of<Type extends FileEvent['type']> = Extract<FileEvent, { type: Type }>;

/** The first reading of one group's lines. */
export class GroupTally {
  readonly name = new Latest<string>();
  readonly members = new Map<PersonId, Member>();
  readonly bindings = new Map<string, Binding>();
  readonly bots = new Set<PersonId>();
  readonly presence = new Map<Day, Map<PersonId, Slots>>();
  /** Undefined until the first `listening` line: a group without any counts as fully covered. */
  listening: Interval[] | undefined;
  readonly topics = new Map<string, { readonly at: number; readonly message: string }>();
  readonly activities = new Map<string, Of<'activity'>>();
  readonly checkIns = new Map<string, Mark[]>();
  readonly closed = new Set<string>();
  firstMessageDay = Number.POSITIVE_INFINITY;
  lastMessageDay = Number.NEGATIVE_INFINITY;

  /** Takes a `group` line: a binding, the group's name, its members. */
  addGroup(event: Of<'group'>, people: People): void {
    const { id: eventId, at } = event;
    const moment: Moment = { at, eventId };
    const cadre = people.numberOf(event.cadre);
    this.bindings.set(JSON.stringify([at, eventId, cadre]), { at, eventId, cadre });
    if (event.name !== undefined) this.name.state(moment, event.name);
    for (const member of event.members ?? []) {
      const person = people.numberOf(member.id);
      if (member.bot) this.bots.add(person);
      this.addMember(moment, person, member.name, true);
    }
  }

  /** Takes who came in, left, or was there, and under which name. */
  addMember(moment: Moment, person: PersonId, name: string | undefined, here: boolean): void {
    let member = this.members.get(person);
    if (!member) {
      member = new Member();
      this.members.set(person, member);
    }
    member.state(moment, name, here);
  }

  /** Takes that somebody, be it a bot, wrote something at an instant. */
  addMessageDay(at: number): void {
    const day = dayOf(at);
    if (day < this.firstMessageDay) this.firstMessageDay = day;
    if (day > this.lastMessageDay) this.lastMessageDay = day;
  }

  /** Takes that a person wrote something substantive at an instant. */
  addPresence(at: number, person: PersonId): void {
    const day = dayOf(at);
    let slots = this.presence.get(day);
    if (!slots) {
      slots = new Map();
      this.presence.set(day, slots);
    }
    slots.set(person, withSlot(slots.get(person) ?? 0, halfHourOf(at)));
  }

  /** Takes an interval in which the bot was listening. */
  addListening({ at, until }: Of<'listening'>): void {
    this.listening ??= [];
    this.listening.push({ from: at, until });
  }

  /** Takes a check-in of a person. */
  addCheckIn({ activity, at }: Of<'checkin'>, person: PersonId): void {
    const marks = this.checkIns.get(activity);
    if (marks) marks.push({ person, at });
    else this.checkIns.set(activity, [{ person, at }]);
  }
}
