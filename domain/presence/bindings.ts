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

/** Days on end on which one and the same person is the cadre, both included. The last one has no end: infinity. */
export interface Stint {
  readonly cadre: PersonId;
  readonly from: Day;
  readonly until: Day;
}

/** Who is the cadre from when until when, from the first counted day on: {@link cadreOn} for all days. Bindings in order. */
export function stintsOf(bindings: readonly Binding[]): readonly Stint[] {
  const first = firstCountedDay(bindings);
  if (first === undefined) return [];
  const changes = [...new Set([first, ...bindings.map(({ at }) => dayOf(at) + 1)])];
  const stints: { readonly cadre: PersonId; readonly from: Day; until: Day }[] = [];
  for (const from of changes) {
    const cadre = cadreOn(bindings, from);
    const last = stints.at(-1);
    if (cadre === undefined || last?.cadre === cadre) continue;
    if (last) last.until = from - 1;
    stints.push({ cadre, from, until: Number.POSITIVE_INFINITY });
  }
  return stints;
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
