/** A policy profile: what the scheme asks of a cadre and a unit, as data, each requirement with the words it rests on. */
import { z } from 'zod';
import { evidenceGrades } from '../deeds/kinds.ts';
import { cadreKindNames, unitLevels } from '../units/unit.ts';
import { clauseOf, sourceOf } from './documents/documents.ts';
import { recordKinds } from './records.ts';

/** Where a requirement stands: a clause of the documents, and its words there. */
const citationSchema = z
  .strictObject({
    clause: z.string().min(1),
    /** Word for word. */
    quote: z.string().min(1),
  })
  .refine(({ clause, quote }) => {
    const found = clauseOf(clause)?.clause;
    return found !== undefined && `${found.title}${found.text}`.includes(quote);
  }, 'the quote does not stand in the clause');

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'not lower-case words joined by hyphens');
const count = z.int().positive();
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-([0-2]\d|3[01])$/, 'not MM-DD');

/** Whom a requirement binds: the kinds of cadre, and where needed those of the leading organs, or by the size of their unit. */
const bindsSchema = z.strictObject({
  kinds: z.array(z.enum(cadreKindNames)).min(1),
  /** 机关干部 only. */
  organ: z.literal(true).optional(),
  /** Of units with many youths (true) or of the others (false): 团中央 §二. */
  manyYouths: z.boolean().optional(),
});

const common = {
  id,
  name: z.string().min(1),
  /** Whose it is: a cadre's, or their unit's (whose administrators are reminded). */
  subject: z.enum(['cadre', 'unit']),
  /** `standing` always holds; `once` is done when it is done. */
  period: z.enum([
    'day',
    'week',
    'month',
    'quarter',
    'half-year',
    'semester',
    'year',
    'season',
    'standing',
    'once',
  ]),
  /** For `season`: every year from one date to another, both included; it may run over New Year. */
  season: z.strictObject({ from: monthDay, to: monthDay }).optional(),
  /** It opens its period: it comes up on the first day already. */
  early: z.literal(true).optional(),
  /** How many days before the period's end it is to be done. */
  dueBefore: count.optional(),
  /** `advice` is shown and gently reminded of, never “missed”. */
  force: z.enum(['binding', 'advice']),
  binds: bindsSchema,
  citation: citationSchema,
  /** Clauses that say the same or more. */
  also: z.array(z.string().refine((clause) => clauseOf(clause) !== undefined, 'no such clause')).optional(),
  /** Of a unit's duty: whose it is (effective.ts). Left out: every unit's. */
  levels: z.array(z.enum(unitLevels)).min(1).optional(),
  /** What no document gives and the product chose: names in the threshold, `period`, `season`, `evidence`. A unit may set it. */
  open: z.array(z.string()).optional(),
  /** A unit asks for more than the level above (adjust.ts): what it was, and why. Every cadre bound is shown it. */
  raised: z.strictObject({ before: z.string().min(1), reason: z.string().min(1) }).optional(),
};

const requirementSchema = z.discriminatedUnion('measure', [
  /** Whether the cadre had a voice on the day: yes or no, never how often (counting rule 2; 新疆 §四.2). */
  z.strictObject({
    ...common,
    measure: z.literal('voice'),
    threshold: z.strictObject({ atLeast: z.literal(1) }),
  }),
  /** Different youths with an exchange: rule 4. */
  z.strictObject({
    ...common,
    measure: z.literal('interaction'),
    threshold: z.strictObject({ youths: count }),
  }),
  /** Participants of one topic, and how many of them clear: rule 5. */
  z.strictObject({
    ...common,
    measure: z.literal('topic'),
    threshold: z.strictObject({ participants: count, clear: z.int().nonnegative() }),
  }),
  /** Offline activities with check-ins and a closing note: rule 6. */
  z.strictObject({
    ...common,
    measure: z.literal('activity'),
    threshold: z.strictObject({ atLeast: count }),
  }),
  /** Share of the roster met in person, in percent, to be exceeded: rule 7. */
  z.strictObject({
    ...common,
    measure: z.literal('face-to-face'),
    threshold: z.strictObject({ moreThanPercent: z.number().min(0).max(100) }),
  }),
  /** Youths in contact; without a number the unit has still to set it. */
  z.strictObject({
    ...common,
    measure: z.literal('roster'),
    threshold: z.strictObject({ youths: count.optional() }),
  }),
  /** Members of a group that the cadre owns. */
  z.strictObject({ ...common, measure: z.literal('group'), threshold: z.strictObject({ members: count }) }),
  /** Contacts with the linked league branch or club in the period. */
  z.strictObject({
    ...common,
    measure: z.literal('link'),
    to: z.enum(['branch', 'club']),
    threshold: z.strictObject({ contacts: count }),
  }),
  /** The cadre's identity shown in the group. */
  z.strictObject({ ...common, measure: z.literal('identity'), threshold: z.strictObject({}) }),
  /** Youths in difficulty with whom the cadre is paired. */
  z.strictObject({
    ...common,
    measure: z.literal('pairing'),
    threshold: z.strictObject({ atLeast: count, atMost: count }),
  }),
  /** Records of certain kinds in the period; `participants`: how many each must have had. */
  z.strictObject({
    ...common,
    measure: z.literal('records'),
    evidence: z.array(z.enum(recordKinds)).min(1),
    /** The unit names the kinds anew for each quarter (滁州 §三.2); until it has, `evidence` stands. By `2026-Q4`. */
    setEachQuarter: z
      .record(z.string().regex(/^\d{4}-Q[1-4]$/), z.array(z.enum(recordKinds)).min(1))
      .optional(),
    threshold: z.strictObject({ atLeast: count, participants: count.optional() }),
  }),
  /** A list of steps to tick off. */
  z.strictObject({ ...common, measure: z.literal('checklist'), threshold: z.strictObject({ steps: count }) }),
]);

/** The shape of a profile. An id stands only once. */
export const policySchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  /** Which records count, by how they are shown to have happened; a unit may ask for more than words. */
  grades: z.array(z.enum(evidenceGrades)).min(1),
  /** First days of the autumn and the spring semester, and the semesters whose days a unit has set itself. */
  semesters: z.strictObject({
    autumn: monthDay,
    spring: monthDay,
    set: z.array(z.strictObject({ key: z.string(), from: z.int(), to: z.int() })).optional(),
  }),
  /** The day on which the unit began to go by it, where it went by another before. */
  since: z.int().optional(),
  /** Whether the unit has many youths (团中央 §二), where somebody has said so. */
  manyYouths: z.boolean().optional(),
  requirements: z
    .array(
      requirementSchema.refine(
        ({ period, season }) => (period === 'season') === (season !== undefined),
        'a season needs its dates, and nothing else has them',
      ),
    )
    .min(1)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'a requirement stands twice'),
});

export type Policy = z.output<typeof policySchema>;
export type Requirement = Policy['requirements'][number];
export type Measure = Requirement['measure'];

/** The profile's requirement of a measure; undefined when it asks for nothing of the kind. */
export function requirementOf<M extends Measure>(
  policy: Policy,
  measure: M,
): Extract<Requirement, { measure: M }> | undefined {
  return policy.requirements.find(
    (requirement): requirement is Extract<Requirement, { measure: M }> => requirement.measure === measure,
  );
}

/** Whether the documents name no period for what they advise (“日常”): that it is counted by one is the product's choice. */
export function isEveryday({ force, open, period }: Pick<Requirement, 'force' | 'open' | 'period'>): boolean {
  return (
    force === 'advice' && (open?.includes('period') ?? false) && ['day', 'week', 'month'].includes(period)
  );
}

/** “《…》四、工作内容 2.…：‘每天有声音’”: where a requirement stands, and its words. */
export function citationText({ citation: { clause, quote } }: Requirement): string {
  const found = clauseOf(clause);
  return found ? `${sourceOf(found.document, found.clause)}：“${quote}”` : `“${quote}”`;
}
