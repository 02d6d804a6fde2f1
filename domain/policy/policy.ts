/** A policy profile: what the scheme asks of a cadre, as data, each requirement with the words it rests on. */
import { z } from 'zod';

const citationSchema = z.strictObject({
  document: z.string().min(1),
  article: z.string().min(1),
  /** Word for word. */
  quote: z.string().min(1),
});

const common = {
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'not lower-case words joined by hyphens'),
  name: z.string().min(1),
  period: z.enum(['day', 'week', 'month', 'quarter', 'semester', 'year']),
  /** `advice` is shown and gently reminded of, never “missed”. */
  force: z.enum(['binding', 'advice']),
  citation: citationSchema,
};
const count = z.int().positive();

const requirementSchema = z.discriminatedUnion('measure', [
  /** Voices of the cadre in the period: design.md, counting rule 2. */
  z.strictObject({ ...common, measure: z.literal('voice'), threshold: z.strictObject({ atLeast: count }) }),
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
]);

/** The shape of a profile. An id stands only once. */
export const policySchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  requirements: z
    .array(requirementSchema)
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
