/**
 * What 进度 shows of one group on one day: the five “有” (新疆 §四.2; 团中央 §四.2), with what they rest on.
 * Counts of people only; nobody is named but the cadre.
 */
import type { Day } from '../calendar/day.ts';

/** `met` reached; `underway` still time; `missed` over and not reached; `unknown` not heard well enough to say; `none` not counted (before the binding, or still to come). */
export type Verdict = 'met' | 'underway' | 'missed' | 'unknown' | 'none';

/** The five “有” by their measures, in the order in which they are shown. */
export const cadence = ['voice', 'interaction', 'topic', 'activity', 'face-to-face'] as const;
export type Cadence = (typeof cadence)[number];

export interface Progress {
  /** What the policy in force calls each of the five: “每天有声音” (新疆), “日常有声音” (团中央). Empty: it has none such. */
  readonly names: Readonly<Record<Cadence, string>>;
  /** Those that it only advises: never missed. */
  readonly advised: readonly Cadence[];
  readonly group: string;
  readonly cadre: string;
  readonly unit: string;
  readonly today: Day;
  /** People in the group who are neither the cadre nor a bot: until rosters come, the roster. */
  readonly youths: number;
  /** 有声音: every day of the month, the first to the last. */
  readonly voice: {
    readonly month: string;
    readonly days: readonly { readonly day: Day; readonly verdict: Verdict }[];
  };
  /** 有互动: the ISO weeks that touch the month, by their Monday. */
  readonly weeks: readonly {
    readonly key: string;
    readonly from: Day;
    readonly to: Day;
    readonly exchange: number;
    readonly needed: number;
    readonly verdict: Verdict;
  }[];
  /** 有话题: the month's topic that drew most. */
  readonly topic: {
    readonly title: string | undefined;
    readonly clear: number;
    readonly inferred: number;
    readonly needed: number;
    /** How many of them clearly. */
    readonly neededClear: number;
    readonly verdict: Verdict;
  };
  /** 每季度有线下活动. */
  readonly activity: {
    readonly quarter: string;
    readonly held: number;
    readonly needed: number;
    readonly daysLeft: number;
    readonly verdict: Verdict;
  };
  /** 每年有面对面交流: youths met in person of all; `percent` rounded down. */
  readonly faceToFace: {
    readonly year: string;
    readonly met: number;
    readonly roster: number;
    readonly percent: number;
    /** More than so many percent are asked for. */
    readonly neededPercent: number;
    readonly verdict: Verdict;
  };
  /** How much of the month so far the bot heard, in half-hours between 07:00 and 23:00, and in whole days. */
  readonly coverage: {
    readonly heard: number;
    readonly of: number;
    readonly fullDays: number;
    readonly days: number;
  };
  /** What the unit asks of the five beyond the level above, with its reasons (滁州 §七.4). */
  readonly raised: readonly string[];
}
