/** A report on a cadre's work of a period (新疆 §五.3; 滁州 §七): its evidence as numbered records, and a draft on them. */
import type { Day } from '../calendar/day.ts';
import type { DeedKind, EvidenceGrade } from '../deeds/kinds.ts';
import type { DemandStage } from '../listening/demand.ts';
import type { Progress } from '../standing/progress.ts';
import type { Status } from '../standing/standing.ts';
import type { GroupFigures } from './figures.ts';

export const reportPeriods = ['quarter', 'half-year', 'semester', 'year'] as const;
export type ReportPeriod = (typeof reportPeriods)[number];

/** The parts that 新疆 §五.3 names: 做法、经验、存在问题、下步工作安排. */
export const reportParts = ['做法', '经验', '问题', '打算'] as const;
export type ReportPart = (typeof reportParts)[number];

/** All that a draft may rest on. No person's name and no word of a youth is in it. */
export interface ReportEvidence extends Pick<Progress, 'names' | 'advised'> {
  /** “2026 年秋季学期”. */
  readonly title: string;
  readonly from: Day;
  /** The last day of the period, or the day of writing where that is earlier. */
  readonly to: Day;
  readonly groups: readonly {
    readonly id: number;
    readonly name: string;
    readonly youths: number;
    readonly figures: GroupFigures;
    /** Titles of topics and activities, by the ids of the figures. */
    readonly topics: ReadonlyMap<string, string>;
    readonly activities: ReadonlyMap<string, string>;
  }[];
  /** Met in person, each youth once, of all who are in the groups now. */
  readonly met: { readonly count: number; readonly of: number };
  readonly deeds: readonly {
    readonly number: number;
    readonly kind: DeedKind;
    readonly day: Day;
    readonly grade: EvidenceGrade;
    readonly participants: number | undefined;
    /** The cadre's own words; empty where they may tell of one youth. */
    readonly topic: string;
  }[];
  /** How many entries of the problem list the period brought, by stage. */
  readonly demands: Readonly<Partial<Record<DemandStage, number>>>;
  readonly surveys: { readonly count: number; readonly answers: number };
  readonly pushes: number;
  readonly standings: readonly {
    readonly name: string;
    readonly span: string;
    readonly status: Status;
    /** Why it is so, where that is not plain; may be empty, as may the amount. */
    readonly because: string;
    /** “有 3 次，要求 5 次”. */
    readonly amount: string;
    readonly advice: boolean;
  }[];
}

/** One fact of the evidence, as the annex numbers it. */
export interface EvidenceRecord {
  readonly number: number;
  /** A whole sentence with its figures. */
  readonly text: string;
  /** Where it can be looked up; not for a model. */
  readonly source: string;
  /** It must not be left out of a report: what is not met, not heard, not settled. */
  readonly mustSay: boolean;
  /** Where the rules' draft has it. */
  readonly part: '做法' | '问题' | '打算';
  /** What is to be done about it next, as a whole sentence. */
  readonly plan?: string;
}

/** A sentence with the records that it rests on. */
export interface ReportSentence {
  readonly part: ReportPart;
  readonly text: string;
  readonly records: readonly number[];
}
