/** Everything the counting rules need to know of one group: read from an event file, or out of the database. */
import type { Day } from '../calendar/day.ts';
import { type Binding, cadreOn, type PersonId } from './bindings.ts';
import type { Interval } from './interval.ts';
import type { Slots } from './slots.ts';

/** Something a person did, at an instant in milliseconds since the epoch. */
export interface Mark {
  readonly person: PersonId;
  readonly at: number;
}

/** A topic posted by the bot at `at`; clear participation counts up to and including `closesAt`. */
export interface TopicFacts {
  /** The topic's number or id, as it stands in its tag. */
  readonly id: string;
  readonly at: number;
  readonly closesAt: number;
  /** Who quoted it, wrote its tag or pressed its button, and when; anybody, at any time. */
  readonly marks: readonly Mark[];
}

/** An activity held at `at`. */
export interface ActivityFacts {
  readonly id: string;
  readonly at: number;
  readonly offline: boolean;
  /** It has a closing note. */
  readonly closed: boolean;
  readonly checkIns: readonly Mark[];
}

/** Facts of one group over the days that somebody asks about. Repeated facts change no figure. */
export interface GroupFacts {
  /** In the order of `orderBindings`. All of them, also those before the days asked about. */
  readonly bindings: readonly Binding[];
  readonly bots: ReadonlySet<PersonId>;
  readonly presence: ReadonlyMap<Day, ReadonlyMap<PersonId, Slots>>;
  /** Per day, from whom to whom: who mentioned or quoted whom in a substantive message of that day. */
  readonly addresses: ReadonlyMap<Day, ReadonlyMap<PersonId, ReadonlySet<PersonId>>>;
  /** When the bot was listening, as `joinIntervals` gives it; `all` for a group heard without a gap. */
  readonly listening: 'all' | readonly Interval[];
  readonly topics: readonly TopicFacts[];
  readonly activities: readonly ActivityFacts[];
}

/** The group's cadre on a day; undefined when the day is not counted (design.md, counting rule 9). */
export function cadreOf(facts: GroupFacts, day: Day): PersonId | undefined {
  return cadreOn(facts.bindings, day);
}

/** Whether a person is a youth on a day: the day is counted, and they are neither its cadre nor a bot (rule 9). */
export function isYouth(facts: GroupFacts, person: PersonId, day: Day): boolean {
  const cadre = cadreOf(facts, day);
  return cadre !== undefined && person !== cadre && !facts.bots.has(person);
}

/** The half-hours of a day in which its cadre wrote something substantive; none when the day is not counted. */
export function cadreSlots(facts: GroupFacts, day: Day): Slots {
  const cadre = cadreOf(facts, day);
  if (cadre === undefined || facts.bots.has(cadre)) return 0;
  return facts.presence.get(day)?.get(cadre) ?? 0;
}
