/** The figures of one group, as the event file's reader prints them (design.md, The event file). */
import { type Day, dayOf, formatDay } from '../calendar/day.ts';
import { monthOf, type Period, quarterOf, weekOf, yearOf } from '../calendar/period.ts';
import { isHeld, metAt } from './activity.ts';
import { firstCountedDay, type PersonId } from './bindings.ts';
import { isUnknown } from './coverage.ts';
import { exchangeIn } from './exchange.ts';
import type { GroupFacts } from './facts.ts';
import { isCounted, participation } from './topic.ts';
import { activeOn, voiceOn } from './voice.ts';

/** Counts of one group by day, week, topic, quarter and year; the names of the fields are those of the output. */
export interface GroupFigures {
  readonly voiceDays: readonly string[];
  readonly unknownDays: readonly string[];
  readonly weeks: Readonly<Record<string, { readonly exchange: number }>>;
  readonly topics: Readonly<
    Record<string, { readonly month: string; readonly clear: number; readonly inferred: number }>
  >;
  readonly activeByDay: Readonly<Record<string, number>>;
  readonly quarters: Readonly<Record<string, { readonly activities: number }>>;
  readonly years: Readonly<Record<string, { readonly met: number }>>;
}

/** The first and the last day on which anybody wrote anything. */
export interface DaySpan {
  readonly from: Day;
  readonly to: Day;
}

/**
 * All figures of a group. `messageDays` bounds the days that can be unknown. Entries that are 0 are left out, but
 * every topic of a counted day is listed.
 */
export function figures(facts: GroupFacts, messageDays: DaySpan | undefined): GroupFigures {
  const counted = firstCountedDay(facts.bindings);
  const days = [...facts.presence.keys()]
    .filter((day) => counted !== undefined && day >= counted)
    .sort((a, b) => a - b);
  return {
    voiceDays: days.filter((day) => voiceOn(facts, day)).map(formatDay),
    unknownDays: unknownDays(facts, counted, messageDays),
    weeks: nonZero(
      weeksOf(days).map((week) => [week.key, exchangeIn(facts, week)]),
      (exchange) => ({ exchange }),
    ),
    topics: topicFigures(facts),
    activeByDay: nonZero(
      days.map((day) => [formatDay(day), activeOn(facts, day)]),
      (active) => active,
    ),
    ...activityFigures(facts),
  };
}

function unknownDays(facts: GroupFacts, counted: Day | undefined, span: DaySpan | undefined): string[] {
  const unknown: string[] = [];
  if (counted === undefined || span === undefined || facts.listening === 'all') return unknown;
  for (let day = Math.max(span.from, counted); day <= span.to; day++) {
    if (isUnknown(facts, day)) unknown.push(formatDay(day));
  }
  return unknown;
}

function weeksOf(days: readonly Day[]): Period[] {
  const weeks: Period[] = [];
  for (const day of days) if (day > (weeks.at(-1)?.to ?? Number.NEGATIVE_INFINITY)) weeks.push(weekOf(day));
  return weeks;
}

function topicFigures(facts: GroupFacts): GroupFigures['topics'] {
  // Object.fromEntries, here and below, so that a name like `__proto__` is a name.
  return Object.fromEntries(
    facts.topics
      .filter((topic) => isCounted(facts, topic))
      .map((topic) => [topic.id, { month: monthOf(dayOf(topic.at)).key, ...participation(facts, topic) }]),
  );
}

function activityFigures(facts: GroupFacts): Pick<GroupFigures, 'quarters' | 'years'> {
  const held = new Map<string, number>();
  const met = new Map<string, Set<PersonId>>();
  for (const activity of [...facts.activities].sort((a, b) => a.at - b.at)) {
    const day = dayOf(activity.at);
    const [quarter, year] = [quarterOf(day).key, yearOf(day).key];
    if (isHeld(facts, activity)) held.set(quarter, (held.get(quarter) ?? 0) + 1);
    const youths = met.get(year) ?? new Set();
    for (const youth of metAt(facts, activity)) youths.add(youth);
    met.set(year, youths);
  }
  return {
    quarters: nonZero(held, (activities) => ({ activities })),
    years: nonZero(
      Array.from(met, ([year, youths]) => [year, youths.size]),
      (count) => ({ met: count }),
    ),
  };
}

/** An object of the entries whose count is not 0. */
function nonZero<Figure>(
  counts: Iterable<readonly [string, number]>,
  figure: (count: number) => Figure,
): Record<string, Figure> {
  const entries: [string, Figure][] = [];
  for (const [key, count] of counts) if (count !== 0) entries.push([key, figure(count)]);
  return Object.fromEntries(entries);
}
