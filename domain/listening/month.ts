/** “你说我办”: what a group asked for in a month and what was done, as everybody in it may read. No names, nobody's words. */
import { startOfDay } from '../calendar/day.ts';
import type { Period } from '../calendar/period.ts';
import { soundsDangerous } from './danger.ts';
import { inHand } from './demand.ts';
import { type Entry, sorted } from './entry.ts';
import { type Tally, tally } from './quarter.ts';

export interface MonthReport {
  /** As `2026-10`. */
  readonly month: string;
  /** Asked in the month; what was withdrawn or merged is not in it. */
  readonly asked: number;
  /** Fields of those, where several are of one; the rest under one name. */
  readonly fields: readonly Tally[];
  /** Answered in the month, whenever they were asked. */
  readonly answered: number;
  /** Explained why it cannot be done. */
  readonly explained: number;
  /** Of what was asked in the month, still in hand. */
  readonly left: number;
  /** The cadre's own lines on what was answered or explained in the month. */
  readonly notes: readonly string[];
  /** The numbers of the entries that have none: for the cadre alone. */
  readonly without: readonly number[];
}

/** Fewer of a field are not named: the group might know who it was. */
const leastOfField = 3;
/** What is delicate is never named. */
const delicate: ReadonlySet<string> = new Set(['心理', '资助']);
export const otherFields = '其他方面';
const mostNotes = 8;

/** The month of a group; undefined where nobody asked and nothing was done. */
export function monthReport(all: readonly Entry[], month: Period): MonthReport | undefined {
  const [from, until] = [startOfDay(month.from), startOfDay(month.to + 1)];
  const within = (at: number | undefined) => at !== undefined && from <= at && at < until;
  const entries = all.filter(({ state }) => state !== 'withdrawn' && state !== 'merged');
  const asked = entries.filter(({ createdAt }) => within(createdAt));
  const answered = entries.filter(
    ({ state, answeredAt }) => (state === 'answered' || state === 'closed') && within(answeredAt),
  );
  const explained = entries.filter(({ state, closedAt }) => state === 'unsolved' && within(closedAt));
  if (asked.length + answered.length + explained.length === 0) return undefined;
  const done = [...answered, ...explained].toSorted((a, b) => a.number - b.number);
  return {
    month: month.key,
    asked: asked.length,
    fields: namedFields(asked),
    answered: answered.length,
    explained: explained.length,
    left: asked.filter(({ state }) => inHand.includes(state)).length,
    notes: done.flatMap(({ publicNote }) => publicNote ?? []).slice(0, mostNotes),
    without: done.flatMap((entry) =>
      entry.publicNote === undefined && !soundsDangerous(entry.text) ? [entry.number] : [],
    ),
  };
}

function namedFields(asked: readonly Entry[]): readonly Tally[] {
  const all = tally(asked.map((entry) => (soundsDangerous(entry.text) ? otherFields : sorted(entry).field)));
  const named = all.filter(
    ({ name, count }) => count >= leastOfField && !delicate.has(name) && name !== otherFields,
  );
  const rest = asked.length - named.reduce((sum, { count }) => sum + count, 0);
  return rest === 0 ? named : [...named, { name: otherFields, count: rest }];
}
