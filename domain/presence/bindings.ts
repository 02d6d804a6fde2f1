/** Who is a group's cadre on a day (design.md, counting rule 9). */
import { type Day, dayOf, startOfDay } from '../calendar/day.ts';

/** A person by a number; whose number means whom is for the one who keeps the names. */
export type PersonId = number;

/** A cadre takes a group over at an instant (milliseconds since the epoch). */
export interface Binding {
  readonly at: number;
  readonly eventId: string;
  readonly cadre: PersonId;
}

/** Bindings by time, then by event id in the order of code units: the order the other functions here expect. */
export function orderBindings(bindings: Iterable<Binding>): Binding[] {
  return [...bindings].sort(
    (a, b) => a.at - b.at || (a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0),
  );
}

/** The first day that is counted, the one of the first binding; undefined without any. Bindings in order. */
export function firstCountedDay(bindings: readonly Binding[]): Day | undefined {
  const first = bindings[0];
  return first && dayOf(first.at);
}

/**
 * Who is the cadre on a day, if nobody else was on any counted day since another one; undefined where it has changed, or
 * the day is not counted. Bindings in order.
 */
export function cadreSince(bindings: readonly Binding[], since: Day, day: Day): PersonId | undefined {
  const cadre = cadreOn(bindings, day);
  const first = cadreOn(bindings, Math.max(since, firstCountedDay(bindings) ?? since));
  // A binding takes effect the day after: those of the days between decide.
  const [from, until] = [startOfDay(since), startOfDay(day)];
  const others = bindings.some((other) => from <= other.at && other.at < until && other.cadre !== cadre);
  return first === cadre && !others ? cadre : undefined;
}

/**
 * The cadre on a day: the one bound last before the day began; on the day of the first binding, the one bound first.
 * Undefined means that the day is not counted at all. Bindings in order.
 */
export function cadreOn(bindings: readonly Binding[], day: Day): PersonId | undefined {
  const first = bindings[0];
  if (first === undefined) return undefined;
  const dayStart = startOfDay(day);
  if (first.at >= dayStart) return dayOf(first.at) === day ? first.cadre : undefined;
  // The last one with at < dayStart; the first is such a one.
  let [lowest, highest] = [0, bindings.length - 1];
  while (lowest < highest) {
    const middle = Math.ceil((lowest + highest) / 2);
    if ((bindings[middle]?.at ?? dayStart) < dayStart) lowest = middle;
    else highest = middle - 1;
  }
  return bindings[lowest]?.cadre;
}
