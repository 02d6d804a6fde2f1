/**
 * The quarter's problem list, analysed (新疆 §四.4: “围绕问题清单进行分析研判……并按季度整理报送上级团组织”; 团中央 §四.3).
 */
import { type Day, startOfDay } from '../calendar/day.ts';
import type { Period } from '../calendar/period.ts';
import { soundsDangerous } from './danger.ts';
import type { DemandStage } from './demand.ts';
import { type Entry, isConfirmed, sorted, voicesOf } from './entry.ts';

/** How often something occurs, the most frequent first. */
export interface Tally {
  readonly name: string;
  readonly count: number;
}

/** How long something took, in milliseconds; of `count` that it is known of. */
export interface Spell {
  readonly count: number;
  readonly median: number;
  readonly longest: number;
}

/** Days of the quarter so far on which the bot sat in the group and listened at all, of how many. */
export interface Attendance {
  readonly days: number;
  readonly of: number;
}

export interface QuarterAnalysis {
  readonly quarter: Period;
  /** The day as of which the states are. */
  readonly asOf: Day;
  readonly attendance: Attendance;
  /** Asked in the quarter; what was withdrawn is not in it, what was merged is. */
  readonly total: number;
  readonly merged: number;
  readonly withdrawn: number;
  /** Asked before the quarter and not over when it began. */
  readonly carried: number;
  /** By state, of those that were not merged. */
  readonly stages: readonly { readonly stage: DemandStage; readonly count: number }[];
  readonly kinds: readonly Tally[];
  readonly fields: readonly Tally[];
  /** Entries that the cadre has not sorted: their kind or field is the rules' proposal. */
  readonly guessed: number;
  /** Of those whose time is known to more than the day. */
  readonly toAccept: Spell | undefined;
  readonly toAnswer: Spell | undefined;
  /** Accepted ones of which the day alone is known, so that they are in neither. */
  readonly untimed: number;
  /** Closed, and of these by the asker's own word. */
  readonly solved: number;
  readonly confirmed: number;
  /** Whole percent of those that were not merged; 0 where there is none. */
  readonly solvedPercent: number;
  readonly unsolved: readonly Unsolved[];
  readonly common: readonly Common[];
}

export interface Unsolved {
  readonly number: number;
  readonly field: string;
  /** What the asker was told. */
  readonly reason: string;
}

/** What several people have, proposed for reporting up. The words are there where the asker agrees that they go up. */
export interface Common {
  readonly number: number;
  readonly field: string;
  readonly voices: number;
  readonly state: DemandStage;
  readonly text: string | undefined;
}

/** So many people make a trouble a common one. */
const leastVoices = 3;
const mostCommon = 10;

const inOrder: readonly DemandStage[] = ['open', 'accepted', 'referred', 'answered', 'closed', 'unsolved'];

/** The entries of a quarter, by number: asked in it, or before and not over when it began. Withdrawn ones are none. */
export function entriesOf<E extends Entry>(all: readonly E[], quarter: Period): readonly E[] {
  const { from } = instantsOf(quarter);
  return all
    .filter((entry) => isOf(entry, quarter) || (isOpenAt(entry, from) && entry.state !== 'withdrawn'))
    .toSorted((a, b) => a.number - b.number);
}

/**
 * Counts a quarter's list as it stands on a day. `all` are the group's entries, of the quarter and before. A cry for help
 * is counted, and its words are nowhere.
 */
export function analyse(
  all: readonly Entry[],
  quarter: Period,
  asOf: Day,
  attendance: Attendance,
): QuarterAnalysis {
  const asked = all.filter((entry) => isOf(entry, quarter));
  const matters = asked.filter(({ state }) => state !== 'merged');
  const solved = matters.filter(({ state }) => state === 'closed');
  return {
    quarter,
    asOf,
    attendance,
    total: asked.length,
    merged: asked.length - matters.length,
    withdrawn: all.filter((entry) => isIn(entry, quarter) && entry.state === 'withdrawn').length,
    carried: entriesOf(all, quarter).length - asked.length,
    stages: inOrder.flatMap((stage) => {
      const count = matters.filter(({ state }) => state === stage).length;
      return count === 0 ? [] : [{ stage, count }];
    }),
    kinds: tally(asked.map((entry) => sorted(entry).kind)),
    fields: tally(asked.map((entry) => sorted(entry).field)),
    guessed: asked.filter((entry) => sorted(entry).guessed).length,
    toAccept: spell(matters, ({ acceptedAt }) => acceptedAt),
    toAnswer: spell(matters, ({ answeredAt }) => answeredAt),
    untimed: matters.filter(({ dayOnly, acceptedAt }) => dayOnly && acceptedAt !== undefined).length,
    solved: solved.length,
    confirmed: solved.filter(isConfirmed).length,
    solvedPercent: matters.length === 0 ? 0 : Math.round((solved.length / matters.length) * 100),
    unsolved: matters.flatMap((entry) =>
      entry.state === 'unsolved'
        ? [{ number: entry.number, field: sorted(entry).field, reason: entry.reply ?? '' }]
        : [],
    ),
    common: commonOf(entriesOf(all, quarter), all),
  };
}

function commonOf(entries: readonly Entry[], all: readonly Entry[]): readonly Common[] {
  return entries
    .filter(({ state, text }) => state !== 'merged' && !soundsDangerous(text))
    .map((entry) => ({ entry, voices: voicesOf(entry, all) }))
    .filter(({ voices }) => voices >= leastVoices)
    .toSorted((a, b) => b.voices - a.voices || a.entry.number - b.entry.number)
    .slice(0, mostCommon)
    .map(({ entry, voices }) => ({
      number: entry.number,
      field: sorted(entry).field,
      voices,
      state: entry.state,
      text: entry.consent === 'given' ? entry.text : undefined,
    }));
}

/** Counts of words, the most frequent first; equals in the order in which they come. */
export function tally(words: readonly string[]): readonly Tally[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}

function spell(entries: readonly Entry[], until: (entry: Entry) => number | undefined): Spell | undefined {
  const lengths = entries
    .flatMap((entry) => {
      const end = until(entry);
      return end === undefined || entry.dayOnly ? [] : [Math.max(0, end - entry.createdAt)];
    })
    .sort((a, b) => a - b);
  const longest = lengths.at(-1);
  if (longest === undefined) return undefined;
  const [low, high] = [lengths[(lengths.length - 1) >> 1] ?? 0, lengths[lengths.length >> 1] ?? 0];
  return { count: lengths.length, median: (low + high) / 2, longest };
}

function instantsOf({ from, to }: Period): { readonly from: number; readonly until: number } {
  return { from: startOfDay(from), until: startOfDay(to + 1) };
}

function isIn({ createdAt }: Entry, period: Period): boolean {
  const { from, until } = instantsOf(period);
  return from <= createdAt && createdAt < until;
}

function isOf(entry: Entry, period: Period): boolean {
  return isIn(entry, period) && entry.state !== 'withdrawn';
}

function isOpenAt({ createdAt, closedAt, state }: Entry, instant: number): boolean {
  return createdAt < instant && state !== 'merged' && (closedAt === undefined || closedAt >= instant);
}
