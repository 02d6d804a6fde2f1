/** What is known of a cadre or a unit beyond presence: records, roster, group, links. What is not kept is undefined. */
import type { Day } from '../calendar/day.ts';
import type { DeedFact } from '../deeds/fact.ts';
import type { EvidenceGrade } from '../deeds/kinds.ts';
import type { RecordKind } from '../policy/records.ts';
import type { ExemptTerm } from '../units/exemption.ts';
import type { CadreKind } from '../units/unit.ts';

/** Something done, as it is counted: a deed, a paper handed in, an act of the unit. No words, no people. */
export interface RecordFact extends Pick<DeedFact, 'day' | 'grade' | 'participants'> {
  readonly kind: RecordKind;
}

/** Records, and since when they are kept: before that nothing can be said. */
export interface Records {
  readonly since: Day;
  /** The kinds that are recorded at all; of the others nothing can be said. Left out: every kind. */
  readonly kept?: ReadonlySet<RecordKind>;
  readonly all: readonly RecordFact[];
}

/** How many records there are of each grade. */
export type ByGrade = Readonly<Record<EvidenceGrade, number>>;

/** What was found for one requirement of records or contacts in one span, counted by grade. */
export interface Tally {
  readonly all: ByGrade;
  /** Those with as many participants as each must have had; all where none are asked for. */
  readonly large: ByGrade;
  /** Those of which nobody said how many took part, where it is asked. */
  readonly unsized: ByGrade;
}

/** Tallies by requirement; undefined where none was counted. */
export interface Tallies {
  get(requirement: string): Tally | undefined;
}

/** A number with how it is known: as the platform reports it, or as the cadre says. */
export interface Known {
  readonly count: number;
  readonly grade: EvidenceGrade;
}

/** A contact with the linked branch or club, with the grade of the deed that it was. */
export type LinkFact = Pick<DeedFact, 'day' | 'grade'>;

/** Youths of a group, and whether its cadre owns it; undefined while neither the platform nor the cadre has said. */
export interface GroupFact extends Known {
  readonly owner: boolean | undefined;
}

/** Vacations of the unit, both ends included. */
export type Vacations = readonly { readonly from: Day; readonly to: Day }[];

export interface CadreFacts {
  /** Undefined while nobody has said it. */
  readonly kind: CadreKind | undefined;
  /** 机关干部: of a leading organ of the League. */
  readonly organ: boolean;
  /** Their unit has many youths (团中央 §二); undefined while nobody has said it. */
  readonly manyYouths: boolean | undefined;
  readonly exempt: ExemptTerm | undefined;
  /** The first day that counts for this cadre. */
  readonly since: Day;
  readonly records: Records | undefined;
  readonly roster: Known | undefined;
  /** Their largest group: its youths, and whether they own it. */
  readonly group: GroupFact | undefined;
  /** When they last showed who they are under their present name; undefined: not yet. */
  readonly identityOn: Day | undefined;
  /** Contacts with the linked branch and club, where one is linked; undefined: no contacts are recorded. */
  readonly links: { readonly branch?: readonly LinkFact[]; readonly club?: readonly LinkFact[] } | undefined;
  readonly paired: Known | undefined;
  /** Steps of the checklist that are taken, by how that is known; undefined where nobody looked. */
  readonly steps: ByGrade | undefined;
  readonly vacations?: Vacations;
  /**
   * By requirement, what was counted already in the span that the day asked about lies in: `records.all` and the contacts
   * of `links` are then not looked at.
   */
  readonly tallies?: Tallies;
}

export interface UnitFacts {
  readonly since: Day;
  readonly records: Records | undefined;
  readonly vacations?: Vacations;
}
